"""Supplements and weekdays in words, for what is said about their times."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from boneplan.plan import SupplementTaken
from boneplan.timing.day import WEEK, WEEKDAYS, date_of

UNITS = {"ug": "µg"}


def nutrient_name(nutrient: str) -> str:
    """Such as "vitamin D" for "vitamin_d"."""
    return " ".join(word.upper() if len(word) == 1 or word[-1].isdigit() else word for word in nutrient.split("_"))


def supplement_name(taken: SupplementTaken) -> str:
    """The product, or else the nutrient."""
    return taken.name or nutrient_name(taken.nutrient)


def dose_in_words(taken: SupplementTaken) -> str:
    """Such as "Calcium 500 mg" or "Multi (iron 18 mg)"; it begins with a capital."""
    amount = f"{taken.amount:.2f}".rstrip("0").rstrip(".")
    brought = f"{nutrient_name(taken.nutrient)} {amount} {UNITS.get(taken.unit, taken.unit)}"
    said = f"{taken.name} ({brought})" if taken.name else brought
    return said[0].upper() + said[1:]


def on_days(days: Collection[int]) -> str:
    """Days of the usual week and dates, such as "on Mondays and Fridays", "on Tue 1 Dec", or "every day"."""
    if set(WEEK) <= set(days):
        return "every day"
    dates = [(day, date_of(day)) for day in sorted(set(days))]
    names = [f"{date:%a} {date.day} {date:%b}" if date else f"{WEEKDAYS[day].capitalize()}s" for day, date in dates]
    return f"on {listed(names)}"


def listed(words: Sequence[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
