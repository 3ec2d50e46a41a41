"""`boneplan foods`: what the food table holds, and why a person is not offered a food."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.cli.complete import foods as food_ids
from boneplan.cli.food_rows import UNITS, matches, row_of
from boneplan.cli.foods_why import why
from boneplan.cli.own_foods import import_files, table_with
from boneplan.cli.pages import Page, Pages
from boneplan.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


MOST_ROWS = 40
AMOUNTS = (
    "energy", "protein", "fat", "saturated_fat", "carbohydrate", "sugars", "added_sugar", "fibre", "calcium",
    "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus", "sodium", "retinol", "caffeine", "alcohol",
    "isoflavones", "price",
)  # fmt: skip


@click.group(
    name="foods",
    cls=Pages,
    exits={0: "shown", 1: "the answer is no"},
    examples=(
        "boneplan foods search kale",
        "boneplan foods show kale-cooked",
        "boneplan foods why tofu boneplan-plan/plan.json",
        "boneplan foods import labels.csv",
    ),
)
def foods() -> None:
    """Searches the foods, shows one, or says why a person is not offered it.

    The table has the foods of FNDDS with their amounts, measures and prices; `import` brings own foods and recipes.
    `boneplan foods COMMAND --help` tells of each command.
    """


foods.add_command(import_files)
foods.add_command(why)
own_option = click.option(
    "--foods", "foods_path", metavar="DIR", type=click.Path(path_type=Path), help="Own foods and recipes as well."
)


@foods.command(
    name="search",
    cls=Page,
    exits={0: "found"},
    examples=(
        "boneplan foods search brown rice",
        "boneplan foods search porridge --foods foods.d",
    ),
)
@click.argument("words", nargs=-1, required=True)
@own_option
def search(words: tuple[str, ...], foods_path: Path | None) -> None:
    """Lists the foods whose name or description holds every word.

    Those eaten most often come first, each with calcium and the vitamins D and K of 100 g.
    """
    found = matches(table_with(foods_path), " ".join(words))
    if found.empty:
        raise InputError(f"{' '.join(words)!r}: no food of that name: try fewer or other words")
    from boneplan.cli.screen import screen

    sheet = screen()
    columns = ["id", "name", "calcium", "vitamin_d", "vitamin_k"]
    rows = [
        [*map(_figure, amounts), f"{name} [{food_id}]"]
        for food_id, name, *amounts in found[columns].head(MOST_ROWS).itertuples(index=False)
    ]
    sheet.table(["calcium\nmg", "vitamin D\nµg", "vitamin K\nµg", "\nin 100 g of"], rows, numbers={0, 1, 2})
    if len(found) > MOST_ROWS:
        sheet.line(f"... and {len(found) - MOST_ROWS} more: add a word")


@foods.command(
    name="show",
    cls=Page,
    exits={0: "shown"},
    examples=(
        "boneplan foods show kale-cooked",
        "boneplan foods show 11112110 --json",
    ),
)
@click.argument("food", shell_complete=food_ids)
@own_option
@click.option("--json", "as_json", is_flag=True, help="Print the food as JSON.")
def show(food: str, foods_path: Path | None, as_json: bool) -> None:
    """Shows one food: its amounts, its measures, what it holds, and when it is eaten.

    FOOD is an id, a whole name or an FNDDS code.
    """
    table = table_with(foods_path)
    row = row_of(table, food)
    portions = _known(table.portions[table.portions["food_id"] == row["id"]].drop(columns="food_id"))
    eaten = _known(table.options[table.options["food_id"] == row["id"]].drop(columns="food_id"))
    if as_json:
        facts = {**_known(row.to_frame().T)[0], "measures": portions, "eaten": eaten}
        facts["absorption_estimate"] = _absorption_facts(row)
        click.echo(json.dumps(facts, default=lambda number: number.item(), ensure_ascii=False))
        return
    code = f"FNDDS {row['fndds_code']}" if row["fndds_code"] else "an own food"
    from boneplan.cli.screen import screen

    sheet = screen()
    sheet.line(f"{row['name']} [{row['id']}, {code}]", style="bold")
    sheet.line(str(row["description"]))
    sheet.blank()
    first, rows = portions[0], []
    for key in AMOUNTS:
        unit = UNITS.get(key, "g")
        rows.append([_words(key), _figure(row[key], unit), _figure(row[key] * first["grams"] / 100, unit)])
    sheet.table(["", "in 100 g", f"in 1 {first['measure']}"], rows, numbers={1, 2}, indent=2)
    sheet.blank()
    for label, told in _facts(row, portions, eaten):
        sheet.line(told, label=f"  {label:<16}")


def _facts(row: pd.Series[Any], portions: list[dict[str, Any]], eaten: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is to be said of a food beside its amounts, as (label, text)."""
    found = [("phytoestrogens", str(row["phytoestrogen"]))]
    if row["isoflavones_coverage"] == row["isoflavones_coverage"] and row["isoflavones"] == row["isoflavones"]:
        found.append(("", f"isoflavones known for {100 * row['isoflavones_coverage']:.0f} % of its weight"))
    estimate = _absorption_facts(row)
    share = f"about {100 * estimate['fraction']:.0f} % of its calcium"
    load = f"in a meal of {estimate['meal_calcium_mg']:g} mg of calcium (milk: {100 * estimate['milk']:.0f} %)"
    how = "as measured" if estimate["measured"] else f"not measured, taken {estimate['taken']}"
    found += [("absorption", f"an estimate: {share} {load}"), ("", how)]
    for label, answer in (("holds", "yes"), ("may hold", "may")):
        held = [_words(flag) for flag in row.index if row[flag] == answer]
        found.append((label, ", ".join(held) or "nothing that is watched"))
    found += [("measures" if p is portions[0] else "", f"1 {p['measure']} = {p['grams']:g} g") for p in portions]
    for portion in eaten:
        low, median, high = (round(portion[column], 1) for column in ("g_p10", "g_p50", "g_p90"))
        usual = f"{low:g} to {high:g} g (10th to 90th percentile)"
        source = f", recorded as FNDDS {portion['eaten_as']:.0f}" if "eaten_as" in portion else ""
        told = f"{portion['meal']}, {portion['group']}: median {median:g} g, {usual}{source}"
        found.append(("eaten" if portion is eaten[0] else "", told))
    return found if eaten else [*found, ("eaten", "by nobody in the survey, so no menu holds it")]


def _absorption_facts(row: pd.Series[Any]) -> dict[str, Any]:
    """The estimated fraction (0..1) of the food's calcium that is absorbed in a meal of usual size, beside milk's."""
    from boneplan.absorption import absorption

    rules = absorption()
    known, own = bool(row["calcium_absorption"] == row["calcium_absorption"]), row["fndds_code"] == 0
    stand_in = rules.stand_in(str(row["description"]), int(row["category"]))
    fraction = float(row["calcium_absorption"]) if known else rules.at_reference(stand_in)
    measured = known and not own
    return {
        "fraction": round(fraction, 3),
        "measured": measured,
        "taken": "" if measured else "as what it is like or made of" if own else stand_in.title,
        "meal_calcium_mg": rules.reference_load,
        "milk": round(rules.milk_fraction, 3),
    }


def _known(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows without what is unknown (NaN, which is no JSON)."""
    return [{str(key): value for key, value in row.items() if value == value} for row in rows.to_dict("records")]


def _figure(value: float, unit: str = "") -> str:
    """An amount as people read it; an unknown one is no zero."""
    if value != value:
        return "unknown" if unit else "–"
    # Two significant digits, and whole numbers from 10 on.
    number = f"{value:,.0f}" if value >= 9.95 else f"{value:.2g}"
    return f"{number} {unit}".rstrip()


def _words(key: str) -> str:
    """A column of the table in words: "vitamin D", "tree nuts"."""
    return " ".join(word.upper() if len(word) == 1 else word for word in key.split("_"))
