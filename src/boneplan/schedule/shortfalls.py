"""What the times do not allow of the soft rules, and what else a person should know about the weeks ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from boneplan.plan import Notice, SessionKind
from boneplan.profile import Profile
from boneplan.schedule.eligibility import guidance
from boneplan.schedule.guidance import Sourced
from boneplan.schedule.needs import week
from boneplan.schedule.progression import progression, week_of_goal
from boneplan.schedule.weeks import SolvedWeek
from boneplan.schedule.wishes import full_day


def shortfalls(weeks: Sequence[SolvedWeek], profile: Profile) -> list[Notice]:
    """Notices about the weeks as solved, each once, whichever week it first holds for."""
    found: dict[str, Notice] = {}
    for solved in weeks:
        for notice in (*_time(solved), *_feet(solved, profile)):
            found.setdefault(notice.rule, notice)
    return [*found.values(), *_build_up(weeks[0], profile)]


def _time(solved: SolvedWeek) -> Iterator[Notice]:
    needs = solved.needs
    if solved.at_meals:
        text = "The times are tight, so a session may touch a meal time: move the meal a little."
        yield _told("meal_minutes", text)
    aerobic = Counter[int]()
    for slot in solved.pattern:
        if slot.bout.kind == "aerobic":
            aerobic[slot.day] += int(slot.minutes * slot.bout.worth - slot.bout.overhead)
    minutes, wanted = full_day(needs), week().number("aerobic_days_wanted")
    full = sum(done >= minutes for done in aerobic.values())
    if full < wanted:
        text = f"The times allow {minutes} aerobic minutes on {full} days a week; {wanted} days are better."
        yield _told("aerobic_days_wanted", text)
    held = Counter(slot.bout.kind for slot in solved.pattern)
    if held["balance"] < needs.balance_wanted:
        text = f"The times allow balance exercise on {held['balance']} days a week; for you every day is better."
        yield _told("balance_days_at_risk", text)
    rest: list[tuple[SessionKind, str, int]] = [
        ("posture", "back-extensor work", needs.posture_wanted), ("impact", "brief impacts", needs.impact_wanted),
    ]  # fmt: skip
    for kind, name, wanted in rest:
        if held[kind] < wanted:
            text = f"The times allow {name} on {held[kind]} days a week; {wanted} days are better."
            yield _told(f"{kind}_days", text)


def _feet(solved: SolvedWeek, profile: Profile) -> Iterator[Notice]:
    if not any(bout.on_feet for bout in solved.needs.of_kind("aerobic")):
        text = "The aerobic minutes are done off the feet, so no weight-bearing minutes are asked of you."
        rule = guidance().lesion_sites
        yield rule.notice("info", "exercise-metastases-off-the-feet", text)
    if "neuropathy" not in profile.conditions or not any(bout.on_feet for bout in solved.needs.of_kind("aerobic")):
        return
    cycled = sum(slot.minutes for slot in solved.pattern if not slot.bout.on_feet)
    text = f"With neuropathy, {cycled} of the aerobic minutes a week are on a stationary bike to spare the feet."
    if solved.needs.bike is None:
        text = "With neuropathy, a stationary bike may replace some walking; the profile lists none."
    yield _told("bike_share", text)


def _build_up(first: SolvedWeek, profile: Profile) -> Iterator[Notice]:
    goal, rule = week().number("aerobic_minutes"), progression().build_up
    minutes = first.training.aerobic_minutes
    if minutes < goal:
        reached = week_of_goal(first.training, profile)
        text = (
            f"You begin with {minutes} aerobic minutes a week and add {rule.step} a week at most: the {goal} minutes "
            f"are reached in week {reached} of the programme, if every week is done."
        )
        yield rule.notice("info", rule.rule, text)


def _told(name: str, text: str) -> Notice:
    rule: Sourced = week().rules[name]
    return rule.notice("info", week().rules[name].rule, text)
