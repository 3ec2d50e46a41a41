"""Texts of a plan come out on one line and without characters that act; doses come out in plain words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.words import amount, dose, exercise_line, long_day, plain
from boneplan.plan import ExerciseItem


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Kale,  cooked", "Kale, cooked"),
        ("Anna\r\nEND:VCALENDAR", "Anna END:VCALENDAR"),
        ("red \x1b[31malert\x1b[0m", "red alert"),
        ("title \x1b]0;mine\x07 set", "title set"),
        ("a\x00b\x08c", "abc"),
        ("left \u202eright", "left right"),
        ("half \ud83d gone", "half gone"),
        ("\u2066turned\u2069 \u200fround\u061c", "turned round"),
        ('END:VCALENDAR; a, b \\\\ "c"', 'END:VCALENDAR; a, b \\\\ "c"'),
        ("👩‍🍳 crème brûlée", "👩‍🍳 crème brûlée"),
        ("line\u2028separator\u00a0space", "line separator space"),
    ],
)
def test_only_what_can_be_read_is_kept(text: str, clean: str):
    assert plain(text) == clean


@given(st.text(st.characters()))
def test_clean_text_is_one_line_of_encodable_text_and_stays_as_it_is(text: str):
    clean = plain(text)
    assert len(clean.splitlines()) <= 1
    assert clean.encode("utf-8").decode() == clean
    assert "\x1b" not in clean
    assert plain(clean) == clean


@pytest.mark.parametrize(
    ("given_dose", "words"),
    [
        ({"sets": 2, "reps": 10}, "2 × 10"),
        ({"sets": 2, "reps": 10, "hold_s": 5, "load": "light band"}, "2 × 10, hold 5 s, light band"),
        ({"sets": 1, "hold_s": 20}, "1 set, hold 20 s"),
        ({"sets": 3}, "3 sets"),
        ({"reps": 10}, "10 times"),
        ({"minutes": 12.5}, "12.5 min"),
        ({}, ""),
    ],
)
def test_a_dose_in_words(given_dose: dict[str, object], words: str):
    assert dose(ExerciseItem.model_validate({"exercise": "x", "name": "X", **given_dose})) == words


def test_an_exercise_without_a_dose_is_its_name():
    assert exercise_line(ExerciseItem(exercise="x", name="Tai chi")) == "Tai chi"


def test_amounts_and_days_as_people_write_them():
    assert [amount(20.0, 1), amount(9.14, 1), amount(1244.6), amount(100)] == ["20", "9.1", "1245", "100"]
    assert long_day(dt.date(2026, 11, 2)) == "Monday 2 November"
