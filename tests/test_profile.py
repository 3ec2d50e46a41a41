"""What a profile accepts, what it takes for a slip of the pen, and what it knows about the person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_health import TScores
from boneplan.profile_reader import check_profile, load_profile

TODAY = dt.date(2026, 11, 23)
ANNA = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
PROFILES = sorted((Path(__file__).parent / "profiles").glob("*.yaml"))
DOCS = Path(__file__).parents[1] / "docs" / "PROFILE.md"


def profile(**changes: Any) -> Profile:
    return check_profile(ANNA | changes, "P", TODAY)


def errors(**changes: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        profile(**changes)
    return caught.value.lines


def test_four_lines_make_a_person_with_careful_defaults() -> None:
    made = profile()
    assert made.diet.phytoestrogens == "avoid"
    assert made.meals.dinner == "18:30"
    assert made.bone.t_scores.worst() is None
    assert made.exercise.availability is None


@pytest.mark.parametrize(("day", "age"), [("2027-04-01", 65), ("2027-04-02", 66), ("2027-04-03", 66)])
def test_age_rises_on_the_birthday(day: str, age: int) -> None:
    assert profile().age_on(dt.date.fromisoformat(day)) == age


def test_somebody_born_on_29_february_is_a_year_older_on_1_march() -> None:
    born = profile(birth_date="1964-02-29")
    assert [born.age_on(dt.date(2026, 2, 28)), born.age_on(dt.date(2026, 3, 1))] == [61, 62]


def test_body_mass_index_is_weight_over_height_in_metres_squared() -> None:
    assert profile(height_cm=160, weight_kg=64).bmi == pytest.approx(25)


@pytest.mark.parametrize(("weight_kg", "bmi"), [(47.36, 18.5), (51.2, 20), (102.4, 40)])
def test_a_body_mass_index_at_a_limit_is_not_lost_to_rounding(weight_kg: float, bmi: float) -> None:
    assert profile(height_cm=160, weight_kg=weight_kg).bmi == bmi


def test_the_worst_site_is_the_lowest_t_score() -> None:
    assert TScores(lumbar_spine=-1.8, femoral_neck=-2.4).worst() == -2.4


@pytest.mark.parametrize(
    ("field", "inside", "outside"),
    [
        ("height_cm", [100, 230], [99.9, 230.1, 1.63, -163]),
        ("weight_kg", [25, 300], [24.9, 300.1, 0, 68000]),
        ("birth_date", ["1916-01-01", "2026-11-23"], ["1915-12-31", "2026-11-24", "0001-01-01"]),
    ],
)
def test_bounds_of_what_a_person_can_be(field: str, inside: list[Any], outside: list[Any]) -> None:
    for value in inside:
        profile(**{field: value})
    for value in outside:
        (line,) = errors(**{field: value})
        assert line.startswith(f"P: {field}: ")


@pytest.mark.parametrize("score", [-8, -2.5, 0, 5])
def test_t_scores_that_a_scan_can_give(score: float) -> None:
    assert profile(bone={"t_scores": {"total_hip": score}}).bone.t_scores.worst() == score


@pytest.mark.parametrize("score", [-25, -8.1, 5.1, 18])
def test_a_t_score_without_its_point_is_refused(score: float) -> None:
    (line,) = errors(bone={"t_scores": {"total_hip": score}})
    assert line.startswith(f"P: bone.t_scores.total_hip: {score} is ")


def test_times_before_birth_and_in_the_future_are_refused_together() -> None:
    lines = errors(
        therapy={"drug": "letrozole", "since": "1950-01-01"},
        bone={
            "fractures": [{"site": "hip", "year": 1960}, {"site": "rib", "year": 1961}],
            "last_dxa": "1961-04-01",
        },
        exercise={"clearance": [{"for": "exercise", "by": "oncologist", "on": "2026-11-24"}]},
    )
    assert lines == [
        "P: therapy.since: 1950-01-01 is before the day of birth: check the year",
        "P: bone.fractures[0].year: 1960 is before the year of birth: check it",
        "P: bone.last_dxa: 1961-04-01 is before the day of birth: check the year",
        ('P: exercise.clearance[0].on: "2026-11-24" is in the future: record a clearance once it has been given'),
    ]


def test_a_therapy_may_be_arranged_but_not_years_ahead() -> None:
    assert profile(therapy={"drug": "letrozole", "since": "2027-03-01"})
    assert "more than a year ahead" in errors(therapy={"drug": "letrozole", "since": "2062-03-01"})[0]


@pytest.mark.parametrize("window", ["25:00-26:00", "07:00", "07:00-07:60", "7-8", "07:00-08:00-09:00", 7, "a-b"])
def test_a_window_that_no_day_has_is_refused(window: Any) -> None:
    (line,) = errors(exercise={"availability": {"monday": [window]}})
    assert line.startswith("P: exercise.availability.monday[0]: ")
    assert "is no time window" in line


@pytest.mark.parametrize("window", ["09:00-08:00", "08:00-08:00"])
def test_a_window_must_end_after_it_begins(window: str) -> None:
    assert "ends before it begins" in errors(exercise={"availability": {"friday": [window]}})[0]


def test_windows_of_a_day_come_out_in_order_and_may_touch() -> None:
    made = profile(exercise={"availability": {"monday": ["17:00-18:00", "7:00 - 8:00", "08:00-09:00"]}})
    assert made.exercise.availability == {"monday": ["07:00-08:00", "08:00-09:00", "17:00-18:00"]}


def test_overlapping_windows_are_refused_by_name() -> None:
    lines = errors(exercise={"availability": {"monday": ["07:00-08:00", "07:59-09:00"]}})
    told = "07:00-08:00 and 07:59-09:00 overlap: join them into one window"
    assert lines == [f"P: exercise.availability.monday: {told}"]


@given(st.times(), st.times())
def test_a_window_is_accepted_exactly_if_it_ends_later(start: dt.time, end: dt.time) -> None:
    window = f"{start:%H:%M}-{end:%H:%M}"
    accepted = True
    try:
        profile(exercise={"availability": {"sunday": [window]}})
    except InputError:
        accepted = False
    assert accepted == (f"{start:%H:%M}" < f"{end:%H:%M}")


@pytest.mark.parametrize(
    "zone", ["America", "../etc/passwd", "/etc/localtime", "", "Mars/Base", "utc", "Factory", "a\0b"]
)
def test_a_time_zone_that_does_not_exist_is_refused(zone: str) -> None:
    (line,) = errors(timezone=zone)
    assert line.startswith("P: timezone: ")


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London", "America/Indiana/Knox"]
)
def test_time_zones_of_the_iana_list_are_known(zone: str) -> None:
    assert profile(timezone=zone).timezone == zone


def test_meals_stand_in_the_order_of_the_day() -> None:
    lines = errors(meals={"breakfast": "13:00", "lunch": "12:30", "dinner": "12:30"})
    assert [line.split(":")[1] for line in lines] == [" meals.lunch", " meals.dinner"]


def test_a_snack_may_stand_anywhere_but_on_a_meal() -> None:
    assert profile(meals={"snack": "22:00"}).meals.snack == "22:00"
    assert profile(meals={"snack": None}).meals.snack is None
    assert "is the time of lunch" in errors(meals={"snack": "12:30"})[0]


@pytest.mark.parametrize(
    ("nutrient", "unit", "fits"),
    [
        ("vitamin_d", "IU", True),
        ("vitamin_d", "µg", True),
        ("vitamin_d", "mg", False),
        ("calcium", "mg", True),
        ("calcium", "g", True),
        ("calcium", "IU", False),
        ("vitamin_k", "ug", True),
        ("protein", "g", True),
        ("protein", "ug", False),
    ],
)
def test_the_unit_of_a_supplement_fits_the_nutrient(nutrient: str, unit: str, fits: bool) -> None:
    declared = [{"nutrient": nutrient, "amount": 1, "unit": unit}]
    if fits:
        assert profile(supplements=declared)
    else:
        assert f"does not measure {nutrient}" in errors(supplements=declared)[0]


@pytest.mark.parametrize("amount", [-1, float("inf"), float("nan"), "1000", True, 10**30])
def test_the_amount_of_a_supplement_is_a_sensible_number(amount: Any) -> None:
    (line,) = errors(supplements=[{"nutrient": "calcium", "amount": amount, "unit": "mg"}])
    assert line.startswith("P: supplements[0].amount: ")


@pytest.mark.parametrize(
    ("supplement", "field", "said"),
    [
        ({}, "nutrient", "give the nutrient, such as vitamin_d, or the product's name"),
        ({"nutrient": "calcium", "unit": "mg"}, "amount", "give the amount a day, such as 1000"),
        ({"nutrient": "calcium", "amount": 500}, "unit", "is missing"),
        ({"name": "red clover", "amount": 500, "unit": "mg"}, "amount", "name the nutrient as well"),
        (
            {"nutrient": "zinc", "amount": 10, "unit": "mg", "form": "citrate"},
            "form",
            "citrate is a form of calcium: leave it out",
        ),
        (
            {"nutrient": "iron", "amount": 14, "unit": "mg", "time": "dinner", "times": ["lunch"]},
            "times",
            "stands beside time: give one of both",
        ),
        ({"nutrient": "iron", "amount": 14, "unit": "mg", "times": []}, "times", ""),
        ({"nutrient": "iron", "amount": 14, "unit": "mg", "times": ["noon"]}, "times[0]", "is no time"),
        ({"name": " "}, "name", "is blank"),
    ],
)
def test_a_supplement_is_a_nutrient_with_its_amount_or_a_name(
    supplement: dict[str, Any], field: str, said: str
) -> None:
    found = [line for line in errors(supplements=[supplement]) if line.startswith(f"P: supplements[0].{field}: ")]
    assert len(found) == 1
    assert said in found[0]


def test_a_medicine_has_one_rhythm() -> None:
    lines = errors(medications=[{"name": "ibandronate", "weekday": "monday", "every_months": 1}])
    assert lines == ["P: medications[0].every_months: is given beside weekday: leave one of both out"]
    assert profile(medications=[{"name": "Prolia", "last": "2026-06-15", "every_months": 6}])


@pytest.mark.parametrize("months", [0, 61, 6.5, "6"])
def test_the_months_between_two_doses_are_whole_and_few(months: Any) -> None:
    (line,) = errors(medications=[{"name": "Prolia", "every_months": months}])
    assert line.startswith("P: medications[0].every_months: ")


@pytest.mark.parametrize(
    "check", ["calcium", "vitamin_d", "height", "estradiol", "lipids", "dental", "pth", "bone_turnover"]
)
def test_a_check_that_was_done_was_done_by_today(check: str) -> None:
    assert profile(checks={check: "2026-11-23"})
    (line,) = errors(checks={check: "2026-11-24"})
    assert line.startswith(f"P: checks.{check}: ")
    assert "in the future" in line


@pytest.mark.parametrize("agreed", [0, -5, 1001, "95", float("nan")])
def test_the_agreed_vitamin_k_is_an_amount_that_people_eat(agreed: Any) -> None:
    (line,) = errors(diet={"vitamin_k_agreed": agreed})
    assert line.startswith("P: diet.vitamin_k_agreed: ")


def test_clearances_stand_with_the_person_or_as_before_with_the_exercise() -> None:
    given = {"for": "exercise", "by": "surgeon", "on": "2026-11-01"}
    later = {"for": "plan", "by": "oncologist", "on": "2026-11-20"}
    made = profile(clearance=[later], exercise={"clearance": [given]})
    assert [clearance.by for clearance in made.clearances] == ["oncologist", "surgeon"]


@pytest.mark.parametrize("time", ["breakfast", "08:00"])
def test_the_tablet_of_the_therapy_has_a_meal_or_a_time(time: str) -> None:
    assert profile(therapy={"drug": "exemestane", "time": time}).therapy.time == time
    assert errors(therapy={"drug": "exemestane", "time": "teatime"})[0].startswith("P: therapy.time: ")


@pytest.mark.parametrize("budget", [0, -5, float("nan")])
def test_a_budget_is_over_nothing(budget: float) -> None:
    assert errors(diet={"budget_per_day": budget})[0].startswith("P: diet.budget_per_day: ")


def test_entries_that_stand_twice_count_once() -> None:
    made = profile(
        conditions=["diabetes", "diabetes"],
        diet={"allergies": ["egg", "egg"], "dislikes": ["liver", " liver "]},
    )
    assert made.conditions == ["diabetes"]
    assert made.diet.allergies == ["egg"]
    assert made.diet.dislikes == ["liver"]


def test_a_dislike_is_a_word_and_no_single_letter() -> None:
    lines = errors(diet={"dislikes": ["fig", "e"]})
    assert lines == ['P: diet.dislikes[1]: "e" is too short: name the food, such as liver']


@pytest.mark.parametrize("name", ["x" * 201, "half \ud800 a character", 7])
def test_a_name_is_text_of_at_most_200_characters(name: Any) -> None:
    assert errors(name=name)[0].startswith("P: name: ")


def test_a_name_may_hold_anything_that_people_write() -> None:
    assert profile(name="Zoë\n🌿; Renée").name == "Zoë\n🌿; Renée"


def test_a_key_with_nothing_after_it_counts_as_left_out() -> None:
    made = profile(name=None, conditions=None, diet=None, exercise={"equipment": None, "availability": None})
    assert made == profile()


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_profile_survives_plain_json(path: Path) -> None:
    made = load_profile(path, TODAY)
    assert check_profile(made.as_json(), "json", TODAY) == made


def test_the_twelve_people_of_the_tests_differ() -> None:
    people = [load_profile(path, TODAY) for path in PROFILES]
    assert len(people) == 12
    assert {24, 88} <= {person.age_on(TODAY) for person in people}
    assert {person.diet.pattern for person in people} == set(
        get_args(Profile.model_fields["diet"].annotation.model_fields["pattern"].annotation)
    )
    assert {person.sex for person in people} == {"female", "male"}
    assert {person.diet.phytoestrogens for person in people} == {"avoid", "limit", "allow"}


def fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every leaf of the profile as docs/PROFILE.md names it."""
    for name, field in model.model_fields.items():
        here = f"{path}{field.alias or name}"
        inner = next(
            (
                a
                for a in (field.annotation, *get_args(field.annotation))
                if isinstance(a, type) and issubclass(a, BaseModel)
            ),
            None,
        )
        listed = "[]" if str(field.annotation).startswith("list") else ""
        yield from fields(inner, f"{here}{listed}.") if inner else [here]


def test_the_documentation_names_every_field_and_no_other() -> None:
    # `part.*` stands for every field of a part, named in the row; `list[]` for a list that is told of elsewhere.
    documented = []
    for row, text in re.findall(r"^\| `([^`]+)`(.*)$", DOCS.read_text(encoding="utf-8"), re.MULTILINE):
        if row.endswith((".*", "[]")):
            inner = [field for field in fields(Profile) if field.startswith(row.removesuffix("*"))]
            assert inner, row
            assert row.endswith("[]") or all(f"`{field.split('.')[-1]}`" in text for field in inner), row
            documented += inner
        else:
            documented.append(row)
    assert sorted(documented) == sorted(fields(Profile))


def test_every_field_has_a_description_and_an_example_for_its_errors() -> None:
    def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
        yield model
        for field in model.model_fields.values():
            for inner in (field.annotation, *get_args(field.annotation)):
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    yield from models(inner)

    for model in models(Profile):
        for name, field in model.model_fields.items():
            assert field.description, (model, name)
            assert field.examples, (model, name)
