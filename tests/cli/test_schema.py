"""`boneplan schema`: JSON Schemas that take what the readers take, and turn away slips that they turn away."""

from __future__ import annotations

import copy
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from boneplan.cli.main import main
from boneplan.errors import InputError
from boneplan.plan import Plan
from boneplan.plan_io import plan_json
from boneplan.profile_reader import check_profile
from boneplan.rules.schema import Rules
from boneplan.schemas import NAMES, schema_text
from boneplan.yaml_reader import parse_yaml

ROOT = Path(__file__).parents[2]
PROFILES = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))
EXAMPLE = ROOT / "src" / "boneplan" / "example.yaml"
CONFLICTS = sorted((ROOT / "tests" / "conflicts").glob("*.yaml"))
LEAST = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
TODAY = dt.date(2026, 11, 20)


def generator() -> Any:
    """tools/schemas.py, which is no installed package."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import schemas
    finally:
        sys.path.pop(0)
    return schemas


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(name)))


def takes(name: str, document: Any) -> bool:
    return bool(validator(name).is_valid(document))


def plain(path: Path) -> Any:
    """The values of a YAML file, with dates as the texts that stand there."""
    return json.loads(json.dumps(parse_yaml(path.read_text("utf-8"), path.name)[0], default=str))


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_up_to_date(name: str) -> None:
    shipped, made = json.loads(schema_text(name)), json.loads(generator().schema_file(name))
    if shipped != made:  # as values: how pydantic orders a schema is its own affair
        pytest.fail(
            f"{name}.schema.json is not what the models say ({_first_difference(shipped, made)}): "
            f"run `{generator().COMMAND}` with the pydantic of pyproject.toml (here {pydantic.VERSION}), look at the "
            "difference, and keep it where it means the same"
        )


def _first_difference(shipped: Any, made: Any, where: str = "") -> str:
    """Where two documents part, as a JSON pointer."""
    if isinstance(shipped, dict) and isinstance(made, dict) and shipped.keys() == made.keys():
        pairs: Iterator[tuple[Any, Any, Any]] = ((key, shipped[key], made[key]) for key in shipped)
    elif isinstance(shipped, list) and isinstance(made, list) and len(shipped) == len(made):
        pairs = ((place, *both) for place, both in enumerate(zip(shipped, made, strict=True)))
    else:
        return where or "/"
    return next(_first_difference(one, other, f"{where}/{key}") for key, one, other in pairs if one != other)


def test_a_difference_is_told_by_where_it_is() -> None:
    assert _first_difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == "/a/1/b"
    assert _first_difference({"a": 1}, {"b": 1}) == "/"


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_of_its_draft_with_its_own_name(name: str) -> None:
    document = json.loads(schema_text(name))
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"] == f"urn:boneplan:{name}"


@pytest.mark.parametrize("path", [EXAMPLE, *PROFILES], ids=lambda path: path.stem)
def test_profiles_that_boneplan_reads_are_taken(path: Path) -> None:
    assert list(validator("profile").iter_errors(plain(path))) == []


def test_a_profile_may_be_written_in_every_way_that_is_read() -> None:
    profile = {
        **LEAST,
        "birth_date": " 1961-04-02 ",
        "name": None,
        "bone": None,
        "therapy": {"drug": "exemestane", "since": None, "time": "8:00"},
        "medications": [{"name": "levothyroxine", "time": " 6:30 "}],
        "supplements": [
            {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU", "time": "breakfast"},
            {"nutrient": "calcium", "amount": 600.5, "unit": "mg", "times": ["dinner", "9:15"]},
            {"name": "red clover", "amount": None},
        ],
        "diet": {"allergies": ["milk", "milk"], "budget_per_day": 12},
        "meals": {"snack": None, "lunch": "12:30"},
        "exercise": {"availability": {"monday": ["7:00-8:00", "17:00 - 18:15"], "sunday": []}, "places": None},
        "measures": "metric",
    }
    assert check_profile(copy.deepcopy(profile), "p", TODAY).height_cm == 163
    assert list(validator("profile").iter_errors(profile)) == []


@pytest.mark.parametrize(
    "slip",
    [
        {"heigth_cm": 163},
        {"height_cm": None},
        {"height_cm": "163"},
        {"height_cm": 1.63},
        {"sex": "f"},
        {"birth_date": "2.4.1961"},
        {"birth_date": -275000000},
        {"conditions": ["osteoporose"]},
        {"conditions": "osteoporosis"},
        {"diet": {"pattern": "keto"}},
        {"diet": {"allergy": ["milk"]}},
        {"meals": {"lunch": "25:00"}},
        {"meals": {"lunch": None, "dinner": 1830}},
        {"bone": {"t_scores": {"total_hip": -12}}},
        {"bone": {"fractures": [{"site": "wrist"}]}},
        {"medications": [{"name": " "}]},
        {"supplements": [{"nutrient": "vitamin_d", "amount": -1, "unit": "IU"}]},
        {"clearance": [{"for": "swimming", "by": "oncologist", "on": "2026-10-01"}]},
        {"exercise": {"availability": {"mon": ["07:00-08:00"]}}},
        {"exercise": {"availability": {"monday": ["07:00"]}}},
    ],
    ids=str,
)
def test_slips_in_a_profile_are_turned_away_by_both(slip: dict[str, Any]) -> None:
    profile = {**LEAST, **slip}
    with pytest.raises(InputError):
        check_profile(copy.deepcopy(profile), "p", TODAY)
    assert not takes("profile", profile)


@pytest.mark.parametrize("missing", list(LEAST))
def test_a_profile_without_what_it_must_have_is_turned_away(missing: str) -> None:
    assert not takes("profile", {key: value for key, value in LEAST.items() if key != missing})


RULES = [(path, plain(path)["rules"]) for path in CONFLICTS if "rules" in plain(path)]


@pytest.mark.parametrize("rules", [rules for _, rules in RULES], ids=[path.stem for path, _ in RULES])
def test_rules_files_that_boneplan_reads_are_taken(rules: dict[str, Any]) -> None:
    assert list(validator("rules").iter_errors(rules)) == []


def test_rules_may_be_written_in_every_way_that_is_read() -> None:
    rules = {
        "targets": [
            {"nutrient": "calcium", "max": 500, "unit": "mg", "period": "meal", "meal": ["breakfast", "lunch"]}
        ],
        "drop": ["nutrition/fibre/ai", {"target": "nutrition/magnesium/rda", "by": "Mary"}],
        "require": [{"category": 2402, "per_week": 2, "at": "lunch"}, {"food": "yogurt", "per_day": 1, "at": None}],
        "ban": ["spinach", {"food": "cheese", "at": ["breakfast"]}],
        "pin": [
            {"food": "salmon", "on": "Friday", "at": "dinner"},
            {"food": "kefir", "on": ["monday", "2026-11-26"], "at": "snack"},
        ],
        "reuse": [{"food": "lentil soup", "times": 3, "at": "lunch"}],
        "limit": None,
        "phytoestrogens": "limit",
        "budget_per_day": 9,
    }
    assert Rules.model_validate(copy.deepcopy(rules)).pin[0].on == ["friday"]
    assert list(validator("rules").iter_errors(rules)) == []


@pytest.mark.parametrize(
    "slip",
    [
        {"target": []},
        {"targets": {"nutrient": "fibre"}},
        {"targets": [{"nutrient": "iron", "min": 8, "unit": "mg"}]},
        {"targets": [{"nutrient": "fibre", "min": "28", "unit": "g"}]},
        {"require": ["salmon"]},
        {"require": [{"food": "salmon", "per_week": 0}]},
        {"limit": [{"food": "eggs", "per_week": 2.5}]},
        {"ban": [3]},
        {"ban": [{"food": "x" * 101}]},
        {"pin": [{"food": "salmon", "on": "Freitag", "at": "dinner"}]},
        {"pin": [{"food": "salmon", "at": "dinner"}]},
        {"reuse": [{"food": "soup", "times": 1}]},
        {"phytoestrogens": "some"},
    ],
    ids=str,
)
def test_slips_in_rules_are_turned_away_by_both(slip: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Rules.model_validate(copy.deepcopy(slip))
    assert not takes("rules", slip)


@pytest.fixture(scope="module")
def document(planned: Callable[[str], Plan]) -> dict[str, Any]:
    """A plan.json with everything in it that a plan of one week can have."""
    made: dict[str, Any] = json.loads(plan_json(planned("ruth")))
    return made


def test_a_plan_is_taken(document: dict[str, Any]) -> None:
    assert list(validator("plan").iter_errors(document)) == []


def test_the_profile_that_a_plan_holds_is_taken(document: dict[str, Any]) -> None:
    assert list(validator("profile").iter_errors(document["profile"])) == []


def test_a_plan_of_a_later_version_is_taken_with_what_it_adds(document: dict[str, Any]) -> None:
    assert takes("plan", {**document, "horoscope": "fair"})


@pytest.mark.parametrize(
    ("key", "value"),
    [("schema", "boneplan.plan/2"), ("status", "fine"), ("weeks", "1"), ("start", 20261123), ("menu", None)],
)
def test_what_is_no_plan_is_turned_away_by_both(document: dict[str, Any], key: str, value: Any) -> None:
    wrong = {**document, key: value}
    assert not takes("plan", wrong)
    assert key == "schema" or not _is_plan(wrong)


def _is_plan(document: dict[str, Any]) -> bool:
    try:
        Plan.model_validate_json(json.dumps(document), strict=True)
    except ValueError:
        return False
    return True


def _fields(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, schema) of every field under a schema."""
    for name, part in node.get("properties", {}).items():
        yield f"{path}.{name}", part
    for name, part in node.get("$defs", {}).items():
        yield from _fields(part, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_a_description_and_values_that_fit_it(name: str) -> None:
    whole = json.loads(schema_text(name))
    fields = list(_fields(whole))
    assert len(fields) > 20
    for path, field in fields:
        assert field.get("description", "").endswith("."), path
        assert name == "plan" or field.get("examples"), path
        alone = Draft202012Validator({**field, "$defs": whole["$defs"]})
        for value in [*field.get("examples", []), *([field["default"]] if "default" in field else [])]:
            assert alone.is_valid(value), f"{path}: {value}"


@pytest.mark.parametrize("name", ["profile", "rules"])
def test_unknown_keys_are_turned_away_everywhere(name: str) -> None:
    whole = json.loads(schema_text(name))
    for part in (whole, *whole["$defs"].values()):
        assert part["additionalProperties"] is False


SCRIBBLE = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.floats(-10, 300), st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from(
        ["7:30", " 07:30 ", "breakfast", "1961-04-02", "2026-11-31", "monday", "Friday", "low", "avoid", "IU", "mg",
         "", "07:00-08:00", "milk", "osteoporosis", "wrist", {}, {"drug": "letrozole"}, {"monday": None}],
    ),
)  # fmt: skip


@settings(max_examples=200)
@given(path=st.sampled_from([EXAMPLE, *PROFILES]), where=st.randoms(use_true_random=False), scribble=SCRIBBLE)
def test_whatever_profile_is_read_is_taken(path: Path, where: Any, scribble: Any) -> None:
    profile = plain(path)
    spots = list(_spots(profile))
    inner, key = where.choice(spots)
    inner[key] = scribble
    try:
        check_profile(copy.deepcopy(profile), "p", TODAY)
    except InputError:
        return
    assert list(validator("profile").iter_errors(profile)) == []


def _spots(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document where a value stands."""
    for key in node if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _spots(node[key])


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_it_or_writes_it(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    assert main(["schema", name]) == 0
    assert capsys.readouterr() == (schema_text(name), "")
    file = tmp_path / "made.json"
    assert main(["schema", name, "--out", str(file)]) == 0
    assert file.read_text("utf-8") == schema_text(name)
    assert capsys.readouterr().out == f"Written: {file}\n"


def test_a_schema_that_there_is_not_is_bad_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["schema", "diary"]) == 2
    assert main(["schema", "plan", "--out", str(tmp_path / "no" / "such.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 2
