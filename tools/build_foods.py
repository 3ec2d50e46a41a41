"""Build the CSV files of foods/ from the raw public tables: the same bytes every time.

    python tools/build_foods.py RAW_DIR [--out foods]

RAW_DIR holds one folder a source (foods/SOURCES.md names them).
The judgements are the data files in tools/foods_build/.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from foods_build.absorption import absorbed_fraction, read_absorption, read_curve
from foods_build.bought import BOUGHT_COLUMNS, bought_rows, parse_goods, read_references
from foods_build.flags import FLAGS, Flagger, load_rules
from foods_build.ingredients import Recipes, moisture_factor
from foods_build.isoflavones import IsoflavoneRules, estimate, phytoestrogen_class
from foods_build.names import make_ids, name_foods, read_names
from foods_build.options import GROUPS, Option, read_stand_ins, table_options
from foods_build.pairs import PAIR_COLUMNS, pair_rows
from foods_build.portions import MeasureRules, measures_of, serveable
from foods_build.raw import RawTables, read_tables
from foods_build.selection import SelectionRule, occasions, read_reasons, select
from foods_build.tables import (
    FOOD_COLUMNS,
    NUTRIENT_COLUMNS,
    OPTION_COLUMNS,
    PERCENTILES,
    PORTION_COLUMNS,
    number,
    write_table,
)

JUDGEMENTS = Path(__file__).resolve().parent / "foods_build"
ABSORPTION = Path(__file__).resolve().parents[1] / "guidelines" / "absorption" / "calcium.yaml"
GRAMS_PER_TSP_SUGAR = 4.2  # USDA FPED 2017-2018: a teaspoon equivalent of added sugars

Row = dict[str, object]


def _yaml(name: str) -> Any:
    with (JUDGEMENTS / name).open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


def select_codes(raw: RawTables) -> list[int]:
    """The FNDDS codes of the table, by the rule and the two hand-kept lists."""
    return select(
        raw.foods,
        occasions(raw.eaten),
        SelectionRule.parse(_yaml("selection.yaml")),
        read_reasons(JUDGEMENTS / "additions.csv"),
        read_reasons(JUDGEMENTS / "removals.csv"),
    )


def food_rows(raw: RawTables, ids: Mapping[int, str], names: Mapping[int, str]) -> list[Row]:
    """The rows of foods.csv."""
    recipes = Recipes(raw.ingredients)
    flagger = Flagger(load_rules(JUDGEMENTS / "ingredient_rules.yaml"))
    isoflavone_rules = IsoflavoneRules.parse(_yaml("phytoestrogens.yaml"))
    absorption = read_absorption(JUDGEMENTS / "calcium_absorption.csv", read_curve(ABSORPTION))
    rows: list[Row] = []
    for code, food_id in ids.items():
        food = raw.foods[code]
        leaves = recipes.leaves(code)
        factor = moisture_factor(recipes.rows(code))
        isoflavones = estimate(leaves, raw.isoflavones, isoflavone_rules, factor, flagger.could_hold_soy)
        flags = flagger.flags_of_food(food.description, recipes.texts(code))
        # An unknown counts as the unsafe answer: soy may be named by the food alone and by none of its ingredients.
        unknown = isoflavones.unknown or (isoflavones.mg is None and flags["soy"] != "no")
        tsp = raw.added_sugar_tsp.get(code)
        nutrients = {key: food.nutrients[title] if title else None for key, title in NUTRIENT_COLUMNS.items()} | {
            "added_sugar": None if tsp is None else tsp * GRAMS_PER_TSP_SUGAR
        }
        rows.append(
            {
                "id": food_id,
                "fndds_code": code,
                "name": names[code],
                "description": food.description,
                "category": food.category,
                "category_name": food.category_name,
                **{key: number(value) for key, value in nutrients.items()},
                "isoflavones": number(isoflavones.mg, 4),
                "isoflavones_coverage": number(isoflavones.coverage),
                "isoflavones_unknown": int(unknown),
                "phytoestrogen": phytoestrogen_class(food.description, leaves, isoflavones, isoflavone_rules),
                "price": number(raw.prices.get(code), 4),
                "calcium_absorption": number(absorbed_fraction(food.description, absorption)),
                **flags,
            }
        )
    return rows


def portion_rows(
    raw: RawTables, ids: Mapping[int, str], options: Mapping[int, list[Option]]
) -> tuple[list[Row], int]:
    """The rows of portions.csv, and how many options no whole number of steps reaches."""
    rules = MeasureRules.parse(_yaml("measures.yaml"))
    rows: list[Row] = []
    out_of_reach = 0
    for code, food_id in ids.items():
        eaten = [option.row for option in options.get(code, ())]
        measures = measures_of(raw.portions.get(code, ()), raw.foods[code].category, eaten, rules)
        for row in eaten:
            reach = (serveable(m, float(row.grams[0]), float(row.grams[4])) for m in measures)
            out_of_reach += not any(reach)
        rows.extend(
            {
                "food_id": food_id,
                "measure": measure.measure,
                "plural": measure.plural,
                "grams": number(measure.grams, 2),
                "step": number(measure.step, 2),
                "rank": rank,
            }
            for rank, measure in enumerate(measures, start=1)
        )
    return rows, out_of_reach


def option_rows(ids: Mapping[int, str], options: Mapping[int, list[Option]]) -> list[Row]:
    """The rows of options.csv."""
    return [
        {"food_id": food_id, "meal": option.row.meal, "group": GROUPS[option.row.group], "n": option.row.n}
        | dict(zip(PERCENTILES, (number(float(g), 1) for g in option.row.grams), strict=True))
        | {"eaten_as": option.eaten_as or ""}
        for code, food_id in ids.items()
        for option in options.get(code, ())
    ]


def shop_rows(raw: RawTables, ids: Mapping[int, str], foods: list[Row]) -> list[Row]:
    """The rows of bought.csv; `foods` are those of foods.csv."""
    names = {str(row["id"]): str(row["name"]) for row in foods}
    goods = parse_goods(_yaml("bought.yaml"), read_references(JUDGEMENTS / "usda_sr.csv"), names)
    flags = {str(row["id"]): {flag: str(row[flag]) for flag in FLAGS} for row in foods}
    flagger = Flagger(load_rules(JUDGEMENTS / "ingredient_rules.yaml"))
    by_id = {food_id: raw.foods[code] for code, food_id in ids.items()}
    return list(bought_rows(by_id, names, flags, Recipes(raw.ingredients), goods, flagger.flags))


def build(raw_folder: Path, out: Path) -> None:
    """Read the raw tables, write the five CSV files into `out`, print what came of it."""
    raw = read_tables(raw_folder)
    codes = select_codes(raw)
    written = read_names(JUDGEMENTS / "names_added.csv") | read_names(JUDGEMENTS / "names.csv")
    names = name_foods((raw.foods[code] for code in codes), written)
    ids = dict(sorted(make_ids(names).items(), key=lambda item: item[1]))
    options = table_options(raw.eaten, ids, read_stand_ins(JUDGEMENTS / "stand_ins.csv"))
    foods = food_rows(raw, ids, names)
    portions, out_of_reach = portion_rows(raw, ids, options)
    rows = option_rows(ids, options)
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "foods.csv", FOOD_COLUMNS, foods)
    write_table(out / "portions.csv", PORTION_COLUMNS, portions)
    write_table(out / "options.csv", OPTION_COLUMNS, rows)
    write_table(out / "bought.csv", BOUGHT_COLUMNS, shop_rows(raw, ids, foods))
    write_table(out / "pairs.csv", PAIR_COLUMNS, pair_rows(raw.pairs, raw.foods.values()))
    print(f"{len(foods)} foods, {len(portions)} measures, {len(rows)} options ({out_of_reach} out of reach)")
    for name, n in sorted(Counter(str(row["category_name"]) for row in foods).items()):
        print(f"  {n:4d}  {name}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build foods/*.csv from the raw public tables.")
    parser.add_argument("raw", type=Path, metavar="RAW_DIR", help="the folder of raw tables")
    parser.add_argument("--out", type=Path, default=Path("foods"), help="where to write (default: foods)")
    arguments = parser.parse_args()
    build(arguments.raw, arguments.out)


if __name__ == "__main__":
    main()
