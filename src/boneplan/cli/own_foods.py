"""Own foods on the command line: the option that names their folder, and `boneplan foods import`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.cli.pages import Page
from boneplan.errors import InputError

if TYPE_CHECKING:
    from boneplan.foods.own.food import OwnFood
    from boneplan.foods.own.reader import OwnFoods
    from boneplan.foods.own.resolve import Given
    from boneplan.foods.table import FoodTable

FOLDER = Path("foods.d")
WIDTH = 80  # columns of a file of own foods
LABEL = 16  # characters before what is told of a food

foods_option = click.option(
    "--foods",
    "foods_path",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Own foods and recipes; otherwise the folder foods.d beside the profile.",
)


def own_foods(path: Path | None, profile: Path | None = None) -> OwnFoods:
    """The own foods at `path`, or else in the folder foods.d beside `profile`, and a line about them on stderr."""
    from boneplan.foods.own.reader import OwnFoods, folder_beside, load_own

    folder = path or (folder_beside(profile) if profile else None)
    if folder is None:
        return OwnFoods()
    found = load_own(folder)
    click.echo(found.line, err=True)
    return found


def table_with(path: Path | None, profile: Path | None = None) -> FoodTable:
    """The shipped table with the own foods at `path`, or else of the folder foods.d beside `profile`."""
    from boneplan.foods.own.reader import folder_beside, load_own
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import load_foods

    folder = path or (folder_beside(profile) if profile else None)
    return with_own(load_foods(), load_own(folder).foods) if folder else load_foods()


@click.command(
    name="import",
    cls=Page,
    exits={0: "understood; a file for each food was written"},
    examples=(
        "boneplan foods import labels.csv",
        "boneplan foods import labels.csv porridge.yaml --into foods.d --replace",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="The folder to fill.",
)
@click.option("--replace", is_flag=True, help="Write over foods that are there already.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def import_files(files: tuple[Path, ...], into: Path, replace: bool, as_json: bool) -> None:
    """Checks files of own foods and recipes, and puts each food as YAML into a folder.

    Prints what was understood of each: amounts in 100 g, allergens, isoflavones, when it is served, and what may keep
    it out of menus. `boneplan plan` takes the folder foods.d beside a profile by itself. Nothing is written where
    anything needs mending.
    """
    from boneplan.foods.own.reader import parse_files, worked_out
    from boneplan.plan_io import make_folder, write_text_atomic

    new = parse_files(files)
    everything = worked_out([*new, *_kept(files, new, into, replace)])
    foods = everything[: len(new)]
    folder = make_folder(into)
    for food, given in zip(foods, new, strict=True):
        write_text_atomic(folder / f"{food.id}.yaml", _yaml(given))
    if as_json:
        documents = [food.model_dump(mode="json", exclude_none=True) for food in foods]
        click.echo(json.dumps(documents, indent=1, ensure_ascii=False))
        return
    served = _served(everything)
    from boneplan.cli.screen import screen

    sheet = screen()
    for food in foods:
        sheet.line(f"{food.name} [{food.id}] {folder / f'{food.id}.yaml'}", style="bold")
        for label, text in _told(food, served[food.id]):
            sheet.line(text, label=f"  {label:<{LABEL}}")


def _kept(files: Sequence[Path], new: Sequence[Given], into: Path, replace: bool) -> list[Given]:
    """The foods of the folder that stay: new dishes may hold them. Raises InputError where a new food is there."""
    from boneplan.foods.own.reader import load_own

    if not into.is_dir():
        return []
    inside = [file for file in files if file.resolve().parent == into.resolve()]
    if inside:
        raise InputError([f"{file}: is in {into} already: nothing is to be done" for file in inside])
    ids, there = {one.id for one in new}, load_own(into).given
    problems = []
    for one in there:
        alone = one.source == f"{one.id}.yaml" and sum(other.source == one.source for other in there) == 1
        if one.id in ids and not (replace and alone):
            mend = "give --replace to write over it" if alone else "mend it in that file"
            problems.append(f"{into / one.source}: {one.id}: is there already: {mend}")
    if problems:
        raise InputError(problems)
    return [one for one in there if one.id not in ids]


def _yaml(given: Given) -> str:
    """The food as a file of its own: what was written, and nothing that was left out."""
    import yaml

    data = _whole(given.entry.model_dump(mode="json", exclude_none=True, exclude_unset=True))
    return yaml.safe_dump({"id": given.id, **data}, sort_keys=False, allow_unicode=True, width=WIDTH)


def _whole(value: Any) -> Any:
    """Plain values, with 240.0 as 240."""
    if isinstance(value, Mapping):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _served(foods: Sequence[OwnFood]) -> dict[str, list[str]]:
    """The meals at which some kind of meal has a place and a portion for each food."""
    from boneplan.foods.eligible import MEALS
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import category_pairs, load_foods
    from boneplan.menu.options import build_options
    from boneplan.menu.patterns import meal_book

    table, everywhere = with_own(load_foods(), foods), dict.fromkeys(MEALS, frozenset(food.id for food in foods))
    found = {
        (option.food, option.meal)
        for group in ("women", "men")
        for option in build_options(
            table, meal_book(), everywhere, pairs=category_pairs(), group=group, seed=0, week=0
        )
    }
    return {food.id: [meal for meal in MEALS if (food.id, meal) in found] for food in foods}


def _told(food: OwnFood, meals: Sequence[str]) -> Iterator[tuple[str, str]]:
    from boneplan.cli.food_rows import UNITS
    from boneplan.rulebook.words import figure, in_words

    known = [f"{in_words(n)} {figure(amount)} {UNITS.get(n, 'g')}" for n, amount in food.amounts.items()]
    yield "in 100 g", ", ".join(known)
    if food.price is not None:
        yield "price", f"{food.price:.2f} USD for 100 g"
    for label, names in (
        ("not more than", food.at_most),
        ("as in its like", food.as_like),
        ("unknown", food.unknown),
    ):
        if names:
            yield label, ", ".join(map(in_words, names))
    for label, answer in (("holds", "yes"), ("may hold", "may")):
        yield label, ", ".join(in_words(f) for f, said in food.flags.items() if said == answer) or "nothing watched"
    yield "phytoestrogens", "unknown" if food.isoflavones_unknown else food.phytoestrogen
    if food.ingredients:
        parts = ", ".join(f"{part.name} {part.grams:g} g" for part in food.ingredients)
        yield "made of", f"{parts}; {food.yield_grams:g} g in all"
    yield "measures", ", ".join(f"1 {m.measure} = {m.grams:g} g" for m in food.measures)
    if meals:
        yield "served at", ", ".join(meals)
    else:
        yield (
            "never served",
            "no kind of meal has a place for it, or none for its portion: name another food in `like`",
        )
    if food.isoflavones_unknown:
        yield "kept out", "of every menu: its isoflavones are unknown; give them, or phytoestrogens: none"
    if limited := [in_words(name) for name in food.unknown if name in _limited()]:
        yield "kept out", f"where there is a limit, since nobody knows its {', '.join(limited)}"


def _limited() -> frozenset[str]:
    """The nutrients that the guidelines limit for the built-in person."""
    import datetime as dt

    from boneplan.profile_reader import load_example
    from boneplan.targets import resolve_targets

    found = resolve_targets(load_example(), dt.date.today())
    return frozenset(target.nutrient for target in found if target.max is not None)
