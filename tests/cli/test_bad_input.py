"""Bad profiles at the command line: one clear line for each thing to mend, exit 2, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from boneplan.cli.main import main

GOOD = {
    "sex": "female",
    "birth_date": "1961-04-02",
    "height_cm": "163",
    "weight_kg": "68",
}


def answer(capsys: pytest.CaptureFixture[str], path: Path) -> list[str]:
    """The error lines for a profile, without their common beginning."""
    status = main(["targets", str(path)])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    lines = err.splitlines()
    assert all(line.startswith(f"Error: {path}: ") for line in lines)
    return [line.removeprefix(f"Error: {path}: ") for line in lines]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("hieght_cm", "163", "hieght_cm: unknown key: did you mean height_cm?"),
        ("height_cm", "tall", 'height_cm: "tall" is not a number: give the height in centimetres'),
        ("height_cm", "1.63", "height_cm: 1.63 is below 100: give the height in centimetres, such as 163"),
        ("weight_kg", "680", "weight_kg: 680 is above 300: give the weight in kilograms, such as 68"),
        ("birth_date", "2061-04-02", "birth_date: 2061-04-02 is in the future"),
        ("birth_date", "1861-04-02", "birth_date: 1861-04-02 makes an age over 110: check the year"),
        ("diet", "{allergies: [lava]}", 'diet.allergies[0]: "lava" is unknown: use one of milk, egg'),
        ("therapy", "{drug: tamoxifen}", 'therapy.drug: "tamoxifen" is unknown: use one of anastrozole,'),
        (
            "bone",
            "{t_scores: {total_hip: -25}}",
            "bone.t_scores.total_hip: -25 is below -8: give the T-score",
        ),
        ("timezone", "Mars/Olympus", 'timezone: "Mars/Olympus" is no time zone'),
        (
            "exercise",
            '{availability: {monday: ["25:00-26:00"]}}',
            'exercise.availability.monday[0]: "25:00-26:00" is no time window',
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_value_that_does_not_fit_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, key: str, value: str, told: str
) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text("".join(f"{k}: {v}\n" for k, v in {**GOOD, key: value}.items()), encoding="utf-8")
    (line,) = answer(capsys, path)
    assert line.startswith(told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"sex: [female", "is not YAML"),
        (b"\xff\xfe\x00", "is no UTF-8 text"),
        (b"sex: \x00", "control character"),
        (b"- a\n- b\n", "holds a list"),
        (b"[" * 100_000, "nested more than 20 levels deep"),
        (b"a: &a [1]\nb: *a\n", "anchors"),
        (b"# " + b"x" * 1_000_000, "is over a megabyte"),
    ],
    ids=["empty", "broken", "not UTF-8", "NUL", "list", "deep", "anchors", "large"],
)
def test_a_file_that_is_no_profile_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "anna.yaml"
    path.write_bytes(content)
    (line,) = answer(capsys, path)
    assert told in line


def test_a_missing_file_and_a_folder_are_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert answer(capsys, tmp_path / "none.yaml") == ["no such file: check the name"]
    assert answer(capsys, tmp_path) == ["is a folder: name a file in it"]


def test_several_errors_are_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text("sex: f\nheight_cm: 30\n", encoding="utf-8")
    fields = [line.split(":")[0] for line in answer(capsys, path)]
    assert fields == ["sex", "birth_date", "height_cm", "weight_kg"]
