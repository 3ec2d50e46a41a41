"""What is taken, in words: supplements with their amounts, medicines as the profile names them."""

from __future__ import annotations

from boneplan.export.figures import nutrient_name, unit_text
from boneplan.export.words import amount, plain
from boneplan.guidelines import NUTRIENTS, guideline
from boneplan.plan import Intake, Taking


def taking(item: Taking) -> str:
    """One thing to take, such as "vitamin D 20 µg = 800 IU", "Multi (iron 18 mg)" or "alendronate 70 mg"."""
    what = plain(item.what)
    if item.nutrient is None or item.amount is None:
        return what
    nutrient = plain(nutrient_name(item.nutrient))
    much = how_much(item)
    return f"{what} {much}" if what.casefold() == nutrient.casefold() else f"{what} ({nutrient} {much})"


def how_much(item: Taking) -> str:
    """The amount, in the other unit in which labels state it as well: "20 µg = 800 IU". Empty where there is none."""
    if item.amount is None:
        return ""
    much = plain(f"{amount(item.amount, 2)} {unit_text(item.unit or '')}")
    made = guideline(item.nutrient) if item.nutrient in NUTRIENTS else None
    if made is None or made.conversion is None or item.unit != made.unit:
        return much
    return f"{much} = {item.amount * made.conversion.per_unit:,.0f} {made.conversion.unit}"


def takings(intake: Intake) -> str:
    """All that is taken at once, such as "Take: vitamin D 20 µg, calcium 500 mg"."""
    return f"Take: {', '.join(map(taking, intake.items))}"
