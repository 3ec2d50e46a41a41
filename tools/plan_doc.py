"""Writes docs/PLAN.md, the reference of plan.json: `python tools/plan_doc.py`.

The tables are the models of boneplan.plan; what is said around them stands in tools/plan_doc.md.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "PLAN.md"
TEMPLATE = ROOT / "tools" / "plan_doc.md"
COMMAND = "python tools/plan_doc.py"

WORDS: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    dt.date: "date",
    dt.datetime: "date and time",
    NoneType: "null",
}

Part = tuple[str, type[BaseModel]]


def plan_page() -> str:
    """The text of docs/PLAN.md."""
    from boneplan.plan import Plan

    parts = ["\n".join(_section(path, model, f"{path}.")) for path, model in _parts(Plan, "")]
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace("{the plan}", "\n".join(_section("The plan", Plan)))
    return text.replace("{its parts}", "\n\n".join(parts))


def undescribed() -> list[str]:
    """The fields that say nothing of themselves, by their paths."""
    from boneplan.plan import Plan

    models = [("", Plan), *_parts(Plan, "")]
    return [f"{path}.{key}" for path, model in models for key, field in _fields(model) if not field.description]


def _parts(model: type[BaseModel], path: str) -> Iterator[Part]:
    """Every model under `model` with its path, such as ("menu.days[].meals[]", Meal), outer ones first."""
    for key, field in _fields(model):
        inner, many = _model_in(field.annotation)
        if inner is not None:
            where = f"{path}.{key}".removeprefix(".") + ("[]" if many else "")
            yield where, inner
            yield from _parts(inner, where)


def _model_in(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model that a field holds, and whether it holds a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for inner in get_args(annotation):
        model, _ = _model_in(inner)
        if model is not None:
            return model, get_origin(annotation) is list
    return None, False


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """The fields by the keys of the file; what several models share comes last."""
    shared = [name for base in model.__mro__[1:] for name in getattr(base, "model_fields", {})]
    names = sorted(model.model_fields, key=lambda name: name in shared)
    return [(model.model_fields[name].alias or name, model.model_fields[name]) for name in names]


def _section(title: str, model: type[BaseModel], path: str = "") -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from (inspect.getdoc(model) or "").splitlines()
    yield ""
    yield "| field | type | unit | meaning |"
    yield "|---|---|---|---|"
    for key, field in _fields(model):
        extra = field.json_schema_extra
        unit = extra.get("unit", "") if isinstance(extra, dict) else ""
        meaning = (field.description or "").replace("|", "\\|")
        words = _type(field.annotation, "#" + _anchor(f"{path}{key}"))
        yield f"| `{key}` | {words} | {unit} | {meaning} |"


def _anchor(path: str) -> str:
    """What the heading of a section is linked by, on code-hosting pages and on the site alike."""
    return re.sub(r"[^a-z0-9_]", "", path)


def _type(annotation: Any, anchor: str) -> str:
    """What a field holds, in words: "list of text", "`menu` or `exercise`"; objects are linked to their section."""
    return _either(list(_kinds(annotation, anchor)))


def _kinds(annotation: Any, anchor: str) -> Iterator[str]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        yield from (f"`{word}`" for word in inner)
    elif origin is list:
        held = _type(inner[0], anchor)
        yield f"list of {held.replace('object', 'objects', 1) if 'object' in held else held}"
    elif origin is dict:
        yield "object" if inner[1] is Any else f"object of {_type(inner[1], anchor)}s"
    elif inner:
        for one in inner:
            yield from _kinds(one, anchor)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield f"[object]({anchor})"
    else:
        yield WORDS[annotation]


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def main() -> None:
    """Writes the page anew."""
    PAGE.write_text(plan_page(), encoding="utf-8")


sys.path.insert(0, str(ROOT / "src"))
if __name__ == "__main__":
    main()
