"""Names of medicines and products: slips of the pen are asked about, what is not known is said, and two of a kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.medicines import meant, medicine_notices
from boneplan.plan import Notice
from boneplan.profile import Profile
from boneplan.safety import gates

TODAY = dt.date(2026, 11, 23)


def person(*medicines: str, **fields: Any) -> Profile:
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    return Profile.model_validate({**known, "medications": [{"name": name} for name in medicines], **fields})


def told(profile: Profile) -> dict[str, Notice]:
    return {n.rule.removeprefix("safety/medicines/"): n for n in medicine_notices(profile, TODAY)}


@pytest.mark.parametrize(
    ("written", "known"),
    [("Warfarin5mg", "warfarin"), ("Fosomax", "fosamax"), ("omeprazol 20", "omeprazole"), ("losartin", "losartan")],
)
def test_a_slip_of_the_pen_names_the_medicine_that_may_be_meant(written: str, known: str) -> None:
    assert meant(written) == known
    notice = told(person(written))["near_miss"]
    assert notice.level == "warn"
    assert written in notice.text
    assert f"If {known} is meant" in notice.text


@pytest.mark.parametrize(
    "name", ["Warfarin 5 mg", "warfarine", "L-Thyroxin 75", "Stoboclo", "Fosavance", "St Johns wort"]
)
def test_a_known_name_is_no_slip(name: str) -> None:
    assert meant(name) is None
    assert "unknown" not in told(person(name))


@pytest.mark.parametrize("name", ["metformin", "aspirin", "amlodipine", "metoprolol", "gabapentin", "sertraline"])
def test_a_medicine_without_rules_is_said_to_have_none_and_taken_for_no_other(name: str) -> None:
    found = told(person(name))
    assert set(found) == {"unknown"}
    assert found["unknown"].level == "info"
    assert name in found["unknown"].text


@pytest.mark.parametrize(
    ("one", "other"),
    [("alendronate", "Fosamax 70 mg"), ("levothyroxine", "Synthroid"), ("denosumab", "zoledronic acid"),
     ("warfarin", "apixaban")],
)  # fmt: skip
def test_two_of_a_kind_are_asked_about(one: str, other: str) -> None:
    notice = told(person(one, other))["twice"]
    assert notice.level == "warn"
    assert one in notice.text
    assert other in notice.text


def test_one_medicine_at_two_times_is_one() -> None:
    assert told(person("ciprofloxacin", "Ciprofloxacin")) == {}


def test_a_product_that_nobody_knows_is_said_to_be_left_out() -> None:
    notice = told(person(supplements=[{"name": "evening primrose oil"}]))["unknown_product"]
    assert "evening primrose oil" in notice.text
    assert told(person(supplements=[{"name": "Black cohosh"}])) == {}


@pytest.mark.parametrize(
    ("rule", "medicine"),
    [("inhibitor_among_medicines", "letrozole"), ("minerals_among_medicines", "calcium carbonate"),
     ("potassium_tablets", "potassium chloride")],
)  # fmt: skip
def test_what_belongs_elsewhere_in_the_profile_is_told(rule: str, medicine: str) -> None:
    found = {n.rule: n for n in gates(person(medicine), TODAY)}
    assert found[f"safety/gates/{rule}"].level == "warn"


def test_an_inhibitor_under_therapy_may_stand_among_the_medicines_too() -> None:
    found = [n.rule for n in gates(person("letrozole", therapy={"drug": "letrozole"}), TODAY)]
    assert "safety/gates/inhibitor_among_medicines" not in found


@pytest.mark.parametrize("name", ["alen\u00addronate", "war\u200bfarin", "alen\x1b[31mdronate"])
def test_a_name_with_characters_that_cannot_be_seen_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be seen"):
        person(name)


def test_wide_letters_are_the_letters_they_look_like() -> None:
    assert person("\uff37arfarin").medications[0].name == "Warfarin"
