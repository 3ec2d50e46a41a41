"""A profile that is there already, as the answers that would make it, so that one of them can be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from boneplan.ask.form import Form
from boneplan.ask.lists import plain_names
from boneplan.ask.questions import QUESTIONS
from boneplan.ask.spoken import ALLERGENS, CONDITIONS, EQUIPMENT, INTOLERANCES, LESION_SITES, RISK_FACTORS
from boneplan.ask.text import Again, merged
from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_fields import MEAL_NAMES
from boneplan.profile_health import Fracture, Medication, Supplement
from boneplan.profile_reader import check_profile


def form_of(profile: Profile, today: dt.date) -> Form:
    """A form that makes `profile`, with an answer to each question that one can be found for.

    What no question asks for, and what no answer says as the profile has it, stays as it is: the form does not ask.
    """
    rest: dict[str, Any] = profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    form = Form(today, rest=rest)
    for key, text in _texts(profile):
        question = next(question for question in QUESTIONS if question.key == key)
        if not question.applies(rest):
            continue
        try:
            part = question.read(text).part
            same = check_profile(merged(rest, part), "profile", today) == profile
        except (Again, InputError):
            same = False
        if same:
            form.answers[key] = text
            form.rest = _without(form.rest, part)
        else:
            form.kept = form.kept | {key}
    return form


def _without(data: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without the values that `part` holds too."""
    kept = {}
    for key, value in data.items():
        if key not in part:
            kept[key] = value
        elif isinstance(value, dict) and isinstance(part[key], dict) and (below := _without(value, part[key])):
            kept[key] = below
    return kept


def _texts(profile: Profile) -> Iterator[tuple[str, str]]:
    """What one would type for each question, by its key, in the order of the questions."""
    bone, diet, exercise, therapy = profile.bone, profile.diet, profile.exercise, profile.therapy
    yield "sex", profile.sex
    yield "birth_date", f"{profile.birth_date}"
    yield "height", f"{profile.height_cm:.10g} cm"
    yield "weight", f"{profile.weight_kg:.10g} kg"
    yield "drug", therapy.drug.replace("_", " ")
    yield "since", f"{therapy.since or ''}"
    yield "conditions", plain_names(profile.conditions, CONDITIONS)
    yield "metastases", plain_names(bone.metastases, LESION_SITES)
    yield "medicines", "\n".join(map(_medicine, profile.medications))
    yield "vitamin_k", "" if diet.vitamin_k_agreed is None else f"{diet.vitamin_k_agreed:.10g}"
    left_out = [*diet.allergies, *diet.intolerances]
    yield "allergies", plain_names(left_out, {**ALLERGENS, **INTOLERANCES})
    yield "dislikes", ", ".join(diet.dislikes)
    yield "name", profile.name
    yield "activity", profile.activity.replace("_", " ")
    scores = bone.t_scores.model_dump(exclude_none=True)
    yield "t_scores", ", ".join(f"{site.replace('_', ' ')} {score:+.10g}" for site, score in scores.items())
    yield "last_dxa", f"{bone.last_dxa or ''}"
    yield "fractures", "\n".join(map(_fracture, bone.fractures))
    yield "risk_factors", plain_names(bone.risk_factors, RISK_FACTORS)
    yield "supplements", "\n".join(map(_supplement, profile.supplements))
    yield "pattern", diet.pattern
    times = {meal: getattr(profile.meals, meal) for meal in MEAL_NAMES}
    yield "meals", ", ".join(f"{meal} {time}" if time else f"no {meal}" for meal, time in times.items())
    yield "level", exercise.level
    yield "equipment", plain_names(exercise.equipment, EQUIPMENT)
    free = (exercise.availability or {}).items()
    yield "free", "; ".join(f"{day} {window}" for day, windows in free for window in windows)
    yield "measures", profile.measures
    yield "timezone", profile.timezone


def _medicine(taken: Medication) -> str:
    months = f"every {taken.every_months} months" if taken.every_months else ""
    last = f"last {taken.last}" if taken.last else ""
    return " ".join(filter(None, (taken.name, taken.weekday, taken.time, last, months)))


def _fracture(broken: Fracture) -> str:
    bone = "spine" if broken.site == "vertebra" else broken.site.replace("_", " ")
    return f"{bone} {broken.year} {'fall' if broken.fragility else 'accident'}"


def _supplement(taken: Supplement) -> str:
    what = f"calcium {taken.form}" if taken.form else (taken.nutrient or "").replace("_", " ") or taken.name or ""
    amount = "" if taken.amount is None else f"{taken.amount:.10g} {taken.unit}"
    return " ".join(filter(None, (what, amount, *(taken.times or [taken.time or ""]))))
