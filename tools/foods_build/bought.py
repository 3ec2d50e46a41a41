"""What is bought for a food as it is eaten: recipes opened to a shop's goods, with the yield of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foods_build.flags import FLAGS
from foods_build.ingredients import FIRST_FNDDS_CODE, Recipes
from foods_build.raw import Food, read_rows
from foods_build.tables import number

BOUGHT_COLUMNS = ("food_id", "bought", "share", "yield", "contains", "may_contain", "source")
REFERENCE_COLUMNS = ("water", "protein", "refuse")
SR_FIGURES, SR_REFUSE = "USDA SR26", "USDA SR28"
FNDDS, PROJECT = "FNDDS 2021-2023", "project"
TAP_WATER = f"{FNDDS}: water of the recipe"


@dataclass(frozen=True)
class Reference:
    """A food of USDA's Standard Reference: water and protein in g/100 g, refuse in per cent; None where not kept.

    `figures` says where water and protein are from.
    """

    water: float | None
    protein: float | None
    refuse: float | None
    figures: str = SR_FIGURES


@dataclass(frozen=True)
class Good:
    """What a shop sells for an ingredient: its name, the grams eaten for a gram of it, and where that is from.

    Of what is `toasted` the yield is that of its recipe's change of moisture besides; a drink is made of what is
    `steeped`.
    """

    name: str
    eaten: float = 1.0
    sources: tuple[str, ...] = ()
    toasted: bool = False
    steeped: bool = False


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
class Limits:
    """Which yields are believed: of any food, of one cooked in tap water, of a powder or leaves for a drink."""

    least: float
    most: float
    with_water: float
    steeped: float


@dataclass(frozen=True)
class Goods:
    """The judgements of bought.yaml, their yields worked out."""

    main: float
    limits: Limits
    water: frozenset[int]
    by_ingredient: Mapping[int, Good]
    by_food: Mapping[str, Good]
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    powders: frozenset[str] = frozenset()


def read_references(path: Path) -> dict[int, Reference]:
    """The rows of usda_sr.csv by NDB number."""
    return {
        int(row["ndb_no"]): Reference(
            *(float(row[key]) if row[key] else None for key in REFERENCE_COLUMNS), row["figures_of"] or SR_FIGURES
        )
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
        Limits(**data["yields"]),
        frozenset(data["water"]),
        {code: _good(entry["bought"], entry, references) for code, entry in data["ingredients"].items()},
        {food: _good(entry.get("bought", names[food]), entry, references) for food, entry in data["foods"].items()},
        data["renamed"],
        frozenset(data["powders"]),
    )


def _good(name: str, entry: Mapping[str, Any], references: Mapping[int, Reference]) -> Good:
    eaten, sources = 1.0, []
    if cooked := entry.get("cooked"):
        raw, done = references[cooked["raw"]], references[cooked["cooked"]]
        if cooked["by"] == "solids":
            eaten *= (100 - _known(raw.water)) / (100 - _known(done.water))
        else:
            eaten *= _known(raw.protein) / _known(done.protein)
        other = f" ({done.figures})" if done.figures != raw.figures else ""
        sources.append(f"{raw.figures}: {cooked['by']} of {cooked['raw']} and {cooked['cooked']}{other}")
    if "refuse" in entry:
        refuse = _known(references[entry["refuse"]].refuse)
        eaten *= 1 - refuse / 100
        sources.append(f"{SR_REFUSE}: refuse of {entry['refuse']} {refuse:g} %")
    if makes := entry.get("makes"):
        eaten *= makes
        sources.append(f"{PROJECT}: a gram makes {makes:g} g of the drink")
    return Good(name, eaten, tuple(sources), bool(entry.get("toasted")), "makes" in entry)


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
    sources += (TAP_WATER,) if watered else ()
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

    A food that is not opened is bought under its own name; its yield is empty. Raises `ValueError` for a yield that
    nobody would believe.
    """
    for food_id, food in foods.items():
        parts = parts_of(food_id, food, recipes, goods)
        for part in parts or [Part(names[food_id], 1.0, 1.0)]:
            _believed(food_id, part, goods)
            judged = flags_of(part.texts) if parts else flags[food_id]
            yield {
                "food_id": food_id,
                "bought": part.name,
                "share": number(part.share, 8),
                "yield": number(part.share / part.grams, 8) if part.sources else "",
                "contains": " ".join(flag for flag in FLAGS if judged[flag] == "yes"),
                "may_contain": " ".join(flag for flag in FLAGS if judged[flag] == "may"),
                "source": "; ".join(part.sources),
            }


def _believed(food_id: str, part: Part, goods: Goods) -> None:
    limits, own = goods.limits, goods.by_food.get(food_id)
    most = limits.with_water if TAP_WATER in part.sources else limits.most
    if (own and own.steeped) or part.name in goods.powders:
        most = limits.steeped
    if not limits.least <= part.share / part.grams <= most:
        raise ValueError(f"bought.yaml: {food_id}: {part.share / part.grams:.3g} g eaten for a gram of {part.name}")
