"""Reading a profile from YAML: one clear line for each thing to mend, whatever the text."""

from __future__ import annotations

import copy
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_reader import MAX_LINES, check_profile, load_example, load_profile, parse_profile

TODAY = dt.date(2026, 11, 23)
ANNA = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
EXAMPLE = (Path(__file__).parents[1] / "src" / "boneplan" / "example.yaml").read_text(encoding="utf-8")


def read(text: str) -> Profile:
    return parse_profile(text, "P", TODAY)


def errors(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.lines


def test_the_built_in_person_is_read_from_the_package() -> None:
    anna = load_example()
    assert (anna.name, anna.sex, anna.therapy.drug) == ("Anna", "female", "anastrozole")
    assert {medication.name for medication in anna.medications} == {"alendronate"}
    assert anna.exercise.availability is not None
    assert len(anna.exercise.availability) == 7


def test_every_error_is_told_at_once_with_field_value_and_mend() -> None:
    lines = errors(
        """
        sex: Female
        birth_date: 1961-02-30
        height_cm: 30
        weight_kg: "68"
        hieght: 3
        therapy: {drug: Arimidex}
        diet: {allergies: [nuts, milk, lava], phytoestrogens: no}
        bone: {fractures: [{site: wrist, year: 2019, fragility: yes}]}
        """
    )
    drugs = "anastrozole, letrozole, exemestane, anastrozole_with_testosterone, none"
    allergens = "milk, egg, fish, shellfish, tree_nuts, peanut, wheat, soy, sesame"
    fields = ", ".join(Profile.model_fields)
    flag = "give whether little force broke it, such as true"
    assert lines == [
        'P: sex: "Female" is unknown: did you mean female? Or use one of female, male',
        'P: birth_date: "1961-02-30" is a day that no calendar has: check the month and the day',
        "P: height_cm: 30 is below 100: give the height in centimetres, such as 163",
        'P: weight_kg: "68" is not a number: give the weight in kilograms, such as 68',
        f'P: therapy.drug: "Arimidex" is unknown: did you mean anastrozole? Or use one of {drugs}',
        f'P: bone.fractures[0].fragility: "yes" is neither true nor false: {flag}',
        f'P: diet.allergies[0]: "nuts" is unknown: did you mean tree_nuts? Or use one of {allergens}',
        f'P: diet.allergies[2]: "lava" is unknown: use one of {allergens}',
        'P: diet.phytoestrogens: "no" is unknown: use one of avoid, limit, allow',
        f"P: hieght: unknown key: did you mean height_cm? Or use one of {fields}",
    ]


def test_what_is_missing_is_named() -> None:
    assert errors("name: Anna") == [
        "P: sex: is missing: give the sex that reference intakes go by, such as female",
        "P: birth_date: is missing: give the day of birth, such as 1961-04-02",
        "P: height_cm: is missing: give the height in centimetres, such as 163",
        "P: weight_kg: is missing: give the weight in kilograms, such as 68",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("height_cm:", "height_cm: is empty: give the height in centimetres, such as 163"),
        ("conditions: coeliac", 'conditions: "coeliac" is not a list: give diagnoses'),
        ("conditions: [celiac]", 'conditions[0]: "celiac" is unknown: did you mean coeliac?'),
        ("diet: [milk]", "diet: a list is not a mapping of keys to values"),
        ("supplements: [3]", "supplements[0]: 3 is not a mapping of keys to values: see the example"),
        ("timezone: London", "did you mean Europe/London?"),
        ("timezone: Amercia/New_York", "did you mean America/New_York?"),
        ("exercise: {equipment: [trampoline]}", 'exercise.equipment[0]: "trampoline" is unknown'),
        (
            "exercise: {availability: {moonday: []}}",
            "exercise.availability.moonday: unknown key: did you mean monday?",
        ),
        ("exercise: {clearance: [{for: swimming}]}", "exercise.clearance[0].by: is missing"),
        ("bone: {fractures: [{site: wrist, year: 2019.5}]}", "2019.5 is not a whole number"),
        ("name: 7", "name: 7 is not text (put it in quotes)"),
        ("meals: {dinner: 1930}", "meals.dinner: 1930 is no time of day"),
        ("weight_kg: .nan", 'weight_kg: ".nan" is not a number'),
        ("weight_kg: 1e999", "weight_kg: inf is not a number"),
        ("weight_kg: true", "weight_kg: true is not a number"),
        ("weight_kg: 68,5", 'weight_kg: "68,5" is not a number'),
        ("birth_date: 19610402", "birth_date: 19610402 is no date: write it as year-month-day"),
        ("medications: [{name: ' '}]", 'medications[0].name: " " is blank'),
        ('? "a\\nb"\n: 1', '"a\\nb": unknown key'),
        (f"diet: {{dislikes: [{'x' * 101}]}}", "diet.dislikes[0]: has more than 100 characters"),
        (f"conditions: [{'diabetes, ' * 101}]", "conditions: has more than 100 entries"),
    ],
)
def test_a_line_that_does_not_fit_is_answered_in_the_words_of_the_file(line: str, told: str) -> None:
    key = line.split(":")[0]
    kept = "".join(row for row in ANNA.splitlines(keepends=True) if not row.startswith(f"{key}:"))
    lines = errors(f"{kept}{line}\n")
    assert any(told in said for said in lines), lines


def test_scalars_follow_yaml_1_2() -> None:
    made = read(
        f"{ANNA}name: no\nmeals: {{dinner: 18:45, lunch: 7:40, breakfast: 6:05}}\n"
        "therapy: {drug: none, since: 2026-01-31}\n"
    )
    assert made.name == "no"
    assert (made.meals.breakfast, made.meals.lunch, made.meals.dinner) == ("06:05", "07:40", "18:45")
    assert made.therapy.since == dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "P: is empty"),
        ("# nothing but a comment\n", "P: is empty"),
        ("[1, 2]", "P: holds a list: write a profile as lines of `key: value`"),
        ("Anna", 'P: holds "Anna": write a profile'),
        ("a: [1", "line 1, column 6: is not YAML"),
        ("a: b: c", "put texts with a colon in quotes"),
        ("a:\n\t- b", "line 2, column 1"),
        ("a: 'b", "close the quotes or brackets"),
        ("a: 1\n---\nb: 2\n", "P: line 2, column 1: a second document begins: keep one, without a --- line"),
        ("a: &x 1\nb: *x\n", "P: line 1, column 4: anchors (&) and aliases (*) are not used here"),
        ("a: !!python/object/apply:os.system [ls]", "P: line 1, column 4: tags (!) are not used here"),
        ("a: !!binary aGk=", "tags (!) are not used here"),
        ("[" * 10_000, "nested more than 20 levels deep"),
        ("a: " + "{b: " * 10_000, "nested more than 20 levels deep"),
        ("a\0b: 1", "P: holds the control character U+0000"),
        ('a: "\\U99999999"', "holds an escape or a directive"),
        (f"%YAML 1.{'9' * 5000}\n---\na: 1", "holds an escape or a directive"),
        ("{[a]: b}", "P: line 1: a key is a list or a mapping"),
        ("x" * 1_000_001, "P: is over a megabyte"),
        ("a: [" + "b, " * 300_000 + "]", "more than 20000 values: keep one profile in a file"),
    ],
)
def test_a_text_that_is_no_profile_is_answered_in_one_line(text: str, told: str) -> None:
    assert any(told in line for line in errors(text)), errors(text)


def test_a_key_that_stands_twice_is_named_with_both_lines_beside_other_errors() -> None:
    lines = errors(f"{ANNA}height_cm: 164\ndiet: {{pattern: vegan, pattern: vegan}}\nactivity: lazy\n")
    assert "P: height_cm: is there twice, in lines 3 and 5: keep one of them" in lines
    assert "P: diet.pattern: is there twice, in lines 6 and 6: keep one of them" in lines
    assert any(line.startswith('P: activity: "lazy" is unknown') for line in lines)


def test_entities_that_refer_to_each_other_never_unfold() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(c + 1)}: &{chr(c + 1)} [*{chr(c)}, *{chr(c)}]\n" for c in range(97, 120))
    assert "anchors" in errors(bomb)[0]


def test_values_in_errors_are_short_and_on_one_line() -> None:
    (line,) = errors(f'{ANNA}activity: "{"long " * 1000}"\n')
    assert len(line) < 250
    (line,) = errors(f'{ANNA}activity: "a\\nb\\e[31m\\x07"\n')
    assert '"a\\nb\\x1b[31m\\x07"' in line


def test_a_flood_of_errors_is_cut_short() -> None:
    lines = errors(ANNA + "".join(f"key{i}: 1\n" for i in range(1000)))
    assert len(lines) == MAX_LINES + 1
    assert lines[-1] == f"P: and {1000 - MAX_LINES} more problems of this kind"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text(ANNA, encoding="utf-8-sig")
    assert load_profile(path, TODAY).height_cm == 163


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: Zoë".encode("latin-1"))
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 1_000_001)
    for path, told in [
        (tmp_path / "none.yaml", "no such file"),
        (tmp_path, "is a folder"),
        (latin, "is no UTF-8 text (byte 9)"),
        (big, "is over a megabyte"),
        (tmp_path / "a\0b", "cannot be read"),
        (latin / "inside", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ]:
        with pytest.raises(InputError, match=r"^[^\n]+$") as caught:
            load_profile(path)
        assert told in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text(ANNA, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        load_profile(path)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str)
INNER_KEYS = ["t_scores", "drug", "since", "allergies", "pattern", "availability", "monday", "nutrient", "unit"]
keys = st.sampled_from([*Profile.model_fields, *INNER_KEYS]) | st.text(max_size=8)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5))


def refusal(reading: Callable[[], Profile]) -> list[str]:
    """The lines with which `reading` refuses, none where it succeeds; any other error fails the test."""
    try:
        reading()
    except InputError as error:
        return error.lines or ["nothing was said"]
    return []


def check_lines(lines: list[str]) -> None:
    """Each line is one for a person: short, about the file, in no words of a library."""
    for line in lines:
        assert line.startswith("P: ")
        assert line.isprintable()
        assert "pydantic" not in line
        assert len(line) < 1200


@given(st.text() | st.text("[]{}:-,&*!|>'\"#%?@` \n\tab01.~", max_size=60))
def test_no_text_raises_anything_but_an_input_error(text: str) -> None:
    check_lines(refusal(lambda: read(text)))


@given(st.dictionaries(keys, values, max_size=8))
def test_no_yaml_raises_anything_but_an_input_error(data: dict[str, Any]) -> None:
    check_lines(refusal(lambda: check_profile(data, "P", TODAY)))
    check_lines(refusal(lambda: read(yaml.safe_dump(data, allow_unicode=True))))


@given(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 12), st.text(max_size=6))
def test_no_slip_in_a_good_profile_raises_anything_but_an_input_error(at: int, cut: int, put: str) -> None:
    check_lines(refusal(lambda: read(EXAMPLE[:at] + put + EXAMPLE[at + cut :])))


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(leaf for key, child in inner for leaf in _leaves(child, (*path, key)))][bool(not path) :]


GOOD = load_example().as_json()


@given(st.sampled_from(_leaves(GOOD)), values)
def test_any_value_in_any_place_is_taken_or_named(path: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(GOOD)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    check_lines(refusal(lambda: check_profile(data, "P", TODAY)))
