"""Exercises that this person's bones, nerves, level, equipment, places or own record rule out."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.catalogue import LEVELS, Exercise
from boneplan.verify.safety_rules import Drop
from boneplan.verify.sessions import place
from boneplan.verify.traits import METASTASES


def check_eligibility(case: Case) -> Iterator[Breach]:
    """Every exercise of every session against the state of the person."""
    tables, drops = case.tables.exercise, _drops(case)
    vigorous_ruled_out = [drop for drop in drops if drop.meets({"effort": "vigorous"})]
    for session in case.plan.exercise.sessions:
        if session.intensity.level == "vigorous" and vigorous_ruled_out:
            rule = vigorous_ruled_out[0]
            yield Breach("verify/effort", place(session), f"vigorous, yet {rule.text} ({rule.rule})")
        if case.traits & tables.safety.rpe_capped and session.intensity.rpe > tables.safety.rpe_cap:
            text = f"RPE {session.intensity.rpe:g}, over {tables.safety.rpe_cap:g}, the most after such fractures"
            yield Breach("verify/effort", place(session), text)
        most = tables.safety.rpe_most[case.person.level]
        if session.intensity.rpe > most:
            text = f"RPE {session.intensity.rpe:g}, over {most:g}, the most of level {case.person.level}"
            yield Breach("verify/effort", place(session), text)
        for item in session.items:
            where = f"{place(session)}, {item.exercise}"
            if item.exercise in case.plan.exercise.avoid:
                yield Breach("verify/avoided", where, "the plan itself says that it is left out")
            if item.exercise in tables.catalogue:
                yield from _exercise(case, tables.catalogue[item.exercise], drops, where)


def _drops(case: Case) -> list[Drop]:
    """The rules that apply to the person, that on the sites of bone metastases among them."""
    rules, joints = case.tables.exercise.safety, case.lesion.joints
    drops = [drop for drop in rules.drops if drop.when & case.traits]
    if joints:
        drops.append(Drop(rules.lesion_rule, frozenset({METASTASES}), {"joints": joints}, rules.lesion_text))
    return drops


def _exercise(case: Case, exercise: Exercise, drops: list[Drop], where: str) -> Iterator[Breach]:
    for drop in drops:
        if drop.meets(exercise.traits):
            because = ", ".join(sorted(trait.replace("_", " ") for trait in drop.when & case.traits))
            yield Breach(f"verify/{drop.rule}", where, f"{drop.text} ({because})")
    person = case.person
    missing = exercise.equipment - person.equipment
    if missing:
        text = f"needs {' and '.join(sorted(missing))}, which the person has not"
        yield Breach("verify/equipment", where, text)
    if LEVELS.index(exercise.level) > LEVELS.index(person.level):
        text = f"an exercise for {exercise.level}, the person's level is {person.level}"
        yield Breach("verify/level", where, text)
    if person.places is not None and not exercise.places & person.places:
        own = ", ".join(sorted(person.places))
        text = f"done at {' or '.join(sorted(exercise.places))}, the person trains at {own}"
        yield Breach("verify/place", where, text)
