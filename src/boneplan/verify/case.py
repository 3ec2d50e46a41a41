"""What one verification looks at: the plan, its person, the shipped tables, every portion with its food."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from boneplan.plan import Day, Item, Meal, Plan, Session, TrainingWeek
from boneplan.verify.absorption_rules import AbsorptionRules
from boneplan.verify.avoid_rules import Avoided
from boneplan.verify.exercise_tables import ExerciseTables
from boneplan.verify.food_rules import FoodRule
from boneplan.verify.gate_rules import Gate
from boneplan.verify.guidelines import Reference
from boneplan.verify.meal_patterns import MealPatterns
from boneplan.verify.monitoring_rules import MonitoringRules
from boneplan.verify.person import Person
from boneplan.verify.safety_rules import Lesion
from boneplan.verify.tables import Food, FoodTables
from boneplan.verify.timing_rules import TimingRules
from boneplan.verify.traits import person_lesion, person_traits
from boneplan.verify.variety_rules import VarietyRules
from boneplan.verify.who import WhoRules


@dataclass(frozen=True)
class Tables:
    """The shipped data that concerns one plan."""

    foods: FoodTables
    variety: VarietyRules
    reference: Reference
    exercise: ExerciseTables
    gates: tuple[Gate, ...] = ()
    clearance_days: int = 0
    monitoring: MonitoringRules | None = None
    timing: TimingRules | None = None
    who: WhoRules = field(default_factory=WhoRules)
    kinds: Mapping[str, Mapping[str, Sequence[Any]]] = field(default_factory=dict)
    absorption: AbsorptionRules | None = None
    food_rules: tuple[FoodRule, ...] = ()
    avoided: tuple[Avoided, ...] = ()
    meal_patterns: MealPatterns | None = None
    groups: Mapping[str, Sequence[Sequence[int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Served:
    """A portion on the menu with the food it is."""

    day: Day
    meal: Meal
    item: Item
    food: Food

    @property
    def where(self) -> str:
        """The date, the meal and the food, for a breach."""
        return f"{self.day.date} {self.meal.meal}, {self.item.name}"


@dataclass(frozen=True)
class Case:
    """A plan to judge. `served` leaves out portions of unknown foods: those are breaches of their own."""

    plan: Plan
    person: Person
    tables: Tables

    @cached_property
    def served(self) -> tuple[Served, ...]:
        """Every portion of a known food, in the order of the plan."""
        known = self.tables.foods.foods
        return tuple(
            Served(day, meal, item, known[item.food])
            for day in self.plan.menu.days
            for meal in day.meals
            for item in meal.items
            if item.food in known
        )

    def within(self, food: Food) -> tuple[Food, ...]:
        """The food, and everything that goes into it where it is a dish of the person's own."""
        known = self.tables.foods.foods
        parts = sorted(self.tables.foods.within.get(food.id, ()))
        return (food, *(known[part] for part in parts if part in known))

    @property
    def dates(self) -> Iterator[dt.date]:
        """Every date of the plan."""
        return (self.plan.start + dt.timedelta(days=number) for number in range(7 * self.plan.weeks))

    @property
    def spans(self) -> Iterator[tuple[dt.date, dt.date]]:
        """The first and the last day of each week, counted from the plan's start."""
        for number in range(self.plan.weeks):
            first = self.plan.start + dt.timedelta(weeks=number)
            yield first, first + dt.timedelta(days=6)

    def weeks(self) -> Iterator[tuple[dt.date, tuple[Day, ...]]]:
        """Each week's first date and its days of menu, counted from the plan's start."""
        for first, last in self.spans:
            yield first, tuple(day for day in self.plan.menu.days if first <= day.date <= last)

    def training_weeks(self) -> Iterator[tuple[dt.date, tuple[Session, ...], TrainingWeek | None]]:
        """Each week's first date and its sessions, with what the programme asks of it where the plan says so."""
        asked = {week.start: week for week in self.plan.exercise.weeks}
        for first, last in self.spans:
            yield first, tuple(s for s in self.plan.exercise.sessions if first <= s.date <= last), asked.get(first)

    @cached_property
    def traits(self) -> frozenset[str]:
        """The words by which the rules of exercise know the person."""
        return person_traits(self.person, self.tables.exercise.safety)

    @cached_property
    def lesion(self) -> Lesion:
        """What the person's bone metastases rule out."""
        return person_lesion(self.person, self.tables.exercise.safety)

    @cached_property
    def supplements(self) -> dict[str, float]:
        """The declared supplements of the plan: amount per day by nutrient."""
        total: dict[str, float] = {}
        for supplement in self.plan.menu.supplements:
            if supplement.declared:
                total[supplement.nutrient] = total.get(supplement.nutrient, 0.0) + supplement.amount
        return total
