"""What is bought for a food as it is eaten: recipes opened to a shop's goods, with the yield of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foods_build.ingredients import FIRST_FNDDS_CODE, Recipes
from foods_build.raw import Food, read_rows
from foods_build.tables import number

BOUGHT_COLUMNS = ("food_id", "bought", "share", "yield", "contains", "source")
ALLERGENS = ("milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten")
REFERENCE_COLUMNS = ("water", "protein", "refuse")
SR_FIGURES, SR_REFUSE = "USDA SR26", "USDA SR28"
FNDDS = "FNDDS 2021-2023"


@dataclass(frozen=True)
class Reference:
    """A food of USDA's Standard Reference: water and protein in g/100 g, refuse in per cent; None where not kept."""

    water: float | None
    protein: float | None
    refuse: float | None


@dataclass(frozen=True)
class Good:
    """What a shop sells for an ingredient: its name, the grams eaten for a gram of it, and where that is from.

    Of what is `toasted` the yield is that of its recipe's change of moisture besides.
    """

    name: str
    eaten: float = 1.0
    sources: tuple[str, ...] = ()
    toasted: bool = False


@dataclass(frozen=True)
class Part:
    """What is bought for a food: `share` (0..1) of its weight as eaten, `grams` bought for a gram of the food.

    `sources` is empty where no yield is known and the weight bought is that eaten.
    """

    name: str
    share: float
    grams: float
    sources: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goods:
    """The judgements of bought.yaml, their yields worked out."""

    main: float
    water: frozenset[int]
    by_ingredient: Mapping[int, Good]
    by_food: Mapping[str, Good]
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_references(path: Path) -> dict[int, Reference]:
    """The rows of usda_sr.csv by NDB number."""
    return {
        int(row["ndb_no"]): Reference(*(float(row[key]) if row[key] else None for key in REFERENCE_COLUMNS))
        for row in read_rows(path)
    }


def parse_goods(data: Mapping[str, Any], references: Mapping[int, Reference], names: Mapping[str, str]) -> Goods:
    """The goods of bought.yaml. `names` are those of the foods by id.

    Raises `ValueError` for a food that the table lacks, and `KeyError` for a reference that usda_sr.csv lacks.
    """
    unknown = sorted({*data["foods"], *data["renamed"]} - set(names))
    if unknown:
        raise ValueError(f"bought.yaml: no such food: {', '.join(unknown)}")
    return Goods(
        float(data["main"]),
        frozenset(data["water"]),
        {code: _good(entry["bought"], entry, references) for code, entry in data["ingredients"].items()},
        {food: _good(entry.get("bought", names[food]), entry, references) for food, entry in data["foods"].items()},
        data["renamed"],
    )


def _good(name: str, entry: Mapping[str, Any], references: Mapping[int, Reference]) -> Good:
    eaten, sources = 1.0, []
    if cooked := entry.get("cooked"):
        raw, done = references[cooked["raw"]], references[cooked["cooked"]]
        if cooked["by"] == "solids":
            eaten *= (100 - _known(raw.water)) / (100 - _known(done.water))
        else:
            eaten *= _known(raw.protein) / _known(done.protein)
        sources.append(f"{SR_FIGURES}: {cooked['by']} of {cooked['raw']} and {cooked['cooked']}")
    if "refuse" in entry:
        refuse = _known(references[entry["refuse"]].refuse)
        eaten *= 1 - refuse / 100
        sources.append(f"{SR_REFUSE}: refuse of {entry['refuse']} {refuse:g} %")
    return Good(name, eaten, tuple(sources), bool(entry.get("toasted")))


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("usda_sr.csv: a figure that bought.yaml asks for is empty")
    return value


def parts_of(food_id: str, food: Food, recipes: Recipes, goods: Goods) -> list[Part]:
    """What is bought for one food, the most first; the shares add up to 1."""
    own = goods.by_food.get(food_id)
    rows = recipes.rows(food.code)
    if own:
        sources, eaten = own.sources, own.eaten
        if own.toasted:
            eaten *= 1 + rows[0].moisture_change / 100
            sources = (_moisture(rows[0].moisture_change), *sources)
        return [Part(own.name, 1.0, 1 / eaten, sources, (food.description, *recipes.texts(food.code)))]
    opened = _merged(_opened(food.code, recipes, goods))
    total = sum(part.grams for part in opened)
    if not opened or max(part.grams for part in opened) < goods.main * total or any(not part.name for part in opened):
        return []
    renamed = goods.renamed.get(food_id, {})
    parts = [Part(renamed.get(p.name, p.name), p.share, p.grams, p.sources, p.texts) for p in opened]
    return sorted(parts, key=lambda part: -part.grams)


def _opened(code: int, recipes: Recipes, goods: Goods) -> Iterator[Part]:
    """The goods in a gram of a food of FNDDS; a part without a name stands for one that nobody sells."""
    rows = [row for row in recipes.rows(code) if row.grams > 0]
    change = rows[0].moisture_change if rows else 0.0
    total = sum(row.grams for row in rows) * (1 + change / 100)
    dry = sum(row.grams for row in rows if row.code not in goods.water)
    watered = dry < sum(row.grams for row in rows)
    sources = (_moisture(change),) if change else ()
    sources += (f"{FNDDS}: water of the recipe",) if watered else ()
    for row in rows:
        if row.code in goods.water:
            continue
        good = goods.by_ingredient.get(row.code)
        if good:
            texts = (row.description, *recipes.texts(row.code))
            inner: Sequence[Part] = [Part(good.name, 1.0, 1 / good.eaten, good.sources, texts)]
        elif row.code >= FIRST_FNDDS_CODE and row.code != code:
            inner = list(_opened(row.code, recipes, goods))
        else:
            inner = [Part("", 1.0, 1.0)]
        for part in inner:
            share, grams = part.share * row.grams / dry, part.grams * row.grams / total
            yield Part(part.name, share, grams, (*sources, *part.sources), part.texts)


def _moisture(change: float) -> str:
    return f"{FNDDS}: moisture change {change:g} %"


def _merged(parts: Iterator[Part]) -> list[Part]:
    """The parts with those of one name in one; what is known of their yields is told once."""
    found: dict[str, Part] = {}
    for part in parts:
        before = found.get(part.name)
        if before:
            sources = (*before.sources, *(source for source in part.sources if source not in before.sources))
            texts = (*before.texts, *part.texts)
            part = Part(part.name, before.share + part.share, before.grams + part.grams, sources, texts)
        found[part.name] = part
    return list(found.values())


def bought_rows(
    foods: Mapping[str, Food],
    names: Mapping[str, str],
    flags: Mapping[str, Mapping[str, str]],
    recipes: Recipes,
    goods: Goods,
    flags_of: Callable[[Iterable[str]], Mapping[str, str]],
) -> Iterator[dict[str, object]]:
    """The rows of bought.csv: `foods`, `names` and `flags` are by food id, `flags_of(texts)` judges what is bought.

    A food that is not opened is bought under its own name; its yield is empty.
    """
    for food_id, food in foods.items():
        parts = parts_of(food_id, food, recipes, goods)
        for part in parts or [Part(names[food_id], 1.0, 1.0)]:
            judged = flags_of(part.texts) if parts else flags[food_id]
            yield {
                "food_id": food_id,
                "bought": part.name,
                "share": number(part.share, 8),
                "yield": number(part.share / part.grams, 8) if part.sources else "",
                "contains": " ".join(flag for flag in ALLERGENS if judged[flag] == "yes"),
                "source": "; ".join(part.sources),
            }
