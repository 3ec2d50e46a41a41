"""What a rule did to one plan: bounds and what was reached, what was said, closed, left out, dated or in conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boneplan.applies import TIERS
from boneplan.plan import Day, Plan, Target
from boneplan.profile import Profile
from boneplan.rulebook.effect import DAYS_OF_WEEK, Effect, names
from boneplan.rulebook.entry import Entry
from boneplan.rulebook.figures import BOUNDS, PERIODS
from boneplan.rulebook.training_effect import training_effects
from boneplan.rulebook.words import figure, in_words, unit_in_words

FOOD_RULES = ("diet/", "condition/", "medicine/")  # they leave foods out, and only they are looked up in the table
_CLOSING = ("refuse", "clearance")
_PARTS = {"plan": "menu and exercise", "menu": "the menu", "exercise": "the exercise"}
# Nutrients whose supplements count towards upper limits; towards minima those of every nutrient do.
_COUNTED_IN_LIMITS = ("calcium", "vitamin_d")


def effects(rule: str, entries: Sequence[Entry], plan: Plan, profile: Profile) -> list[Effect]:
    """Everything that the rule did to the plan of `profile`; empty where it did nothing that can be told.

    `entries` are the rule's rows in guidelines/, none for a rule of the profile's own.
    """
    return [
        *_targets(rule, plan),
        *_moved(rule, plan),
        *_notices(rule, plan),
        *_risk(rule, entries, plan),
        *training_effects(rule, entries, plan, profile),
        *_foods(rule, profile, plan),
        *_dated(rule, plan),
        *(Effect("conflict", c.text) for c in plan.conflicts if rule in c.rules),
    ]


def _targets(rule: str, plan: Plan) -> Iterator[Effect]:
    for target in plan.targets:
        if target.rule != rule:
            continue
        side = "min" if target.min is not None else "max"
        bound, unit = getattr(target, side), unit_in_words(target.unit)
        firm, period = "hard" if target.hard else "soft", PERIODS[target.period]
        name = in_words(target.nutrient)
        yield Effect("target", f"{name}: {BOUNDS[side]}{figure(bound)} {unit}, {period} ({firm})")
        yield from (Effect("target", text) for text in _reached(target, plan.menu.days, plan))
        for gap in plan.menu.gaps:
            if gap.nutrient == target.nutrient and gap.target == target.min:
                yield Effect("gap", f"{figure(gap.missing)} {unit} of {name} a day are missing; {gap.ask}")


def _moved(rule: str, plan: Plan) -> Iterator[Effect]:
    """What the rules file has in the place of a target, or that it dropped it."""
    for target in plan.targets:
        if target.instead_of == rule:
            yield Effect("target", f"{target.rule} stands in its place; set by {target.source}")
    for number, dropped in enumerate(plan.rules.get("drop", [])):
        if dropped.get("target") == rule:
            yield Effect("target", f"rules/drop[{number}] dropped it")


def _reached(target: Target, days: Sequence[Day], plan: Plan) -> Iterator[str]:
    """What the menus come to over the target's period, with the supplements that count."""
    totals = [day.totals[target.nutrient] for day in days if target.nutrient in day.totals]
    if not totals or target.period == "meal":
        return
    counted = target.min is not None or target.nutrient in _COUNTED_IN_LIMITS
    taken = [s.amount for s in plan.menu.supplements if s.nutrient == target.nutrient and counted]
    unit, added = unit_in_words(target.unit), sum(taken)
    beside = f", {figure(added)} of them from declared supplements" if added else ""
    if target.period == "day":
        low, high = (figure(round(total + added, 1)) for total in (min(totals), max(totals)))
        yield f"the days reach {low} to {high} {unit}{beside}"
        return
    for first in range(0, len(totals), DAYS_OF_WEEK):
        week = totals[first : first + DAYS_OF_WEEK]
        mean = figure(round(sum(week) / len(week) + added, 1))
        yield f"the week from {days[first].date} reaches {mean} {unit} a day{beside}"


def _notices(rule: str, plan: Plan) -> Iterator[Effect]:
    for notice in plan.notices:
        if notice.rule != rule:
            continue
        yield Effect("notice", f"{notice.level}: {notice.text}")
        if notice.level in _CLOSING:
            yield Effect("closed", f"it closed {_PARTS[notice.scope or 'plan']}")


def _risk(rule: str, entries: Sequence[Entry], plan: Plan) -> Iterator[Effect]:
    """The tier, for the rule that the plan names and for every reason that the plan gives."""
    if plan.risk is None:
        return
    if plan.risk.rule == rule:
        for told in (*plan.risk.because, *plan.risk.changes, *plan.risk.ask):
            yield Effect("risk", told)
    if any(entry.file == TIERS and entry.text in plan.risk.because for entry in entries):
        yield Effect("risk", f"it is told among the reasons for the tier, {plan.risk.title}")


def _foods(rule: str, profile: Profile, plan: Plan) -> Iterator[Effect]:
    """The foods that the rule keeps out, those eaten most often named first."""
    if not rule.startswith(FOOD_RULES):
        return
    from boneplan.foods.eligible import exclusions
    from boneplan.foods.own.food import own_foods_of
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import load_foods

    table = with_own(load_foods(), own_foods_of(plan))
    often = table.options.groupby("food_id")["n"].sum()
    for exclusion in exclusions(table, profile):
        if exclusion.rule == rule and exclusion.foods:
            kept = table.foods.loc[list(exclusion.foods), ["id", "name"]]
            order = kept["id"].map(often).fillna(0).sort_values(ascending=False, kind="stable").index
            shown = names(list(kept["name"].loc[order]))
            yield Effect("foods", f"{exclusion.text}: {len(exclusion.foods)} foods stay out, such as {shown}")


def _dated(rule: str, plan: Plan) -> Iterator[Effect]:
    for check in plan.monitoring:
        if check.rule == rule:
            yield Effect("monitoring", f"{check.due}: {check.what}: {check.why}")
    kept: dict[str, list[str]] = {}
    for intake in plan.intakes:
        if rule in intake.rules:
            what = " and ".join(taking.what for taking in intake.items)
            notes = f" ({' '.join(intake.notes)})" if intake.notes else ""
            kept.setdefault(f"{intake.time}: {what}{notes}", []).append(str(intake.date))
    for text, dates in kept.items():
        yield Effect("intakes", f"{text}, on {len(dates)} days" if len(dates) > 1 else f"{text}, on {dates[0]}")
