"""What `whatif` is asked to vary: a target or the budget, and the figures to try."""

from __future__ import annotations

import difflib
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from boneplan.errors import InputError
from boneplan.guidelines import fixed_rules, guideline
from boneplan.plan import Target
from boneplan.rules.amounts import Nutrient

Side = Literal["min", "max"]

MOST_POINTS = 200
MOST_VARIED = 2
BUDGET = "budget"
EXAMPLE = "calcium=800..1600:100"
SHARE_OF_RDA = "% of rda"
ENOUGH = 1e-9  # of a step: rounding must not lose the last figure


@dataclass(frozen=True)
class Vary:
    """What to vary, `name` as it was written: the `side` of a nutrient's week mean, one `rule`, or the budget."""

    name: str
    values: tuple[float, ...]
    unit: str
    nutrient: str | None = None
    side: Side = "min"
    rule: str | None = None

    @property
    def is_budget(self) -> bool:
        return self.nutrient is None

    @property
    def key(self) -> str:
        """The name for tables and files, such as "calcium_min_mg" or "budget_usd"."""
        return "budget_usd" if self.nutrient is None else f"{self.nutrient}_{self.side}_{self.unit}"


def parse_varied(texts: Sequence[str], targets: Sequence[Target]) -> list[Vary]:
    """What the `--vary` options ask for. Raises InputError, one line for each that needs mending."""
    found: list[Vary] = []
    problems: list[str] = []
    for text in texts:
        try:
            found.append(_vary(text, targets))
        except InputError as error:
            problems += error.lines
    if not problems and len(found) > MOST_VARIED:
        problems.append(f"--vary: {len(found)} of them are too many: give one or two")
    if not problems and len({vary.key for vary in found}) < len(found):
        problems.append(f"--vary: {found[0].name} is varied twice: give it once")
    count = math.prod(len(vary.values) for vary in found)
    if not problems and count > MOST_POINTS:
        problems.append(f"--vary: {count} points are too many: ask for at most {MOST_POINTS}, with a larger step")
    if problems:
        raise InputError(problems)
    return found


def points(varied: Sequence[Vary]) -> list[tuple[float, ...]]:
    """Every combination of the figures, the last one varying fastest."""
    return list(itertools.product(*(vary.values for vary in varied)))


def standing(targets: Sequence[Target], vary: Vary) -> float | None:
    """The figure of a target that is varied as it is today; None where there is none, and for the budget."""
    if vary.rule is not None:
        leading = next((target for target in targets if target.rule == vary.rule), None)
    else:
        leading = _leading(_mine(targets, vary))
    return None if leading is None else _figure(leading, vary.side)


def _vary(text: str, targets: Sequence[Target]) -> Vary:
    name, equals, figures = (part.strip() for part in text.rpartition("="))
    if not equals or not name or not figures:
        raise InputError(f"--vary {text}: write what to vary and its figures, such as {EXAMPLE}")
    values = _values(text, figures)
    if name == BUDGET:
        if values[0] <= 0:
            raise InputError(f"--vary {text}: a budget of {values[0]:g} USD a day buys nothing: begin above 0")
        return Vary(name, values, "USD")
    if "/" in name:
        held = next((target for target in targets if target.rule == name), None)
        if held is None:
            raise InputError(
                f"--vary {text}: this person has no target {name}{_close(name, {t.rule for t in targets})}"
            )
        side: Side = "min" if held.min is not None else "max"
        if name in fixed_rules() and any(_asks_more(held, side, value) for value in values):
            raise InputError(
                f"--vary {text}: no plan may be looser than {_figure(held, side):g} {held.unit} ({name}, "
                f"{held.source}): give figures {'from' if side == 'min' else 'up to'} it"
            )
        return Vary(name, values, held.unit, held.nutrient, side, name)
    nutrient, _, said = name.partition(".")
    known = get_args(Nutrient)
    if nutrient not in known:
        raise InputError(f"--vary {text}: no nutrient {nutrient!r}{_close(nutrient, {*known, BUDGET})}")
    if said not in ("", *get_args(Side)):
        raise InputError(f"--vary {text}: .{said} is no side of a target: write {nutrient}.min or {nutrient}.max")
    means = [target for target in targets if target.nutrient == nutrient and target.period == "week_mean"]
    only_most = bool(means) and all(target.min is None for target in means)
    chosen: Side = "max" if said == "max" or (not said and only_most) else "min"
    return Vary(name, values, guideline(nutrient).unit, nutrient, chosen)


def _values(text: str, figures: str) -> tuple[float, ...]:
    if ".." not in figures:
        return tuple(dict.fromkeys(sorted(_number(text, part) for part in figures.split(","))))
    span, colon, by = figures.partition(":")
    first, last = (_number(text, part) for part in span.split("..", 1))
    if not colon:
        raise InputError(f"--vary {text}: the step is missing: write {span}:{_nice((last - first) / 8)}")
    step = _number(text, by)
    if step <= 0:
        raise InputError(f"--vary {text}: a step of {step:g} leads nowhere: give one above 0")
    if first > last:
        raise InputError(f"--vary {text}: {first:g} is above {last:g}: swap them")
    count = (last - first) / step
    if count >= MOST_POINTS:
        raise InputError(f"--vary {text}: these are over {MOST_POINTS} points: give a larger step")
    return tuple(round(first + k * step, 9) for k in range(math.floor(count + ENOUGH) + 1))


def _number(text: str, figure: str) -> float:
    try:
        number = float(figure)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0 or number > 1e6:
        said = figure.strip()
        raise InputError(f"--vary {text}: {said!r} is no figure from 0 to 1,000,000: write such as {EXAMPLE}")
    return number


def _nice(step: float) -> str:
    return f"{10 ** math.floor(math.log10(step)):g}" if step > 0 else "1"


def _close(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), 1)
    return f": did you mean {close[0]}?" if close else f": use one of {', '.join(sorted(known))}"


def moved(targets: Sequence[Target], vary: Vary, value: float) -> list[Target]:
    """The targets with what is varied at `value`, and hard; limits of the day, floors and all that is fixed stay.

    Of a nutrient's week means on that side one comes to stand at `value`, and those give way that ask for more. A
    share of the RDA that each day has to bring follows it downwards.
    """
    if vary.nutrient is None:
        return list(targets)
    side = vary.side
    if vary.rule is not None:
        return [_at(target, side, value) if target.rule == vary.rule else target for target in targets]
    mine = _mine(targets, vary)
    leading = _leading(mine)
    if leading is None:
        return [*targets, _own(vary, value)]
    before = _figure(leading, side) or 0.0
    found = []
    for target in targets:
        if target is leading:
            found.append(_at(target, side, value))
        elif target in mine and _asks_more(target, side, value):
            found.append(target.model_copy(update={side: value}))
        elif side == "min" and value < before and target.nutrient == vary.nutrient and _is_share(target):
            found.append(target.model_copy(update={"min": (target.min or 0.0) * value / before}))
        else:
            found.append(target)
    return found


def _mine(targets: Sequence[Target], vary: Vary) -> list[Target]:
    """The week means on the side that is varied, but for those that nobody may loosen."""
    of_nutrient = [t for t in targets if t.nutrient == vary.nutrient and t.period == "week_mean"]
    return [t for t in of_nutrient if _figure(t, vary.side) is not None and t.rule not in fixed_rules()]


def _leading(mine: Sequence[Target]) -> Target | None:
    """The one of them that comes to stand at the figure: the first that is hard, or the first."""
    return next((target for target in mine if target.hard), mine[0] if mine else None)


def _figure(target: Target, side: Side) -> float | None:
    return target.min if side == "min" else target.max


def _asks_more(target: Target, side: Side, value: float) -> bool:
    figure = _figure(target, side)
    return figure is not None and (figure > value if side == "min" else figure < value)


def _at(target: Target, side: Side, value: float) -> Target:
    return target.model_copy(update={side: value, "hard": True})


def _own(vary: Vary, value: float) -> Target:
    return Target.model_validate(
        {
            "nutrient": vary.nutrient,
            "unit": vary.unit,
            "period": "week_mean",
            vary.side: value,
            "hard": True,
            "rule": f"whatif/{vary.nutrient}",
            "source": "asked by --vary",
            "basis": "rules",
        }
    )


def _is_share(target: Target) -> bool:
    """Whether the target is the share of the RDA that each day has to bring."""
    made = guideline(target.nutrient)
    rule = next((rule for rule in made.rules if made.rule_id(rule) == target.rule), None)
    return target.period == "day" and rule is not None and rule.unit == SHARE_OF_RDA
