"""Own foods on the command line: imported, shown, planned with, bought, gone on with."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.cli.own_foods import _yaml
from boneplan.foods.own.reader import parse_own
from boneplan.menu.case import case_of
from boneplan.plan_io import read_plan

PERSON = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
KEFIR = """
name: Goat kefir
like: kefir
serving: {measure: glass, plural: glasses, grams: 240}
label: {per: serving, energy: 150, protein: 8.4, fat: 7.9, saturated_fat: 5, carbohydrate: 10.8, sugars: 10.8,
        added_sugar: 0, fibre: 0, calcium: 300, sodium: 110, alcohol: 0}
as_like: [vitamin_d, phosphorus, retinol, caffeine]
contains: [milk, lactose]
free_of: [rest]
phytoestrogens: none
"""
OATS = """
name: Overnight oats
like: oatmeal-made-with-milk
ingredients: [{food: rolled-oats-dry, grams: 60}, {food: Goat kefir, grams: 200}]
servings: 1
"""
TABLE = "name,like,per,energy,phytoestrogens\nSour milk,kefir,100 g,62,\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile, a kefir, a dish of it, and a table."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"anna.yaml": PERSON, "kefir.yaml": KEFIR, "oats.yaml": OATS, "milk.csv": TABLE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_are_checked_and_put_into_the_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["foods", "import", "oats.yaml", "kefir.yaml", "milk.csv"]) == 0
    out = capsys.readouterr().out
    assert "Goat kefir [goat-kefir] foods.d/goat-kefir.yaml" in out
    assert "calcium 125 mg" in out
    assert "Rolled oats, dry 60 g, Goat kefir 200 g; 260 g in all" in out
    assert "  served at       breakfast" in out
    assert "of every menu: its isoflavones are unknown" in " ".join(out.split())
    assert "where there is a limit, since nobody knows its" in " ".join(out.split())
    written = sorted((here / "foods.d").iterdir())
    assert [path.name for path in written] == ["goat-kefir.yaml", "overnight-oats.yaml", "sour-milk.yaml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


@pytest.mark.parametrize("text", [KEFIR, OATS])
def test_what_is_written_says_the_same(text: str) -> None:
    (given,) = parse_own(text, "k.yaml")
    (again,) = parse_own(_yaml(given), "k.yaml")
    assert again.entry.model_copy(update={"id": None}) == given.entry
    assert again.id == given.id


def test_nothing_is_written_over_unasked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["foods", "import", "kefir.yaml"]) == 0
    before = (here / "foods.d" / "goat-kefir.yaml").read_bytes()
    (here / "kefir.yaml").write_text(KEFIR.replace("calcium: 300", "calcium: 290"), encoding="utf-8")
    assert main(["foods", "import", "kefir.yaml"]) == 2
    assert "foods.d/goat-kefir.yaml: goat-kefir: is there already: give --replace" in capsys.readouterr().err
    assert (here / "foods.d" / "goat-kefir.yaml").read_bytes() == before
    assert main(["foods", "import", "kefir.yaml", "--replace"]) == 0
    assert "calcium: 290" in (here / "foods.d" / "goat-kefir.yaml").read_text(encoding="utf-8")
    assert main(["foods", "import", "foods.d/goat-kefir.yaml"]) == 2


def test_a_food_in_a_file_with_others_is_not_replaced(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "foods.d").mkdir()
    lines = "\n  ".join(KEFIR.strip().splitlines())
    (here / "foods.d" / "all.yaml").write_text(f"- {lines}\n", encoding="utf-8")
    assert main(["foods", "import", "kefir.yaml", "--replace"]) == 2
    assert "foods.d/all.yaml: goat-kefir: is there already: mend it in that file" in capsys.readouterr().err
    assert main(["foods", "import", "oats.yaml"]) == 0  # a dish of a food that is there


def test_a_slip_leaves_nothing_behind(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.yaml").write_text("{name: A}", encoding="utf-8")
    assert main(["foods", "import", "kefir.yaml", "bad.yaml"]) == 2
    assert "bad.yaml: like: is missing" in capsys.readouterr().err
    assert not (here / "foods.d").exists()


def test_own_foods_are_found_and_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["foods", "import", "kefir.yaml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["amounts"]["calcium"] == 125
    assert main(["foods", "search", "goat", "kefir", "--foods", "foods.d"]) == 0
    assert "Goat kefir [goat-kefir]" in capsys.readouterr().out
    assert main(["foods", "show", "goat-kefir", "--foods", str(here / "foods.d")]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Goat kefir [goat-kefir, an own food]\n")
    assert "unknown" in next(line for line in shown.splitlines() if "magnesium" in line)
    assert main(["foods", "show", "goat-kefir"]) == 2


def test_a_plan_takes_the_folder_beside_the_profile_and_next_goes_on_with_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["foods", "import", "kefir.yaml", "oats.yaml", "milk.csv"]) == 0
    (here / "r.yaml").write_text("require: [{food: overnight-oats, per_week: 2}]\n", encoding="utf-8")
    assert main(["plan", "anna.yaml", "--rules", "r.yaml", "--start", "2026-11-23", "--out", "out"]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == "Own foods: 3 from foods.d"
    assert "Overnight oats (1 serving, " in said.out
    assert "Sour milk is in no menu" in said.out
    plan = read_plan(here / "out" / "plan.json")
    assert [food["id"] for food in plan.own_foods] == ["goat-kefir", "overnight-oats", "sour-milk"]
    served = [item for day in plan.menu.days for meal in day.meals for item in meal.items]
    assert sum(item.food == "overnight-oats" for item in served) >= 2
    assert {item.fndds_code for item in served if item.food == "overnight-oats"} == {0}
    assert main(["verify", "out/plan.json"]) == 0
    shopping = (here / "out" / "shopping.md").read_text(encoding="utf-8")
    assert "Rolled oats: " in shopping
    assert "Overnight oats" not in shopping
    assert {"goat-kefir", "overnight-oats"} <= set(case_of(plan).table.foods.index)

    for file in (here / "foods.d").iterdir():
        file.unlink()
    assert main(["next", "out/plan.json", "--out", "out2"]) == 0
    after = read_plan(here / "out2" / "plan.json")
    assert after.own_foods == plan.own_foods
    assert any(item.food == "overnight-oats" for day in after.menu.days for meal in day.meals for item in meal.items)


def test_a_folder_that_is_named_and_missing_is_a_slip(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.is_dir()
    assert main(["plan", "anna.yaml", "--foods", "nowhere"]) == 2
    assert "nowhere: no such file" in capsys.readouterr().err
