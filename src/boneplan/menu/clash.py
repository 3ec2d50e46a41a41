"""Rules of a rules file that contradict the person or one another, found before anything is solved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from boneplan.foods.eligible import Exclusion
from boneplan.menu.bounds import Bound
from boneplan.menu.patterns import Count
from boneplan.menu.said import clinic, in_words
from boneplan.plan import Conflict, Target

OWN = "rules/"
ROUNDING = 1e-6

Possible = Callable[[frozenset[str]], bool]


@dataclass(frozen=True)
class Clash:
    """Two sides that cannot both hold: the ids of their rules and what is said of them; `given_up` is the file's."""

    rules: tuple[str, ...]
    text: str
    given_up: str


def clashes(
    targets: Sequence[Target], bounds: Sequence[Bound], counts: Sequence[Count], excluded: Sequence[Exclusion]
) -> list[Clash]:
    """Every contradiction that a rule of the file is a side of. `bounds` are those on food, one for each target."""
    return [*_of_amounts(targets, bounds), *_of_foods(counts, excluded)]


def conflict_of(found: Sequence[Clash], possible: Possible) -> Conflict:
    """The answer to contradictions. `possible` says whether there is a week without some rules of the file."""
    rules = list(dict.fromkeys(rule for clash in found for rule in clash.rules))
    said = [*(clash.text for clash in found), clinic(rules)]
    given_up = {clash.rules[0]: clash.given_up for clash in found}
    offers = []
    if possible(frozenset(given_up)):
        listed = " and ".join(f"“{text}” ({rule})" for rule, text in given_up.items())
        offers.append(f"plan without {listed}")
    return Conflict(part="menu", rules=rules, text=" ".join(filter(None, said)), relaxations=offers)


def _of_amounts(targets: Sequence[Target], bounds: Sequence[Bound]) -> Iterator[Clash]:
    """A least above a most of the same nutrient: what holds each day holds for the week's mean."""
    rows = [(target, bound) for target, bound in zip(targets, bounds, strict=True) if bound.period != "meal"]
    for source, own in rows:
        if not own.rule.startswith(OWN):
            continue
        # Of two rules of the file, the later one names both.
        earlier = rows[: rows.index((source, own))]
        against = [(t, b) for t, b in earlier if (b.hard or b.rule.startswith(OWN)) and _apart(own, b)]
        if against:
            more = "more" if own.low is not None else "less"
            named = " and ".join(f"{in_words(b)} ({b.rule}, {t.source})" for t, b in against)
            text = f"{_capital(in_words(own))} ({own.rule}, {source.source}) is {more} than {named}."
            yield Clash((own.rule, *(b.rule for _, b in against)), text, in_words(own))


def _apart(one: Bound, other: Bound) -> bool:
    """Whether the least of one is above the most of the other."""
    return one.nutrient == other.nutrient and any(
        least.low is not None and most.high is not None and least.low > most.high + ROUNDING
        for least, most in ((one, other), (other, one))
    )


def _of_foods(counts: Sequence[Count], excluded: Sequence[Exclusion]) -> Iterator[Clash]:
    for asked in counts:
        left, against = set(asked.foods), []
        # The rules that keep out most of what is asked for tell the reason best.
        for rule in sorted(excluded, key=lambda rule: -len(asked.foods & rule.foods)):
            if left & rule.foods:
                left -= rule.foods
                against.append(rule)
        if left:
            continue
        reasons = " and ".join(f"{rule.text} ({rule.rule})" for rule in against)
        text = f"{_capital(asked.text)} ({asked.rule}) cannot be served: nothing of it is left under {reasons}."
        yield Clash((asked.rule, *(rule.rule for rule in against)), text, asked.text)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
