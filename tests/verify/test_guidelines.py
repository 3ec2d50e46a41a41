"""The shipped nutrition guidelines, worked out for people by verify's own reader."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.guidelines import UNITS, Reference, read_reference
from boneplan.verify.person import read_person

START = dt.date(2026, 11, 23)
WOMAN = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68, "activity": "low"}
MAN = {"sex": "male", "birth_date": "1955-01-01", "height_cm": 180, "weight_kg": 80, "activity": "inactive"}


def reference(profile: dict[str, Any], **changes: Any) -> Reference:
    return read_reference(data_folder("guidelines"), read_person(profile | changes), START)[0]


def value(found: Reference, nutrient: str, rule: str) -> float:
    (bound,) = [b for b in found.bounds if (b.nutrient, b.rule) == (nutrient, rule)]
    return bound.value


@pytest.mark.parametrize(
    ("sex", "birth_date", "calcium_rda", "calcium_ul", "vitamin_k"),
    [
        ("female", "1985-01-01", 1000, 2500, 90),  # 41
        ("female", "1976-11-24", 1000, 2500, 90),  # 49, 50 the day after
        ("female", "1975-11-23", 1200, 2000, 90),  # 51 on that day
        ("male", "1956-01-01", 1000, 2000, 120),  # 70
        ("male", "1955-11-23", 1200, 2000, 120),  # 71 on that day
    ],
)
def test_calcium_and_vitamin_k_follow_the_reference_intakes_of_sex_and_age(
    sex: str, birth_date: str, calcium_rda: float, calcium_ul: float, vitamin_k: float
) -> None:
    found = reference(WOMAN, sex=sex, birth_date=birth_date)
    assert value(found, "calcium", "rda") == calcium_rda
    assert value(found, "calcium", "ul") == calcium_ul
    assert value(found, "vitamin_k", "ai") == vitamin_k


def test_vitamin_d_is_800_iu_under_an_aromatase_inhibitor_and_4000_iu_at_most() -> None:
    found = reference(WOMAN)
    assert value(found, "vitamin_d", "target") == 20
    assert value(found, "vitamin_d", "ul") == 100


def test_calcium_counts_in_full_up_to_500_mg_a_meal_and_half_above() -> None:
    (occasion,) = [b for b in reference(WOMAN).bounds if b.period == "meal"]
    assert (occasion.nutrient, occasion.side, occasion.value, occasion.counted_above) == ("calcium", "max", 500, 0.5)


def test_a_child_has_no_bounds_here() -> None:
    assert reference(WOMAN, birth_date="2008-11-24").bounds == ()  # 18 the day after
    assert reference(WOMAN, birth_date="2008-11-23").bounds


def test_more_calcium_than_is_advised_is_a_wish_and_no_breach() -> None:
    (plenty,) = [b for b in reference(WOMAN).bounds if b.rule == "plenty"]
    assert (plenty.side, plenty.period, plenty.value, plenty.hard) == ("max", "week_mean", 1500, False)
    assert reference(WOMAN).most("calcium") == 2000


def test_energy_follows_the_nasem_equation() -> None:
    # constant - age + height + weight, in kcal a day
    woman = 575.77 - 7.01 * 65 + 6.60 * 163 + 12.14 * 68
    man = 753.07 - 10.83 * 71 + 6.50 * 180 + 14.10 * 80
    assert value(reference(WOMAN), "energy", "week_low") == pytest.approx(0.97 * woman)
    assert value(reference(MAN), "energy", "day_high") == pytest.approx(1.12 * man)


def test_energy_never_falls_under_the_floor() -> None:
    small = reference(WOMAN, birth_date="1936-01-01", height_cm=145, weight_kg=32, activity="inactive")
    assert value(small, "energy", "week_low") == pytest.approx(0.97 * 1200)


def test_saturated_fat_is_a_tenth_of_the_least_energy_at_9_kcal_a_gram() -> None:
    found = reference(WOMAN)
    least = value(found, "energy", "week_low")
    assert value(found, "saturated_fat", "share") == pytest.approx(least / 10 / 9)
    assert value(found, "added_sugar", "share") == pytest.approx(least / 10 / 4)


def test_protein_counts_weight_up_to_a_bmi_of_30() -> None:
    assert value(reference(WOMAN), "protein", "rda") == pytest.approx(0.8 * 68)
    assert value(reference(WOMAN, weight_kg=120), "protein", "rda") == pytest.approx(0.8 * 30 * 1.63**2)


@pytest.mark.parametrize(("policy", "most"), [("avoid", 3), ("limit", 25), ("allow", 100)])
def test_isoflavones_follow_the_policy(policy: str, most: float) -> None:
    assert reference(WOMAN, diet={"phytoestrogens": policy}).most("isoflavones") == most


def test_every_bound_is_of_a_nutrient_of_the_plan_and_menus_hold_no_alcohol() -> None:
    found = reference(MAN)
    assert {b.nutrient for b in found.bounds} <= set(UNITS)
    assert {b.side for b in found.bounds} == {"min", "max"}
    assert found.most("alcohol") == 0


def test_guidelines_that_lack_a_nutrient_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="calcium"):
        read_reference(tmp_path, read_person(WOMAN), START)


def test_guidelines_in_a_unit_that_is_not_understood_are_a_fault(tmp_path: Path) -> None:
    shipped = data_folder("guidelines")
    copytree(shipped / "safety", tmp_path / "safety")
    (tmp_path / "nutrition").mkdir()
    for path in (shipped / "nutrition").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / "nutrition" / path.name).write_text(
            text.replace("unit: ug\n    basis", "unit: spoons\n    basis")
        )
    with pytest.raises(Fault, match="spoons"):
        read_reference(tmp_path, read_person(WOMAN), START)
