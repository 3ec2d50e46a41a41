"""`boneplan exercises`: what there is, what is left for a person, and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.exercises import catalogue
from boneplan.profile_reader import load_example
from boneplan.schedule.eligibility import eligible

SOURCE = Path(__file__).parents[2] / "src"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["exercises", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def profile(folder: Path, **fields: object) -> str:
    """A profile file of a person with these fields."""
    person = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68} | fields
    path = folder / "person.yaml"
    path.write_text(json.dumps(person), encoding="utf-8")
    return str(path)


def test_the_whole_catalogue_is_listed_by_kind_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "list")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("aerobic, beginner (")
    assert "  Brisk walk [walk_brisk]" in lines
    assert "  Sit to stand without hands [sit_to_stand], with chair" in lines
    assert all(f"[{id_}]" in out for id_ in catalogue())
    assert max(map(len, lines)) <= 80


def test_a_profile_leaves_what_suits_the_person(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "list", "--example", "--json")[1]
    left = [exercise.id for exercise in eligible(load_example(), catalogue())]
    assert 0 < len(left) < len(catalogue())
    assert [row["id"] for row in json.loads(out)["exercises"]] == left


def test_a_kind_is_listed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(run(capsys, "list", "--kind", "balance", "--json")[1])
    assert document["schema"] == "boneplan.exercises/1"
    assert {row["kind"] for row in document["exercises"]} == {"balance"}
    assert "aerobic" not in run(capsys, "list", "--kind", "balance")[1]


def test_a_person_who_is_refused_exercise_sees_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = profile(tmp_path, conditions=["bone_metastases"])
    status, out, _ = run(capsys, "list", path)
    assert status == 1
    assert out.startswith("No exercise plan: ")
    assert "safety/gates/" in out
    assert "[walk_slow]" not in out
    document = json.loads(run(capsys, "list", path, "--json")[1])
    assert document["exercises"] == []
    assert document["notices"][0]["rule"].startswith("safety/gates/")


def test_where_nothing_of_a_kind_is_left_the_answer_is_no(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fractures = [{"site": "vertebra", "year": 2024, "fragility": True}]
    path = profile(tmp_path, bone={"t_scores": {"lumbar_spine": -3.4}, "fractures": fractures})
    status, out, _ = run(capsys, "list", path, "--kind", "impact")
    assert status == 1
    assert out == "No exercise is left. `boneplan exercises why ID PROFILE` says what drops one.\n"


@pytest.mark.parametrize("exercise", ["sit_to_stand", "Sit to stand without hands", " SIT_TO_STAND "])
def test_an_exercise_is_shown_by_id_or_name_with_all_there_is_to_know(
    capsys: pytest.CaptureFixture[str], exercise: str
) -> None:
    status, out, err = run(capsys, "show", exercise)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Sit to stand without hands [sit_to_stand]"
    assert "  dose            2 sets of 10 repetitions, RPE 5 of 10" in lines
    assert "  loads joints    ankle, knee, hip" in lines
    assert "  loads bones     hip" in lines
    assert any(line.startswith("  force           1 to 1.2 times body weight (") for line in lines)
    assert "  easier          Sit to stand with hands [sit_to_stand_assisted]" in lines
    told = " ".join(out.split())
    assert "joint or muscle pain: stop, check your position" in told  # of its kind
    assert "chest pain or pressure: stop and call for emergency help" in told  # of everybody
    assert "Otago exercise programme leaflet" in told  # its evidence in words
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("exercise", list(catalogue()))
def test_every_exercise_can_be_shown_within_80_columns(capsys: pytest.CaptureFixture[str], exercise: str) -> None:
    status, out, _ = run(capsys, "show", exercise)
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80
    for sign in catalogue()[exercise].stop_if:
        assert sign in " ".join(out.split())


def test_show_as_json_is_the_row_of_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(run(capsys, "show", "jog", "--json")[1])
    assert row == catalogue()["jog"].model_dump(mode="json")


def test_why_names_the_rule_and_the_source_that_drop_an_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "why", "jog", "--example")
    assert status == 1
    told = " ".join(out.split())
    assert "Jogging: dropped by exercise-no-running-with-joint-pain: " in told
    assert "2015: HOPE randomised trial" in told
    assert "dropped by exercise-level: it is for level advanced, the profile says beginner" in told
    assert max(map(len, out.splitlines())) <= 80


def test_why_says_what_an_exercise_needs_that_nothing_drops(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "why", "walk_easy", "--example")
    assert status == 0
    assert out.startswith("Easy walk: kept: it needs no equipment and suits level beginner")


def test_why_is_no_for_everything_where_exercise_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = run(capsys, "why", "walk_easy", profile(tmp_path, conditions=["bone_metastases"]))
    assert status == 1
    assert "dropped by safety/gates/" in out


@pytest.mark.parametrize("command", ["show", "why"])
def test_an_unknown_exercise_brings_what_comes_close(capsys: pytest.CaptureFixture[str], command: str) -> None:
    options = ["--example"] if command == "why" else []
    status, out, err = run(capsys, command, "walk_brsk", *options)
    assert (status, out) == (2, "")
    assert err.startswith("Error: 'walk_brsk': no such exercise: did you mean walk_brisk")
    assert err.count("\n") == 1
    mend = "find its id with `boneplan exercises list`\n"
    assert run(capsys, command, "zzzzzz", *options)[2].endswith(mend)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "none.yaml"], "none.yaml: no such file"),
        (["list", "none.yaml", "--example"], "one of the two"),
        (["list", "--kind", "chess"], "'--kind'"),
        (["why", "jog"], "one of the two"),
        (["why", "jog", "none.yaml", "--example"], "one of the two"),
    ],
)
def test_bad_usage_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", [["exercises", "list", "--example"], ["exercises", "why", "jog", "--example"]])
def test_nothing_heavy_is_imported(command: list[str]) -> None:
    code = (
        "import sys; from boneplan.cli.main import main; main(sys.argv[1:]); "
        "print(sorted({module.split('.')[0] for module in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        check=True,
    )
    imported = done.stdout.splitlines()[-1].decode()
    assert "'boneplan'" in imported
    for heavy in ("pandas", "pulp", "highspy", "icalendar"):
        assert f"'{heavy}'" not in imported
