"""How much of a plan a change may open: the places that it is about first, then the meal, at last the whole day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from boneplan.edits.opening import Opening
from boneplan.edits.portion import Portion
from boneplan.menu.case import MenuCase
from boneplan.menu.deal import EVERYDAY_ROLES
from boneplan.menu.patterns import DAYS
from boneplan.plan import Item, Meal, Plan

MANY_DAYS = 2  # more days than these are planned better as a whole week
STAYING = -1.5  # what a food that stands in the meal already costs less there: as if it were four times as usual


@dataclass(frozen=True)
class Step:
    """Openings of one week that are tried together; `freed` says in words what they open.

    A `wide` step opens more than the change is about; without openings it is the whole week, planned anew.
    """

    freed: str
    openings: tuple[Opening, ...]
    wide: bool = False


def locked(meal: Meal) -> frozenset[str]:
    """The foods of the meal that no change moves."""
    return frozenset(item.food for item in meal.items if item.locked)


def other_meal(case: MenuCase, plan: Plan, at: Opening, also: Sequence[Opening] = ()) -> list[Step]:
    """Another meal at that place, without the foods that the one before was made of, or any near twin of them.

    Nor do main foods come back that earlier swaps took away. Where none is possible they may, and then the foods
    beside the main one may stay. Meals in `also` are open with it.
    """
    meal = plan.menu.days[at.day].meals[at.meal]
    twins = _twins(case)
    gone, main = (frozenset(item.food for item in items) for items in _made_of(case, meal))
    beside = tuple(_whole(plan, opening) for opening in also)
    tries = [("the meal", gone), ("the meal, of which only the main food had to change", main)]
    if meal.swapped:
        tries.insert(0, ("the meal", gone.union(meal.swapped)))
    return [
        Step(freed, (replace(at, stays=locked(meal), without=_all_twins(foods, twins) - locked(meal)), *beside))
        for freed, foods in tries
    ]


def with_swapped(case: MenuCase, plan: Plan, at: Opening) -> Plan:
    """The plan in which that meal knows its main foods as swapped away."""
    days = list(plan.menu.days)
    meals = list(days[at.day].meals)
    _, main = _made_of(case, meals[at.meal])
    swapped = list(dict.fromkeys([*meals[at.meal].swapped, *(item.food for item in main)]))
    meals[at.meal] = meals[at.meal].model_copy(update={"swapped": swapped})
    days[at.day] = days[at.day].model_copy(update={"meals": meals})
    return plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": days})})


def _made_of(case: MenuCase, meal: Meal) -> tuple[list[Item], list[Item]]:
    """What of the meal is free and not served every day, or all that is free; and the main foods of it."""
    staples, mains = case.book.staples, case.book.mains
    categories = case.table.foods["category"]
    free = [item for item in meal.items if not item.locked]
    gone = [i for i in free if categories[i.food] not in staples and i.role not in EVERYDAY_ROLES] or free
    return gone, [i for i in gone if categories[i.food] in mains] or gone[:1]


def with_food(
    case: MenuCase,
    plan: Plan,
    at: Opening,
    asked: frozenset[str],
    portion: Portion | None = None,
    also: Sequence[Opening] = (),
    *,
    day: bool,
) -> list[Step]:
    """The meal with one of the foods `asked`: beside what is there or in place of one of its role; else another meal.

    Meals in `also` may change with it; with `day` all meals of that day, where that alone makes it possible.
    """
    meal = plan.menu.days[at.day].meals[at.meal]
    kinds = {pattern.key: pattern for pattern in case.book.patterns}
    roles = _roles(case, asked) & set(kinds[meal.pattern].foods if meal.pattern in kinds else ())
    at = replace(at, asked=asked, portion=portion)
    steps = []
    if roles:
        beside = [item for item in meal.items if item.locked or item.role not in roles]
        stays, kept = frozenset(i.food for i in beside), locked(meal)
        place = replace(at, same_kind=True, roles=frozenset(roles))
        steps.append(Step("one place", (replace(place, stays=stays),)))
        steps.append(
            Step("one place, and the portions of the meal", (replace(place, stays=kept, portions=stays - kept),))
        )
    whole = replace(_whole(plan, at), asked=asked, portion=portion)
    steps.append(Step("the meal", (whole, *(_whole(plan, opening) for opening in also))))
    if day:
        steps.append(Step("the meals of that day", (whole, *others_of_day(plan, [at])), wide=True))
    return steps


def without_foods(plan: Plan, held: Mapping[tuple[int, int], Collection[str]]) -> list[Step]:
    """Meals without some of their foods: `held` maps numbers of day and meal, of one week, to what has to go."""
    places, portions, whole = [], [], []
    for (day, index), foods in held.items():
        meal = plan.menu.days[day].meals[index]
        gone = [item for item in meal.items if item.food in foods]
        stays = frozenset(item.food for item in meal.items if item not in gone)
        at = Opening(day, index)
        place = replace(at, same_kind=True, roles=frozenset(item.role for item in gone))
        places.append(replace(place, stays=stays))
        portions.append(replace(place, stays=locked(meal), portions=stays - locked(meal)))
        whole.append(_whole(plan, at))
    return [
        Step("only the places of that food", tuple(places)),
        Step("the places of that food, and the portions of those meals", tuple(portions)),
        Step("the meals that held it", tuple(whole)),
        _wide(plan, whole),
    ]


def _wide(plan: Plan, openings: Sequence[Opening]) -> Step:
    """The days of those meals; where they are many and nothing in their week is locked, the week."""
    days = {opening.day for opening in openings}
    first = openings[0].week * DAYS
    held = [meal for day in plan.menu.days[first : first + DAYS] for meal in day.meals if locked(meal)]
    if len(days) > MANY_DAYS and not held:
        return Step("the whole week", (), wide=True)
    return Step("the days that held it", (*openings, *others_of_day(plan, openings)), wide=True)


def others_of_day(plan: Plan, openings: Sequence[Opening]) -> list[Opening]:
    """The other meals of those days, as far as anything in them is not locked."""
    opened = {(opening.day, opening.meal) for opening in openings}
    return [
        _whole(plan, Opening(day, index))
        for day in dict.fromkeys(opening.day for opening in openings)
        for index, meal in enumerate(plan.menu.days[day].meals)
        if (day, index) not in opened and not all(item.locked for item in meal.items)
    ]


def _whole(plan: Plan, at: Opening) -> Opening:
    """The whole meal, in which what stands there is rather kept."""
    meal = plan.menu.days[at.day].meals[at.meal]
    return replace(at, stays=locked(meal), pulls={item.food: STAYING for item in meal.items if not item.locked})


def _roles(case: MenuCase, foods: Collection[str]) -> set[str]:
    rows = case.table.foods.loc[sorted(foods), ["category", "description"]]
    return {
        role.name
        for role in case.book.roles.values()
        for category, text in rows.itertuples(index=False)
        if role.takes(category, text)
    }


def _twins(case: MenuCase) -> dict[str, str]:
    return {str(food): str(text).partition(",")[0] for food, text in case.table.foods["description"].items()}


def _all_twins(foods: Collection[str], twins: Mapping[str, str]) -> frozenset[str]:
    gone = {twins[food] for food in foods if food in twins}
    return frozenset(food for food, twin in twins.items() if twin in gone)
