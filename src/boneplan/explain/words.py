"""What an explanation says, in the words of a dietitian: a sentence for each bound, step and rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from boneplan.explain.prices import Step
from boneplan.explain.steps import natural_step
from boneplan.explain.week import Counted, Explained, Standing
from boneplan.menu.bounds import Bound
from boneplan.menu.said import capital, unit_in_words
from boneplan.timing.words import listed, nutrient_name

COST_UNIT = "One unit of cost is a food that people eat e (2.7) times less often than the usual one."
NAMED = 2  # foods that go, and that come
SEEN = 0.05  # of the cost: what is printed to a tenth

Names = Mapping[str, str]
"""Food id -> its name."""


def figure(value: float) -> str:
    """Such as "1,218", "21.7" or "0.25": whole numbers from 100 on."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{1 if abs(value) >= 1 else 2}f}".rstrip("0").rstrip(".")


def amount(value: float, bound: Bound) -> str:
    """A figure with the unit of the bound."""
    return f"USD {value:.2f}" if bound.nutrient == "price" else f"{figure(value)} {unit_in_words(bound)}"


def title(standing: Standing) -> str:
    """What the bound asks, and by which rule and source."""
    return f"{capital(standing.text)} ({standing.rule}; {standing.source})"


def reached(standing: Standing) -> str:
    """What the menus bring, such as "The menus bring 1,218 mg a day."."""
    bound = standing.bound
    of = {"week_mean": "a day", "day": "on the day", "meal": "at the meal"}[bound.period]
    nearest = "" if bound.period == "week_mean" else " that comes nearest to it"
    return f"The menus bring {amount(standing.reached, bound)} {of}{nearest}."


def priced(standing: Standing, base: float, names: Names) -> Iterator[str]:
    """What a stricter bound would cost, and what this one costs in all."""
    price, bound = standing.price, standing.bound
    if standing.missed:
        short = amount(-standing.slack, bound)
        yield f"That is {short} short: more of it would have cost other targets, or foods that people rather eat."
        return
    if price is None:
        yield "A little stricter, it would cost nothing."
        return
    if price.natural is not None:
        yield step_in_words(price.natural, moved(bound, price.natural.step), base, names)
    if price.taken is not None and price.taken != price.natural:
        whole = moved(bound, natural_step(bound))
        first = (
            f"{capital(whole)} cannot be while the other rules hold"
            if price.natural is None
            else "Smaller steps cost less for their size"
        )
        yield f"{first}. {step_in_words(price.taken, moved(bound, price.taken.step), base, names)}"
    if price.taken is not None:
        yield _same_foods(standing)
    if price.taken is None:
        yield "No week keeps it any stricter."
    if price.without >= SEEN:
        yield f"Without it the cost would be {price.without:.1f} lower."
    elif price.without > 0:
        yield "Without it the cost would be all but the same."
    else:
        yield "Giving it up would change nothing: other bounds ask for as much."


def moved(bound: Bound, step: float) -> str:
    """Such as "100 mg more a day"."""
    word = "more" if bound.low is not None else "less"
    return f"{amount(step, bound)} {word} {'at each meal' if bound.period == 'meal' else 'a day'}"


def step_in_words(step: Step, what: str, base: float, names: Names) -> str:
    """What a step does: servings, foods, USD and cost."""
    said = [f"{what}: {_servings(step)}{_foods(step, names)}"]
    dearer = "more" if step.usd >= 0 else "less"
    if abs(step.usd) >= 0.005:
        said.append(f"USD {abs(step.usd):.2f} {dearer} a day")
    said.append(f"cost {base:.1f} → {base + step.cost:.1f}" if step.cost >= 0.1 else f"cost +{figure(step.cost)}")
    return capital(", ".join(said)) + "."


def _servings(step: Step) -> str:
    if not step.go:
        return "no food gives way, only portions change"
    return f"{step.changes:.1f} of the week's servings change"


def _foods(step: Step, names: Names) -> str:
    parts = []
    for foods, verb, once in ((step.go, "go", "goes"), (step.come, "come", "comes")):
        if foods:
            said = listed([names.get(food, food) for food, _ in foods[:NAMED]])
            parts.append(f"{said} {verb if len(foods) > 1 else once}")
    return f" ({'; '.join(parts)})" if parts else ""


def _same_foods(standing: Standing) -> str:
    if standing.same_foods is None:
        return "Other portions of the plan's own foods cannot bring it."
    step, cost = standing.same_foods
    return (
        f"Other portions of the plan's own foods can bring {moved(standing.bound, step)}, "
        f"at a cost of {figure(cost) if cost >= 0.01 else 'nothing'}."
    )


def counted(rule: Counted, base: float, names: Names) -> Iterator[str]:
    """What a rule about servings says, and what one serving stricter does."""
    yield f"{capital(rule.text)} ({rule.rule}; {rule.source})"
    if rule.step is None:
        yield "One serving a week stricter, no week keeps the other rules, those of variety among them."
    else:
        yield step_in_words(rule.step, "one serving a week stricter", base, names)


def slack(standing: Standing) -> str:
    """Such as "283 mg to spare"."""
    if standing.same_as:
        return f"as {standing.same_as}"
    if standing.slack < 0:
        return f"{amount(-standing.slack, standing.bound)} missing"
    return f"{amount(standing.slack, standing.bound)} to spare"


def carried(found: Explained, names: Names) -> Iterator[tuple[str, str]]:
    """(nutrient, the foods that bring most of it) for every nutrient with a bound."""
    bounds = {standing.bound.nutrient: standing.bound for standing in found.standings}
    for nutrient, foods in found.carriers.items():
        name = "cost in USD" if nutrient == "price" else nutrient_name(nutrient)
        said: Sequence[str] = [
            f"{names.get(c.food, c.food)} {amount(c.amount, bounds[nutrient])} ({100 * c.share:.0f} %)"
            for c in foods[:3]
        ]
        if said:
            yield capital(name), "; ".join(said)
