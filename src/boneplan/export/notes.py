"""What the description of a calendar event says: the training and when to stop, what to eat, what to keep to."""

from __future__ import annotations

from boneplan.choices import Measures
from boneplan.export.words import effort, exercise_line, plain, portion
from boneplan.plan import ExerciseItem, Intake, Meal, Session

GONE = "This is no longer part of the plan."
NO_ADVICE = "That is no advice to stop taking it."


def session_note(session: Session) -> str:
    """What to do, exercise by exercise with its cues, and when to stop; in lines."""
    bearing = ", weight-bearing" if session.weight_bearing else ""
    lines = [f"{session.minutes} minutes, {effort(session)}{bearing}."]
    if session.items:
        lines.append("")
        for number, item in enumerate(session.items, 1):
            lines += [f"{number}. {exercise_line(item)}", *_cues(item)]
    if session.stop_if:
        lines += ["", "Stop if:"]
        lines += [f"- {plain(sign)}" for sign in session.stop_if]
    return "\n".join(lines)


def meal_note(meal: Meal, measures: Measures = "us") -> str:
    """What to eat and how much of it, a line each."""
    return "\n".join(f"- {portion(item, measures)}" for item in meal.items)


def intake_note(intake: Intake) -> str:
    """What to keep to beside what is taken, a line each."""
    return "\n".join(plain(note) for note in intake.notes)


def _cues(item: ExerciseItem) -> list[str]:
    return [f"   - {plain(cue)}" for cue in item.cues]
