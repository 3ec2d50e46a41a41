"""A plan's shopping list in Markdown: one line with a check box for each thing to buy, by aisle, a section a week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from boneplan.export.aisles import Shop, shop_for
from boneplan.export.portions import grams_text
from boneplan.export.shopping.lists import Line, WeekList, shopping_lists
from boneplan.export.words import long_date, person
from boneplan.plan import Plan

# What Markdown would take for markup inside a line: marks, entities, and addresses that become links.
_MARKS = re.compile(r"[\\`*_\[\]<>~@]|&(?=#?\w+;)|(?<=:)//|(?<=www)\.", re.IGNORECASE)
AT_HOME = "Check at home first"
PER_PRICE = "USDA's average prices of 2017-18, for the food as eaten; today's are higher"
CENT = 0.005  # USD; less than that is no price to show
READING = (
    "Grams in brackets are what the meals take: raw, with peel, core, shell or bone, where it is known how much of "
    "that is lost in the kitchen, and the weight as served where it says so. Sizes of packages are usual ones: look "
    "at the label. Prices are for what is eaten, not for whole packages. Pasta, grains and beans lose a little into "
    "their cooking water, which is not counted: cook a spoonful more if the portions come out small."
)


def to_shopping(plan: Plan, shop: Shop | None = None) -> str:
    """The shopping list of `plan` in Markdown, tap water left out; of the person's own dishes what goes into them.

    `shop` is the shipped one, with the plan's own foods, unless given.
    """
    name = person(plan)
    blocks = [f"# Shopping list{' for ' + escape(name) if name else ''}"]
    lists = shopping_lists(plan, shop or shop_for(plan))
    for week in lists:
        blocks.extend(_week(week, plan, several=len(lists) > 1))
    blocks.append(READING if lists else "This plan has no menu, so there is nothing to buy.")
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """`text` as Markdown shows it literally, within a line."""
    return _MARKS.sub(lambda mark: "\\" + mark.group(), text)


def days_text(days: Sequence[dt.date], week: Sequence[dt.date]) -> str:
    """The days of a week on which something is eaten: "Mon", "Mon, Wed and Fri", "every day"."""
    if len(days) > 1 and len(days) == len(set(week)):
        return "every day"
    *most, last = (f"{day:%a}" for day in days)
    return f"{', '.join(most)} and {last}" if most else last


def _week(week: WeekList, plan: Plan, *, several: bool) -> Iterator[str]:
    title = f"{long_date(week.days[0])} to {long_date(week.days[-1])}"
    yield f"## Week {week.number}: {title}" if several else f"For {title}."
    heading = "###" if several else "##"
    if week.cook_once:
        rows = (f"- {escape(name)}: {days_text(on, week.days)}" for name, on in week.cook_once.items())
        yield f"{heading} Cook once, eat on several days"
        yield "\n".join(rows)
    for aisle, lines in [*week.aisles.items(), (AT_HOME, week.staples)]:
        if lines:
            yield f"{heading} {aisle}"
            yield "\n".join(_row(line, week) for line in lines)
    yield f"{heading} What it costs"
    yield "\n".join(_costs(week, plan))


def _row(line: Line, week: WeekList) -> str:
    grams = grams_text(line.grams)
    said = f"{line.counted}, {grams}" if line.counted else grams
    if not (line.known or line.packed or line.staple):
        said += " as served"
    parts = [f"{escape(line.buy)} ({said})" if line.buy and line.buy != grams else said]
    if line.at_hand:
        have = ", ".join(f"left from week {number}: {grams_text(grams)}" for number, grams in line.at_hand.items())
        parts = [f"{parts[0]}, {have}" if line.buy else f"nothing to buy ({said}), {have}"]
    parts[0] += f", for {days_text(line.days, week.days)}"
    if line.left_over:
        parts.append(f"{line.left_over} left over")
    if not line.unpriced and line.price >= CENT:
        parts.append(f"${line.price:.2f} worth is eaten")
    return f"- [ ] {escape(line.name)}: {'; '.join(parts)}"


def _costs(week: WeekList, plan: Plan) -> Iterator[str]:
    lines = week.lines
    without = sum(bool(line.unpriced) for line in lines)
    missing = f", with no price for some or all of {without} of {len(lines)} lines" if without else ""
    yield f"- Known prices: about ${week.price:.2f}{missing} ({PER_PRICE})."
    budget = _budget(plan)
    if budget is not None:
        days = len(set(week.days))
        yield f"- Your budget: ${budget:.2f} a day, ${budget * days:.2f} for {days} day{'s' if days > 1 else ''}."


def _budget(plan: Plan) -> float | None:
    """USD a day that the rules, or else the profile, set; None where neither does."""
    diet = plan.profile.get("diet")
    asked = plan.rules.get("budget_per_day")
    if asked is None and isinstance(diet, dict):
        asked = diet.get("budget_per_day")
    return float(asked) if isinstance(asked, int | float) and not isinstance(asked, bool) else None
