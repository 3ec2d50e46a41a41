"""The food tables, as verify reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.tables import FLAGS, NUTRIENTS, Portion, read_food_tables
from boneplan.verify.variety_rules import read_variety_rules
from boneplan.verify.yaml_file import read_yaml

COLUMNS = (
    "id", "fndds_code", "name", "description", "category", "category_name", "sugars", "isoflavones_unknown",
    "phytoestrogen", "price", "calcium_absorption", *NUTRIENTS, *FLAGS,
)  # fmt: skip


def write_tables(folder: Path, **cells: str) -> None:
    row = dict.fromkeys(COLUMNS, "1") | dict.fromkeys(FLAGS, "no") | {"id": "kale", "name": "Kale"} | cells
    (folder / "foods.csv").write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    (folder / "portions.csv").write_text("food_id,measure,plural,grams\nkale,cup,cups,65\nrye,slice,slices,30\n")
    (folder / "options.csv").write_text("food_id,meal,group,n,g_p10,g_p90\nkale,dinner,women,40,30,130\n")


def test_the_rows_of_the_foods_asked_for_are_read(tmp_path: Path) -> None:
    write_tables(tmp_path)
    tables = read_food_tables(tmp_path, {"kale"})
    assert tables.foods["kale"].name == "Kale"
    assert tables.portions == {"kale": (Portion("cup", "cups", 65.0),)}
    assert tables.usual == {("kale", "dinner", "women"): (30.0, 130.0)}
    assert read_food_tables(tmp_path, {"ambrosia"}).foods == {}


def test_amounts_are_per_100_g(tmp_path: Path) -> None:
    write_tables(tmp_path, calcium="254")
    food = read_food_tables(tmp_path, {"kale"}).foods["kale"]
    assert food.amount("calcium", 65) == pytest.approx(165.1)


def test_an_empty_cell_is_unknown_and_not_zero(tmp_path: Path) -> None:
    write_tables(tmp_path, calcium="", price="", milk="")
    food = read_food_tables(tmp_path, {"kale"}).foods["kale"]
    assert food.amount("calcium", 65) is None
    assert food.price is None
    assert food.flag("milk") == "may"


def test_unknown_added_sugar_counts_as_all_sugars(tmp_path: Path) -> None:
    write_tables(tmp_path, added_sugar="", sugars="2.5")
    assert read_food_tables(tmp_path, {"kale"}).foods["kale"].amounts["added_sugar"] == 2.5


def test_isoflavones_may_be_known_to_be_unknown(tmp_path: Path) -> None:
    for cell, unknown in (("0", False), ("1", True)):
        write_tables(tmp_path, isoflavones_unknown=cell)
        assert read_food_tables(tmp_path, {"kale"}).foods["kale"].isoflavones_unknown is unknown


@pytest.mark.parametrize("cells", [{"calcium": "lots"}, {"fndds_code": ""}])
def test_a_table_with_a_broken_cell_is_a_fault(tmp_path: Path, cells: dict[str, str]) -> None:
    write_tables(tmp_path, **cells)
    with pytest.raises(Fault, match="install boneplan again"):
        read_food_tables(tmp_path, {"kale"})


def test_missing_tables_are_a_fault(tmp_path: Path) -> None:
    for read in (
        lambda: read_food_tables(tmp_path, set()),
        lambda: read_variety_rules(tmp_path / "meals.yaml"),
    ):
        with pytest.raises(Fault, match="install boneplan again"):
            read()
    (tmp_path / "broken.yaml").write_text("a: [")
    with pytest.raises(Fault, match="install boneplan again"):
        read_yaml(tmp_path / "broken.yaml")


def test_every_shipped_food_is_read() -> None:
    folder = data_folder("foods")
    ids = [line.split(",", 1)[0] for line in (folder / "foods.csv").read_text(encoding="utf-8").splitlines()[1:]]
    tables = read_food_tables(folder, set(ids))
    assert set(tables.foods) == set(ids)
    assert set(tables.portions) == set(ids)
    assert all(food.flags.keys() == set(FLAGS) for food in tables.foods.values())


def test_the_shipped_rules_of_variety_are_those_of_the_project() -> None:
    rules = read_variety_rules(data_folder("foods") / "meals.yaml")
    assert (rules.max_uses, rules.max_main_uses, rules.min_distinct) == (4, 2, 30)
    assert not rules.staples & rules.mains
