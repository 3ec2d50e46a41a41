"""The cells of a table as the values of a profile: dotted columns, lists of words, braces where things nest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.yaml_reader import parse_yaml, shown

BARE = re.compile(
    r"[+-]?[\w.][\w.+-]*|~", re.ASCII
)  # a number, a date, a word: what YAML may take for more than text
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


def values_of(given: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The profile that dotted columns with their cells make, as plain values, and a sentence for each bad cell."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for column, cell in given.items():
        *path, last = column.split(".")
        part = values
        for key in path:
            part = part.setdefault(key, {})
        try:
            part[last] = _value(cell, is_list=is_list(column))
        except InputError as error:
            problems += [f"{column}: {line.partition(': ')[2]}" for line in error.lines]
    return values, problems


def _value(cell: str, *, is_list: bool) -> Any:
    """What a cell says: YAML in brackets or braces; words with ";" between them where the field is a list."""
    if cell[0] in "[{":
        bare = is_list and cell[0] == "{"
        found, problems = parse_yaml(f"[{cell}]" if bare else cell, "cell")
        if problems:
            raise InputError([f"cell: {problem}" for problem in problems])
        return found
    if is_list:
        return [_word(part.strip()) for part in cell.split(";") if part.strip()]
    return _word(cell)


def _word(text: str) -> Any:
    if DECIMAL_COMMA.fullmatch(text):  # 1,200 could be a little more than one, or more than a thousand
        raise InputError(f"cell: {shown(text)}: a number has a decimal point and no comma: write such as 68.5")
    return parse_yaml(text, "cell")[0] if BARE.fullmatch(text) else text


def is_list(column: str) -> bool:
    """Whether the field of the profile that a dotted column names holds a list."""
    annotation: Any = Profile
    for key in column.split("."):
        model = _within(annotation, _is_model)
        if model is not None:
            field = next((f for name, f in model.model_fields.items() if key == (f.alias or name)), None)
            annotation = field.annotation if field else None
        else:
            mapping = _within(annotation, _is_mapping)
            annotation = get_args(mapping)[1] if mapping else None
    return _within(annotation, _is_sequence) is not None


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_mapping(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is dict


def _is_sequence(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is list


def _within(annotation: Any, fits: Callable[[Any], bool]) -> Any:
    """The outermost part of an annotation that `fits`, not looking into lists and mappings; None without one."""
    if fits(annotation):
        return annotation
    if _is_sequence(annotation) or _is_mapping(annotation):
        return None
    return next((found for inner in get_args(annotation) if (found := _within(inner, fits)) is not None), None)
