"""Writes src/boneplan/schemas/*.schema.json from the models: `python tools/schemas.py`."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "boneplan" / "schemas"
COMMAND = "python tools/schemas.py"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

ORDER = (
    "$schema", "$id", "title", "description", "$ref", "type", "const", "enum", "format", "pattern", "anyOf", "items",
    "unit", "default", "examples", "required", "properties", "propertyNames", "additionalProperties",
)  # fmt: skip
"""How the words of a schema follow each other; all others stand behind them, and definitions come last."""
LINK = re.compile(r" \(\[[^]]*\]\([^)]*\)\)")
NAMED = ("properties", "$defs")  # words of a schema whose keys are names and no words
VALUES = ("default", "examples", "enum", "const")  # words that hold values and no schemas

HEADS = {
    "profile": "One person: the YAML file that `boneplan plan` takes. A key with nothing after it counts as left "
    "out. What the reader checks beyond this (days in the past, fields that do not fit together) its errors tell.",
    "rules": "A dietitian's own rules: the YAML file of `boneplan plan --rules`. `boneplan rules check` tells of "
    "names of foods and targets that there are not, and of what the person's profile makes impossible.",
    "plan": "plan.json, schema boneplan.plan/1. Fields are added, never renamed.",
}
"""What each schema is about."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema called `name`, a key of `HEADS`, from its model."""
    from boneplan.plan import Plan
    from boneplan.profile import Profile
    from boneplan.rules.schema import Rules

    models: dict[str, type[BaseModel]] = {"profile": Profile, "rules": Rules, "plan": Plan}
    made = models[name].model_json_schema(by_alias=True)
    if name == "plan":
        made["properties"]["schema"] |= {"const": "boneplan.plan/1"}
        made["required"] = ["schema", *made["required"]]
    about = {"$schema": DRAFT, "$id": f"urn:boneplan:{name}", "title": f"boneplan {name}"}
    whole: dict[str, Any] = _ordered({**_plain(made), **about, "description": HEADS[name]})
    return whole


def schema_file(name: str) -> str:
    """The text of the file of the JSON Schema called `name`."""
    return json.dumps(schema_of(name), indent=1, ensure_ascii=False) + "\n"


def _plain(node: Any, *, names: bool = False) -> Any:
    """The schema in the words of the person: examples as values, descriptions as sentences, titles as they are read.

    `names` says that the keys of `node` are names of fields or parts.
    """
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {name: _plain(one) for name, one in node.items()}
    made = {word: one if word in VALUES else _plain(one, names=word in NAMED) for word, one in node.items()}
    if "examples" in made:
        made["examples"] = [_value(example) for example in made["examples"]]
    if "default" in made:
        made["default"] = _given(made["default"])
        if made["default"] is None:
            del made["default"]
    if isinstance(made.get("title"), str):
        made["title"] = _title(made["title"])
    if isinstance(made.get("description"), str):
        made["description"] = _sentence(made["description"])
    return made


def _value(example: Any) -> Any:
    """The value that an example means: error messages show it as it is written in a file."""
    from boneplan.yaml_reader import parse_yaml

    if not isinstance(example, str) or re.fullmatch(r"\d\d:\d\d", example):
        return example
    return _dates_as_text(parse_yaml(example, "example")[0])


def _given(default: Any) -> Any:
    """A default without the fields that are not known."""
    if not isinstance(default, dict):
        return default
    return {key: _given(value) for key, value in default.items() if value is not None}


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _title(title: str) -> str:
    """ "Birth Date" and "MealTimes" as "Birth date" and "Meal times"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).rstrip("_").split()
    return " ".join([words[0], *(word if word.isupper() else word.lower() for word in words[1:])])


def _sentence(text: str) -> str:
    """A description without links to other pages, on one line, as a sentence."""
    plain = " ".join(LINK.sub("", text).split())
    plain = plain if plain[:1] in '`"(' else plain[:1].upper() + plain[1:]
    return plain if plain.endswith(".") else f"{plain}."


def _ordered(node: Any, *, names: bool = False) -> Any:
    """The same schema whatever order pydantic gives: words in `ORDER`, names as they stand in the models."""
    if isinstance(node, list):
        return [_ordered(one) for one in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {name: _ordered(one) for name, one in node.items()}
    words = sorted(node, key=lambda word: (_rank(word), word))
    return {word: node[word] if word in VALUES else _ordered(node[word], names=word in NAMED) for word in words}


def _rank(word: str) -> int:
    return ORDER.index(word) if word in ORDER else len(ORDER) + (word == "$defs")


def main() -> None:
    """Writes all of the files anew."""
    for name in HEADS:
        (FOLDER / f"{name}.schema.json").write_text(schema_file(name), encoding="utf-8")


sys.path.insert(0, str(ROOT / "src"))
if __name__ == "__main__":
    main()
