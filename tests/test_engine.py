"""From a profile to a verified plan: what is refused, what clashes, and that the same wish gives the same plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boneplan import __version__, engine
from boneplan.engine import make_plan, plan_id
from boneplan.errors import Fault
from boneplan.menu.case import MenuCase
from boneplan.menu.planner import MenuResult
from boneplan.plan import Conflict, Gap, Menu, Plan
from boneplan.profile import Profile
from boneplan.profile_reader import load_profile
from boneplan.schedule import Schedule
from boneplan.verify import Breach, verify_plan

START = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
MARIA = Path(__file__).parent / "profiles" / "maria.yaml"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Stub = Callable[..., list[dict[str, Any]]]


def person(**changes: Any) -> Profile:
    """A woman of 65 with time for exercise every evening."""
    anna = {
        "sex": "female",
        "birth_date": "1961-04-02",
        "height_cm": 163,
        "weight_kg": 68,
        "bone": {"t_scores": {"lumbar_spine": -1.8}},
        "exercise": {"availability": {day: ["17:00-18:30"] for day in WEEK}},
    }
    return Profile.model_validate(anna | changes, context={"today": START})


def document(plan: Plan) -> dict[str, Any]:
    """The plan's document but for when and how fast it was made."""
    content = plan.model_dump(mode="json", by_alias=True, exclude={"created"})
    content["menu"]["solve"].pop("seconds")
    return content


@pytest.fixture(scope="module")
def maria() -> Profile:
    return load_profile(MARIA)


@pytest.fixture(scope="module")
def first(maria: Profile) -> Plan:
    return make_plan(maria, start=START, now=NOW)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """Lets planner, schedule and judge answer at once; gives the list of what the two planners were asked."""

    def answer(
        menu: MenuResult | None = None, sessions: Schedule | None = None, breaches: list[Breach] | None = None
    ) -> list[dict[str, Any]]:
        asked: list[dict[str, Any]] = []

        def plan_menu(case: MenuCase, **how: Any) -> MenuResult:
            asked.append({"part": "menu", "start": case.start, "seed": case.seed, **how})
            return menu or MenuResult(Menu())

        def plan_sessions(*_: Any, **how: Any) -> Schedule:
            asked.append({"part": "exercise", **how})
            return sessions or Schedule([], [], None)

        monkeypatch.setattr(engine, "plan_menu", plan_menu)
        monkeypatch.setattr(engine, "plan_sessions", plan_sessions)
        monkeypatch.setattr(engine, "verify_plan", lambda _: breaches or [])
        return asked

    return answer


def test_a_plan_holds_what_was_asked_for(first: Plan, maria: Profile) -> None:
    assert (first.start, first.weeks, first.seed, first.timezone) == (START, 1, 0, maria.timezone)
    assert (first.created, first.boneplan, first.schema_) == (NOW, __version__, "boneplan.plan/1")
    assert Profile.model_validate(first.profile) == maria
    assert first.status in ("ok", "gaps")
    assert len(first.menu.days) == 7
    assert first.exercise.sessions
    assert first.targets
    assert verify_plan(first) == []


def test_the_same_profile_and_seed_give_the_same_plan(first: Plan, maria: Profile) -> None:
    again = make_plan(maria, start=START, now=NOW + dt.timedelta(days=1))
    assert again.created != first.created
    assert document(again) == document(first)


def test_another_seed_gives_another_menu_and_another_id(first: Plan, maria: Profile) -> None:
    other = make_plan(maria, start=START, seed=2, now=NOW)

    def served(plan: Plan) -> list[list[str]]:
        return [[item.food for meal in day.meals for item in meal.items] for day in plan.menu.days]

    assert served(other) != served(first)
    assert other.id != first.id
    assert other.seed == 2


def test_the_id_tells_person_days_and_seed_apart_and_nothing_else(maria: Profile) -> None:
    same = plan_id(maria, START, 1, 0)
    assert same == plan_id(load_profile(MARIA), START, 1, 0)
    others = {
        plan_id(person(), START, 1, 0),
        plan_id(maria, START + dt.timedelta(days=7), 1, 0),
        plan_id(maria, START, 2, 0),
        plan_id(maria, START, 1, 1),
    }
    assert len(others | {same}) == 5


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"conditions": ["pregnancy"]}, "pregnancy"),
        ({"conditions": ["ckd_4"]}, "kidney_disease"),
        ({"birth_date": "2009-06-01"}, "under_18"),
    ],
    ids=["pregnancy", "ckd_4", "age 17"],
)
def test_who_cannot_be_planned_for_is_refused_with_the_reason_and_its_source(
    changes: dict[str, Any], rule: str
) -> None:
    plan = make_plan(person(**changes), start=START, now=NOW)
    assert plan.status == "refused"
    assert plan.menu.days == []
    assert plan.menu.solve is None
    closing = [n for n in plan.notices if n.level in ("refuse", "clearance") and n.scope in ("plan", "menu")]
    assert closing
    assert all(n.text and n.source and n.rule.startswith("safety/gates/") for n in closing)
    assert f"safety/gates/{rule}" in {n.rule for n in closing}
    assert verify_plan(plan) == []


def test_nothing_is_planned_for_someone_who_is_refused(stub: Stub) -> None:
    asked = stub()
    assert make_plan(person(conditions=["pregnancy"]), start=START).status == "refused"
    assert asked == []


def test_who_may_not_exercise_has_menus_all_the_same() -> None:
    plan = make_plan(person(conditions=["bone_metastases"]), start=START, now=NOW)
    assert plan.exercise.sessions == []
    assert len(plan.menu.days) == 7
    assert plan.status in ("ok", "gaps")
    assert any(n.scope == "exercise" and n.level in ("refuse", "clearance") and n.source for n in plan.notices)
    assert verify_plan(plan) == []


def test_a_diet_that_leaves_no_breakfast_is_infeasible_with_its_conflict_as_a_notice() -> None:
    diet = {"pattern": "vegan", "dislikes": ["bread", "cereal", "oat"]}
    plan = make_plan(person(diet=diet), start=START, now=NOW)
    assert plan.status == "infeasible"
    assert plan.menu.days == []
    (conflict,) = plan.conflicts
    assert (conflict.part, conflict.rules[0]) == ("menu", "diet/dislike/cereal")
    assert conflict.relaxations
    notice = next(n for n in plan.notices if n.text == conflict.text)
    assert (notice.level, notice.scope, notice.rule) == ("refuse", "menu", "diet/dislike/cereal")
    assert verify_plan(plan) == []


def test_times_too_short_for_exercise_leave_the_menus(stub: Stub) -> None:
    clash = Conflict(part="exercise", rules=[], text="Monday is too short.")
    stub(sessions=Schedule([], [], clash))
    plan = make_plan(person(), start=START)
    assert plan.status == "infeasible"
    assert plan.conflicts == [clash]
    assert [(n.scope, n.rule) for n in plan.notices if n.level == "refuse"] == [("exercise", "exercise")]


def test_a_gap_makes_the_status(stub: Stub) -> None:
    gap = Gap(nutrient="vitamin_d", unit="ug", target=20, food=8, supplements=0, missing=12, ask="Ask.")
    stub(menu=MenuResult(Menu(gaps=[gap])))
    assert make_plan(person(), start=START).status == "gaps"
    stub()
    assert make_plan(person(), start=START).status == "ok"


def test_a_plan_that_the_judge_rejects_is_a_fault_and_no_plan(stub: Stub) -> None:
    stub(
        breaches=[
            Breach("verify/hard-max", "sodium, 2026-11-24", "2900 mg is over 2800"),
            Breach("verify/b", "x", "y"),
        ]
    )
    with pytest.raises(Fault) as caught:
        make_plan(person(), start=START)
    assert caught.value.lines == [
        "the plan breaks verify/hard-max (sodium, 2026-11-24): 2900 mg is over 2800",
        "the plan breaks verify/b (x): y",
    ]
    assert caught.value.exit_status == 3


def test_weeks_seed_time_and_progress_reach_the_planners(stub: Stub) -> None:
    told: list[int] = []
    asked = stub()
    plan = make_plan(person(), start=START, weeks=3, seed=5, seconds=1.5, progress=told.append)
    menu = next(how for how in asked if how["part"] == "menu")
    assert (menu["start"], menu["weeks"], menu["seed"], menu["seconds"]) == (START, 3, 5, 1.5)
    menu["progress"](3)
    assert told == [3]
    exercise = next(how for how in asked if how["part"] == "exercise")
    assert (exercise["seed"], exercise["calendar"]) == (5, plan.calendar)


def test_without_a_clock_the_plan_is_of_now_in_utc(stub: Stub) -> None:
    stub()
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    created = make_plan(person(), start=START).created
    assert before <= created <= dt.datetime.now(dt.UTC)
    assert created.microsecond == 0


def test_supplements_of_a_refused_person_are_still_listed(stub: Stub) -> None:
    stub()
    plan = make_plan(
        person(conditions=["pregnancy"], supplements=[{"nutrient": "vitamin_d", "amount": 400, "unit": "IU"}]),
        start=START,
    )
    assert [(s.nutrient, s.amount) for s in plan.menu.supplements] == [("vitamin_d", 10)]


def test_a_refused_menu_gives_no_product_on_the_list_to_avoid_a_time() -> None:
    oil = {"name": "Cod liver oil", "nutrient": "vitamin_d", "amount": 400, "unit": "IU", "time": "breakfast"}
    plan = make_plan(person(conditions=["ckd_4"], supplements=[oil]), start=START, now=NOW)
    assert plan.status == "refused"
    assert [taken.time for taken in plan.menu.supplements] == [None]


def test_a_monthly_tablet_moves_breakfast_and_stands_in_the_plan_on_its_date() -> None:
    tablet = {"name": "ibandronate 150 mg", "every_months": 1, "last": "2026-10-25", "time": "07:00"}
    plan = make_plan(person(medications=[tablet]), start=START, now=NOW)
    assert [day.meals[0].time for day in plan.menu.days] == ["07:30", "07:30", "08:00", *["07:30"] * 4]
    assert [(i.date.day, i.time) for i in plan.intakes] == [(25, "07:00")]
    (notice,) = (n for n in plan.notices if n.rule == "safety/timing/ibandronate_food")
    assert "at 08:00 instead of 07:30 on Wed 25 Nov, because of ibandronate" in notice.text
    assert verify_plan(plan) == []
