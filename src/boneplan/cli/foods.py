"""`boneplan foods`: what the food table holds, and why a person is not offered a food."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.errors import InputError
from boneplan.profile_reader import load_profile

if TYPE_CHECKING:
    import pandas as pd

    from boneplan.foods.table import FoodTable

MOST_ROWS = 40
UNITS = {
    "energy": "kcal", "calcium": "mg", "magnesium": "mg", "potassium": "mg", "phosphorus": "mg", "sodium": "mg",
    "caffeine": "mg", "isoflavones": "mg", "vitamin_d": "µg", "vitamin_k": "µg", "retinol": "µg", "price": "USD",
    "isoflavones_coverage": "of its weight", "calcium_absorption": "of its calcium",
}  # fmt: skip
TEXT_COLUMNS = ("id", "fndds_code", "name", "description", "category", "category_name", "phytoestrogen")


@click.group(name="foods", epilog="Example: boneplan foods search kale")
def foods() -> None:
    """Searches the foods, or shows one."""


@foods.command(name="search", epilog='Example: boneplan foods search "brown rice"')
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Lists the foods whose name or description holds every word, with calcium and vitamins per 100 g."""
    from boneplan.foods.eligible import words_of
    from boneplan.foods.table import load_foods

    table = load_foods().foods
    wanted = [word.casefold() for word in " ".join(words).split()]
    text = (table["name"] + " " + table["description"]).str.casefold()
    hit = text.map(lambda line: all(word in line or words_of(word) <= words_of(line) for word in wanted))
    found = table[hit]
    if found.empty:
        raise InputError(f"{' '.join(words)!r}: no food of that name: try fewer or other words")
    click.echo(f"{'per 100 g':<52}{'Ca mg':>7}{'D µg':>7}{'K µg':>8}")
    for row in found.head(MOST_ROWS).itertuples():
        label = f"{row.name} ({row.id})" if len(f"{row.name} ({row.id})") <= 51 else str(row.id)
        click.echo(f"{label[:51]:<52}{row.calcium:>7.0f}{row.vitamin_d:>7.1f}{row.vitamin_k:>8.1f}")
    if len(found) > MOST_ROWS:
        click.echo(f"... and {len(found) - MOST_ROWS} more: add a word")


@foods.command(name="show", epilog="Example: boneplan foods show kale-cooked")
@click.argument("food")
@click.option("--json", "as_json", is_flag=True, help="Print the row as JSON.")
def show(food: str, as_json: bool) -> None:
    """Shows one food: its amounts per 100 g, its measures, what it holds, and when it is eaten."""
    from boneplan.foods.table import load_foods

    table = load_foods()
    row = _row(table, food)
    if as_json:
        known = {key: value for key, value in row.items() if value == value}  # NaN is unknown, and no JSON
        click.echo(json.dumps(known, default=lambda number: number.item()))
        return
    click.echo(f"{row['name']}  ({row['id']}, FNDDS {row['fndds_code']})\n{row['description']}\n")
    flags = [column for column in row.index if row[column] in ("yes", "may")]
    for column in row.index:
        if column in TEXT_COLUMNS or row[column] in ("yes", "may", "no"):
            continue
        value = "unknown" if row[column] != row[column] else f"{row[column]:g} {UNITS.get(column, 'g')}"
        click.echo(f"  {column.replace('_', ' '):<24}{value}")
    click.echo(f"  {'phytoestrogen':<24}{row['phytoestrogen']}")
    for word, answer in (("holds", "yes"), ("may hold", "may")):
        held = [flag.replace("_", " ") for flag in flags if row[flag] == answer]
        click.echo(f"  {word:<24}{', '.join(held) or 'nothing that is watched'}")
    portions = table.portions[table.portions["food_id"] == row["id"]]
    for portion in portions.itertuples():
        click.echo(f"  1 {portion.measure:<22}{portion.grams:g} g")


@foods.command(name="why", epilog="Example: boneplan foods why tofu anna.yaml")
@click.argument("food")
@click.argument("profile_file", metavar="PROFILE", type=click.Path(path_type=Path))
@click.pass_context
def why(context: click.Context, food: str, profile_file: Path) -> None:
    """Says which rules of a profile keep a food out. Exit status 1 where one does."""
    from boneplan.foods.eligible import exclusions
    from boneplan.foods.table import load_foods

    profile, table = load_profile(profile_file), load_foods()
    row = _row(table, food)
    rules = [e for e in exclusions(table, profile) if row["id"] in e.foods]
    for exclusion in rules:
        when = "" if len(exclusion.meals) > 1 else f" (at {exclusion.meals[0]} only)"
        click.echo(f"{row['name']}: left out{when}: {exclusion.text} ({exclusion.rule})")
    if not rules:
        click.echo(f"{row['name']}: no rule of the profile keeps it out")
    context.exit(1 if rules else 0)


def _row(table: FoodTable, food: str) -> pd.Series[str]:
    """The food by id, by FNDDS code, or by its whole name."""
    foods = table.foods
    hit = foods[(foods["id"] == food) | (foods["name"].str.casefold() == food.casefold())]
    if hit.empty and food.isdecimal():
        hit = foods[foods["fndds_code"].astype(str) == food]
    if hit.empty:
        raise InputError(f"{food!r}: no such food: find its id with `boneplan foods search`")
    return hit.iloc[0]
