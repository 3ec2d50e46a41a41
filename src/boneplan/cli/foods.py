"""`boneplan foods`: what the food table holds, and why a person is not offered a food."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.errors import InputError
from boneplan.profile_reader import load_example, load_profile

if TYPE_CHECKING:
    import pandas as pd

    from boneplan.foods.table import FoodTable

MOST_ROWS = 40
MOST_GUESSES = 3
UNITS = {
    "energy": "kcal", "calcium": "mg", "magnesium": "mg", "potassium": "mg", "phosphorus": "mg", "sodium": "mg",
    "caffeine": "mg", "isoflavones": "mg", "vitamin_d": "µg", "vitamin_k": "µg", "retinol": "µg", "price": "USD",
}  # fmt: skip
AMOUNTS = (
    "energy", "protein", "fat", "saturated_fat", "carbohydrate", "sugars", "added_sugar", "fibre", "calcium",
    "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus", "sodium", "retinol", "caffeine", "alcohol",
    "isoflavones", "price",
)  # fmt: skip


@click.group(name="foods", epilog="Example: boneplan foods search kale")
def foods() -> None:
    """Searches the foods, shows one, or says why a person is not offered it."""


@foods.command(name="search", epilog='Example: boneplan foods search "brown rice"')
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Lists the foods whose name or description holds every word.

    Those eaten most often come first, each with calcium and the vitamins D and K of 100 g.
    """
    from boneplan.foods.table import load_foods

    found = _matches(load_foods(), " ".join(words))
    if found.empty:
        raise InputError(f"{' '.join(words)!r}: no food of that name: try fewer or other words")
    click.echo(f"{'calcium':>8}{'vitamin D':>11}{'vitamin K':>11}")
    click.echo(f"{'mg':>8}{'µg':>11}{'µg':>11}  in 100 g of")
    columns = ["id", "name", "calcium", "vitamin_d", "vitamin_k"]
    for food_id, name, *amounts in found[columns].head(MOST_ROWS).itertuples(index=False):
        calcium, vitamin_d, vitamin_k = map(_figure, amounts)
        click.echo(f"{calcium:>8}{vitamin_d:>11}{vitamin_k:>11}  {name}  [{food_id}]")
    if len(found) > MOST_ROWS:
        click.echo(f"... and {len(found) - MOST_ROWS} more: add a word")


@foods.command(name="show", epilog="Example: boneplan foods show kale-cooked")
@click.argument("food")
@click.option("--json", "as_json", is_flag=True, help="Print the food as JSON.")
def show(food: str, as_json: bool) -> None:
    """Shows one food: its amounts, its measures, what it holds, and when it is eaten.

    FOOD is an id, a whole name or an FNDDS code.
    """
    from boneplan.foods.table import load_foods

    table = load_foods()
    row = _row(table, food)
    portions = _known(table.portions[table.portions["food_id"] == row["id"]].drop(columns="food_id"))
    eaten = _known(table.options[table.options["food_id"] == row["id"]].drop(columns="food_id"))
    if as_json:
        facts = {**_known(row.to_frame().T)[0], "measures": portions, "eaten": eaten}
        facts["absorption_estimate"] = _absorption_facts(row)
        click.echo(json.dumps(facts, default=lambda number: number.item(), ensure_ascii=False))
        return
    click.echo(f"{row['name']}  [{row['id']}, FNDDS {row['fndds_code']}]\n{row['description']}\n")
    first = portions[0]
    click.echo(f"  {'':<16}{'in 100 g':>14}{'in 1 ' + first['measure']:>22}")
    for key in AMOUNTS:
        per_measure = row[key] * first["grams"] / 100
        unit = UNITS.get(key, "g")
        click.echo(f"  {_words(key):<16}{_figure(row[key], unit):>14}{_figure(per_measure, unit):>22}")
    click.echo()
    for label, told in _facts(row, portions, eaten):
        click.echo(f"  {label:<16}{told}")


@foods.command(name="why", epilog="Example: boneplan foods why tofu anna.yaml")
@click.argument("food")
@click.argument("profile_file", metavar="[PROFILE]", required=False, type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Ask for the built-in person instead of a profile.")
@click.pass_context
def why(context: click.Context, food: str, profile_file: Path | None, example: bool) -> None:
    """Says which rules of a profile keep a food out. Exit status 1 where one does."""
    from boneplan.foods.eligible import exclusions
    from boneplan.foods.table import load_foods

    if (profile_file is None) != example:
        raise InputError("PROFILE: give a profile file, or --example for the built-in person (one of the two)")
    profile = load_example() if profile_file is None else load_profile(profile_file)
    table = load_foods()
    row = _row(table, food)
    rules = [e for e in exclusions(table, profile) if row["id"] in e.foods]
    for exclusion in rules:
        click.echo(f"{row['name']}: left out: {exclusion.text} ({exclusion.rule})")
    if not rules:
        group = "women" if profile.sex == "female" else "men"
        own = table.options[(table.options["food_id"] == row["id"]) & (table.options["group"] == group)]
        meals = ", ".join(own["meal"])
        usual = f"people eat it at {meals}" if meals else f"no {group} of the survey ate it, so no menu holds it"
        click.echo(f"{row['name']}: no rule of the profile keeps it out; {usual}")
    context.exit(1 if rules else 0)


def _facts(row: pd.Series[Any], portions: list[dict[str, Any]], eaten: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is to be said of a food beside its amounts, as (label, text)."""
    found = [("phytoestrogens", str(row["phytoestrogen"]))]
    if row["isoflavones"] == row["isoflavones"]:
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
        usual = f"{portion['g_p10']:g} to {portion['g_p90']:g} g (10th to 90th percentile)"
        source = f", recorded as FNDDS {portion['eaten_as']:.0f}" if "eaten_as" in portion else ""
        told = f"{portion['meal']}, {portion['group']}: median {portion['g_p50']:g} g, {usual}{source}"
        found.append(("eaten" if portion is eaten[0] else "", told))
    return found if eaten else [*found, ("eaten", "by nobody in the survey, so no menu holds it")]


def _absorption_facts(row: pd.Series[Any]) -> dict[str, Any]:
    """The estimated fraction (0..1) of the food's calcium that is absorbed in a meal of usual size, beside milk's."""
    from boneplan.absorption import absorption

    rules = absorption()
    measured = bool(row["calcium_absorption"] == row["calcium_absorption"])
    stand_in = rules.stand_in(str(row["description"]), int(row["category"]))
    fraction = float(row["calcium_absorption"]) if measured else rules.at_reference(stand_in)
    return {
        "fraction": round(fraction, 3),
        "measured": measured,
        "taken": "" if measured else stand_in.title,
        "meal_calcium_mg": rules.reference_load,
        "milk": round(rules.milk_fraction, 3),
    }


def _matches(table: FoodTable, words: str) -> pd.DataFrame:
    """The foods whose name or description holds every word, those eaten most often first."""
    from boneplan.foods.eligible import words_of

    wanted = words.casefold().split()
    text = (table.foods["name"] + " " + table.foods["description"]).str.casefold()
    hit = text.map(lambda line: all(word in line or words_of(word) <= words_of(line) for word in wanted))
    found = table.foods[hit]
    times = table.options.groupby("food_id")["n"].sum().reindex(found.index).fillna(0)
    return found.loc[times.sort_values(ascending=False, kind="stable").index]


def _row(table: FoodTable, food: str) -> pd.Series[Any]:
    """The food by id, by FNDDS code, or by its whole name."""
    foods = table.foods
    hit = foods[(foods["id"] == food) | (foods["name"].str.casefold() == food.casefold())]
    if hit.empty and food.isdecimal():
        hit = foods[foods["fndds_code"].astype(str) == food]
    if hit.empty:
        guesses = list(_matches(table, food)["id"].head(MOST_GUESSES)) if food.strip() else []
        mend = f"did you mean {' or '.join(guesses)}?" if guesses else "find its id with `boneplan foods search`"
        raise InputError(f"{food!r}: no such food: {mend}")
    return hit.iloc[0]


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
