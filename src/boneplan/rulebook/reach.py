"""Whom a rule means: whether a person is among them, and what to say of a rule that did nothing to their plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from boneplan.applies import Facts, applies, named
from boneplan.profile import Profile
from boneplan.rows import checked
from boneplan.rulebook.entry import Entry, who_of
from boneplan.rulebook.places import Row
from boneplan.rulebook.whom import EVERYBODY
from boneplan.who import Who


def is_for(entry: Entry, profile: Profile, on: dt.date) -> bool:
    """Whether the row is for the person; one that names nobody is for everybody."""
    facts = Facts(profile, on)
    row, who = entry.row, who_of(entry.row, entry.file)
    if "tier" in row and row["tier"] != facts.tier:
        return False
    if who is not None and not applies(who, facts):
        return False
    if "unless" in row and applies(checked(Who, row["unless"], entry.file), facts):
        return False
    return _has(row, profile) and _takes(row, profile)


def _has(row: Row, profile: Profile) -> bool:
    """Whether the person has the traits that an exercise rule asks about."""
    if not isinstance(row.get("when", row.get("when_all")), list):
        return True
    from boneplan.schedule.eligibility import traits

    known = {*traits(profile), profile.activity}
    return not known.isdisjoint(row.get("when", known)) and known.issuperset(row.get("when_all", ()))


def _takes(row: Row, profile: Profile) -> bool:
    """Whether the person takes what the row is about, where it is about products by name or about nutrients."""
    products = [m.name for m in profile.medications] + [s.name or "" for s in profile.supplements]
    if (names := row.get("names")) and not any(named(name, product) for name in names for product in products):
        return False
    nutrients = row.get("nutrients")
    return not nutrients or any(supplement.nutrient in nutrients for supplement in profile.supplements)


def why_nothing(entries: Sequence[Entry], profile: Profile, on: dt.date) -> str:
    """Why a rule left nothing in a plan that begins on that day."""
    if not entries:
        return "It did nothing in this plan."
    if not any(is_for(entry, profile, on) for entry in entries):
        whom = "; ".join(dict.fromkeys(entry.whom for entry in entries))
        return f"It did nothing in this plan: it is for {whom}, and this person is not among them."
    if all(entry.whom == EVERYBODY and not entry.firm and "ask" not in entry.row for entry in entries):
        return "It is something that plans are worked out with: no line of this plan is its own."
    return "It did nothing in this plan: it is for this person, but nothing had to change for it."
