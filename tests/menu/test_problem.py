"""What may be served in a week, and in which kinds of meal, under the rules of a file."""

from __future__ import annotations

from collections.abc import Sequence

from boneplan.menu.patterns import Count, KindCount
from boneplan.menu.problem import Problem, usable_patterns, within_days


def days_of(problem: Problem) -> dict[str, int]:
    """On how many days of a week each kind of meal may stand."""
    return {pattern.name: pattern.days for pattern in usable_patterns(problem.book, problem.options)}


def asked(*foods: str, least: int, meals: Sequence[str] = ()) -> Count:
    return Count("rules/require[0]", frozenset(foods), "asked", least=least, meals=tuple(meals))  # type: ignore[arg-type]


def kinds(*keys: str, least: int = 0, most: int | None = None) -> KindCount:
    return KindCount("rules/limit[0]", frozenset(keys), "kinds", least=least, most=most)


def test_a_kind_of_meal_keeps_its_days_where_they_suffice(kitchen) -> None:
    assert days_of(kitchen()) == {"bowl": 5, "bread": 7, "plate": 7}
    assert days_of(kitchen(counts=(asked("flakes", "muesli", least=5),))) == days_of(kitchen())


def test_a_kind_of_meal_stands_as_often_as_the_rules_need_it(kitchen) -> None:
    assert days_of(kitchen(counts=(asked("muesli", least=6),)))["bowl"] == 6
    two = (asked("flakes", least=3), asked("muesli", least=3))
    assert days_of(kitchen(counts=two))["bowl"] == 6, "one beside the other"
    assert days_of(kitchen(counts=(asked("muesli", least=12),)))["bowl"] == 7
    assert days_of(kitchen(kind_counts=(kinds("breakfast/bowl", least=6),)))["bowl"] == 6


def test_a_kind_of_meal_that_is_never_wanted_is_none(kitchen) -> None:
    assert days_of(kitchen(kind_counts=(kinds("breakfast/bread", most=0),))) == {"bowl": 7, "plate": 7}


def test_where_one_kind_is_limited_the_others_fill_the_week(kitchen) -> None:
    assert days_of(kitchen(kind_counts=(kinds("breakfast/bread", most=1),)))["bowl"] == 7


def test_a_portion_that_breaks_a_meals_limit_alone_is_left_out_at_that_meal(kitchen, limit) -> None:
    problem = kitchen()

    def grams(*bounds) -> dict[str, list[float]]:
        kept = within_days(problem.options, bounds, problem.amounts)
        return {option.food: [serving.grams for serving in option.servings] for option in kept}

    dinner = grams(limit("energy", "meal", None, 150.0, meals=("dinner",)))
    assert dinner["potato"] == [150]
    assert "chicken" in dinner
    assert "trout" not in dinner
    assert dinner["roll"] == [50, 60] == grams()["roll"]
    assert grams(limit("energy", "meal", None, 150.0))["roll"] == [50]
    soft = limit("energy", "meal", None, 150.0, hard=False)
    occasion = limit("energy", "meal", None, 150.0, counted_above=0.5)
    assert grams(soft) == grams(occasion) == grams()
