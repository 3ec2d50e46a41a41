"""From a profile to a verified plan document: the whole flow of the project in one function."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from boneplan import __version__
from boneplan.absorption import with_absorbed
from boneplan.avoid import avoid_notices
from boneplan.busy import BusyTimes
from boneplan.errors import Fault
from boneplan.foods.own.food import OwnFood
from boneplan.foods.own.table import own_notices
from boneplan.identity import NAMESPACE, calendar_id
from boneplan.medicines import medicine_notices
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.planner import MenuResult, plan_menu
from boneplan.menu.summary import summarised
from boneplan.monitoring import monitoring
from boneplan.plan import Conflict, ExerciseProgramme, Menu, Notice, Plan, Status
from boneplan.profile import Profile
from boneplan.revision import revised
from boneplan.risk import risk_of
from boneplan.rules.notices import rule_notices
from boneplan.rules.schema import Rules
from boneplan.rules.targets import person_under, targets_under
from boneplan.safety import closed, gates
from boneplan.schedule import Course, Schedule, plan_sessions
from boneplan.supplements import declared_supplements
from boneplan.timing.settle import settle_times
from boneplan.verify import verify_plan

SEARCH_SECONDS = 20.0
BUSY = "exercise-busy-times"


def plan_id(profile: Profile, start: dt.date, weeks: int, seed: int) -> str:
    """The plan's identity: the same person, dates and seed give the same id, so that a calendar recognises them."""
    asked = json.dumps([profile.as_json(), start.isoformat(), weeks, seed], sort_keys=True)
    return str(uuid.uuid5(NAMESPACE, asked))


def make_plan(
    profile: Profile,
    *,
    start: dt.date,
    weeks: int = 1,
    seed: int = 0,
    seconds: float = SEARCH_SECONDS,
    now: dt.datetime | None = None,
    busy: BusyTimes | None = None,
    course: Course | None = None,
    earlier: Plan | None = None,
    rules: Rules | None = None,
    own: Sequence[OwnFood] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Plan:
    """A plan of `weeks` weeks from `start`, verified. Raises `Fault` where `verify` finds a breach in it.

    Sessions keep clear of `busy` times; `course` goes on with an earlier programme; `earlier` is the plan that this
    one takes the place of. `seconds` bounds each search as a backstop; `progress` is told the number of each finished
    week of menus. `rules` are a dietitian's own: InputError where they loosen what holds already. `own` are foods and
    recipes of the person's own.
    """
    identity, calendar = plan_id(profile, start, weeks, seed), _calendar(profile, earlier)
    dates = [start + dt.timedelta(days=day) for day in range(7 * weeks)]
    rules = rules or Rules()
    notices = gates(person_under(profile, rules), start, dates[-1])
    shut = closed(notices)
    checks, told = monitoring(profile, start, weeks)
    notices += [*avoid_notices(profile, start), *medicine_notices(profile, start), *told]
    targets = targets_under(profile, rules, start)
    notices += rule_notices(profile, rules, start)
    supplements = declared_supplements(profile)
    eaten = MenuResult(Menu(supplements=supplements))
    trained = Schedule([], [], None)
    if "exercise" not in shut:
        taken = busy.taken if busy else ()
        trained = plan_sessions(profile, start, weeks, seed=seed, calendar=calendar, busy=taken, course=course)
    case = None
    if "menu" not in shut:
        case = menu_case(profile, targets, start=start, weeks=weeks, seed=seed, rules=rules, own=own)
        eaten = _menu(case, weeks=weeks, seconds=seconds, progress=progress)
        notices += own_notices(own, case.excluded, eaten.menu)
    menu, intakes, timed = settle_times(profile, calendar, eaten.menu, dates, case.table if case else None)
    conflicts = [conflict for conflict in (eaten.conflict, *eaten.others, trained.conflict) if conflict]
    plan = Plan(
        id=identity,
        created=now or dt.datetime.now(dt.UTC).replace(microsecond=0),
        boneplan=__version__,
        seed=seed,
        profile=profile.as_json(),
        rules=rules.as_json(),
        own_foods=[food.as_json("women" if profile.sex == "female" else "men") for food in own],
        start=start,
        weeks=weeks,
        timezone=profile.timezone,
        status=status_of("menu" in shut, conflicts, eaten.menu),
        notices=[*notices, *timed, *trained.notices, *_busy_notices(busy), *eaten.notices, *_notices(conflicts)],
        targets=targets,
        menu=summarised(with_absorbed(menu, profile, case.table), case) if case else menu,
        intakes=intakes,
        exercise=ExerciseProgramme(
            sessions=trained.sessions,
            weeks=trained.weeks,
            busy=list(busy.taken) if busy else [],
            avoid=sorted(course.avoid) if course else [],
            last_resistance=course.last_resistance if course else None,
        ),
        monitoring=checks,
        risk=risk_of(profile, start),
        conflicts=conflicts,
        calendar=calendar,
    )
    plan = revised(plan, earlier)
    if breaches := verify_plan(plan):
        raise Fault([f"the plan breaks {b.rule} ({b.where}): {b.text}" for b in breaches])
    return plan


def _menu(case: MenuCase, **how: Any) -> MenuResult:
    """The menus; a conflict where the meals do not fit into a day."""
    if conflict := case.clock.conflict():
        return MenuResult(Menu(supplements=list(case.supplements)), conflict)
    return plan_menu(case, **how)


def status_of(menu_refused: bool, conflicts: Sequence[Conflict], menu: Menu) -> Status:
    """What a plan with this menu and these conflicts is."""
    if menu_refused:
        return "refused"
    if conflicts:
        return "infeasible"
    return "gaps" if menu.gaps else "ok"


def _calendar(profile: Profile, earlier: Plan | None) -> str:
    """The id of the person's calendar: that of the earlier plan, where only the name is written otherwise."""
    person = profile.as_json()
    if earlier and earlier.calendar and all(earlier.profile.get(k) == person[k] for k in ("sex", "birth_date")):
        return earlier.calendar
    return calendar_id(profile)


def _busy_notices(busy: BusyTimes | None) -> list[Notice]:
    texts = busy.notices if busy else []
    return [Notice(level="info", rule=BUSY, text=text, scope="exercise", basis="project") for text in texts]


def _notices(conflicts: list[Conflict]) -> list[Notice]:
    """Each conflict again as a notice, for readers that know only notices."""
    return [
        Notice(
            level="refuse",
            rule=conflict.rules[0] if conflict.rules else conflict.part,
            text=conflict.text,
            scope=conflict.part,
            basis="project",
        )
        for conflict in conflicts
    ]
