"""`boneplan foods`: a dietitian looks a food up, and asks why a person is not offered it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.cli.foods import _figure
from boneplan.cli.main import main

PROFILES = Path(__file__).parents[1] / "profiles"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["foods", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_search_finds_every_word_in_any_order_and_number(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "search", "cooked", "KALES")
    assert (status, err) == (0, "")
    assert "    272          0        418  Kale, cooked [kale-cooked]" in out
    assert "kale-raw" not in out


def test_what_is_eaten_most_often_is_found_first(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "search", "banana")[1].splitlines()
    assert lines[2].endswith("Banana [banana]")


def test_a_long_search_says_how_many_are_left(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "search", "milk")[1].splitlines()
    assert sum(line.split()[0].replace(".", "").isdigit() for line in lines[2:-1]) == 40
    assert lines[-1].startswith("... and ")


def test_nothing_found_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "search", "kryptonite")
    assert (status, out) == (2, "")
    assert err == "Error: 'kryptonite': no food of that name: try fewer or other words\n"


@pytest.mark.parametrize("food", ["kale-cooked", "Kale, cooked", "72119211"])
def test_a_food_is_shown_by_id_name_or_code_in_100_g_and_in_its_first_measure(
    capsys: pytest.CaptureFixture[str], food: str
) -> None:
    status, out, _ = run(capsys, "show", food)
    assert status == 0
    assert out.startswith("Kale, cooked [kale-cooked, FNDDS 72119211]\n")
    rows = [line.split() for line in out.splitlines()]
    assert ["in", "100", "g", "in", "1", "cup"] in rows
    assert ["calcium", "272", "mg", "354", "mg"] in rows  # a cup is 130 g
    assert "measures        1 cup = 130 g" in out
    assert "dinner, women: median" in out


def test_what_is_unknown_is_no_zero(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.split() for line in run(capsys, "show", "swiss-cheese")[1].splitlines()]
    assert ["isoflavones", "unknown", "unknown"] in rows
    assert ["holds", "milk"] in rows


def test_json_is_json_alone_and_leaves_out_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "show", "swiss-cheese", "--json")
    assert (status, err) == (0, "")
    food = json.loads(out)
    assert (food["calcium"], food["milk"]) == (890, "yes")
    assert "isoflavones" not in food
    assert food["measures"][0] == {"measure": "slice", "plural": "slices", "grams": 21.0, "step": 1.0, "rank": 1}
    assert {"meal", "group", "n", "g_p50"} <= food["eaten"][0].keys()


@pytest.mark.parametrize(
    ("food", "share", "how"),
    [("kale-cooked", 34, "as measured"), ("swiss-cheese", 32, "not measured, taken as milk"),
     ("lentils-cooked", 16, "not measured, taken as red beans")],
)  # fmt: skip
def test_a_food_shows_how_much_of_its_calcium_is_absorbed_as_an_estimate(
    capsys: pytest.CaptureFixture[str], food: str, share: int, how: str
) -> None:
    out = run(capsys, "show", food)[1]
    told = " ".join(out.split())
    assert f"an estimate: about {share} % of its calcium in a meal of 300 mg of calcium (milk: 32 %)" in told
    assert how in out
    estimate = json.loads(run(capsys, "show", food, "--json")[1])["absorption_estimate"]
    assert round(100 * estimate["fraction"]) == share
    assert estimate["measured"] == (how == "as measured")


def test_a_food_of_another_name_brings_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "show", "kale")
    assert status == 2
    assert "did you mean kale-raw or kale-cooked" in err
    assert "boneplan foods search" in run(capsys, "show", "kryptonite")[2]
    assert run(capsys, "show", " ")[0] == 2


def test_why_names_the_rule_that_keeps_a_food_out(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "why", "ground-beef-cooked", str(PROFILES / "david.yaml"))
    assert status == 1
    assert "Ground beef, cooked: left out: vegetarian diet (diet/pattern/vegetarian)" in out


def test_why_says_when_people_eat_what_nothing_keeps_out(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "why", "swiss-cheese", "--example")
    assert status == 0
    told = " ".join(out.split())
    assert "no rule of the profile keeps it out; people eat it at breakfast, lunch, dinner, snack" in told


@pytest.mark.parametrize(
    ("food", "person", "said"),
    [
        ("spinach-raw", "conditions: [kidney_stones]", "(condition/kidney_stones)"),
        ("mixed-salad-greens", "conditions: [kidney_stones]", "(condition/kidney_stones)"),
        ("rye-bread", "conditions: [coeliac]", "(condition/coeliac)"),
    ],
)
def test_why_names_the_condition_that_keeps_a_food_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, food: str, person: str, said: str
) -> None:
    profile = tmp_path / "person.yaml"
    profile.write_text(f"sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n{person}\n")
    status, out, _ = run(capsys, "why", food, str(profile))
    assert status == 1
    assert said in out


def test_why_needs_one_person(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["--example", str(PROFILES / "david.yaml")]):
        status, out, err = run(capsys, "why", "banana", *arguments)
        assert (status, out) == (2, "")
        assert "one of the two" in err


@given(st.floats(0, 1e6))
def test_a_figure_has_no_exponent_and_is_within_a_twentieth(value: float) -> None:
    text = _figure(value)
    if value >= 1e-4:
        assert "e" not in text
    assert float(text.replace(",", "")) == pytest.approx(value, rel=0.051, abs=1e-9)
