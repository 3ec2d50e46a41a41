"""A profile that is there already: its answers make it again, one can be changed, and nothing else of it is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.people import TODAY, profiles

from boneplan.ask import QUESTIONS, Answer, form_of
from boneplan.profile_reader import check_profile, load_profile

PEOPLE = sorted((Path(__file__).parents[1] / "profiles").glob("*.yaml"))
ANNA = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}


@settings(max_examples=100)
@given(profiles())
def test_the_answers_make_the_profile_again(data: dict[str, Any]) -> None:
    profile = check_profile(data, "generated", TODAY)
    form = form_of(profile, TODAY)
    assert form.profile() == profile
    assert all(isinstance(outcome, Answer) for _, outcome in form.walk())


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_of_known_people_every_question_has_its_answer(path: Path) -> None:
    profile = load_profile(path)
    form = form_of(profile, TODAY)
    assert form.profile() == profile
    assert not form.kept - {"medicines", "supplements"}


def test_one_answer_changes_and_the_rest_stays() -> None:
    profile = check_profile(
        {
            **ANNA,
            "therapy": {"drug": "letrozole", "since": "2026-03-01", "time": "breakfast"},
            "checks": {"calcium": "2026-05-04"},
            "diet": {"budget_per_day": 9, "allergies": ["milk"]},
            "exercise": {"places": ["home"], "availability": {"monday": ["07:00-08:00"], "friday": ["18:00-19:00"]}},
        },
        "P",
        TODAY,
    )
    form = form_of(profile, TODAY)
    form.answers |= {"weight": "150 lb", "free": "tue 7-8", "since": "", "allergies": "egg"}
    changed = form.profile()
    assert changed.weight_kg == 68
    assert changed.exercise.availability == {"tuesday": ["07:00-08:00"]}  # the old times are gone
    assert changed.therapy.since is None
    assert changed.diet.allergies == ["egg"]
    assert (changed.therapy.time, str(changed.checks.calcium)) == ("breakfast", "2026-05-04")
    assert (changed.diet.budget_per_day, changed.exercise.places) == (9, ["home"])


def test_what_no_answer_says_is_not_asked_for_and_stays() -> None:
    taken = [{"name": "letrozole generic", "time": "08:00"}]  # an answer would send it to the question about the drug
    profile = check_profile({**ANNA, "medications": taken}, "P", TODAY)
    form = form_of(profile, TODAY)
    assert form.kept == {"medicines"}
    assert "medicines" not in [question.key for question, _ in form.walk()]
    form.answers["name"] = "Ann"
    assert form.profile() == profile.model_copy(update={"name": "Ann"})


def test_every_question_that_applies_has_its_answer() -> None:
    data = {
        **ANNA,
        "therapy": {"drug": "letrozole"},
        "conditions": ["bone_metastases"],
        "medications": [{"name": "warfarin"}],
        "diet": {"vitamin_k_agreed": 95},
    }
    form = form_of(check_profile(data, "P", TODAY), TODAY)
    assert form.answers.keys() == {question.key for question in QUESTIONS}
    del data["therapy"]
    assert form_of(check_profile(data, "P", TODAY), TODAY).answers.keys() == form.answers.keys() - {"since"}
