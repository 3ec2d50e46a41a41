"""The base of a profile's parts and its scalar types: numbers, dates, times, windows, time zones, each checked.

A check raises one of two errors. `wrong` is about the value in hand, which the reader puts before the
message; `clash` is about fields that do not fit together, each named by its path from the model that checks.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Hashable, Sequence
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    Strict,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

MEAL_NAMES = ("breakfast", "lunch", "snack", "dinner")
MAX_LIST = 100  # entries in one list: far more than a person has, few enough to check at once
MAX_WORDS = 100  # characters of a short text
MAX_WINDOWS = 12  # time windows in one day

CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

ABOUT_A_FIELD = ("title", "description", "default", "examples")
"""Words of a JSON Schema that tell of a field whatever it holds."""

T = TypeVar("T", bound=Hashable)


def wrong(message: str) -> PydanticCustomError:
    """An error about the value itself: "is no date: ..."."""
    return PydanticCustomError("wrong", "{message}", {"message": message})


def clash(problems: Sequence[tuple[str, str]]) -> PydanticCustomError:
    """Errors of fields that contradict each other: (path from this model, sentence) of each."""
    return PydanticCustomError("clash", "{problems}", {"problems": list(problems)})


def today_of(info: ValidationInfo) -> dt.date:
    """The day that counts as today: `context={"today": date}` of the validation, or the clock's."""
    context: dict[str, Any] = info.context or {}
    today = context.get("today")
    return today if isinstance(today, dt.date) else dt.date.today()


def _clock(value: object) -> object:
    match = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong('is no time of day: write it between "00:00" and "23:59", such as "07:30"')
    return f"{int(match[1]):02d}:{match[2]}"


def _clock_or_meal(value: object) -> object:
    if value in MEAL_NAMES:
        return value
    try:
        return _clock(value)
    except PydanticCustomError:
        meals = ", ".join(MEAL_NAMES)
        raise wrong(f'is no time: write a meal ({meals}) or a time of day such as "07:30"') from None


def _date(value: object) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and ISO_DATE.fullmatch(value.strip()):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise wrong("is a day that no calendar has: check the month and the day") from None
    raise wrong("is no date: write it as year-month-day, such as 1961-04-02")


def _window(value: object) -> object:
    ends = value.split("-") if isinstance(value, str) else []
    try:
        start, end = (str(_clock(end)) for end in ends)
    except (ValueError, PydanticCustomError):
        raise wrong('is no time window: write start-end between 00:00 and 23:59, such as "07:00-08:00"') from None
    if start >= end:
        raise wrong("ends before it begins: write the earlier time first, and split a window that passes midnight")
    return f"{start}-{end}"


def _apart(windows: list[str]) -> list[str]:
    ordered = sorted(windows)
    for earlier, later in pairwise(ordered):
        if later.split("-")[0] < earlier.split("-")[1]:
            raise clash([("", f"{earlier} and {later} overlap: join them into one window")])
    return ordered


@cache
def zone_names() -> frozenset[str]:
    """Names of the IANA time zones, from the tzdata package: the same on every machine."""
    from importlib.resources import files

    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split()) - {"Factory"}


def _zone(name: str) -> str:
    if name not in zone_names():
        raise PydanticCustomError("unknown_zone", "no such time zone")
    return name


def _readable(text: str) -> str:
    """The text as it is seen: wide and joined letters as plain ones, nothing that hides between them.

    Rules know medicines and foods by their names; one that looks right and is not would silence them.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        raise wrong("is blank: write something or leave the entry out")
    if any(unicodedata.category(letter) in ("Cc", "Cf") for letter in plain):
        raise wrong("holds characters that cannot be seen: type it again by hand")
    return plain


def _once(items: list[T]) -> list[T]:
    return list(dict.fromkeys(items))


_CLOCK_PATTERN = "([01]?[0-9]|2[0-3]):[0-5][0-9]"
CLOCK_SCHEMA: dict[str, JsonValue] = {"type": "string", "pattern": rf"^\s*{_CLOCK_PATTERN}\s*$"}
DATE_SCHEMA: dict[str, JsonValue] = {
    "type": "string", "format": "date", "pattern": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$",
}  # fmt: skip
WORDS_SCHEMA: dict[str, JsonValue] = {"type": "string", "maxLength": MAX_WORDS, "pattern": r"\S"}
"""What a JSON Schema asks of texts that the checks above read; "2026-11-31" passes it, and no check."""

Number = Annotated[float, Strict()]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Date = Annotated[dt.date, BeforeValidator(_date), WithJsonSchema(DATE_SCHEMA)]
Clock = Annotated[str, BeforeValidator(_clock), WithJsonSchema(CLOCK_SCHEMA)]
"""A local time of day; "7:30" comes out as "07:30"."""
ClockOrMeal = Annotated[
    str,
    BeforeValidator(_clock_or_meal),
    WithJsonSchema({"anyOf": [{"type": "string", "enum": list(MEAL_NAMES)}, CLOCK_SCHEMA]}),
]
Window = Annotated[
    str,
    BeforeValidator(_window),
    WithJsonSchema({"type": "string", "pattern": rf"^\s*{_CLOCK_PATTERN}\s*-\s*{_CLOCK_PATTERN}\s*$"}),
]
"""A span within one day, "HH:MM-HH:MM", its end after its start."""
Windows = Annotated[list[Window], Field(max_length=MAX_WINDOWS), AfterValidator(_apart)]
"""Windows of one day, in order of time; they may touch and never overlap."""
TimeZone = Annotated[str, AfterValidator(_zone)]
Words = Annotated[str, Field(max_length=MAX_WORDS), AfterValidator(_readable), WithJsonSchema(WORDS_SCHEMA)]
"""A short text of one to a hundred characters, trimmed."""
Once = AfterValidator(_once)
"""Keeps the first of equal entries of a list."""


class Model(BaseModel):
    """Base of every part of the profile: unknown keys are errors, and values are never guessed."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        """A key with nothing after it counts as left out, unless nothing is a choice (`snack:`)."""
        if not isinstance(data, dict):
            return data
        for name, field in cls.model_fields.items():
            key = field.alias or name
            if data.get(key, "") is None and not field.is_required() and type(None) not in get_args(field.annotation):
                data = {k: v for k, v in data.items() if k != key}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON Schema of this part, in which a key that may be left out may have nothing after it too."""
        made = handler(core)
        whole = handler.resolve_ref_schema(made)
        for key, field in whole.get("properties", {}).items():
            if key not in whole.get("required", []) and {"type": "null"} not in field.get("anyOf", []):
                kinds = {word: field.pop(word) for word in list(field) if word not in ABOUT_A_FIELD}
                field["anyOf"] = [*(kinds["anyOf"] if list(kinds) == ["anyOf"] else [kinds]), {"type": "null"}]
        return made
