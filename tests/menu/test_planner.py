"""From a person to dated menus: what is printed keeps the rules, and what is missing is named."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from boneplan.foods.measures import GLYPHS
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.planner import menu_notices, plan_menu
from boneplan.plan import Day, Plan
from boneplan.profile import Profile
from boneplan.profile_reader import load_example, load_profile
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under
from boneplan.targets import resolve_targets
from boneplan.verify import verify_plan

START = dt.date(2026, 11, 23)
PROFILES_AT = Path(__file__).parents[1] / "profiles"
PROFILES = sorted(path.stem for path in PROFILES_AT.glob("*.yaml"))
FOODS = Path(__file__).parents[2] / "foods"
COUNTS_SUPPLEMENTS = ("calcium", "vitamin_d")


def shipped() -> dict[str, dict[str, str]]:
    with (FOODS / "foods.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


TABLE = shipped()


def amount(food: str, nutrient: str, grams: float) -> float:
    """What a portion holds, from the table alone; unknown added sugar is all of the sugars."""
    row = TABLE[food]
    value = row[nutrient] or (row["sugars"] if nutrient == "added_sugar" else "0")
    return float(value) * grams / 100


def days(plan: Plan, nutrient: str) -> list[float]:
    """What food brings, day by day, on the grams as printed."""
    return [
        sum(amount(item.food, nutrient, item.grams) for meal in day.meals for item in meal.items)
        for day in plan.menu.days
    ]


def taken(plan: Plan, nutrient: str) -> float:
    return sum(s.amount for s in plan.menu.supplements if s.nutrient == nutrient)


@pytest.fixture(scope="module")
def fortnight(eater, planned_menu):
    """Two weeks of a vegetarian who takes vitamin D and eats no snack."""
    person = eater(
        pattern="vegetarian",
        meals={"snack": None, "breakfast": "06:45"},
        supplements=[{"nutrient": "vitamin_d", "amount": 400, "unit": "IU"}],
    )
    told: list[int] = []
    return planned_menu(person, weeks=2, progress=told.append), told


@pytest.mark.parametrize("name", PROFILES)
def test_a_plan_passes_the_judge(planned, name: str) -> None:
    plan = planned(name)
    assert plan.status in ("ok", "gaps")
    assert verify_plan(plan) == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_hard_bound_holds_on_the_printed_grams(planned, name: str) -> None:
    plan = planned(name)
    checked = 0
    for target in plan.targets:
        if not target.hard or target.period == "meal":
            continue
        food = days(plan, target.nutrient)
        extra = taken(plan, target.nutrient)
        for eaten in food if target.period == "day" else [sum(food) / len(food)]:
            if target.min is not None:
                assert eaten + extra >= target.min * (1 - 1e-6), target.rule
            if target.max is not None:
                counted = extra if target.nutrient in COUNTS_SUPPLEMENTS else 0.0
                assert eaten + counted <= target.max * (1 + 1e-6) + 1e-6, target.rule
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("name", PROFILES)
def test_a_gap_says_what_food_and_supplements_leave_open(planned, name: str) -> None:
    plan = planned(name)
    gaps = {gap.nutrient: gap for gap in plan.menu.gaps}
    assert (plan.status == "gaps") is bool(gaps)
    for target in plan.targets:
        if target.min is None or target.hard or target.period != "week_mean":
            continue
        food = sum(days(plan, target.nutrient)) / 7
        missing = target.min - food - taken(plan, target.nutrient)
        if target.nutrient not in gaps:
            assert missing <= target.min * 0.001
            continue
        gap = gaps[target.nutrient]
        assert (gap.target, gap.unit) == (target.min, target.unit)
        assert gap.food == pytest.approx(food, abs=0.01)
        assert gap.supplements == taken(plan, target.nutrient)
        assert gap.missing == pytest.approx(missing, abs=0.011)
        assert gap.missing == pytest.approx(gap.target - gap.food - gap.supplements, abs=1e-6)
        assert "clinician" in gap.ask


@pytest.mark.parametrize("name", PROFILES)
def test_what_a_measure_says_is_what_it_weighs(planned, name: str) -> None:
    with (FOODS / "portions.csv").open(encoding="utf-8", newline="") as stream:
        measures = list(csv.DictReader(stream))
    known: dict[tuple[str, str], float] = {}
    for row in measures:
        known[row["food_id"], row["measure"]] = known[row["food_id"], row["plural"]] = float(row["grams"])
    values = {glyph: part for part, glyph in GLYPHS.items()}
    for item in (item for day in planned(name).menu.days for meal in day.meals for item in meal.items):
        words = item.measure.split(" ")
        numbers = list(itertools.takewhile(lambda word: word in values or word.isdigit(), words))
        count = sum(values[word] if word in values else int(word) for word in numbers)
        noun = " ".join(words[len(numbers) :])
        assert item.grams == pytest.approx(float(count) * known[item.food, noun], abs=0.051), item.measure
        assert (item.name, str(item.fndds_code)) == (TABLE[item.food]["name"], TABLE[item.food]["fndds_code"])


@pytest.mark.parametrize("name", PROFILES)
def test_every_day_has_the_persons_meals_at_their_times(planned, name: str) -> None:
    plan = planned(name)
    times = {meal: time for meal, time in plan.profile["meals"].items() if time}
    assert [day.date for day in plan.menu.days] == [START + dt.timedelta(days=n) for n in range(7)]
    for day in plan.menu.days:
        assert {meal.meal: meal.time for meal in day.meals} == times
        assert [meal.time for meal in day.meals] == sorted(meal.time for meal in day.meals)
        assert all(meal.items and meal.title for meal in day.meals)


@pytest.mark.parametrize("name", PROFILES)
def test_the_weeks_variety(planned, book, name: str) -> None:
    plan = planned(name)
    served = Counter(item.food for day in plan.menu.days for meal in day.meals for item in meal.items)
    assert len(served) >= 30
    for food, count in served.items():
        category = int(TABLE[food]["category"])
        most = 2 if category in book.mains else 4
        assert count <= most or category in book.staples, food


@pytest.mark.parametrize("name", PROFILES)
def test_no_food_stands_twice_on_one_table(planned, name: str) -> None:
    for day in planned(name).menu.days:
        for meal in day.meals:
            counted = Counter(item.food for item in meal.items)
            assert [food for food, count in counted.items() if count > 1] == [], f"{day.date} {meal.meal}"


@pytest.mark.parametrize("name", PROFILES)
def test_nothing_that_the_person_leaves_out_is_served(planned, name: str) -> None:
    plan = planned(name)
    diet, conditions = plan.profile["diet"], plan.profile["conditions"]
    never = dict.fromkeys(diet["allergies"], ("yes", "may"))
    if "lactose" in diet["intolerances"]:
        never["lactose"] = ("yes",)
    if "gluten" in diet["intolerances"] or "coeliac" in conditions:
        never["gluten"] = ("yes", "may")
    animal = ("yes", "may")
    never |= {
        "vegan": dict.fromkeys(("meat", "fish", "shellfish", "milk", "egg", "gelatine", "honey"), animal),
        "vegetarian": dict.fromkeys(("meat", "fish", "shellfish", "gelatine"), animal),
        "pescatarian": dict.fromkeys(("meat", "gelatine"), animal),
        "halal": dict.fromkeys(("pork", "gelatine"), animal),
        "kosher": dict.fromkeys(("pork", "gelatine", "shellfish_or_nonkosher_fish"), animal),
    }.get(diet["pattern"], {})
    for day in plan.menu.days:
        for meal in day.meals:
            for item in meal.items:
                row = TABLE[item.food]
                assert not [flag for flag, answers in never.items() if row[flag] in answers], item.name
                assert not [w for w in diet["dislikes"] if w.casefold() in row["name"].casefold()], item.name
                assert diet["phytoestrogens"] != "avoid" or row["phytoestrogen"] != "source", item.name
                if diet["pattern"] == "kosher":
                    assert row["milk" if meal.meal == "dinner" else "meat"] == "no", item.name
    if diet.get("budget_per_day"):
        assert sum(days(plan, "price")) / 7 <= diet["budget_per_day"] + 1e-6


@pytest.mark.parametrize("name", PROFILES)
def test_totals_are_of_the_printed_portions_and_food_alone(planned, name: str) -> None:
    plan = planned(name)
    for nutrient in plan.menu.days[0].totals.keys() - {"absorbed_calcium"}:  # no sum, but an estimate
        for day, eaten in zip(plan.menu.days, days(plan, nutrient), strict=True):
            assert day.totals[nutrient] == pytest.approx(eaten, abs=0.006)


@pytest.mark.parametrize("name", PROFILES)
def test_absorbed_calcium_is_a_part_of_the_calcium_and_is_called_an_estimate(planned, name: str) -> None:
    plan = planned(name)
    for day in plan.menu.days:
        assert 0.15 < day.totals["absorbed_calcium"] / day.totals["calcium"] < 0.45
    (notice,) = (notice for notice in plan.notices if notice.rule == "absorption/estimate")
    assert "estimate" in notice.text


@pytest.mark.parametrize("name", PROFILES)
def test_the_solve_is_reported_honestly(planned, name: str) -> None:
    solve = planned(name).menu.solve
    assert solve is not None
    assert solve.solver.startswith("HiGHS ")
    assert solve.bound <= solve.objective
    assert solve.gap == pytest.approx((solve.objective - solve.bound) / abs(solve.bound), abs=2e-4)
    assert solve.seconds > 0


def test_two_weeks_are_dated_in_a_row_and_told_one_by_one(fortnight) -> None:
    result, told = fortnight
    assert result.conflict is None
    assert [day.date for day in result.menu.days] == [START + dt.timedelta(days=n) for n in range(14)]
    assert told == [1, 2]


def test_the_second_week_is_not_the_first_again(fortnight) -> None:
    result, _ = fortnight
    first, second = (
        {item.food for day in week for meal in day.meals for item in meal.items}
        for week in (result.menu.days[:7], result.menu.days[7:])
    )
    assert len(second - first) >= 10
    days = [[[item.food for item in meal.items] for meal in day.meals] for day in result.menu.days]
    assert days[:7] != days[7:]


def test_without_a_snack_there_are_three_meals_a_day_at_their_times(fortnight) -> None:
    result, _ = fortnight
    for day in result.menu.days:
        assert [(meal.meal, meal.time) for meal in day.meals] == [
            ("breakfast", "06:45"),
            ("lunch", "12:30"),
            ("dinner", "18:30"),
        ]


def test_a_supplement_is_part_of_a_gap(fortnight) -> None:
    result, _ = fortnight
    (gap,) = (gap for gap in result.menu.gaps if gap.nutrient == "vitamin_d")
    weeks = [sum(day.totals["vitamin_d"] for day in result.menu.days[n : n + 7]) / 7 for n in (0, 7)]
    assert gap.supplements == 10
    assert gap.food == pytest.approx(min(weeks), abs=0.01)
    assert gap.missing == pytest.approx(gap.target - min(weeks) - 10, abs=0.02)


def test_a_disliked_word_that_no_food_is_known_by_is_told(eater, planned_menu) -> None:
    result = planned_menu(eater(meals={"snack": None}, dislikes=["kale", "qwertz"]))
    told = {notice.rule: notice for notice in result.notices}
    assert "qwertz" in told["diet/dislike/qwertz"].text
    assert "diet/dislike/kale" not in told
    assert all(notice.scope == "menu" and notice.level in ("warn", "info") for notice in result.notices)


@pytest.mark.parametrize("name", PROFILES)
def test_a_soft_limit_that_the_week_passes_is_told(planned, name: str) -> None:
    plan = planned(name)
    told = {notice.rule for notice in plan.notices if notice.level == "warn"}
    for target in plan.targets:
        if target.max is None or target.hard or target.period != "week_mean":
            continue
        counted = taken(plan, target.nutrient) if target.nutrient in COUNTS_SUPPLEMENTS else 0.0
        mean = sum(days(plan, target.nutrient)) / 7 + counted
        assert (target.rule in told) is (mean > target.max * 1.0005), target.rule


def test_each_weeks_mean_holds_by_itself(fortnight, eater) -> None:
    result, _ = fortnight
    for target in resolve_targets(eater(), START):
        if not target.hard or target.period != "week_mean":
            continue
        for week in (result.menu.days[:7], result.menu.days[7:]):
            mean = sum(day.totals[target.nutrient] for day in week) / 7
            assert target.min is None or mean >= target.min - 0.01, target.rule
            assert target.max is None or mean <= target.max + 0.01, target.rule


def test_a_supplement_closes_the_gap_that_food_leaves(planned) -> None:
    plan = planned("oliver")  # vegan, with 1000 IU at breakfast
    assert sum(days(plan, "vitamin_d")) / 7 < 20
    assert "vitamin_d" not in {gap.nutrient for gap in plan.menu.gaps}
    (supplement,) = (s for s in plan.menu.supplements if s.nutrient == "vitamin_d")
    assert (supplement.amount, supplement.unit, supplement.time) == (25, "ug", "07:00")


def test_men_are_offered_what_men_eat_and_more_of_it(eater, problem) -> None:
    hers, his = (problem(eater(sex=sex)) for sex in ("female", "male"))

    def least(posed) -> float:
        return next(b.low for b in posed.bounds if b.rule == "nutrition/energy/week_low")

    assert least(his) > least(hers) + 100
    portions = [{(o.food, o.meal, o.role): o.servings for o in posed.options} for posed in (hers, his)]
    assert any(portions[0][key] != portions[1][key] for key in portions[0].keys() & portions[1].keys())


def test_the_meals_title_is_its_kind(planned, book) -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for pattern in book.patterns:
        titles[pattern.meal].add(pattern.title)
    for day in planned("maria").menu.days:
        assert all(meal.title in titles[meal.meal] for meal in day.meals)


# --- under rules of a file ---

RULED: dict[str, dict[str, object]] = {
    "anna": {
        "require": [{"food": "yogurt", "per_day": 1}, {"food": "salmon", "per_week": 2}],
        "limit": [{"food": "egg", "per_week": 3}],
        "ban": [{"food": "cheese", "at": ["breakfast"]}, "spinach"],
        "pin": [{"food": "salmon", "on": ["friday"], "at": "dinner"}],
        "reuse": [{"food": "lentil soup", "times": 3, "at": ["lunch"]}],
        "targets": [{"nutrient": "fibre", "min": 30, "unit": "g"}],
    },
    "maria": {
        "require": [{"food": "vegetable", "per_day": 3}, {"kind_of_meal": "breakfast/porridge_bowl", "per_week": 4}],
        "pin": [{"food": "rice", "on": ["sunday", "2026-11-25"], "at": "dinner"}],
        "targets": [{"nutrient": "protein", "min": 12, "unit": "g", "period": "meal", "meal": ["breakfast"]}],
    },
    "oliver": {
        "require": [{"kind_of_meal": "salad", "per_day": 1}, {"food": "nut", "per_day": 1}],
        "limit": [{"food": "bread", "per_day": 1}],
        "prefer": [{"food": "broccoli", "weight": 2}],
    },
    "grace": {
        "limit": [{"food": "coffee", "per_day": 0, "at": ["snack"]}, {"kind_of_meal": "dinner/plate", "per_week": 2}],
        "ban": [{"kind_of_meal": "breakfast/cereal_bowl"}],
        "reuse": [{"food": "rice", "times": 3}],
        "targets": [
            {"nutrient": "fibre", "min": 25, "unit": "g", "period": "day", "hard": False, "weight": 2},
            {"nutrient": "energy", "max": 750, "unit": "kcal", "period": "meal", "meal": ["dinner"]},
        ],
    },
}


def kept(case: MenuCase, days: list[Day]) -> list[str]:
    """What a week's menu does not keep of servings, kinds of meal and bans, counted on the menu as printed."""
    served = [
        (number, meal.meal, item.food) for number, day in enumerate(days) for meal in day.meals for item in meal.items
    ]
    wrong = [e.rule for e in case.excluded for _, meal, food in served if meal in e.meals and food in e.foods]
    for count in case.counts_in(0):
        fitting = [(day, food) for day, meal, food in served if count.fits(food, meal)]
        per_day = [sum(day == number for day, _ in fitting) for number in count.days or range(7)]
        amounts = per_day if count.each == "day" else [sum(per_day)]
        least, most = min(amounts), max(amounts)
        one = not count.same or count.least in Counter(food for _, food in fitting).values()
        if least < count.least or (count.most is not None and most > count.most) or not one:
            wrong.append(count.rule)
    for kind in case.kind_counts:
        per_day = [sum(meal.pattern in kind.kinds for meal in day.meals) for day in days]
        amounts = per_day if kind.each == "day" else [sum(per_day)]
        if min(amounts) < kind.least or (kind.most is not None and max(amounts) > kind.most):
            wrong.append(kind.rule)
    return wrong


@pytest.mark.parametrize("name", RULED)
def test_a_week_under_rules_keeps_every_one_and_costs_no_less_than_its_bound(name: str) -> None:
    person = load_example() if name == "anna" else load_profile(PROFILES_AT / f"{name}.yaml")
    rules = Rules.model_validate(RULED[name])
    case = menu_case(person, targets_under(person, rules, START), start=START, weeks=1, seed=0, rules=rules)
    result = plan_menu(case, weeks=1, seconds=60.0)
    assert result.conflict is None
    assert kept(case, result.menu.days) == []
    assert result.menu.solve is not None
    assert result.menu.solve.gap >= -1e-6
    for target in case.targets:
        if target.period != "meal" or not target.hard:
            continue
        for meal in (meal for day in result.menu.days for meal in day.meals if meal.meal in target.meals):
            total = sum(amount(item.food, target.nutrient, item.grams) for item in meal.items)
            assert target.min is None or total >= target.min - 0.01, target.rule
            assert target.max is None or total <= target.max + 0.01, target.rule


def test_what_a_person_likes_stands_on_the_menu_more_often(eater, planned_menu) -> None:
    def servings(*prefer: dict[str, object]) -> int:
        rules = Rules.model_validate({"prefer": list(prefer)})
        result = planned_menu(eater(meals={"snack": None}), rules=rules)
        return sum("salmon" in item.food for day in result.menu.days for meal in day.meals for item in meal.items)

    liked, disliked = servings({"food": "salmon", "weight": 3}), servings({"food": "salmon", "weight": -3})
    assert liked > disliked


def test_a_pin_on_no_day_of_the_plan_is_told(eater, planned_menu) -> None:
    rules = Rules.model_validate({"pin": [{"food": "salmon", "on": "2030-01-01", "at": "dinner"}]})
    (told,) = [notice for notice in planned_menu(eater(), rules=rules).notices if notice.rule == "rules/pin[0]"]
    assert told.text == "salmon at dinner on 2030-01-01: none of these days is in this plan."


def test_a_dislike_that_no_food_is_called_by_is_no_slip_of_the_person(eater: Callable[..., Profile]) -> None:
    person = eater(dislikes=["liver", "salmon"])
    case = menu_case(person, resolve_targets(person, START), start=START, weeks=1, seed=0)
    told = [notice for notice in menu_notices(case, []) if notice.rule.startswith("diet/dislike/")]
    assert [notice.rule for notice in told] == ["diet/dislike/liver"]
    assert told[0].text.startswith("No menu ever holds 'liver': no food of the table is called so.")
