"""From a file to a checked `Profile`: every error at once, with the field, the value and the mend."""

from __future__ import annotations

import datetime as dt
import difflib
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_fields import zone_names
from boneplan.yaml_reader import escaped, key_name, parse_yaml, read_text, shown

M = TypeVar("M", bound=BaseModel)

MAX_LINES = 50  # of errors in one answer

OTHER_WORDS = {
    "arimidex": "anastrozole",
    "femara": "letrozole",
    "aromasin": "exemestane",
    "celiac": "coeliac",
    "lymphedema": "lymphoedema",
    "hypercalcemia": "hypercalcaemia",
    "dairy": "milk",
    "nuts": "tree_nuts",
    "nut": "tree_nuts",
    "shrimp": "shellfish",
    "gluten": "wheat",
    "tahini": "sesame",
    "woman": "female",
    "man": "male",
    "sedentary": "inactive",
    "band": "resistance_band",
    "bands": "resistance_band",
    "resistance_bands": "resistance_band",
    "weights": "dumbbells",
    "hypocalcemia": "hypocalcaemia",
    "fear_of_falling": "fall_risk",
    "falls": "fall_risk",
    "high_calcium": "hypercalcaemia",
    "low_calcium": "hypocalcaemia",
    "hyperkalaemia": "high_potassium",
    "hyperkalemia": "high_potassium",
    "heart_attack": "heart_attack_or_stroke",
    "stroke": "heart_attack_or_stroke",
    "back_pain": "acute_back_pain",
}
"""What people write for a word of the profile: brand names, American spelling, everyday words."""

ELSEWHERE = {
    "fracture": "bone.fractures",
    "fragility_fracture": "bone.fractures",
    "vertebral_fracture": "bone.fractures",
    "smoking": "bone.risk_factors",
    "smoker": "bone.risk_factors",
    "rheumatoid_arthritis": "bone.risk_factors",
    "steroids": "medications",
    "warfarin": "medications",
    "levothyroxine": "medications",
    "lactose": "diet.intolerances",
    "lactose_intolerance": "diet.intolerances",
    "milk_allergy": "diet.allergies",
    "vegan": "diet.pattern",
    "vegetarian": "diet.pattern",
}
"""What people list where it does not belong, and the field that asks for it."""


def load_profile(path: Path, today: dt.date | None = None) -> Profile:
    """The profile in the YAML file at `path`. Raises InputError with one line for each thing to mend.

    `today` is the day that no birth date may pass; the clock's by default.
    """
    return parse_profile(read_text(path), str(path), today)


def load_example() -> Profile:
    """The built-in person of `boneplan plan --example`."""
    text = (files("boneplan") / "example.yaml").read_text(encoding="utf-8")
    return parse_profile(text, "example.yaml")


def parse_profile(text: str, source: str, today: dt.date | None = None) -> Profile:
    """The profile in `text`; `source` names it in errors. Raises InputError as `load_profile` does."""
    data, problems = parse_yaml(text, source)
    return _checked(data, source, today, problems)


def check_profile(data: Any, source: str, today: dt.date | None = None) -> Profile:
    """The profile that plain values make. Raises InputError as `load_profile` does."""
    return _checked(data, source, today, [])


def _checked(data: Any, source: str, today: dt.date | None, problems: list[str]) -> Profile:
    """The profile in `data`, unless it or the text that it came from (`problems`) has something to mend."""
    return checked_as(Profile, "a profile", data, source, problems, {"today": today} if today else None)


def checked_as(
    root: type[M], what: str, data: Any, source: str, problems: list[str], context: dict[str, Any] | None = None
) -> M:
    """`data` as a `root`, called `what` in errors. Raises InputError with `problems` and what else is to mend."""
    made = None
    if isinstance(data, dict):
        try:
            made = root.model_validate(data, context=context)
        except ValidationError as error:
            details = error.errors(include_url=False)
            problems = problems + [s for detail in details for s in _sentences(detail, root)]
    else:
        problems = [*problems, f"holds {shown(data)}: write {what} as lines of `key: value`"]
    if made is not None and not problems:
        return made
    if len(problems) > MAX_LINES:
        problems = [*problems[:MAX_LINES], f"and {len(problems) - MAX_LINES} more problems of this kind"]
    raise InputError([f"{escaped(source)}: {problem}" for problem in problems])


def _sentences(error: ErrorDetails, root: type[BaseModel]) -> list[str]:
    """One pydantic error as "field: what is wrong: the mend"; a clash makes several."""
    loc, given, context = error["loc"], error["input"], error.get("ctx", {})
    where, kind = _path(loc), error["type"]
    if kind == "clash":
        return [f"{_join(where, field)}: {text}" for field, text in context["problems"]]
    if kind == "wrong":
        return [f"{where}: {shown(given)} {context['message']}"]
    if kind == "extra_forbidden":
        return [f"{where}: unknown key: {_one_of(str(loc[-1]), _keys(_model_at(loc[:-1], root)))}"]
    if kind == "literal_error" and loc[-1] == "[key]":
        return [f"{where}: unknown key: {_one_of(str(given), _choices(_field_at(loc, root)))}"]
    if given is None and kind != "missing":
        return [f"{where}: is empty: {_mend(loc, root)}"]
    if kind == "literal_error":
        return [f"{where}: {shown(given)} is unknown: {_one_of(given, _choices(_field_at(loc, root)))}"]
    if kind == "unknown_zone":
        return [f"{where}: {shown(given)} is no time zone: {_zone_mend(given)}"]
    return [f"{where}: {_problem(kind, given, context)}: {_mend(loc, root)}"]


def _problem(kind: str, given: object, context: dict[str, Any]) -> str:
    """What is wrong with a value, by the kind of pydantic error."""
    value = shown(given)
    if kind == "missing":
        return "is missing"
    if kind in ("greater_than_equal", "greater_than"):
        low = context.get("ge", context.get("gt"))
        return f"{value} is {'below' if 'ge' in context else 'not above'} {low:g}"
    if kind == "less_than_equal":
        return f"{value} is above {context['le']:g}"
    if kind in ("float_type", "finite_number", "int_type"):
        return f"{value} is not a {'whole number' if kind == 'int_type' else 'number'}"
    if kind == "string_type":
        return f"{value} is not text (put it in quotes)"
    if kind == "string_unicode":
        return "holds half a character (a lone surrogate)"
    if kind in ("string_too_long", "too_long"):
        counted = "characters" if kind == "string_too_long" else "entries"
        return f"has more than {context['max_length']} {counted}"
    if kind == "list_type":
        return f"{value} is not a list"
    if kind in ("model_type", "dict_type"):
        return f"{value} is not a mapping of keys to values"
    if kind == "bool_type":
        return f"{value} is neither true nor false"
    return f"{value} does not fit here"


def _join(where: str, field: str) -> str:
    return f"{where}{field}" if not where or not field or field.startswith("[") else f"{where}.{field}"


def _path(loc: tuple[int | str, ...]) -> str:
    """("diet", "allergies", 0) as `diet.allergies[0]`."""
    where = ""
    for step in loc:
        if step != "[key]":
            where = _join(where, f"[{step}]" if isinstance(step, int) else key_name(step))
    return where


def _mend(loc: tuple[int | str, ...], root: type[BaseModel]) -> str:
    """What to write instead, from the description and the example of the field."""
    field = _field_at(loc, root)
    if field is None:
        return "write key: value pairs"
    example = (field.examples or [""])[0]
    example = shown(example) if isinstance(example, bool) else example
    if isinstance(loc[-1], int):
        return f"see the example {example}"
    return f"give {field.description}, such as {example}"


def _field_at(loc: tuple[int | str, ...], root: type[BaseModel]) -> FieldInfo | None:
    """The field that `loc` lies in: entries of lists and mappings belong to the field that holds them."""
    model: type[BaseModel] | None = root
    found = None
    for step in loc:
        for name, field in model.model_fields.items() if model else ():
            if step == (field.alias or name):
                found, model = field, _model_in(field.annotation)
                break
    return found


def _model_at(loc: tuple[int | str, ...], root: type[BaseModel]) -> type[BaseModel]:
    field = _field_at(loc, root)
    return (_model_in(field.annotation) if field else None) or root


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The part of the profile that an annotation such as `list[Fracture]` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _choices(field: FieldInfo | None) -> list[str]:
    """The words that a field's Literal allows, however deep it lies in the annotation."""

    def search(annotation: Any) -> list[str]:
        if get_origin(annotation) is Literal:
            return list(get_args(annotation))
        return next((words for inner in get_args(annotation) if (words := search(inner))), [])

    return search(field.annotation) if field else []


def _one_of(given: object, known: list[str]) -> str:
    """ "did you mean ...? Use one of ..." with every known word."""
    every = f"use one of {', '.join(known)}"
    if not isinstance(given, str):
        return every
    word = given.strip().lower().replace(" ", "_").replace("-", "_")[:100]
    if word in ELSEWHERE:
        return f"it belongs into {ELSEWHERE[word]}; here {every}"
    close = [OTHER_WORDS[word]] if OTHER_WORDS.get(word) in known else difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]}? Or {every}" if close else every


def _zone_mend(given: object) -> str:
    place = str(given)[:100].replace(" ", "_")
    close = difflib.get_close_matches(place, sorted(zone_names()), 1)
    named = [zone for zone in sorted(zone_names()) if place and zone.lower().endswith(f"/{place.lower()}")]
    hint = (named or close or ["America/New_York"])[0]
    return f"did you mean {hint}?" if named or close else f"use an IANA name such as {hint}"
