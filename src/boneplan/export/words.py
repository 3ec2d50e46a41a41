"""Words that every export shares: clean text from a plan; amounts, dates and doses in plain English."""

from __future__ import annotations

import datetime as dt

from boneplan.choices import Measures
from boneplan.export.plain import amount as amount
from boneplan.export.plain import plain as plain
from boneplan.export.portions import portion_parts, portion_text
from boneplan.plan import ExerciseItem, Item, Meal, Plan, Session


def person(plan: Plan) -> str:
    """The name in the plan's profile; empty where it has none."""
    return plain(str(plan.profile.get("name") or ""))


def long_day(day: dt.date) -> str:
    """Such as "Monday 23 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def long_date(day: dt.date) -> str:
    """Such as "23 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def short_day(day: dt.date) -> str:
    """Such as "Mon 23 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def meal_name(meal: Meal) -> str:
    """Such as "Breakfast"."""
    return meal.meal.capitalize()


def effort(session: Session) -> str:
    """How hard a session should feel, such as "moderate effort, RPE 5 of 10"."""
    return f"{session.intensity.level} effort, RPE {amount(session.intensity.rpe, 1)} of 10"


def measures_of(plan: Plan) -> Measures:
    """How the plan's person wants amounts of food told; US measures where an older plan does not say."""
    return "metric" if plan.profile.get("measures") == "metric" else "us"


def portion(item: Item, measures: Measures = "us") -> str:
    """A food and how much of it, such as "Coffee, brewed (1 ¼ cups, 300 g)".

    A name that ends in a bracket is not followed by another: "Bolillo (Mexican roll), 1 roll (36 g)".
    """
    if plain(item.name).endswith(")"):
        return f"{plain(item.name)}, {portion_text(item, measures)}"
    return _bracketed(item.name, ", ".join(portion_parts(item, measures)))


def dose(item: ExerciseItem) -> str:
    """How much of an exercise, such as "2 × 10, hold 5 s, light band". Empty where the plan gives no dose."""
    parts = []
    if item.sets and item.reps:
        parts.append(f"{item.sets} × {item.reps}")
    elif item.sets:
        parts.append(f"{item.sets} set" + ("s" if item.sets > 1 else ""))
    elif item.reps:
        parts.append(f"{item.reps} times")
    if item.hold_s:
        parts.append(f"hold {item.hold_s} s")
    if item.minutes:
        parts.append(f"{amount(item.minutes, 1)} min")
    if item.load.strip():
        parts.append(plain(item.load))
    return ", ".join(parts)


def exercise_line(item: ExerciseItem) -> str:
    """An exercise and its dose, such as "Chair stand, 2 × 10"."""
    return ", ".join(part for part in (plain(item.name), dose(item)) if part)


def exercise_in_brief(item: ExerciseItem) -> str:
    """An exercise with its sets or its time alone, such as "Chair stand (2 × 10)" or "One leg (3 × 10 s)"."""
    once = str(item.reps) if item.reps else f"{item.hold_s} s" if item.hold_s else ""
    if once and item.sets:
        return _bracketed(item.name, f"{item.sets} × {once}")
    return _bracketed(item.name, f"{amount(item.minutes, 1)} min" if item.minutes else once)


def _bracketed(name: str, how_much: str) -> str:
    return f"{plain(name)} ({how_much})" if how_much else plain(name)
