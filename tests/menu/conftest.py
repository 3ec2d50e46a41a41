"""People, a kitchen small enough to reckon by hand, and weeks solved once, shared by the tests of the menu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from boneplan.foods.measures import Measure
from boneplan.foods.table import FoodTable, category_pairs, load_foods
from boneplan.menu import planner
from boneplan.menu.basket import Basket
from boneplan.menu.bounds import Bound
from boneplan.menu.case import menu_case
from boneplan.menu.options import Option, Serving
from boneplan.menu.pairs import Pairs
from boneplan.menu.patterns import MealBook, Pattern, meal_book
from boneplan.menu.problem import Problem
from boneplan.menu.week import Week, solve_week
from boneplan.profile import Profile
from boneplan.profile_reader import load_example
from boneplan.rules.schema import Rules
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
PROFILES = Path(__file__).parents[1] / "profiles"
SECONDS = 60.0

Eater = Callable[..., Profile]
Kitchen = Callable[..., Problem]

NUTRIENTS = ("energy", "calcium", "fibre", "price")
# Food: meal, role, category, cost, grams of its portions, and per 100 g energy, calcium, fibre and price.
PANTRY: Mapping[str, tuple[str, str, int, float, tuple[float, ...], tuple[float, float, float, float]]] = {
    "flakes": ("breakfast", "cereal", 1, 0.0, (30, 40), (400, 10, 4, 0.8)),
    "muesli": ("breakfast", "cereal", 1, 0.4, (40, 60), (380, 50, 8, 1.0)),
    "puffs": ("breakfast", "cereal", 1, 0.9, (30,), (390, 300, 2, 1.2)),
    "milk": ("breakfast", "milk", 2, 0.0, (120, 180, 240), (50, 120, 0, 0.1)),
    "oat drink": ("breakfast", "milk", 2, 1.0, (120, 240), (45, 20, 1, 0.2)),
    "apple": ("breakfast", "fruit", 3, 0.2, (140, 180), (52, 6, 2.4, 0.3)),
    "pear": ("breakfast", "fruit", 3, 0.5, (160,), (57, 9, 3.1, 0.4)),
    "roll": ("breakfast", "bread", 4, 0.1, (50, 60), (270, 20, 2.5, 0.5)),
    "rye": ("breakfast", "bread", 4, 0.6, (40, 80), (250, 40, 6, 0.6)),
    "trout": ("dinner", "protein", 5, 0.8, (120, 150), (150, 30, 0, 1.8)),
    "chicken": ("dinner", "protein", 5, 0.0, (90, 120), (165, 12, 0, 0.9)),
    "omelette": ("dinner", "protein", 5, 0.3, (100, 140), (160, 60, 0, 0.5)),
    "tofu": ("dinner", "protein", 5, 1.6, (100, 200), (140, 350, 1, 0.6)),
    "potato": ("dinner", "starch", 6, 0.0, (150, 200), (87, 8, 1.8, 0.1)),
    "rice": ("dinner", "starch", 6, 0.2, (120, 160), (130, 10, 0.4, 0.1)),
    "pasta": ("dinner", "starch", 6, 0.3, (140, 200), (150, 8, 1.8, 0.2)),
    "kale": ("dinner", "vegetable", 7, 0.9, (60, 120), (40, 150, 4, 0.5)),
    "carrots": ("dinner", "vegetable", 7, 0.0, (75, 150), (35, 30, 3, 0.2)),
    "peas": ("dinner", "vegetable", 7, 0.2, (80, 160), (80, 25, 5, 0.3)),
    "spinach": ("dinner", "vegetable", 7, 0.6, (90,), (25, 130, 2.4, 0.6)),
}
SPOON = Measure("gram", "grams", 1.0, 1.0)


def option(food: str, *, cost: float | None = None) -> Option:
    """A food of the pantry as an option; portions further from the first one cost a little more."""
    meal, role, category, own, grams, _ = PANTRY[food]
    servings = tuple(Serving(g, SPOON, round(g), 0.1 * k) for k, g in enumerate(grams))
    wishes = frozenset({"roots"} if food in ("carrots", "potato") else ())
    price = own if cost is None else cost
    return Option(food, meal, role, category, price, servings, wishes, twin=food)  # type: ignore[arg-type]


BOWL = Pattern("breakfast", "bowl", "Bowl", 0.6, 5, {"cereal": (1, 1), "milk": (1, 1), "fruit": (0, 1)})
BREAD = Pattern("breakfast", "bread", "Bread", 0.3, 7, {"bread": (1, 1), "fruit": (1, 1), "milk": (0, 1)})
PLATE = Pattern("dinner", "plate", "Plate", 1.0, 7, {"protein": (1, 1), "starch": (1, 1), "vegetable": (1, 2)})


def small_book() -> MealBook:
    """The rules of the small kitchen: milk is a staple, a protein comes twice, eight different foods a week."""
    shipped = meal_book()
    variety = replace(shipped.variety, max_uses=4, max_main_uses=2, max_staple_uses=14, min_distinct=8)
    return replace(
        shipped,
        patterns=(BOWL, BREAD, PLATE),
        variety=variety,
        staples=frozenset({2}),
        mains=frozenset({5}),
        limits=(),
        wishes=(),
    )


@pytest.fixture(scope="session")
def kitchen() -> Kitchen:
    """Makes a week's problem in the small kitchen, under the bounds, costs and rules that a test is about."""

    def make(
        *bounds: Bound,
        costs: Mapping[str, float] | None = None,
        without: Sequence[str] = (),
        budget: float | None = None,
        **rules: Any,
    ) -> Problem:
        foods = [food for food in PANTRY if food not in without]
        per_gram = {food: dict(zip(NUTRIENTS, (x / 100 for x in PANTRY[food][5]), strict=True)) for food in foods}
        return Problem(
            options=[option(food, cost=(costs or {}).get(food)) for food in foods],
            patterns=(BOWL, BREAD, PLATE),
            bounds=bounds,
            book=replace(small_book(), **rules),
            amounts=per_gram,
            meals=("breakfast", "dinner"),
            budget_per_day=budget,
        )

    return make


def bound(nutrient: str, period: str, low: float | None = None, high: float | None = None, **more: Any) -> Bound:
    """A bound of the small kitchen, hard unless said otherwise."""
    given = {
        "hard": True,
        "rule": f"test/{nutrient}/{period}",
        "unit": "unit",
        "aim": low or 0.0,
        "most": high or 0.0,
    }
    given |= more
    return Bound(nutrient, period, low, high, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def limit() -> Callable[..., Bound]:
    """Makes a bound: nutrient, period, low, high."""
    return bound


@pytest.fixture(scope="session")
def anna() -> Profile:
    return load_example()


@pytest.fixture(scope="session")
def eater() -> Eater:
    """Makes a profile from what matters to menus; by default a woman of 65 who eats everything but soy and flax."""

    def make(
        *, sex: str = "female", meals: Mapping[str, Any] | None = None, supplements: Sequence[Any] = (), **diet: Any
    ) -> Profile:
        return Profile.model_validate(
            {
                "sex": sex,
                "birth_date": "1961-04-02",
                "height_cm": 163,
                "weight_kg": 68,
                "bone": {"t_scores": {"lumbar_spine": -1.8}},
                "diet": diet,
                "meals": meals or {},
                "supplements": list(supplements),
            }
        )

    return make


@pytest.fixture(scope="session")
def table() -> FoodTable:
    return load_foods()


@pytest.fixture(scope="session")
def book() -> MealBook:
    return meal_book()


@pytest.fixture(scope="session")
def pairs() -> Pairs:
    return category_pairs()


def problem_of(profile: Profile, seed: int = 0) -> Problem:
    """The problem that the planner poses for a person's first week."""
    return menu_case(profile, resolve_targets(profile, START), start=START, weeks=1, seed=seed).problem()


@pytest.fixture(scope="session")
def planned_menu() -> Callable[..., planner.MenuResult]:
    """Plans the menus of a profile, or says why there are none."""

    def plan(
        profile: Profile, *, weeks: int = 1, seed: int = 0, rules: Rules | None = None, **more: Any
    ) -> planner.MenuResult:
        targets = resolve_targets(profile, START)
        case = menu_case(profile, targets, start=START, weeks=weeks, seed=seed, rules=rules)
        return planner.plan_menu(case, weeks=weeks, seconds=SECONDS, **more)

    return plan


@pytest.fixture(scope="session")
def problem() -> Callable[..., Problem]:
    """Makes the week's problem of a profile."""
    return problem_of


@dataclass(frozen=True)
class Solved:
    """A week's problem with the week found for it."""

    problem: Problem
    week: Week


@pytest.fixture(scope="session")
def solved(anna: Profile) -> Solved:
    """The example's first week."""
    posed = problem_of(anna)
    found = solve_week(posed, category_pairs(), seed=0, seconds=SECONDS)
    assert isinstance(found, Week), found
    return Solved(posed, found)


@pytest.fixture(scope="session")
def example_basket(solved: Solved) -> Basket:
    """A basket of whole servings for the example, as the first node of the search finds it."""
    model = solved.problem.model(solved.problem.columns(), integer=False)
    model.model.solve(relaxed=True)
    basket = solved.problem.model(model.promising(200), integer=True).solve(options={"mip_max_nodes": 1})
    assert basket.servings
    return basket
