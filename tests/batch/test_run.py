"""Many people at once: one that fails stops no other, nothing done is done twice, and nothing done is lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import operator
import os
import stat
from functools import partial
from pathlib import Path

import pytest

from boneplan.batch import work as batch_work
from boneplan.batch.people import Person
from boneplan.batch.pool import Died, each
from boneplan.batch.run import COLUMNS, exit_status, run_batch, to_csv
from boneplan.batch.work import How, Job, Row, plan_one, unchanged
from boneplan.plan_io import read_plan
from boneplan.rules.schema import Rules
from boneplan.verify import verify_plan

START = dt.date(2026, 11, 23)
HOW = How(START)
ANNA = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
PREGNANT = f"{ANNA.replace('1961', '1990')}conditions: [pregnancy]\n"


def person(identity: str, text: object = PREGNANT) -> Person:
    return Person(identity, f"{identity}.yaml", text=text)  # type: ignore[arg-type]


FOUR = [
    person("anna", ANNA),
    person("bad", "sex: martian\n"),
    person("refused"),
    person("tripped", 7),  # no text: reading it falls over, as nothing that people write should
]


def statuses(rows: list[Row]) -> dict[str, str]:
    return {row.id: row.status for row in rows}


def summary(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "summary.csv").read_text(encoding="utf-8"))))


@pytest.fixture(scope="module", params=[1, 2], ids=["in this process", "in two others"])
def four(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], Path]:
    """Four people planned for: one with a plan, one whose profile is bad, one refused, one that trips boneplan."""
    out = tmp_path_factory.mktemp("four") / "plans"
    return run_batch(FOUR, out, HOW, jobs=request.param), out


def test_one_failure_never_stops_the_rest(four: tuple[list[Row], Path]) -> None:
    rows, out = four
    found = statuses(rows)
    assert found.pop("anna") in ("ok", "gaps")
    assert found == {"bad": "bad input", "refused": "refused", "tripped": "fault"}
    assert [row["id"] for row in summary(out)] == ["anna", "bad", "refused", "tripped"]
    assert exit_status(rows) == 3


def test_each_gets_the_files_that_plan_writes_for_nobody_elses_eyes(four: tuple[list[Row], Path]) -> None:
    _, out = four
    assert sorted(path.name for path in (out / "anna").iterdir()) == [
        ".batch.json",
        "plan.html",
        "plan.ics",
        "plan.json",
        "shopping.csv",
        "shopping.md",
    ]
    assert not (out / "bad").exists()
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert verify_plan(read_plan(out / "anna" / "plan.json")) == []


def test_the_summary_tells_of_each_what_came_of_them(four: tuple[list[Row], Path]) -> None:
    _, out = four
    anna, bad, refused, tripped = summary(out)
    assert list(anna) == list(COLUMNS)
    plan = read_plan(out / "anna" / "plan.json")
    missed = {gap.nutrient for gap in plan.menu.gaps}
    assert {n for n in batch_work.REACHED if anna[n] == "no"} == missed
    assert anna["energy"] == "yes"
    assert plan.menu.solve is not None
    assert float(anna["gap_to_bound"]) == pytest.approx(plan.menu.solve.gap, abs=1e-4)
    assert float(anna["seconds"]) > 0
    assert bad["error"].startswith('bad.yaml: sex: "martian" is unknown')
    assert "pregnancy" in refused["refused_by"]
    assert refused["calcium"] == ""
    assert tripped["error"].startswith(("TypeError", "AttributeError"))


def test_a_second_run_does_nothing_for_those_that_are_done(four: tuple[list[Row], Path]) -> None:
    rows, out = four
    asked = []

    def noted(job: Job) -> Row:
        asked.append(job.person.id)
        return Row(job.person.id, "bad input")

    before = (out / "anna" / "plan.json").stat().st_mtime_ns
    again = run_batch(FOUR, out, HOW, work=noted)
    assert asked == ["bad", "tripped"]
    assert (again[0].status, again[0].done, again[0].gaps) == (rows[0].status, "unchanged", rows[0].gaps)
    assert (out / "anna" / "plan.json").stat().st_mtime_ns == before


def test_what_a_plan_depends_on_makes_it_be_planned_again(tmp_path: Path) -> None:
    job = Job(person("p1"), HOW, tmp_path / "p1")
    plan_one(job)
    assert unchanged(job)
    changed = [
        Job(person("p1", PREGNANT + "name: Anna\n"), HOW, job.folder),
        Job(job.person, How(START + dt.timedelta(days=7)), job.folder),
        Job(job.person, How(START, seed=1), job.folder),
        Job(job.person, How(START, weeks=2), job.folder),
        Job(job.person, How(START, rules=Rules.model_validate({"ban": ["liver"]})), job.folder),
    ]
    assert [unchanged(other) for other in changed] == [None] * len(changed)


def test_a_plan_whose_files_are_gone_is_missing(tmp_path: Path) -> None:
    job = Job(person("p1"), HOW, tmp_path / "p1")
    plan_one(job)
    (tmp_path / "p1" / "plan.json").unlink()
    assert unchanged(job) is None
    (tmp_path / "p1" / ".batch.json").write_text('{"row": 3', encoding="utf-8")
    assert unchanged(job) is None


def test_force_plans_for_everybody(tmp_path: Path) -> None:
    run_batch([person("p1")], tmp_path, HOW)
    (row,) = run_batch([person("p1")], tmp_path, HOW, force=True)
    assert row.done == "planned"


def test_a_changed_profile_is_a_revision_of_the_plan_before(tmp_path: Path) -> None:
    run_batch([person("p1")], tmp_path, HOW)
    first = read_plan(tmp_path / "p1" / "plan.json")
    (row,) = run_batch([person("p1", f"{PREGNANT}activity: active\n")], tmp_path, HOW)
    second = read_plan(tmp_path / "p1" / "plan.json")
    assert row.done == "planned"
    assert second.calendar == first.calendar
    assert second.profile["activity"] == "active"


def test_after_an_interruption_the_next_run_does_the_rest(tmp_path: Path) -> None:
    people = [person("p1"), person("p2"), person("p3")]

    def impatient(row: Row) -> None:
        if row.id == "p2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(people, tmp_path, HOW, tell=impatient)
    assert [row["status"] for row in summary(tmp_path)] == ["refused", "refused", "waiting"]
    rows = run_batch(people, tmp_path, HOW)
    assert [row.done for row in rows] == ["unchanged", "unchanged", "planned"]
    assert [row["status"] for row in summary(tmp_path)] == ["refused"] * 3


def test_a_folder_that_takes_no_files_is_bad_input_of_one_person(tmp_path: Path) -> None:
    (tmp_path / "p1").write_text("a file", encoding="utf-8")
    rows = run_batch([person("p1"), person("p2")], tmp_path, HOW)
    assert statuses(rows) == {"p1": "bad input", "p2": "refused"}


def test_a_broken_plan_in_the_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "p1").mkdir()
    (tmp_path / "p1" / "plan.json").write_text("{", encoding="utf-8")
    (row,) = run_batch([person("p1")], tmp_path, HOW)
    assert row.status == "bad input"
    assert (tmp_path / "p1" / "plan.json").read_text(encoding="utf-8") == "{"


def test_rules_that_cannot_be_meant_for_a_person_are_bad_input_of_theirs(tmp_path: Path) -> None:
    rules = Rules.model_validate({"require": [{"food": "milk", "per_week": 3}]})
    how = How(START, rules=rules, rules_source="rules.yaml")
    row = plan_one(Job(person("p1", ANNA + "diet: {allergies: [milk]}\n"), how, tmp_path / "p1"))
    assert row.status == "bad input"
    assert row.error[0].startswith("p1.yaml: rules.yaml: require[0]")


def test_a_process_that_dies_takes_only_its_own_piece_with_it() -> None:
    pieces = [partial(int, "1"), partial(os._exit, 3), partial(int, "2"), partial(int, "3")]
    found = [answer for _, answer in each(pieces, operator.call, 2)]
    assert sorted(answer for answer in found if isinstance(answer, int)) == [1, 2, 3]
    assert [answer.exit_code for answer in found if isinstance(answer, Died)] == [3]


def test_people_whose_process_dies_are_faults_and_the_summary_says_so(tmp_path: Path) -> None:
    rows = run_batch([person("p1"), person("p2")], tmp_path, HOW, jobs=2, work=operator.call)  # type: ignore[arg-type]
    assert statuses(rows) == {"p1": "fault", "p2": "fault"}
    assert "ended by itself" in summary(tmp_path)[0]["error"]


@pytest.mark.parametrize(
    ("found", "answer"),
    [(["ok", "gaps"], 0), (["ok", "refused"], 1), (["infeasible"], 1), (["refused", "bad input"], 2),
     (["bad input", "fault", "ok"], 3), ([], 0)],
)  # fmt: skip
def test_the_exit_status_is_the_worst_of_all(found: list[str], answer: int) -> None:
    assert exit_status([Row(str(n), status) for n, status in enumerate(found)]) == answer


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_summary_is_a_formula(start: str) -> None:
    row = Row("p1", "fault", error=(f"{start}1+1",))
    (cells,) = csv.DictReader(io.StringIO(to_csv([row])))
    assert cells["error"] == f"'{start}1+1"


def test_a_row_is_the_same_after_it_was_written_down() -> None:
    row = Row("p1", "gaps", "planned", ("x 1 g short",), ("a/b",), (True, None, *[False] * 6), 0.01, 1.5, ("no",))
    assert Row.from_json(json.loads(json.dumps(row.as_json()))) == row
