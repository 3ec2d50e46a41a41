"""What the person does not eat (allergies, intolerances, pattern, dislikes, policy) and the daily budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Served
from boneplan.verify.food_rules import FoodRule
from boneplan.verify.released import released
from boneplan.verify.selection import is_meant_widely
from boneplan.verify.tables import FLAGS, Food
from boneplan.verify.totals import add_up, by_day, by_meal
from boneplan.verify.who import is_for
from boneplan.verify.words import words_of

# What the words mean, as flags of the food table. A food that may hold one of them is left out as well.
PATTERNS: dict[str, tuple[str, ...]] = {
    "omnivore": (),
    "pescatarian": ("meat", "pork", "gelatine"),
    "vegetarian": ("meat", "pork", "gelatine", "fish", "shellfish"),
    "vegan": ("meat", "pork", "gelatine", "fish", "shellfish", "milk", "egg", "honey"),
    "halal": ("pork", "gelatine"),
    "kosher": ("pork", "gelatine", "shellfish", "shellfish_or_nonkosher_fish"),
}
BUDGET_TOLERANCE_SHARE = 0.001
SLACK = 0.01


def check_diet(case: Case) -> Iterator[Breach]:
    """Every rule of the profile's diet on every portion, and the sums it bounds."""
    for served in case.served:
        yield from _allergies(case, served)
        yield from _pattern(case, served)
        yield from _dislikes(case, served)
        yield from _phytoestrogens(case, served)
    yield from _medical(case)
    if case.person.pattern == "kosher":
        yield from _meat_with_milk(case)
    yield from _bounded_by_policy(case)
    yield from _budget(case)


def _allergies(case: Case, served: Served) -> Iterator[Breach]:
    for allergen in case.person.allergies:
        if served.food.flag(allergen) != "no":
            yield Breach("verify/allergy", served.where, _holds(served, allergen))
    if "gluten" in case.person.intolerances and served.food.flag("gluten") != "no":
        yield Breach("verify/gluten", served.where, _holds(served, "gluten"))
    # Lactose is a matter of amount: traces do no harm, so only what surely holds it is a breach.
    if "lactose" in case.person.intolerances and served.food.flag("lactose") == "yes":
        yield Breach("verify/lactose", served.where, _holds(served, "lactose"))


def _pattern(case: Case, served: Served) -> Iterator[Breach]:
    for flag in PATTERNS.get(case.person.pattern, FLAGS):
        if served.food.flag(flag) != "no":
            text = f"{_holds(served, flag)}, not {case.person.pattern}"
            yield Breach("verify/pattern", served.where, text)


def _meat_with_milk(case: Case) -> Iterator[Breach]:
    for (date, meal), portions in by_meal(case).items():
        meat = [s.item.name for s in portions if s.food.flag("meat") != "no"]
        milk = [s.item.name for s in portions if s.food.flag("milk") != "no"]
        if meat and milk:
            text = f"meat ({meat[0]}) and milk ({milk[0]}) in one meal, not kosher"
            yield Breach("verify/pattern", f"{date} {meal}", text)


def _medical(case: Case) -> Iterator[Breach]:
    """What a condition or a medicine of the person keeps off the plate."""
    for rule in case.tables.food_rules:
        if not is_for(rule.when, case.person, case.plan.start, case.tables.who):
            continue
        for served in case.served:
            yield from _against(rule, served, case.within(served.food))


def _against(rule: FoodRule, served: Served, foods: Iterable[Food]) -> Iterator[Breach]:
    """What speaks against a portion of these `foods`: the food, and what goes into it."""
    for flag in rule.flags:
        if served.food.flag(flag) != "no":
            yield Breach("verify/medical", served.where, f"{_holds(served, flag)}, against {rule.rule}")
            return
    for food in foods:
        said = (words_of(food.name), words_of(food.description))
        named = [text for text in rule.words if any(words_of(text) <= words for words in said)]
        if named or food.id in rule.foods:
            text = f"it is or holds {named[0] if named else 'what its recipe does not name'}, against {rule.rule}"
            yield Breach("verify/medical", served.where, text)
            return


def _dislikes(case: Case, served: Served) -> Iterator[Breach]:
    for dislike in case.person.dislikes:
        if any(is_meant_widely(food, dislike, case.tables.kinds, ("yes",)) for food in case.within(served.food)):
            yield Breach("verify/dislike", served.where, f"the person dislikes {dislike!r}")


def _phytoestrogens(case: Case, served: Served) -> Iterator[Breach]:
    policy, food = case.person.phytoestrogens, served.food
    if policy == "avoid" and food.phytoestrogen not in ("none", "trace"):
        yield Breach("verify/phytoestrogen", served.where, "a source of phytoestrogens, which are avoided")
    if food.isoflavones_unknown:  # even "allow" has an upper limit
        text = f"its isoflavones are unknown, and the policy is {policy!r}"
        yield Breach("verify/phytoestrogen", served.where, text)


def _bounded_by_policy(case: Case) -> Iterator[Breach]:
    """Isoflavones and alcohol of each day by the guidelines, whatever the plan's targets say."""
    taken_back = released(case.plan.rules)
    for date, portions in by_day(case).items():
        for nutrient, unit in (("isoflavones", "mg"), ("alcohol", "g")):
            most = case.tables.reference.most(nutrient, taken_back)
            amount = add_up(portions, [nutrient])[nutrient]
            if amount > most + SLACK:
                text = f"{amount:.2f} {unit} of {nutrient}, over {most:g} {unit}"
                yield Breach(f"verify/{nutrient}", f"{date}", text)


def _budget(case: Case) -> Iterator[Breach]:
    budget = case.person.budget_per_day
    if budget is None:
        return
    for served in case.served:
        if served.food.price is None:
            yield Breach("verify/budget", served.where, "its price is unknown, and there is a budget")
    for first, days in case.weeks():
        dates = {day.date for day in days}
        week = [s for s in case.served if s.day.date in dates]
        mean = sum((s.food.price or 0.0) * s.item.grams / 100 for s in week) / max(1, len(dates))
        if mean > budget * (1 + BUDGET_TOLERANCE_SHARE):
            text = f"{mean:.2f} a day, over the budget of {budget:.2f}"
            yield Breach("verify/budget", f"week of {first}", text)


def _holds(served: Served, flag: str) -> str:
    verb = "holds" if served.food.flag(flag) == "yes" else "may hold"
    return f"{verb} {flag.replace('_', ' ')}"
