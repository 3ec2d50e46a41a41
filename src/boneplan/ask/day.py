"""The day around the plan: meal times, and the time zone that this computer is in."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from boneplan.ask.clock import read_time
from boneplan.ask.text import Again, Answer, quoted, tidy
from boneplan.profile import MealTimes, Profile
from boneplan.profile_fields import MEAL_NAMES, zone_names

LOCALTIME = Path("/etc/localtime")
NO_SNACK = re.compile(r"\b(?:no snacks?|snack (?:none|no|-))\b")
MEALS_MEND = "write it such as breakfast 8, lunch 12:30, no snack, dinner 7 pm"


def read_meals(text: str) -> Answer:
    """Meal times: four in the order of the day, or some by name; those left out stay as they usually are.

    An hour without am or pm is the one that is nearer to the usual time of that meal. Raises Again.
    """
    usual = MealTimes()
    times: dict[str, str | None] = {meal: getattr(usual, meal) for meal in MEAL_NAMES}
    said = tidy(text).replace("supper", "dinner")
    if NO_SNACK.search(said):
        times["snack"] = None
        said = NO_SNACK.sub(" ", said)
    entries = [entry.strip() for entry in re.split(r"[,;]", said) if entry.strip()]
    named = [entry for entry in entries if entry.startswith(MEAL_NAMES)]
    if entries and not named:
        if len(entries) != sum(time is not None for time in times.values()):
            raise Again(f"{quoted(text)} are not the times of {', '.join(MEAL_NAMES)}: {MEALS_MEND}")
        planned = [meal for meal in MEAL_NAMES if times[meal] is not None]
        entries = [f"{meal} {entry}" for meal, entry in zip(planned, entries, strict=True)]
    for entry in entries:
        meal, _, time = entry.partition(" ")
        if meal not in MEAL_NAMES:
            raise Again(f"{quoted(entry)} names no meal: {MEALS_MEND}")
        times[meal] = read_time(time, near=getattr(usual, meal))
    return Answer(
        {"meals": times}, ", ".join(f"{meal} {time}" if time else f"no {meal}" for meal, time in times.items())
    )


def read_timezone(text: str) -> Answer:
    """A time zone by its IANA name, or by a place that one of them alone is named after."""
    said = "_".join(text.split())
    whole = {name.casefold(): name for name in zone_names()}
    places: dict[str, list[str]] = {}
    for name in sorted(zone_names()):
        places.setdefault(name.casefold().rpartition("/")[2], []).append(name)
    named = places.get(said.casefold(), [])
    zone = whole.get(said.casefold()) or (named[0] if len(named) == 1 else text.strip())
    if zone not in zone_names() and (near := named[:1] or difflib.get_close_matches(said.casefold(), places, 1)):
        raise Again(f"{quoted(text)} is no time zone: did you mean {places.get(near[0], near)[0]}?")
    return Answer({"timezone": zone}, zone)


def system_timezone() -> str:
    """The time zone that this computer is set to, or the profile's default where it does not tell."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named in zone_names():
        return named
    try:
        parts = LOCALTIME.resolve().parts
    except OSError:
        parts = ()
    for start in range(len(parts)):
        if (name := "/".join(parts[start:])) in zone_names():
            return name
    return str(Profile.model_fields["timezone"].default)
