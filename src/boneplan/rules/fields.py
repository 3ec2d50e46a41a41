"""What the rules of a rules file share: their scalar types, and who asks for them and why."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Annotated, get_args

from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter, ValidationError

from boneplan.plan import MealName
from boneplan.profile_fields import ISO_DATE, Model, Once, Words, wrong
from boneplan.profile_health import Weekday


def listed(value: object) -> object:
    """A single word or date as a list of one."""
    return [value] if isinstance(value, str | dt.date) else value


def _meals(value: object) -> object:
    """As `listed`; a list of no meals could be meant either way."""
    if value == []:
        raise wrong("names no meal: write the meals, or leave it out for all of them")
    return listed(value)


Meals = Annotated[list[MealName], BeforeValidator(_meals), Once]
"""One meal, or a list of them."""


def _day(value: object) -> object:
    """A day of the week, or a date."""
    if isinstance(value, dt.date):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in get_args(Weekday):
        return text
    if ISO_DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text)
    raise wrong("is no day: write a weekday, such as friday, or a date, such as 2026-11-27")


PinDay = Annotated[Weekday | dt.date, BeforeValidator(_day)]
"""A weekday, or one date."""


def _category(value: object) -> object:
    """A food category: its number, be it written as a text, or its name."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    try:
        name = TypeAdapter(Words).validate_python(value)
    except ValidationError:
        raise wrong("is no category: give its name, such as Fish, or its number, such as 2402") from None
    return int(name) if name.isdecimal() and name.isascii() else name


Category = Annotated[str | int | None, PlainValidator(_category)]
"""The name or the number of a food category."""


class Asked(Model):
    """What every rule may carry into the plan: who asks for it, and why."""

    by: Words | None = Field(default=None, description="who asks for it", examples=["dietitian"])
    because: Words | None = Field(default=None, description="why", examples=["low intake so far"])
