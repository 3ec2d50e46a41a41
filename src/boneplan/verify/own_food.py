"""One food or recipe of a person's own, as the plan carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boneplan.verify.tables import FLAGS, NUTRIENTS, Food, Portion

CERTAINTY = ("no", "may", "yes")
PHYTOESTROGENS = ("none", "trace", "source")
NOT_WRITTEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
"""What reading one that is none raises."""


@dataclass(frozen=True)
class OwnFood:
    """One food of the person's own; a recipe has ingredients (food id, grams) and what they weigh when done."""

    food: Food
    portions: tuple[Portion, ...]
    usual: Mapping[str, tuple[float, float]]
    ingredients: tuple[tuple[str, float], ...] = ()
    yield_grams: float = 0.0


def read_own_food(row: Mapping[str, Any]) -> OwnFood:
    """One entry of the plan's `own_foods`. Raises one of NOT_WRITTEN where it is none."""
    amounts = {nutrient: _number(row["amounts"].get(nutrient)) for nutrient in NUTRIENTS}
    if amounts["added_sugar"] is None:
        amounts["added_sugar"] = _number(row["amounts"].get("sugars"))  # an upper bound, as in the tables
    food = Food(
        id=_text(row["id"]),
        fndds_code=int(row.get("fndds_code", 0)),
        name=_text(row["name"]),
        description=_text(row.get("description") or row["name"]),
        category=int(row["category"]),
        amounts=amounts,
        flags={flag: _one_of(row["flags"].get(flag, "may"), CERTAINTY) for flag in FLAGS},
        phytoestrogen=_one_of(row["phytoestrogen"], PHYTOESTROGENS),
        isoflavones_unknown=bool(row["isoflavones_unknown"]),
        price=_number(row.get("price")),
        absorption=_number(row.get("calcium_absorption")),
        category_name=str(row.get("category_name", "")),
    )
    ingredients = tuple((_text(part["food"]), _above_0(part["grams"])) for part in row.get("ingredients") or ())
    return OwnFood(
        food,
        tuple(Portion(_text(m["measure"]), _text(m["plural"]), _above_0(m["grams"])) for m in row["measures"]),
        {meal: (float(low), float(high)) for meal, (low, high) in row["meals"].items()},
        ingredients,
        _above_0(row["yield_grams"]) if ingredients else 0.0,
    )


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"{value!r} is no amount")
    return float(value)


def _above_0(value: Any) -> float:
    amount = _number(value)
    if not amount:
        raise ValueError("an amount is missing")
    return amount


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text")
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)
