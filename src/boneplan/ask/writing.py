"""A profile as a YAML file that a person can read and change: blocks with a comment each, and nothing by default."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any

import yaml

from boneplan.ask.body import CM_PER_INCH, INCHES_PER_FOOT, KG_PER_POUND
from boneplan.profile import Profile

HEAD = """\
# A profile for boneplan: health data, so keep it where only you can read it.
# docs/PROFILE.md tells of every field; whatever is left out has its default there.
"""

COMMENTS = {
    "name": "What to call you.",
    "sex": "The sex that reference intakes go by: female or male.",
    "birth_date": "Year-month-day.",
    "activity": "A usual day: inactive, low, active or very_active.",
    "therapy": "The aromatase inhibitor and the day it began; time: a meal or a time of day.",
    "bone": "T-scores of the last bone scan, its day (last_dxa), fractures and other risks.",
    "conditions": "Diagnoses that matter here. Some need your clinic first: boneplan plan tells.",
    "medications": "Other medicines: name; time; weekday of a weekly tablet; last dose and every_months.",
    "supplements": "Supplements: the amount of the whole day with its unit, and the meal or time.",
    "checks": "The days of the last checks.",
    "clearance": "What a clinician has cleared: for exercise, menu or plan; by whom; on which day.",
    "diet": "What the menus may hold.",
    "meals": "When you eat, 24-hour clock. snack: null for none.",
    "exercise": "Training: level, what is at hand, and free times by weekday (none given: the usual times).",
    "measures": "Amounts of food: us (cups and ounces) or metric (millilitres and grams).",
    "timezone": "Where the calendar is.",
}
ALWAYS = (
    "sex",
    "birth_date",
    "height_cm",
    "weight_kg",
    "therapy",
    "conditions",
    "medications",
    "timezone",
    "measures",
)
"""Fields that stand in the file even where they have their default: whoever reads it looks for them."""
NOT_ASKED = "Soy foods, flax and sprouts are left out (phytoestrogens: avoid) unless your clinic says otherwise."


UNSAID = {"conditions": "conditions", "medicines": "medications", "allergies": "diet"}
"""What makes a plan unsafe where it is missing, by the question that asks for it: the field it stands in."""


def profile_yaml(profile: Profile, unsaid: Collection[str] = ()) -> str:
    """The text of a profile file, which reads back as the same profile.

    `unsaid` names those questions of `UNSAID` that nobody has answered: the file says that it takes them as none.
    """
    missing = {UNSAID[key]: f"\n# NOT SAID whether there are {key}: taken as none. Check it!" for key in unsaid}
    everything = profile.model_dump(mode="python", by_alias=True)
    told = profile.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    told["diet"] = {"phytoestrogens": profile.diet.phytoestrogens, **told.get("diet", {})}
    told["diet"].setdefault("allergies", [])
    blocks = [HEAD]
    for key in everything:
        if key in told or key in ALWAYS:
            value = told.get(key, everything[key])
            blocks.append(f"# {_comment(key, profile)}{missing.get(key, '')}\n{_block(key, _whole(value))}")
    return "\n".join(blocks)


def _comment(key: str, profile: Profile) -> str:
    if key == "height_cm":
        inches = round(profile.height_cm / CM_PER_INCH)
        return f"Height in centimetres: {inches // INCHES_PER_FOOT} ft {inches % INCHES_PER_FOOT} in."
    if key == "weight_kg":
        return f"Weight in kilograms: {profile.weight_kg / KG_PER_POUND:.0f} lb."
    if key == "diet" and profile.diet.phytoestrogens == "avoid":
        return f"{COMMENTS[key]}\n# {NOT_ASKED}"
    return COMMENTS[key]


class _Dumper(yaml.SafeDumper):
    """Safe YAML with every text in double quotes that is not plainly a word."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the dumper's signature
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # Only words of letters stand bare, and of those the dumper quotes what YAML takes for true or null.
    bare = re.fullmatch(r"[A-Za-z][A-Za-z_/]*", text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if bare else '"')


_Dumper.add_representer(str, _text)


def _block(key: str, value: Any) -> str:
    """One field: a line for a plain value or a short list, else a line for each entry below it."""
    if isinstance(value, dict) and value:
        lines = [line for name, below in value.items() for line in _block(name, below).splitlines()]
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        lines = [f"- {_flow(entry)}" for entry in value]
    else:
        return f"{key}: {_flow(value)}\n"
    return "\n".join([f"{key}:", *(f"  {line}" for line in lines)]) + "\n"


def _flow(value: Any) -> str:
    """A value on one line. What cannot be seen, or turns the order of letters round, stands as an escape."""
    made = _dumped(value, True)
    return made if made.isprintable() else _dumped(value, False)


def _dumped(value: Any, unicode: bool) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=unicode, width=math.inf, default_flow_style=True
    )
    return text.removesuffix("...\n").strip("\n")


def _whole(value: Any) -> Any:
    """Plain values, with 68.0 as 68."""
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
