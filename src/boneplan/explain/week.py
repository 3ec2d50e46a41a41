"""One week of a plan explained: what each bound reaches and costs, and which foods carry each nutrient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from boneplan.explain.prices import LEAST, Price, Pricer, Step, asks_the_same, with_bound
from boneplan.explain.steps import natural_step, stricter
from boneplan.menu.bounds import LIMIT_COUNTS_SUPPLEMENTS, Bound, declared_amounts
from boneplan.menu.case import MenuCase, case_of
from boneplan.menu.cost import true_cost
from boneplan.menu.laid import Laid, laid
from boneplan.menu.live import LiveBasket, stated
from boneplan.menu.patterns import DAYS
from boneplan.menu.portions import PortionModel
from boneplan.menu.problem import Problem
from boneplan.menu.said import member
from boneplan.menu.search import firm
from boneplan.plan import Plan

CLOSE = 0.01  # a bound is tight where the menus come this near to it, as a share of it
CARRIERS = 5
SMALLER = 4  # steps, each half of the one before, that the plan's own foods are asked for


@dataclass(frozen=True)
class Standing:
    """One bound and the printed menus.

    `text` and `source` say what it asks; `reached` is what the menus bring with declared supplements where the target
    counts them (the week's mean; of a day's or meal's bound the one that comes nearest to it), `slack` by how much
    that is inside. `price` is None where the bound costs nothing; `same_as` names the rule that asks for as much.
    `same_foods` are the greatest step (of its natural step, or halves of it) that other portions of the plan's own
    foods can bring, and what it costs; None where they can bring none.
    """

    rule: str
    text: str
    source: str
    bound: Bound
    reached: float
    slack: float
    price: Price | None = None
    same_as: str = ""
    same_foods: tuple[float, float] | None = None

    @property
    def missed(self) -> bool:
        """Whether it may be missed, and is: the plan names such a gap."""
        return not self.bound.hard and self.slack < 0

    @property
    def binds(self) -> bool:
        """Whether it costs something, or the menus are at it."""
        size = max(self.bound.aim, self.bound.most)
        return self.price is not None or (self.slack <= CLOSE * size and size > 0)


@dataclass(frozen=True)
class Counted:
    """A rule about servings that binds: what one serving a week stricter does, None where that cannot be."""

    rule: str
    text: str
    source: str
    step: Step | None


@dataclass(frozen=True)
class Carrier:
    """A food and what the week's servings of it bring of a nutrient, a day, as an amount and as a share of all."""

    food: str
    amount: float
    share: float


@dataclass(frozen=True)
class Explained:
    """A week explained. `cost` is of the menus, `bound` of the relaxation; `best` and `usd` of the week that prices
    are measured from: the relaxation with the soft targets kept that the menus keep. `names` are of all foods, by id.
    """

    week: int
    cost: float
    bound: float
    best: float
    usd: float
    standings: list[Standing]
    counted: list[Counted]
    carriers: dict[str, list[Carrier]]
    names: Mapping[str, str]


def explain_week(plan: Plan, week: int = 0, progress: Callable[[], None] = lambda: None) -> Explained:
    """Week number `week` (from 0) of a plan that has menus, explained; `progress` is told of each bound priced.

    Raises InputError where the plan is not what its profile and the tables come to today.
    """
    case = case_of(plan)
    table = laid(case, plan, week)
    basket = LiveBasket(table.problem)
    first = basket.solution.objective or 0.0
    pricer = Pricer(basket, firm(table.problem, basket))
    standings = _standings(case, week, table, pricer, progress)
    return Explained(
        week=week,
        cost=true_cost(table.problem, table.tables, table.placed),
        bound=first,
        best=pricer.base.cost,
        usd=pricer.base.usd,
        standings=standings,
        counted=_counted(case, week, table.problem, pricer),
        carriers=carriers(table, [standing.bound for standing in standings]),
        names={str(food): str(name) for food, name in case.table.foods["name"].items()},
    )


def _standings(
    case: MenuCase, week: int, table: Laid, pricer: Pricer, progress: Callable[[], None]
) -> list[Standing]:
    bounds = stated(pricer.problem)
    priced = pricer.duals(bounds)
    taken = declared_amounts(case.supplements)
    found: list[Standing] = []
    for number, bound in enumerate(bounds):
        said = member(case, week, bound.rule)
        food = _reached(table, bound)
        slack = food - bound.low if bound.low is not None else (bound.high or 0.0) - food
        counts = bound.low is not None or bound.nutrient in LIMIT_COUNTS_SUPPLEMENTS
        reached = food + (taken.get(bound.nutrient, 0.0) if counts and bound.period != "meal" else 0.0)
        twin = next((s for s in found if asks_the_same(s.bound, bound)), None)
        price = pricer.price(bound, priced[number]) if priced[number] > LEAST and twin is None else None
        same_foods = None if price is None else _same_foods(table, bound)
        found.append(
            Standing(
                bound.rule,
                said.text,
                said.source,
                bound,
                reached,
                slack,
                price,
                twin.rule if twin else "",
                same_foods,
            )
        )
        progress()
    return found


def _reached(table: Laid, bound: Bound) -> float:
    """What the food of the week's mean day brings, or of the day or meal that comes nearest to the bound."""
    days: dict[tuple[int, int], float] = defaultdict(float)
    for placed in table.placed:
        if bound.period == "meal" and not bound.about(placed.column.option.meal):
            continue
        at = placed.day, placed.table if bound.period == "meal" else 0
        days[at] += placed.column.amounts[bound.nutrient]
    if bound.period == "week_mean":
        return sum(days.values()) / DAYS
    return min(days.values(), default=0.0) if bound.low is not None else max(days.values(), default=0.0)


def _same_foods(table: Laid, bound: Bound) -> tuple[float, float] | None:
    problem = table.problem
    own = next((b for b in problem.bounds if (b.rule, b.high) == (bound.rule, bound.high)), bound)
    now, step = _portions(problem, table), natural_step(bound)
    for _ in range(SMALLER):
        then = _portions(with_bound(problem, own, replace(stricter(own, step), hard=True)), table)
        if now is not None and then is not None:
            return step, max(0.0, then - now)
        step /= 2
    return None


def _portions(problem: Problem, table: Laid) -> float | None:
    """The cost of the plan's own foods in the best portions, parts of them too; None where none keep the bounds."""
    return PortionModel(problem, table.tables, {}).model.solve(relaxed=True).objective


def _counted(case: MenuCase, week: int, problem: Problem, pricer: Pricer) -> list[Counted]:
    """The rules about servings that bind."""
    book = problem.book
    rules = [f"limits/{limit.id}" for limit in book.limits]
    rules += [*(count.rule for count in book.counts), *(count.rule for count in book.kind_counts)]
    pricer.basket.move(pricer.problem)
    live = pricer.basket.live
    binding = [rule for rule in rules if any(abs(live.dual(row)) > LEAST for row in live.numbers(rule))]
    found = []
    for rule in binding:
        said = member(case, week, rule)
        found.append(Counted(rule, said.text, said.source, pricer.serving(rule)))
    return found


def carriers(table: Laid, bounds: Sequence[Bound]) -> dict[str, list[Carrier]]:
    """For each nutrient with a bound the foods that bring most of it."""
    found = {}
    for nutrient in dict.fromkeys(bound.nutrient for bound in bounds):
        brought: dict[str, float] = defaultdict(float)
        for placed in table.placed:
            brought[placed.column.option.food] += placed.column.amounts[nutrient] / DAYS
        total = sum(brought.values())
        most = sorted((pair for pair in brought.items() if pair[1] > 0), key=lambda pair: -pair[1])[:CARRIERS]
        found[nutrient] = [Carrier(food, amount, amount / total) for food, amount in most]
    return found
