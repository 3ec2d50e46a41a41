"""What may be served: every food × meal × role with its servable portions and what choosing it costs.

The cost is how unusual the choice is: the logarithm of how much more often people of 50 and more eat the role's most
usual food at that meal, less how well it goes with what else is eaten there, plus the distance of the portion from
the median, plus what its calcium is worth less than as much calcium from milk.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from boneplan.absorption import absorption, food_fractions
from boneplan.foods.measures import Measure
from boneplan.foods.table import FoodTable
from boneplan.menu.pairs import Pairs, company
from boneplan.menu.patterns import MealBook, Role
from boneplan.plan import MealName

PORTION_WEIGHT = 0.8  # a portion twice or half the median costs as much as a food 1.7 times less usual
SEED_SPREAD = 0.6  # how far a seed may move a preference: a food 1.8 times less usual can come first
SUBSTITUTE_COST = 2.5  # a substitute for what the person may eat anyway is hardly wanted
BORROWED_COST = 1.5  # a food whose own counts are unknown is less sure to be wanted than the one it borrows from
COMPANY_WEIGHT = 1.2  # how much it counts that a food goes with what the meal's other roles hold
REPEAT_COST = 0.7  # a food served the week before has to be twice as usual to come back
# Per mg of calcium absorbed: a portion that gives 24 mg less than as much calcium from milk would, as a glass of soy
# drink does, has to be twice as usual to come first. Stronger, it would begin to tell on what people eat together.
ABSORPTION_WEIGHT = 0.03
MOST_PORTIONS = 5
FAR_FROM_MEDIAN = 1.5  # a measure whose nearest portion is further off gives way to a finer one
CATEGORY_STRETCH = 1.25  # how far a food's portions may leave the pooled percentiles of its category
MOST_STRETCH = 1.6  # however wide the percentiles, no portion is further from the median than this, either way


@dataclass(frozen=True, slots=True)
class Serving:
    """A servable portion: `grams` is `steps` of `measure`.

    `cost` grows with its distance from the median and with the calcium in it that is absorbed worse than milk's; it
    falls with calcium that is absorbed better.
    """

    grams: float
    measure: Measure
    steps: int
    cost: float


@dataclass(frozen=True, slots=True)
class Option:
    """A food in a role at a meal, with its servable portions (never empty), its cost and the wishes it fulfils.

    `twin` is what near twins share, such as "Broccoli" of "Broccoli, frozen, cooked": they do not stand in one meal.
    """

    food: str
    meal: MealName
    role: str
    category: int
    cost: float
    servings: tuple[Serving, ...]
    wishes: frozenset[str]
    twin: str


def measures_by_food(table: FoodTable) -> dict[str, list[Measure]]:
    """Each food's household measures, the most natural first."""
    found: dict[str, list[Measure]] = defaultdict(list)
    columns = ["food_id", "measure", "plural", "grams", "step"]
    for food, singular, plural, grams, step in table.portions[columns].itertuples(index=False):
        found[food].append(Measure(singular, plural, grams, step))
    return found


def servings(
    measures: list[Measure], percentiles: tuple[float, float, float, float, float], gram_cost: float = 0.0
) -> tuple[Serving, ...]:
    """Portions within what people eat (10th to 90th percentile, grams), in the most natural measure that fits.

    At most `MOST_PORTIONS`, those nearest the percentiles. Empty where no multiple of any measure fits. Each gram
    costs `gram_cost`, beside the distance from the median.
    """
    median = percentiles[2]
    low, high = max(percentiles[0], median / MOST_STRETCH), min(percentiles[4], median * MOST_STRETCH)
    best: tuple[Serving, ...] = ()
    for measure in measures:
        steps = measure.steps_between(low, high)
        if not steps:
            continue
        unit = measure.grams * measure.step
        if len(steps) > MOST_PORTIONS:
            chosen = sorted({min(steps, key=lambda k: abs(k * unit - p)) for p in percentiles})
        else:
            chosen = list(steps)
        made = tuple(
            Serving(g, measure, k, PORTION_WEIGHT * abs(math.log(g / median)) + gram_cost * g)
            for k in chosen
            if (g := measure.grams_of(k)) > 0
        )
        nearest = min((max(s.grams / median, median / s.grams) for s in made), default=math.inf)
        if nearest <= FAR_FROM_MEDIAN:
            return made
        best = best or made
    return best


def usual_portions(table: FoodTable, group: str) -> pd.DataFrame:
    """The options of `group` with their 10th to 90th percentiles held inside those of their category at that meal.

    A food seen three times may have been seen at one feast: its own percentiles cannot stand alone. Options whose
    median lies outside the category's range are left out.
    """
    rows = table.options[table.options["group"] == group].copy()
    kind = [rows["meal"], rows["food_id"].map(table.foods["category"])]
    total = rows["n"].groupby(kind).transform("sum")
    for column, widen in (("g_p10", 1 / CATEGORY_STRETCH), ("g_p90", CATEGORY_STRETCH)):
        pooled = (rows[column] * rows["n"]).groupby(kind).transform("sum") / total * widen
        rows[column] = rows[column].clip(lower=pooled) if column == "g_p10" else rows[column].clip(upper=pooled)
    return rows[(rows["g_p10"] <= rows["g_p50"]) & (rows["g_p50"] <= rows["g_p90"])]


def absorption_costs(table: FoodTable) -> dict[str, float]:
    """Food id -> what a gram costs for its calcium: `ABSORPTION_WEIGHT` for each mg that milk's would give more.

    Negative where a food gives more than milk does for as much calcium.
    """
    fractions, milk = food_fractions(table), absorption().milk_fraction
    per_100_g = table.foods["calcium"].fillna(0.0).to_dict()
    return {food: ABSORPTION_WEIGHT * per_100_g[food] / 100 * (milk - own) for food, own in fractions.items()}


@dataclass(frozen=True, slots=True)
class Eaten:
    """A food at a meal, as `n` people of a group were seen to eat it: the portions that it has in each of its roles.

    No portions where none is as large as the role asks for. `borrowed`: the counts are those of a food like it.
    """

    food: str
    meal: MealName
    n: int
    category: int
    description: str
    borrowed: bool
    roles: Mapping[str, tuple[Serving, ...]]


@lru_cache(maxsize=4)  # a table or two, for women and for men: what a process plans again and again
def eaten(table: FoodTable, group: str, roles: tuple[Role, ...]) -> tuple[Eaten, ...]:
    """All that `group` eats and that plays one of the `roles`, whoever may eat it, in the order of the table."""
    measures, gram_costs = measures_by_food(table), absorption_costs(table)
    foods = table.foods[["category", "description"]]
    facts = {food: (category, text) for food, category, text in foods.itertuples()}
    playable = {food: [role for role in roles if role.takes(*said)] for food, said in facts.items()}
    rows = usual_portions(table, group)
    borrowed = set(rows["food_id"][rows["eaten_as"].notna()])
    columns = ["food_id", "meal", "n", "g_p10", "g_p25", "g_p50", "g_p75", "g_p90"]
    found = []
    for food, meal, n, *percentiles in rows[columns].itertuples(index=False):
        if playable[food]:
            portions = servings(measures[food], tuple(percentiles), gram_costs[food])
            fitting = {
                role.name: tuple(s for s in portions if role.least_grams <= s.grams <= role.most_grams)
                for role in playable[food]
            }
            category, text = facts[food]
            found.append(Eaten(food, meal, n, category, text, food in borrowed, fitting))
    return tuple(found)


def build_options(
    table: FoodTable,
    book: MealBook,
    allowed: Mapping[MealName, frozenset[str]],
    *,
    pairs: Pairs,
    group: str,
    seed: int,
    week: int,
    served_before: frozenset[str] = frozenset(),
    rules: frozenset[str] = frozenset(),
) -> list[Option]:
    """All options of one week for `group` ("women" or "men"), in the order of the table.

    `seed` and `week` move the preferences, reproducibly; foods in `served_before`, staples aside, cost more, and
    so do substitutes (gluten-free bread, plant milk) for what a person who keeps `rules` may eat.
    """
    roles_at: dict[str, set[str]] = defaultdict(set)
    for pattern in book.patterns:
        roles_at[pattern.meal].update(pattern.foods)
    found: list[tuple[Eaten, str, tuple[Serving, ...]]] = []
    most: dict[tuple[str, str], int] = defaultdict(int)
    counts: dict[tuple[str, str, int], float] = defaultdict(float)
    for seen in eaten(table, group, tuple(book.roles.values())):
        for role, portions in seen.roles.items():
            if role not in roles_at[seen.meal]:
                continue
            most[seen.meal, role] = max(most[seen.meal, role], seen.n)
            if portions and seen.food in allowed[seen.meal]:
                found.append((seen, role, portions))
                counts[seen.meal, role, seen.category] += seen.n
    fits = company(pairs, book.patterns, counts)
    options = []
    for seen, role, portions in found:
        food, meal, category, text = seen.food, seen.meal, seen.category, seen.description
        chance = zlib.crc32(f"{seed}/{week}/{meal}/{food}".encode()) / 2**32
        usual = math.log(most[meal, role] / seen.n)
        cost = usual + SEED_SPREAD * chance - COMPANY_WEIGHT * fits[meal, role, category]
        if seen.borrowed:
            cost += BORROWED_COST
        if book.is_substitute(text, rules):
            cost += SUBSTITUTE_COST
        if food in served_before and category not in book.staples:
            cost += REPEAT_COST
        twin = text.partition(",")[0]
        options.append(Option(food, meal, role, category, cost, portions, book.wishes_of(category, text), twin))
    return options
