"""A plan changed by hand: only what is free moves, all else stays what calendars know it as, and `verify` agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan.edits.change import add, ban, swap
from boneplan.edits.finish import Edited, replaced
from boneplan.edits.lock import lock
from boneplan.engine import make_plan
from boneplan.errors import InputError
from boneplan.identity import meal_id
from boneplan.plan import Meal, MealName, Notice, Plan
from boneplan.profile_reader import load_example, load_profile
from boneplan.verify import verify_plan

START = dt.date(2026, 11, 23)
MADE, NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
PROFILES = Path(__file__).parents[1] / "profiles"
MONDAY, TUESDAY, SATURDAY = START, START + dt.timedelta(days=1), START + dt.timedelta(days=5)


@pytest.fixture(scope="module")
def plans() -> Callable[[str], Plan]:
    """Gives the plan of the example, or of one of tests/profiles, each planned once."""
    made: dict[str, Plan] = {}

    def of(name: str) -> Plan:
        if name not in made:
            profile = load_example() if name == "example" else load_profile(PROFILES / f"{name}.yaml")
            made[name] = make_plan(profile, start=START, now=MADE)
        return made[name]

    return of


@pytest.fixture(scope="module")
def plan(plans: Callable[[str], Plan]) -> Plan:
    return plans("example")


def meals_of(plan: Plan) -> dict[tuple[dt.date, str], Meal]:
    return {(day.date, meal.meal): meal for day in plan.menu.days for meal in day.meals}


def eaten(meal: Meal) -> list[dict[str, Any]]:
    return [item.model_dump() for item in meal.items]


def changed(edited: Edited) -> set[tuple[dt.date, str]]:
    before, after = meals_of(edited.before), meals_of(edited.plan)
    return {key for key in before if eaten(before[key]) != eaten(after[key])}


def holding(plan: Plan, word: str) -> list[tuple[dt.date, str]]:
    return [
        key for key, meal in meals_of(plan).items() if any(word.casefold() in i.name.casefold() for i in meal.items)
    ]


def same_but_for(edited: Edited, *free: tuple[dt.date, str]) -> None:
    """Asserts that the change moved only `free` meals, by what a calendar and `verify` see."""
    before, after = edited.before, edited.plan
    assert changed(edited) <= set(free)
    assert verify_plan(after) == []
    was, now = meals_of(before), meals_of(after)
    for key, meal in now.items():
        assert meal.time == was[key].time
        if key in changed(edited):
            assert (meal.sequence, meal.modified) == (after.revision, after.created)
        else:
            assert meal.sequence == was[key].sequence
    calendar = [meal_id(of.calendar, date, meal) for of in (before, after) for date, meal in meals_of(of)]  # type: ignore[arg-type]
    assert calendar[: len(was)] == calendar[len(was) :]
    sessions = [[(s.id, s.sequence, s.start) for s in of.exercise.sessions] for of in (before, after)]
    assert sessions[0] == sessions[1]
    assert after.id == before.id
    assert after.exercise.busy == before.exercise.busy


def test_swapped_is_one_meal_and_none_of_what_it_was_made_of_comes_back(plan: Plan) -> None:
    edited = swap(plan, MONDAY, "dinner", now=NOW)
    assert changed(edited) == {(MONDAY, "dinner")}
    same_but_for(edited, (MONDAY, "dinner"))
    before, after = (meals_of(of)[MONDAY, "dinner"] for of in (plan, edited.plan))
    assert before.items[0].food not in {item.food for item in after.items}
    assert edited.plan.revision == 1
    assert edited.plan.menu.solve is not None
    assert plan.menu.solve is not None
    assert edited.plan.menu.solve.bound == plan.menu.solve.bound


def test_a_meal_that_is_swapped_again_is_a_third_one_and_not_the_first(plan: Plan) -> None:
    at, seen, now = (SATURDAY, "dinner"), [plan], NOW
    for _ in range(3):
        now += dt.timedelta(hours=1)
        seen.append(swap(seen[-1], *at, now=now).plan)
    assert all(verify_plan(one) == [] for one in seen)
    mains = [set(after.swapped) - set(before.swapped) for before, after in pairwise(meals_of(s)[at] for s in seen)]
    assert all(mains)
    last = {item.food for item in meals_of(seen[-1])[at].items}
    assert last.isdisjoint(meals_of(seen[-1])[at].swapped)


def test_the_plan_that_was_changed_stays_as_it_was(plan: Plan) -> None:
    before = plan.model_dump()
    swap(plan, MONDAY, "lunch", now=NOW)
    assert plan.model_dump() == before


def test_swapped_for_a_food_the_meal_holds_it(plan: Plan) -> None:
    edited = swap(plan, TUESDAY, "dinner", "chicken", now=NOW)
    assert any("hicken" in item.name for item in meals_of(edited.plan)[TUESDAY, "dinner"].items)
    same_but_for(edited, (TUESDAY, "dinner"))


def test_what_is_locked_stands_after_a_swap(plan: Plan) -> None:
    first = meals_of(plan)[SATURDAY, "dinner"].items[0]
    held = lock(plan, SATURDAY, "dinner", first.food)
    edited = swap(held, SATURDAY, "dinner", now=NOW)
    assert first.model_copy(update={"locked": True}) in meals_of(edited.plan)[SATURDAY, "dinner"].items
    same_but_for(edited, (SATURDAY, "dinner"))


def test_a_locked_meal_is_not_swapped(plan: Plan) -> None:
    held = lock(plan, MONDAY)
    assert all(item.locked for meal in held.menu.days[0].meals for item in meal.items)
    with pytest.raises(InputError, match="lunch on Monday 23 November is locked"):
        swap(held, MONDAY, "lunch", now=NOW)
    assert lock(held, MONDAY, on=False) == plan


def test_nothing_is_added_to_a_meal_that_is_locked_but_what_stands_there_may_be_pinned(plan: Plan) -> None:
    held = lock(plan, MONDAY)
    with pytest.raises(InputError, match="lunch on Monday 23 November is locked: unlock it first"):
        add(held, "kale", MONDAY, "lunch", now=NOW)
    stands = meals_of(held)[MONDAY, "lunch"].items[0]
    pinned = meals_of(add(held, stands.food, MONDAY, "lunch", now=NOW).plan)
    assert {at: meal.items for at, meal in pinned.items()} == {at: meal.items for at, meal in meals_of(held).items()}


def test_a_ban_changes_only_the_meals_that_held_the_food(plan: Plan) -> None:
    food = meals_of(plan)[SATURDAY, "dinner"].items[2]
    word = food.name.partition(",")[0]
    edited = ban(plan, word, by="dietitian", because="does not agree", now=NOW)
    held = {key for key, meal in meals_of(plan).items() if any(word in item.name for item in meal.items)}
    same_but_for(edited, *held)
    assert edited.plan.rules["ban"] == [{"food": word, "by": "dietitian", "because": "does not agree"}]
    assert not any(word in item.name for meal in meals_of(edited.plan).values() for item in meal.items)


def test_a_ban_on_what_most_meals_hold_says_that_the_week_is_planned_anew(plan: Plan) -> None:
    edited = ban(plan, "milk", ["breakfast"], now=NOW)
    assert edited.conflict is None
    assert edited.freed == "the whole week"
    assert verify_plan(edited.plan) == []


def test_a_ban_on_what_is_locked_is_refused_by_its_name(plan: Plan) -> None:
    first = meals_of(plan)[SATURDAY, "dinner"].items[0]
    edited = ban(lock(plan, SATURDAY, "dinner", first.food), first.food, now=NOW)
    assert edited.conflict is not None
    assert f"{first.name} at dinner on Saturday 28 November is locked" in edited.conflict.text
    assert edited.plan is edited.before


def test_what_is_added_is_pinned_to_its_date(plan: Plan) -> None:
    edited = add(plan, "kale", TUESDAY, "dinner", by="dietitian", now=NOW)
    assert any("Kale" in item.name for item in meals_of(edited.plan)[TUESDAY, "dinner"].items)
    assert edited.plan.rules["pin"] == [{"food": "kale", "on": ["2026-11-24"], "at": "dinner", "by": "dietitian"}]
    same_but_for(edited, *((TUESDAY, meal) for meal in get_args(MealName)))


def test_what_is_there_already_is_pinned_and_nothing_moves(plan: Plan) -> None:
    food = meals_of(plan)[MONDAY, "dinner"].items[0].food
    edited = add(plan, food, MONDAY, "dinner", now=NOW)
    assert changed(edited) == set()
    assert edited.plan.rules["pin"][0]["food"] == food
    assert verify_plan(edited.plan) == []


def test_a_portion_that_is_given_is_served_and_locked(plan: Plan) -> None:
    edited = add(plan, "banana", MONDAY, "snack", "1 banana", now=NOW)
    (item,) = [i for i in meals_of(edited.plan)[MONDAY, "snack"].items if i.food == "banana"]
    assert (item.measure, item.locked) == ("1 banana", True)
    with pytest.raises(InputError, match=r"--portion: .*people eat"):
        add(plan, "banana", MONDAY, "snack", "9 banana", now=NOW)


@pytest.mark.parametrize(
    ("food", "rule"), [("tofu", "diet/phytoestrogens/avoid"), ("ice cream", "diet/intolerance/lactose")]
)
def test_what_a_safety_rule_forbids_is_refused_with_the_rule_and_its_source(plan: Plan, food: str, rule: str) -> None:
    edited = add(plan, food, MONDAY, "dinner", now=NOW)
    assert edited.conflict is not None
    assert rule in edited.conflict.rules
    assert [member.rule for member in edited.conflict.members] == edited.conflict.rules
    assert all(member.source for member in edited.conflict.members)
    assert edited.plan is edited.before


def test_a_change_that_is_impossible_here_names_where_it_is_possible(plan: Plan) -> None:
    edited = swap(plan, MONDAY, "breakfast", "lasagna", now=NOW)
    assert edited.conflict is not None
    (offer, *_) = [text for text in edited.conflict.relaxations if "Monday" in text]
    meal: MealName = "dinner" if "dinner" in offer else "lunch"
    assert swap(plan, MONDAY, meal, "lasagna", now=NOW).conflict is None


def test_a_limit_of_the_week_is_named_where_one_more_passes_it(plan: Plan) -> None:
    once = add(plan, "pizza", MONDAY, "dinner", now=NOW) if not holding(plan, "Pizza") else None
    fast = once.plan if once else plan
    ((date, meal), *_) = holding(fast, "pizza")
    twice = add(fast, "pizza", SATURDAY, "dinner", now=NOW)
    assert twice.conflict is not None
    assert twice.conflict.rules == ["limits/fast_food"]
    assert twice.conflict.text.startswith("Pizza at dinner on Saturday 28 November cannot be served")
    assert (
        twice.conflict.relaxations[0]
        == f"another {meal} on {date:%A} {date.day} {date:%B} first, which holds pizza now"
    )


def test_input_that_nobody_understands_is_one_line(plan: Plan) -> None:
    with pytest.raises(InputError, match=r"FOOD: .*no food of the table"):
        add(plan, "unobtainium", MONDAY, "dinner", now=NOW)
    with pytest.raises(InputError, match="not in the plan"):
        swap(plan, START - dt.timedelta(days=1), "dinner", now=NOW)
    with pytest.raises(InputError, match="already"):
        swap(plan, MONDAY, "dinner", meals_of(plan)[MONDAY, "dinner"].items[0].food, now=NOW)
    with pytest.raises(InputError, match="no menus"):
        swap(plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": []})}), MONDAY, "lunch", now=NOW)


def test_what_a_revision_before_cancelled_is_told_again(plan: Plan) -> None:
    gone = {
        "of": "session", "id": "an-old-session", "title": "Walk", "date": SATURDAY, "start": "07:00", "end": "08:00",
        "sequence": 1, "modified": MADE,
    }  # fmt: skip
    second = Plan.model_validate({**plan.model_dump(by_alias=True), "revision": 1, "removed": [gone]})
    edited = swap(second, MONDAY, "snack", now=NOW)
    (told,) = [removed for removed in edited.plan.removed if removed.id == "an-old-session"]
    assert told.sequence == edited.plan.revision == 2


def test_notices_of_the_menu_take_the_place_of_those_before() -> None:
    one, two, other = (Notice(level="info", rule=rule, text=rule) for rule in ("one", "two", "other"))
    assert replaced([one, other], [one], [two]) == [two, other]
    assert replaced([other], [], [two]) == [other, two]


words = st.sampled_from(["broccoli", "salmon", "rice", "banana", "bread", "kale", "chicken", "yogurt", "butter"])
days = st.integers(0, 6).map(lambda number: START + dt.timedelta(days=number))
change = st.one_of(
    st.tuples(st.just("swap"), days, st.sampled_from(["breakfast", "lunch", "dinner"]), st.none() | words),
    st.tuples(st.just("add"), days, st.sampled_from(["breakfast", "lunch", "dinner"]), words),
    st.tuples(st.just("ban"), days, st.just("lunch"), words),
    st.tuples(st.just("lock"), days, st.sampled_from(["breakfast", "lunch", "dinner"]), st.none()),
)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(change, min_size=2, max_size=3))
@pytest.mark.parametrize("name", ["example", "mei", "ruth"])
def test_any_changes_leave_a_plan_that_holds_with_all_that_is_locked_in_its_place(
    plans: Callable[[str], Plan], name: str, changes: list[tuple[Any, ...]]
) -> None:
    plan = plans(name)
    for kind, date, meal, food in changes:
        try:
            if kind == "lock":
                plan = lock(plan, date, meal)
                continue
            edited = (
                ban(plan, food, now=NOW)
                if kind == "ban"
                else swap(plan, date, meal, food, now=NOW)
                if kind == "swap"
                else add(plan, food, date, meal, now=NOW)
            )
        except InputError:  # a lock in the way, or a food that stands there already
            continue
        held = {key: [i for i in m.items if i.locked] for key, m in meals_of(plan).items()}
        for key, items in held.items():
            assert all(item in meals_of(edited.plan)[key].items for item in items)
        if edited.conflict:
            assert edited.plan is plan
            continue
        opened = set(meals_of(plan)) if kind == "ban" else {(date, m) for m in get_args(MealName)}
        same_but_for(edited, *({(date, meal)} if kind == "swap" else opened))
        plan = edited.plan
