"""The commented YAML: it reads back as the same profile, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people import TODAY, profiles

from boneplan.ask.writing import COMMENTS, profile_yaml
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile, load_profile, parse_profile

ANNA = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 162.6, "weight_kg": 68}
PEOPLE = sorted((Path(__file__).parents[1] / "profiles").glob("*.yaml"))


def read_back(profile: Profile) -> Profile:
    return parse_profile(profile_yaml(profile), "written", TODAY)


@settings(max_examples=200)
@given(profiles())
def test_a_profile_reads_back_the_same(data: dict[str, Any]) -> None:
    profile = check_profile(data, "generated", TODAY)
    assert read_back(profile) == profile


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_known_people_read_back_the_same(path: Path) -> None:
    profile = load_profile(path)
    assert read_back(profile) == profile


@pytest.mark.parametrize(
    "name",
    [
        "no", "null", "Null", "true", "1e3", "1961-04-02", "07:30", "- x", "#", "# x", "a: b", "{", "[", "&a", "*a",
        "!!x", "'", '"', "\\", "%", "@", "`", "|", ">", "~", "-", "?", ": ", " ", " lead", "trail ", "=", "<<",
        "x" * 200, "two\nlines", "\t", "\x00", "\x1b[31m", "\u202eanna", "אנה", "👩\u200d🦳", "Zoë", "\ufeff",
        "\x85", "\u2028", "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_a_name_that_looks_like_yaml_stays_a_name(name: str) -> None:
    profile = check_profile({**ANNA, "name": name}, "P", TODAY)
    assert read_back(profile).name == name


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_name_stays_a_name(name: str) -> None:
    assert read_back(check_profile({**ANNA, "name": name}, "P", TODAY)).name == name


def test_what_cannot_be_seen_or_turns_the_letters_round_stands_as_an_escape() -> None:
    text = profile_yaml(check_profile({**ANNA, "name": "\x1b[31m\u202ex"}, "P", TODAY))
    assert text.replace("\n", "").isprintable()
    assert "אנה" in profile_yaml(check_profile({**ANNA, "name": "אנה"}, "P", TODAY))


def test_every_field_has_its_comment_and_the_file_says_where_to_look() -> None:
    assert COMMENTS.keys() | {"height_cm", "weight_kg"} == Profile.model_fields.keys()
    text = profile_yaml(check_profile({**ANNA, "name": "Anna"}, "P", TODAY))
    lines = text.splitlines()
    assert "docs/PROFILE.md" in text
    assert "# Height in centimetres: 5 ft 4 in." in lines
    assert "# Weight in kilograms: 150 lb." in lines
    assert "phytoestrogens: avoid" in text
    for at, line in enumerate(lines):
        if line and line[0].isalpha():
            assert lines[at - 1].startswith("# "), line


def test_the_file_is_one_that_a_person_can_change() -> None:
    data = {
        **ANNA,
        "name": "Anna",
        "medications": [{"name": "alendronate 70 mg", "weekday": "monday", "time": "06:30"}],
        "exercise": {"availability": {"monday": ["07:00-08:00", "17:00-18:00"]}},
    }
    text = profile_yaml(check_profile(data, "P", TODAY))
    assert "name: Anna\n" in text
    assert "birth_date: 1961-04-02\n" in text
    assert '  - {name: "alendronate 70 mg", time: "06:30", weekday: monday}\n' in text
    assert '  availability:\n    monday: ["07:00-08:00", "17:00-18:00"]\n' in text
    assert "timezone: America/New_York\n" in text
