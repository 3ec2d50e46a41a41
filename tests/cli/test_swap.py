"""`boneplan swap` from the command line: what is written, what is said, and with what exit status."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.plan_io import read_plan

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan of the example, its meals and reminders in the calendar."""
    folder = tmp_path_factory.mktemp("plan")
    arguments = ["plan", "--example", "--start", "2026-11-23", "--out", str(folder), "--meals", "--remind", "30"]
    assert main([*arguments, "--json"]) == 0
    return folder


@pytest.fixture
def folder(folder_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_once, tmp_path / "plan"))


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    """Runs a command: exit status, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_swap_writes_the_next_revision_in_place_and_says_what_changed(folder: Path, ran: Ran) -> None:
    before = content(folder)
    status, said, _ = ran("swap", str(folder / "plan.json"), "--day", "mon", "--meal", "dinner")
    assert status == 0
    assert said.startswith("Mon 23 Nov dinner: ")
    assert "\n  - " in said
    assert "\n  + " in said
    assert "Food a day: USD" in said
    assert max(map(len, said.split("\nWritten:")[0].splitlines())) <= 80
    assert read_plan(folder / "plan.json").revision == 1
    after = content(folder)
    assert all(after[name] != before[name] for name in ("plan.json", "plan.ics", "shopping.md"))
    assert b"CATEGORIES:Meal" in after["plan.ics"]
    assert b"TRIGGER:-PT30M" in after["plan.ics"]
    assert ran("verify", str(folder / "plan.json"))[0] == 0


def test_swap_into_another_folder_leaves_the_plan_alone(folder: Path, tmp_path: Path, ran: Ran) -> None:
    before = content(folder)
    out = tmp_path / "other"
    status, said, _ = ran(
        "swap", str(folder / "plan.json"), "--day", "1", "--meal", "snack", "--out", str(out), "--json"
    )
    told = json.loads(said)
    assert status == 0
    assert told["done"]
    assert [change["meal"] for change in told["difference"]["meals"]] == ["snack"]
    assert told["totals"]["2026-11-23"]["calcium"] > 0
    assert content(folder) == before
    assert read_plan(out / "plan.json").revision == 1


def test_a_plan_given_through_a_link_is_changed_where_it_is(folder: Path, tmp_path: Path, ran: Ran) -> None:
    link = tmp_path / "my-plan.json"
    link.symlink_to(folder / "plan.json")
    status, said, _ = ran("swap", str(link), "--day", "1", "--meal", "snack", "--json")
    assert status == 0
    assert json.loads(said)["written"][0] == str((folder / "plan.json").resolve())
    assert link.is_symlink()
    assert read_plan(folder / "plan.json").revision == 1


def test_what_is_impossible_is_an_answer_and_writes_nothing(folder: Path, ran: Ran) -> None:
    before = content(folder)
    status, said, _ = ran("add", str(folder / "plan.json"), "tofu", "--day", "tuesday", "--meal", "dinner")
    assert status == 1
    assert "diet/phytoestrogens/avoid" in said
    assert said.rstrip().endswith("The plan is as it was.")
    status, said, _ = ran("add", str(folder / "plan.json"), "tofu", "--day", "2", "--meal", "dinner", "--json")
    assert status == 1
    assert json.loads(said)["conflict"]["rules"] == ["diet/phytoestrogens/avoid"]
    assert content(folder) == before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("0", "out of range"),
        ("8", "out of range"),
        ("mo", "is no day"),
        ("2026-13-01", "is no day"),
        ("2027-01-01", "not in the plan"),
        ("-1", "is no day"),
    ],
)
def test_a_day_that_the_plan_has_not_is_one_line(folder: Path, ran: Ran, day: str, said: str) -> None:
    status, out, error = ran("swap", str(folder / "plan.json"), f"--day={day}", "--meal", "lunch")
    assert (status, out) == (2, "")
    assert error.count("\n") == 1
    assert said in error


def test_a_plan_under_another_name_asks_for_a_folder(folder: Path, ran: Ran) -> None:
    (folder / "plan.json").rename(folder / "monday.json")
    status, _, error = ran("swap", str(folder / "monday.json"), "--day", "mon", "--meal", "snack")
    assert status == 2
    assert "--out" in error
