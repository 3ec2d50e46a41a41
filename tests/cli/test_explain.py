"""`boneplan explain`: what binds, what it costs, what carries a nutrient; or why there are no menus."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.engine import make_plan
from boneplan.plan import Clashing, Conflict, Notice, Plan, Relaxation
from boneplan.plan_io import write_plan
from boneplan.profile_reader import load_example

START, NOW = dt.date(2026, 11, 23), dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_example(), start=START, now=NOW)


@pytest.fixture(scope="module")
def plan_file(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    write_plan(plan, path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["explain", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_dietitian_reads_what_binds_what_it_costs_and_what_carries_it(
    capsys: pytest.CaptureFixture[str], plan_file: Path
) -> None:
    status, out, err = run(capsys, plan_file)
    assert (status, err) == (0, "")
    told = " ".join(out.split())
    for said in (
        "One unit of cost is a food that people eat e (2.7) times less often than the usual one.",
        "Calcium at least 1,200 mg as the week's mean (nutrition/calcium/rda; IOM 2011",
        "100 mg more a day: ",
        " of the week's servings change (",
        "WHAT DOES NOT BIND",
        "caffeine at most 400 mg each day: ",
        "WHICH FOODS CARRY IT, A DAY",
    ):
        assert said in told
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_same_as_json_and_nothing_else(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    status, out, err = run(capsys, plan_file, "--json")
    made = json.loads(out)
    assert (status, err) == (0, "")
    assert made["week"] == 1
    assert {"rule", "text", "source", "reached", "slack", "binds", "price"} <= set(made["bounds"][0])


def test_a_week_beyond_the_plan_is_bad_input(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    status, out, err = run(capsys, plan_file, "--week", "3")
    assert (status, out) == (2, "")
    assert err == "Error: --week: 3 is beyond the plan, which has 1 week\n"


def test_a_plan_that_its_profile_no_longer_gives_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    write_plan(plan.model_copy(update={"profile": {**plan.profile, "weight_kg": 90}}), path)
    status, out, err = run(capsys, path)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "plan again" in err


def no_menus(plan: Plan, path: Path, **changed: object) -> Path:
    write_plan(plan.model_copy(update={"menu": type(plan.menu)(), **changed}), path)
    return path


def test_a_conflict_is_told_with_its_members_and_what_would_end_it(
    capsys: pytest.CaptureFixture[str], plan: Plan, tmp_path: Path
) -> None:
    conflict = Conflict(
        part="menu",
        rules=["diet/budget", "nutrition/protein/rda"],
        text="These rules cannot all hold.",
        members=[Clashing(rule="diet/budget", text="food for at most 2 USD a day", source="profile")],
        changes=[Relaxation(text="a budget of 4.10 USD a day", rules=["diet/budget"], tried="weeks")],
    )
    path = no_menus(plan, tmp_path / "plan.json", status="infeasible", conflicts=[conflict])
    status, out, _ = run(capsys, path)
    assert status == 1
    assert "food for at most 2 USD a day (diet/budget; profile)" in out
    assert "a budget of 4.10 USD a day" in out
    status, out, _ = run(capsys, path, "--json")
    assert status == 1
    assert json.loads(out)["conflicts"][0]["members"][0]["rule"] == "diet/budget"


def test_a_refused_plan_tells_why(capsys: pytest.CaptureFixture[str], plan: Plan, tmp_path: Path) -> None:
    notice = Notice(level="refuse", rule="safety/pregnancy", text="Not during pregnancy.", source="FDA 2024")
    path = no_menus(plan, tmp_path / "plan.json", status="refused", notices=[notice])
    status, out, _ = run(capsys, path)
    assert status == 1
    assert "Not during pregnancy. (safety/pregnancy; FDA 2024)" in out
