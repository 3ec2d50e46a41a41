"""Exercises that this person's bones, nerves, level or equipment rule out."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.exercise_tables import LEVELS, Exercise, SafetyRules
from boneplan.verify.person import Person
from boneplan.verify.sessions import place


def check_eligibility(case: Case) -> Iterator[Breach]:
    """Every exercise of every session against the state of the person."""
    tables, sessions = case.tables.exercise, case.plan.exercise.sessions
    traits = person_traits(case.person, tables.safety)
    vigorous_ruled_out = [
        drop for drop in tables.safety.drops if drop.when & traits and drop.meets({"effort": "vigorous"})
    ]
    for session in sessions:
        if session.intensity.level == "vigorous" and vigorous_ruled_out:
            rule = vigorous_ruled_out[0]
            yield Breach("verify/effort", place(session), f"vigorous, yet {rule.text} ({rule.rule})")
        if traits & tables.safety.rpe_capped and session.intensity.rpe > tables.safety.rpe_cap:
            text = f"RPE {session.intensity.rpe:g}, over {tables.safety.rpe_cap:g}, the most after such fractures"
            yield Breach("verify/effort", place(session), text)
        for item in session.items:
            if item.exercise in tables.catalogue:
                where = f"{place(session)}, {item.exercise}"
                yield from _exercise(case, tables.catalogue[item.exercise], traits, where)


def person_traits(person: Person, rules: SafetyRules) -> frozenset[str]:
    """The traits that the rules of exercise ask about, from conditions, T-scores and fractures."""
    traits = {"unsupervised", *person.conditions}  # a profile cannot say that somebody supervises
    if person.worst_t_score is not None and person.worst_t_score <= rules.osteoporosis_t_score:
        traits.add("osteoporosis")
    fragility = sum(fragile for _, fragile in person.fractures)
    if fragility:
        traits.add("fragility_fracture")
    if fragility >= rules.several_fractures:
        traits.add("multiple_low_trauma_fractures")
    if any(site == "vertebra" for site, _ in person.fractures):
        traits.add("vertebral_fracture")
    return frozenset(traits)


def _exercise(case: Case, exercise: Exercise, traits: frozenset[str], where: str) -> Iterator[Breach]:
    for drop in case.tables.exercise.safety.drops:
        if drop.when & traits and drop.meets(exercise.traits):
            because = ", ".join(sorted(trait.replace("_", " ") for trait in drop.when & traits))
            yield Breach(f"verify/{drop.rule}", where, f"{drop.text} ({because})")
    missing = exercise.equipment - case.person.equipment
    if missing:
        text = f"needs {' and '.join(sorted(missing))}, which the person has not"
        yield Breach("verify/equipment", where, text)
    if LEVELS.index(exercise.level) > LEVELS.index(case.person.level):
        text = f"an exercise for {exercise.level}, the person's level is {case.person.level}"
        yield Breach("verify/level", where, text)
