"""All checks on one plan, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from boneplan.data import data_folder
from boneplan.plan import Plan
from boneplan.verify.absorption import check_absorption
from boneplan.verify.absorption_rules import read_absorption_rules
from boneplan.verify.asked import words_asked
from boneplan.verify.avoid import check_avoided
from boneplan.verify.avoid_rules import read_avoided
from boneplan.verify.bone_loading import check_loading
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Tables
from boneplan.verify.claims import check_claims
from boneplan.verify.clock import check_clock
from boneplan.verify.diet import check_diet
from boneplan.verify.document import check_dates, check_document, check_solve, check_timezone, has_dates
from boneplan.verify.eligibility import check_eligibility
from boneplan.verify.exercise_tables import read_exercise_tables
from boneplan.verify.food_rules import read_food_rules
from boneplan.verify.gate_rules import read_gates
from boneplan.verify.gates import check_gates, check_notices
from boneplan.verify.guidelines import read_reference
from boneplan.verify.intakes import check_intakes
from boneplan.verify.kinds_of_meal import check_kinds_of_meal
from boneplan.verify.meal_patterns import read_meal_patterns
from boneplan.verify.mealtimes import check_meals, check_supplements
from boneplan.verify.monitoring import check_late_doses, check_monitoring
from boneplan.verify.monitoring_rules import read_monitoring_rules
from boneplan.verify.occasions import check_occasions
from boneplan.verify.own_foods import check_own_foods, foods_named, with_own_foods
from boneplan.verify.person import Person, read_person, under_rules
from boneplan.verify.portions import check_portions
from boneplan.verify.programme import check_lengths, check_programme
from boneplan.verify.required import check_required_targets
from boneplan.verify.revisions import check_revisions
from boneplan.verify.risk import check_risk
from boneplan.verify.rules import check_rules
from boneplan.verify.sessions import check_sessions
from boneplan.verify.status import check_closing_notices, check_conflicts, check_status, is_promised
from boneplan.verify.tables import read_food_tables
from boneplan.verify.targets import check_targets
from boneplan.verify.timing import check_antibiotic_meals, check_fasted_training, check_timing, check_upright
from boneplan.verify.timing_notices import check_timing_notices
from boneplan.verify.timing_rules import read_timing_rules
from boneplan.verify.told import check_groups, check_left_out
from boneplan.verify.totals import check_totals
from boneplan.verify.training import check_training
from boneplan.verify.training_doses import check_doses
from boneplan.verify.variety import check_variety
from boneplan.verify.variety_rules import read_variety_rules
from boneplan.verify.yaml_file import read_yaml

Check = Callable[[Case], Iterator[Breach]]

FRAME_CHECKS: tuple[Check, ...] = (
    check_timezone, check_dates, check_status, check_conflicts, check_closing_notices, check_notices,
    check_avoided,
    check_revisions, check_risk, check_monitoring, check_late_doses,
)  # fmt: skip
MENU_CHECKS: tuple[Check, ...] = (
    check_own_foods, check_portions, check_totals, check_absorption, check_required_targets, check_targets,
    check_occasions, check_diet, check_variety, check_kinds_of_meal, check_meals, check_supplements, check_timing,
    check_timing_notices, check_antibiotic_meals, check_intakes, check_gates, check_rules,
    check_groups, check_left_out,
)  # fmt: skip
SESSION_CHECKS: tuple[Check, ...] = (
    check_sessions, check_clock, check_claims, check_lengths, check_eligibility, check_training, check_doses,
    check_loading, check_fasted_training, check_upright,
)  # fmt: skip


def verify_plan(plan: Plan, tables: Tables | None = None) -> list[Breach]:
    """Every breach of `plan`, in the order of the checks; empty where it holds.

    `tables` stands in for the shipped data. Raises `Fault` where the shipped data cannot be read.
    """
    breaches = [*check_document(plan), *check_solve(plan)]
    if not has_dates(plan):
        return breaches
    try:
        person = under_rules(read_person(plan.profile), plan.rules)
    except (ValueError, TypeError) as error:
        return [*breaches, Breach("verify/profile", "profile", str(error))]
    tables = tables or read_tables(plan, person)
    case = Case(plan, person, replace(tables, foods=with_own_foods(tables.foods, plan)))
    for check in checks(case):
        breaches.extend(check(case))
    return breaches


def checks(case: Case) -> Iterator[Check]:
    """The checks that this plan's parts call for."""
    yield from FRAME_CHECKS
    yield from MENU_CHECKS
    yield from SESSION_CHECKS
    if case.plan.exercise.sessions or is_promised(case, "exercise"):
        yield check_programme


def read_tables(plan: Plan, person: Person) -> Tables:
    """The shipped data that concerns `plan`. Raises `Fault` where it is missing or not as shipped."""
    foods, guidelines = data_folder("foods"), data_folder("guidelines")
    eaten = {item.food for day in plan.menu.days for meal in day.meals for item in meal.items}
    named = foods_named(plan) | words_asked(plan.rules)
    exercises = {item.exercise for session in plan.exercise.sessions for item in session.items}
    reference, who = read_reference(guidelines, person, plan.start)
    gates, clearance_days = read_gates(guidelines / "safety" / "gates.yaml")
    return Tables(
        foods=read_food_tables(foods, eaten | named),
        variety=read_variety_rules(foods / "meals.yaml"),
        meal_patterns=read_meal_patterns(foods / "meals.yaml"),
        kinds=read_yaml(foods / "kinds.yaml"),
        groups=read_yaml(foods / "groups.yaml"),
        absorption=read_absorption_rules(guidelines / "absorption" / "calcium.yaml"),
        food_rules=read_food_rules(guidelines / "safety" / "foods.yaml"),
        avoided=read_avoided(guidelines / "safety" / "supplements.yaml"),
        reference=reference,
        gates=gates,
        clearance_days=clearance_days,
        monitoring=read_monitoring_rules(guidelines / "monitoring"),
        timing=read_timing_rules(guidelines / "safety" / "timing.yaml"),
        who=who,
        exercise=read_exercise_tables(data_folder("exercises"), guidelines / "exercise", exercises),
    )
