"""A dietitian's own rules for a person's menus: targets set or tightened, foods required and banned.

They add to the guidelines and never loosen them: where they would, an InputError names the rule in the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from boneplan.errors import InputError
from boneplan.guidelines import guideline
from boneplan.plan import Target
from boneplan.profile_fields import MAX_LIST, Flag, Model, Number, Once, Whole, Words, clash
from boneplan.units import MICROGRAMS, convert_mass

Nutrient = Literal[
    "energy", "protein", "calcium", "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus",
    "sodium", "fibre", "saturated_fat", "added_sugar", "retinol", "caffeine", "alcohol", "isoflavones",
]  # fmt: skip
Unit = Literal["kcal", "g", "mg", "ug", "µg", "IU"]
RulePeriod = Literal["day", "week_mean"]

MAX_FIGURE = 1_000_000  # of a target, in any unit
MAX_SERVINGS = 28  # of one food in a week: four meals on each of seven days
SHORTEST_FOOD = 2  # letters
EITHER_WAY = 1e-6  # figures this close are the same


class TargetRule(Model):
    """A bound on what the food of a day, or of the week's mean day, brings of one nutrient."""

    nutrient: Nutrient = Field(description="the nutrient", examples=["vitamin_k"])
    min: Number | None = Field(default=None, ge=0, le=MAX_FIGURE, description="the least a day", examples=[100])
    max: Number | None = Field(default=None, ge=0, le=MAX_FIGURE, description="the most a day", examples=[200])
    unit: Unit = Field(description="the unit of min and max", examples=["ug"])
    period: RulePeriod = Field(
        default="week_mean", description="whether every day or the week's mean is meant", examples=["week_mean"]
    )
    hard: Flag = Field(default=True, description="whether there is no plan without it", examples=[True])
    by: Words | None = Field(default=None, description="who asks for it", examples=["dietitian"])
    because: Words | None = Field(default=None, description="why", examples=["low intake so far"])

    @model_validator(mode="after")
    def _fits_together(self) -> TargetRule:
        problems = []
        made = guideline(self.nutrient)
        known = _units(self.nutrient)
        if self.unit.replace("µ", "u") not in known:
            text = f"{self.unit} does not measure {self.nutrient}: give the amounts in {' or '.join(known)}"
            problems.append(("unit", text))
        if self.min is None and self.max is None:
            problems.append(("min", f"is missing: give min, max or both, in {made.unit} a day"))
        if self.min is not None and self.max is not None and self.min > self.max:
            problems.append(("min", f"{self.min:g} is above max {self.max:g}: swap them, or mend one"))
        if self.period == "day" and not self.hard:
            text = "false goes with the week's mean alone: write period: week_mean, or hard: true"
            problems.append(("hard", text))
        if problems:
            raise clash(problems)
        return self

    def amount(self, side: Literal["min", "max"]) -> float | None:
        """`min` or `max` in the unit of the nutrient's targets."""
        figure, unit = (self.min if side == "min" else self.max), self.unit.replace("µ", "u")
        made = guideline(self.nutrient)
        if figure is None or unit == made.unit:
            return figure
        if made.conversion and unit == made.conversion.unit:
            return figure / made.conversion.per_unit
        return convert_mass(figure, unit, made.unit)


class RequireRule(Model):
    """A food, in words, that the week's menus hold at least so often."""

    food: Words = Field(description="the food in words", examples=["salmon"])
    per_week: Whole = Field(ge=1, le=MAX_SERVINGS, description="the servings a week", examples=[2])
    by: Words | None = Field(default=None, description="who asks for it", examples=["dietitian"])
    because: Words | None = Field(default=None, description="why", examples=["likes it"])


class Rules(Model):
    """All of a rules file."""

    targets: list[TargetRule] = Field(
        default=[],
        max_length=MAX_LIST,
        description="bounds on nutrients",
        examples=["[{nutrient: fibre, min: 30, unit: g}]"],
    )
    require: list[RequireRule] = Field(
        default=[], max_length=MAX_LIST, description="foods to serve", examples=["[{food: salmon, per_week: 2}]"]
    )
    ban: Annotated[list[Words], Once] = Field(
        default=[], max_length=MAX_LIST, description="foods never to serve", examples=["[liver]"]
    )

    @field_validator("ban")
    @classmethod
    def _long_enough(cls, ban: list[str]) -> list[str]:
        short = [(f"[{i}]", f'"{word}" is too short: name the food') for i, word in enumerate(ban) if _short(word)]
        if short:
            raise clash(short)
        return ban

    @field_validator("require")
    @classmethod
    def _named(cls, require: list[RequireRule]) -> list[RequireRule]:
        short = [
            (f"[{i}].food", f'"{rule.food}" is too short: name the food')
            for i, rule in enumerate(require)
            if _short(rule.food)
        ]
        if short:
            raise clash(short)
        return require

    def as_json(self) -> dict[str, Any]:
        """The rules as plain JSON values with the keys of the file; what was not given is left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_unset=True)


def _short(word: str) -> bool:
    return len(word) < SHORTEST_FOOD


def _units(nutrient: str) -> list[str]:
    made = guideline(nutrient)
    masses = list(MICROGRAMS) if made.unit in MICROGRAMS else [made.unit]
    ordered = [made.unit, *(unit for unit in masses if unit != made.unit)]
    return [*ordered, made.conversion.unit] if made.conversion else ordered


def rule_id(part: Literal["targets", "require", "ban"], number: int) -> str:
    """The name of a rule in plans and messages, such as `rules/targets[0]`."""
    return f"rules/{part}[{number}]"


def with_rules(targets: Sequence[Target], rules: Rules, source: str) -> list[Target]:
    """The guidelines' `targets` with those of the rules after them; `source` names the file in errors.

    Raises InputError, one line for each figure that is looser than a target that holds already.
    """
    added, problems = [], []
    for number, rule in enumerate(rules.targets):
        for side in ("min", "max"):
            amount = rule.amount(side)
            if amount is None:
                continue
            if held := _looser_than(rule, side, amount, targets):
                problems.append(_refusal(f"{source}: targets[{number}].{side}", rule, side, held))
            added.append(_target(number, rule, side, amount))
    if problems:
        raise InputError(problems)
    return [*targets, *added]


def _target(number: int, rule: TargetRule, side: Literal["min", "max"], amount: float) -> Target:
    said = f"{rule.by or 'your rules'}" + (f": {rule.because}" if rule.because else "")
    return Target.model_validate(
        {
            "nutrient": rule.nutrient,
            "unit": guideline(rule.nutrient).unit,
            "period": rule.period,
            side: amount,
            "hard": rule.hard,
            "rule": rule_id("targets", number),
            "source": said,
            "basis": "rules",
            "title": "set in the rules file",
        }
    )


def _looser_than(rule: TargetRule, side: str, amount: float, targets: Sequence[Target]) -> Target | None:
    """A target over the same period, no less firm, that asks for more than the rule does."""
    for target in targets:
        same = target.nutrient == rule.nutrient and target.period == rule.period
        if not same or (rule.hard and not target.hard):
            continue
        limit = target.min if side == "min" else target.max
        if limit is not None and (limit - amount if side == "min" else amount - limit) > EITHER_WAY:
            return target
    return None


def _refusal(where: str, rule: TargetRule, side: str, held: Target) -> str:
    figure, limit = (rule.min, held.min) if side == "min" else (rule.max, held.max)
    words = {"day": "each day", "week_mean": "as the week's mean"}
    than = "below the least" if side == "min" else "above the most"
    return (
        f"{where}: {figure:g} {rule.unit} is {than} that holds already, {limit:g} {held.unit} {words[held.period]} "
        f"({held.rule}, {held.source}): rules can tighten it, not loosen it; write {limit:g} {held.unit} or "
        f"{'more' if side == 'min' else 'less'}, or leave the line out"
    )
