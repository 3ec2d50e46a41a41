"""The form: which question comes next, what is checked against what was said before, and that nothing crashes."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.applies import medicine_classes
from boneplan.ask import QUESTIONS, Again, Answer, Form
from boneplan.ask.questions import Question
from boneplan.choices import Activity, ExerciseLevel, Measures, Pattern, Sex
from boneplan.data import shipped_yaml
from boneplan.profile_health import Drug

TODAY = dt.date(2026, 11, 23)
ANNA = {"sex": "f", "birth_date": "2 April 1961", "height": "5'4\"", "weight": "150 lb", "drug": "1"}
BY_KEY = {question.key: question for question in QUESTIONS}


def form(**more: str) -> Form:
    return Form(TODAY, {**ANNA, **more})


def complaint(question: str, text: str, **more: str) -> str:
    with pytest.raises(Again) as caught:
        form(**more).read(BY_KEY[question], text)
    return str(caught.value)


def test_five_answers_make_a_person() -> None:
    profile = form().profile()
    assert (profile.sex, str(profile.birth_date), profile.height_cm, profile.weight_kg) == (
        "female",
        "1961-04-02",
        162.6,
        68,
    )
    assert profile.therapy.drug == "anastrozole"
    assert profile.diet.phytoestrogens == "avoid"


def test_questions_about_safety_are_never_left_for_later() -> None:
    essential = [question.key for question in QUESTIONS if question.essential]
    assert {"conditions", "metastases", "medicines", "vitamin_k", "allergies", "dislikes"} <= set(essential)
    assert [question.essential for question in QUESTIONS] == sorted((q.essential for q in QUESTIONS), reverse=True)


def asked(**more: str) -> list[str]:
    return [question.key for question, _ in form(**more).walk()]


def test_some_questions_are_asked_only_where_an_answer_calls_for_them() -> None:
    assert "since" in asked()
    assert "since" not in asked(drug="none")
    assert "metastases" not in asked()
    assert "metastases" in asked(conditions="cancer in the bones")
    assert "vitamin_k" not in asked(medicines="metformin")
    for name in medicine_classes()["vitamin_k_antagonist"].names:
        assert "vitamin_k" in asked(medicines=name)


@pytest.mark.parametrize(
    ("question", "typed", "told"),
    [
        ("height", "30 cm", "30 is below 100: give the height in centimetres, such as 163"),
        ("weight", "900 lb", "408.2 is above 300: give the weight in kilograms, such as 68"),
        ("birth_date", "2 April 2061", '"2061-04-02" is in the future: give the day of birth, such as 1961-04-02'),
        ("birth_date", "31 April 1961", "a day that no calendar has"),
        ("since", "1 March 1950", "1950-03-01 is before the day of birth: check the year"),
        ("fractures", "wrist 1950 fall", "1950 is before the year of birth: check it"),
        ("last_dxa", "1 March 2030", "is in the future: give the day of the last one"),
        ("t_scores", "spine -18", "-18.0 is below -8"),
        ("supplements", "vitamin d 10 mg", "give the amount in IU or ug"),
        ("supplements", "ginseng 5 mg", "belongs to a nutrient: name the nutrient as well, such as vitamin_d"),
        ("meals", "breakfast 8, lunch 7", "07:00 is not after breakfast at 08:00"),
        ("free", "mon 9-8", "ends before it begins"),
        ("free", "mon 7-9, mon 8-10", "overlap: join them into one window"),
        ("timezone", "londn", "did you mean Europe/London?"),
        ("sex", "x", "use one of female, male"),
        ("drug", "anastrazole", "did you mean anastrozole?"),
        ("dislikes", "x", "is too short: name the food"),
        ("medicines", "alendronate monday every 6 months", "is given beside weekday"),
        ("name", "x" * 201, "has more than 200 characters"),
        ("name", "x" * 6000, "is over 5,000 characters"),
        ("vitamin_k", "lots", "is no number"),
    ],
)  # fmt: skip
def test_an_answer_is_checked_at_once_as_the_profile_checks_it(question: str, typed: str, told: str) -> None:
    assert told in complaint(question, typed, medicines="warfarin")


def test_a_day_of_birth_that_is_changed_later_reopens_what_it_contradicts() -> None:
    changed = form(birth_date="2 April 1971", since="1 March 1965")
    found = {question.key: outcome for question, outcome in changed.walk()}
    assert isinstance(found["since"], Again)
    assert isinstance(found["birth_date"], Answer)


@pytest.mark.parametrize(
    ("key", "words"),
    [("sex", Sex), ("drug", Drug), ("activity", Activity), ("pattern", Pattern), ("level", ExerciseLevel),
     ("measures", Measures)],
)  # fmt: skip
def test_numbers_and_names_of_a_choice_lead_to_the_same_word(key: str, words: object) -> None:
    question = BY_KEY[key]
    keys = get_args(words)
    assert len(question.choices) == len(keys)
    for place, (word, (name, _)) in enumerate(zip(keys, question.choices, strict=True), 1):
        assert word in str(form().read(question, str(place)).part)
        assert form().read(question, name) == form().read(question, str(place)) == form().read(question, word)


def test_measures_follow_the_units_that_were_typed() -> None:
    assert form().default(BY_KEY["measures"]) == "cups and ounces"
    assert form(height="163 cm", weight="68 kg").default(BY_KEY["measures"]) == "millilitres and grams"


def test_the_usual_times_that_are_told_are_those_of_the_guidelines() -> None:
    usual = shipped_yaml("guidelines", "exercise/week.yaml")
    windows = next(value for value in _mappings(usual) if {"monday", "sunday"} <= value.keys())
    told = BY_KEY["free"].asks
    assert {window[0][:5] for window in windows.values()} == {"17:00", "10:00"}
    assert "17:00 on weekdays, 10:00 at weekends" in told


def _mappings(value: object) -> list[dict[str, list[str]]]:
    if isinstance(value, dict):
        return [value, *(found for below in value.values() for found in _mappings(below))]
    return [found for below in value for found in _mappings(below)] if isinstance(value, list) else []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_what_enter_stands_for_is_a_good_answer(question: Question) -> None:
    default = form().default(question)
    if default is not None:
        assert isinstance(form(conditions="bone metastases", medicines="warfarin").read(question, default), Answer)


WORDS = st.sampled_from(["7", "5'4\"", "mg", "monday", "every", "last", "at", "-", ",", "1.8", "am", "d",
                         "fall", "1e9", "and", "2019", "\n", "no", "vitamin", "½", "٣",
                         "wrist", "6 months", "12:99", "."])  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from(QUESTIONS), st.text(max_size=40) | st.lists(WORDS, max_size=8).map(" ".join))
def test_whatever_is_typed_is_understood_or_asked_again(question: Question, typed: str) -> None:
    try:
        answer = form().read(question, typed)
    except Again:
        return
    assert isinstance(answer.say, str)
    Form(TODAY, {**ANNA, question.key: typed}).profile()
