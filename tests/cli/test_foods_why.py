"""`boneplan foods why FOOD PLAN.json`: when a food is served, what keeps it out, or how far it is priced out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.engine import make_plan
from boneplan.export.portions import portion_text
from boneplan.plan import Plan
from boneplan.plan_io import write_plan
from boneplan.profile_reader import load_example

START, NOW = dt.date(2026, 11, 23), dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
PROFILES = Path(__file__).parents[1] / "profiles"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_example(), start=START, now=NOW)


@pytest.fixture(scope="module")
def plan_file(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    write_plan(plan, path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["foods", "why", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_food_on_the_menus_is_told_with_day_meal_and_measure(
    capsys: pytest.CaptureFixture[str], plan: Plan, plan_file: Path
) -> None:
    item = plan.menu.days[0].meals[0].items[0]
    status, out, err = run(capsys, item.food, plan_file)
    assert (status, err) == (0, "")
    told = f"Mon 23 Nov {plan.menu.days[0].meals[0].meal}, {portion_text(item)}"
    assert f"is on the menus: {told}" in " ".join(out.split())
    assert f"{item.grams:.0f} g" in told
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_rule_that_keeps_a_food_out_is_named_with_where_it_stands(
    capsys: pytest.CaptureFixture[str], plan_file: Path
) -> None:
    status, out, _ = run(capsys, "kefir", plan_file)
    assert status == 1
    assert " ".join(out.split()) == (
        "Kefir cannot be on the menus. breakfast, lunch, snack, dinner: kept out: lactose intolerance "
        "(diet/intolerance/lactose; profile: diet.intolerances)"
    )


def test_a_food_that_others_come_before_is_told_by_how_much(
    capsys: pytest.CaptureFixture[str], plan_file: Path
) -> None:
    status, out, _ = run(capsys, "banana", plan_file)
    assert status == 0
    told = " ".join(out.split())
    assert "it would have to be " in told
    assert " times as usual. A week with one serving costs " in told


def test_the_same_as_json(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    status, out, _ = run(capsys, "banana", plan_file, "--json")
    made = json.loads(out)
    assert (status, made["food"], made["kept_out"]) == (0, "banana", False)
    assert {meal["meal"] for meal in made["meals"]} == {"breakfast", "lunch", "snack", "dinner"}
    possible = [meal for meal in made["meals"] if meal["state"] == "possible"]
    assert possible
    assert all(meal["reduced_cost"] >= 0 for meal in possible)


def test_a_profile_is_answered_as_ever_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ground-beef-cooked", PROFILES / "david.yaml", "--json")
    made = json.loads(out)
    assert status == 1
    assert made["kept_out"]
    assert made["rules"][0]["rule"].startswith("diet/")


def test_of_a_plan_without_menus_it_still_tells_what_keeps_a_food_out(
    capsys: pytest.CaptureFixture[str], plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    write_plan(plan.model_copy(update={"menu": type(plan.menu)(), "status": "infeasible"}), path)
    assert run(capsys, "kefir", path)[0] == 1
    status, out, _ = run(capsys, "banana", path)
    assert status == 0
    assert "no rule keeps it out" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("banana",), "PROFILE: give a profile or a plan"),
        (("bananna", "PLAN"), "no such food: find its id"),
        (("banana", "PLAN", "--week", "2"), "--week: 2 is beyond the plan, which has 1 week"),
        (("banana", "missing.json"), "no such file"),
    ],
)
def test_bad_input_is_one_line(
    capsys: pytest.CaptureFixture[str], plan_file: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = run(capsys, *(str(plan_file) if part == "PLAN" else part for part in arguments))
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err
