"""What the rules of a rules file share: their scalar types, and who asks for them and why."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Annotated, get_args

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from boneplan.plan import MealName
from boneplan.profile_fields import DATE_SCHEMA, ISO_DATE, WORDS_SCHEMA, Model, Once, Words, wrong
from boneplan.profile_health import Weekday


class Or:
    """Tells a JSON Schema that a value may also be written as `shorter` says."""

    def __init__(self, shorter: JsonSchemaValue) -> None:
        self.shorter = shorter

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [self.shorter, handler(core)]}


def listed(value: object) -> object:
    """A single word or date as a list of one."""
    return [value] if isinstance(value, str | dt.date) else value


def _meals(value: object) -> object:
    """As `listed`; a list of no meals could be meant either way."""
    if value == []:
        raise wrong("names no meal: write the meals, or leave it out for all of them")
    return listed(value)


_MEAL: JsonSchemaValue = {"type": "string", "enum": list(get_args(MealName))}
Meals = Annotated[list[MealName], BeforeValidator(_meals), Once, Or(_MEAL)]
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


_WEEKDAY = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in day) for day in get_args(Weekday))
PIN_DAY_SCHEMA: JsonSchemaValue = {
    "anyOf": [
        {"type": "string", "enum": list(get_args(Weekday))},
        {"type": "string", "pattern": rf"^\s*({_WEEKDAY})\s*$"},
        DATE_SCHEMA,
    ]
}
"""A JSON Schema knows no "in any case", so that each letter stands there in both; the enum is for editors."""
PinDay = Annotated[Weekday | dt.date, BeforeValidator(_day), WithJsonSchema(PIN_DAY_SCHEMA)]
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


Category = Annotated[
    str | int | None,
    PlainValidator(_category),
    WithJsonSchema({"anyOf": [WORDS_SCHEMA, {"type": "integer"}, {"type": "null"}]}),
]
"""The name or the number of a food category."""


class Asked(Model):
    """What every rule may carry into the plan: who asks for it, and why."""

    by: Words | None = Field(default=None, description="who asks for it", examples=["dietitian"])
    because: Words | None = Field(default=None, description="why", examples=["low intake so far"])
