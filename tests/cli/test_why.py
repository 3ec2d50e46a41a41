"""`boneplan why`: a rule with its source, and what it did to a plan."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.engine import make_plan
from boneplan.plan_io import write_plan
from boneplan.profile_reader import load_example

SOURCE = Path(__file__).parents[2] / "src"
RDA = "nutrition/calcium/rda"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    start, now = dt.date(2026, 11, 23), dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
    write_plan(make_plan(load_example(), start=start, now=now), path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["why", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_rule_is_shown_with_population_value_source_basis_and_note(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, RDA)
    assert (status, err) == (0, "")
    for said in (
        "  says       Recommended Dietary Allowance\n",
        "women from 51 years: at least 1,200 mg (the week's mean)\n",
        "  how firm   hard\n",
        "  source     IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D\n",
        "  basis      stands in the document named\n",
        "  about      Advice to people on aromatase inhibitors disagrees",
        "  file       guidelines/nutrition/calcium.yaml\n",
    ):
        assert said in out
    assert "In the plan" not in out


def test_with_a_plan_it_shows_what_was_reached(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    out = run(capsys, RDA, plan_file)[1]
    assert "In the plan from 2026-11-23 (1 week)\n" in out
    assert "  target     calcium: at least 1,200 mg, the week's mean (hard)\n" in out
    assert "  target     the week from 2026-11-23 reaches 1," in out


def test_the_plan_in_the_usual_folder_is_looked_at_unasked(
    capsys: pytest.CaptureFixture[str], plan_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "boneplan-plan").mkdir()
    (tmp_path / "boneplan-plan" / "plan.json").write_bytes(plan_file.read_bytes())
    assert "In the plan from 2026-11-23" in run(capsys, RDA)[1]


def test_a_rule_that_did_nothing_says_for_whom_it_is(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    out = " ".join(run(capsys, "under_18", plan_file)[1].split())
    assert out.endswith(
        "It did nothing in this plan: it is for people under 18 years, and this person is not among them."
    )


def test_a_rule_of_the_profiles_own_is_answered_too(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    out = " ".join(run(capsys, "diet/phytoestrogens/avoid", plan_file)[1].split())
    assert "the profile, not a guideline" in out
    assert "foods stay out, such as" in out


def test_every_rule_that_the_plan_names_can_be_asked_about(
    capsys: pytest.CaptureFixture[str], plan_file: Path
) -> None:
    plan = json.loads(plan_file.read_text(encoding="utf-8"))
    named = {row["rule"] for part in ("notices", "targets", "monitoring") for row in plan[part]}
    assert len(named) > 30
    for rule in named:
        status, out, err = run(capsys, rule, plan_file, "--json")
        assert (status, err) == (0, ""), rule
        assert json.loads(out)["effects"], rule


def test_json_is_json_alone(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    status, out, err = run(capsys, "rda", "--json")
    assert (status, out) == (2, "")
    assert "several rules" in err
    document = json.loads(run(capsys, RDA, plan_file, "--json")[1])
    assert (document["schema"], document["rule"]) == ("boneplan.why/1", RDA)
    (row,) = document["rows"]
    assert row["basis"] == "published"
    assert {"whom": "women from 51 years", "text": "at least 1,200 mg (the week's mean)"} in row["figures"]
    assert document["effects"][0]["part"] == "target"
    assert document["nothing"] == ""
    assert json.loads(run(capsys, RDA, "--json")[1])["plan"] is None


def test_the_list_has_a_line_for_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    from boneplan.rulebook.places import places

    lines = run(capsys, "--list")[1].splitlines()
    assert {line.split(": ")[0] for line in lines} >= set(places())
    assert f"{RDA}: Recommended Dietary Allowance" in lines
    assert json.loads(run(capsys, "--list", "--json")[1])[RDA] == "Recommended Dietary Allowance"


def test_no_line_of_a_rule_is_wider_than_a_terminal(capsys: pytest.CaptureFixture[str], plan_file: Path) -> None:
    for rule in (RDA, "exercise-spine-sparing", "safety/tiers/high", "safety/gates/insulin", "diet/budget"):
        assert max(map(len, run(capsys, rule, plan_file)[1].splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nutrition/calcum/rda"], "'nutrition/calcum/rda': no such rule: did you mean nutrition/calcium/rda"),
        (["zzz"], "`boneplan why --list` lists them all"),
        ([], "name a rule, or give --list for all of them"),
        ([RDA, "--list"], "name a rule, or give --list for all of them"),
        ([RDA, "none.json"], "none.json: no such file"),
    ],
)
def test_wrong_usage_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_the_food_table_is_read_for_rules_about_foods_alone(plan_file: Path) -> None:
    program = (
        "import sys; from boneplan.cli.main import main; "
        f"main(['why', 'exercise-spine-sparing', {str(plan_file)!r}]); "
        "print(sorted({module.split('.')[0] for module in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONPATH": str(SOURCE)}
    )
    imported = done.stdout.decode().splitlines()[-1]
    for heavy in ("pandas", "pulp", "highspy", "icalendar"):
        assert f"'{heavy}'" not in imported


def test_a_plan_from_a_stranger_cannot_write_to_the_terminal(
    capsys: pytest.CaptureFixture[str], plan_file: Path, tmp_path: Path
) -> None:
    document = json.loads(plan_file.read_text(encoding="utf-8"))
    document["notices"].append({"level": "warn", "rule": "odd\x1b[2J", "text": "Two\nlines \x1b]0;title\x07."})
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    out = run(capsys, "odd\x1b[2J", path)[1]
    assert "warn: Two lines" in out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\x1b" not in run(capsys, "odx\x1b[2J", path)[2]
