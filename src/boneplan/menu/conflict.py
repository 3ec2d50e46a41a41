"""Why there is no menu: irreducible sets of rules that cannot all hold, and the smallest changes that do."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from boneplan.menu.case import MenuCase
from boneplan.menu.clash import Clash, clashes
from boneplan.menu.excess import excess_text, filled
from boneplan.menu.irreducible import irreducible
from boneplan.menu.relax import Change, Offer, dropped, less_of, limited, may_go, offers
from boneplan.menu.ruled import RuledWeek
from boneplan.menu.said import AVOID, MOST_USES, SUPPLEMENTS, clinic, in_words, member
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Conflict, Relaxation

MOST_CONFLICTS = 3
MOST_OFFERS = 4
MOST_TRIED = 5  # weeks planned to see whether a change will do
TRIED_SECONDS = 6.0  # of computing, after which no further change is tried by planning a week
SEARCH_SECONDS = 3.0  # a backstop for each search for such a week
ENOUGH = 2  # changes with which a week was planned
SEED = "another --seed"
NOT_PLANNED = ": the week's averages can then be met, but no whole week was planned with it yet"


def explain(
    case: MenuCase, found: NoWeek, *, week: int = 0, before: frozenset[str] = frozenset(), seconds: float
) -> list[Conflict]:
    """The conflicts of a week for which nothing was `found`, at most three; the first offers what ends them all.

    Each is irreducible: without any one of its rules the others can all hold in the week's averages. `before` are the
    foods of the week before, `seconds` is a backstop for each search.
    """
    trial = Trial(case, week, before, seconds)
    return _of_averages(trial, found.why) if found.infeasible else [_of_days(trial, found)]


def contradictions(
    case: MenuCase, *, week: int = 0, before: frozenset[str] = frozenset(), seconds: float
) -> list[Conflict]:
    """The conflicts of a rules file that contradicts the person, the guidelines or itself; empty if it does not."""
    found = clashes(case.targets, case.bounds(), case.counts_in(week), case.excluded)
    return _of_averages(Trial(case, week, before, seconds), "", found) if found else []


class Trial:
    """Plans a week again with changes, no more often than `MOST_TRIED`, and no longer than makes a good answer."""

    def __init__(self, case: MenuCase, week: int, before: frozenset[str], seconds: float) -> None:
        self.case, self.week, self.before, self.seconds = case, week, before, min(seconds, SEARCH_SECONDS)
        self._left, self._spent = MOST_TRIED, 0.0

    def does(self, change: Change) -> bool:
        """Whether a week was planned with the change."""
        self._left -= 1
        started = time.process_time()
        problem = change.problem(self.week, self.before)
        found = self.case.solve(problem, self.seconds, quick=True)
        self._spent += time.process_time() - started
        return isinstance(found, Week)

    @property
    def is_over(self) -> bool:
        """Whether no further change is to be tried."""
        return self._left <= 0 or self._spent > TRIED_SECONDS

    def told(self, found: Iterable[Offer], *, averages: bool = True) -> list[Relaxation]:
        """The first offers with which a week was planned, and after them those that were seen in the `averages`."""
        shown: list[Relaxation] = []
        likely: list[Relaxation] = []
        for offer in found:
            smallest = None
            for change in offer:
                smallest = smallest or change
                if self.is_over or len(shown) >= ENOUGH:
                    break
                if self.does(change):
                    shown.append(Relaxation(text=change.text, rules=list(change.rules), tried="weeks"))
                    smallest = None
                    break
            if smallest:
                text = smallest.text + NOT_PLANNED
                likely.append(Relaxation(text=text, rules=list(smallest.rules), tried="averages"))
            if len(shown) + len(likely) >= MOST_OFFERS:
                break
        return [*shown, *likely] if averages else shown


def _of_averages(trial: Trial, why: str, known: Sequence[Clash] = ()) -> list[Conflict]:
    """The conflicts of a week whose averages cannot be met: those `known`, then others apart from them."""
    case, week = trial.case, trial.week
    ruled = RuledWeek(case, week, trial.before)
    sets = [list(clash.rules) for clash in known[:MOST_CONFLICTS]]
    texts = [clash.text for clash in known[:MOST_CONFLICTS]]
    while len(sets) < MOST_CONFLICTS and (rules := ruled.conflict(_named(sets))):
        sets.append([*rules, *_supplements(trial, rules)])
        texts.append(_sentence(case, week, ruled, sets[-1]))
    if not sets:
        return [_beyond(trial, why)]
    return _answers(case, week, sets, texts, trial.told(offers(case, ruled, week, sets)))


def _named(sets: Sequence[Sequence[str]]) -> set[str]:
    return {rule for rules in sets for rule in rules}


def _answers(
    case: MenuCase, week: int, sets: Sequence[Sequence[str]], texts: Sequence[str], told: Sequence[Relaxation]
) -> list[Conflict]:
    return [
        Conflict(
            part="menu",
            rules=list(rules),
            text=" ".join(filter(None, (text, clinic(rules)))),
            relaxations=[change.text for change in told] if number == 0 else [],
            members=[member(case, week, rule) for rule in rules],
            changes=list(told) if number == 0 else [],
        )
        for number, (rules, text) in enumerate(zip(sets, texts, strict=True))
    ]


def _sentence(case: MenuCase, week: int, ruled: RuledWeek, rules: Sequence[str]) -> str:
    if supplements := [rule for rule in rules if rule.startswith(SUPPLEMENTS)]:
        return excess_text(case, supplements[0], rules)
    named = "; ".join(member(case, week, rule).text for rule in rules)
    if missing := ruled.unserved(rules):
        return f"No {' or '.join(missing)} that boneplan knows is left under these rules: {named}."
    if len(rules) == 1:
        return f"No week of the meals that boneplan knows can keep this rule: {named}."
    return f"These rules cannot all hold in one week: {named}."


def _supplements(trial: Trial, rules: Sequence[str]) -> list[str]:
    """The declared supplement without which the rules can all hold, as a rule."""
    for rule in filled(trial.case, rules):
        left = [taken for taken in trial.case.supplements if taken.nutrient != rule.removeprefix(SUPPLEMENTS)]
        if RuledWeek(replace(trial.case, supplements=left), trial.week, trial.before).solvable(rules):
            return [rule]
    return []


def _beyond(trial: Trial, why: str) -> Conflict:
    """The conflict of a week in which no rule that could be lifted stands in the way."""
    model = trial.case.problem(trial.week, trial.before)
    rows = [] if model.unserved else irreducible(model.model(model.columns(), integer=False).model)
    rules = rows or [f"meals/{meal}" for meal in model.unserved] or [MOST_USES]
    return _answers(trial.case, trial.week, [rules], [f"No menu: {why}."], [])[0]


def _of_days(trial: Trial, found: NoWeek) -> Conflict:
    """The conflict of a week whose averages can be met, while no days were `found` that keep every day's limits.

    Its rules are limits of a day, and servings that a rules file counts by the day: without the limits of any one
    nutrient among them, or any one count, the search did find days.
    """
    case, week = trial.case, trial.week
    rows = [bound for bound in case.bounds() if bound.rule in found.in_the_way]
    counts = [count for count in case.counts_in(week) if count.rule in found.in_the_way]
    rules = list(dict.fromkeys([*(bound.rule for bound in rows), *(count.rule for count in counts)]))
    told = trial.told(_given_up(trial, rules), averages=False)
    supplements = [rule for rule in filled(case, rules) if any(rule in change.rules for change in told)]
    if supplements:
        text = excess_text(case, supplements[0], rules)
    elif rules:
        named = "; ".join([*(in_words(bound) for bound in rows), *(count.text for count in counts)])
        kept, without = ("rules", "any one of them") if counts else ("limits", "those of any one nutrient")
        text = (
            "The week's averages can be met, but the search found no seven days whose whole servings keep these "
            f"{kept}: {named}. Without {without} it did."
        )
    else:
        text = f"No menu: {found.why}."
        told = told or [Relaxation(text=SEED, rules=[], tried="averages")]
    return _answers(case, week, [[*rules, *supplements]], [text], told)[0]


def _given_up(trial: Trial, rules: Sequence[str]) -> Iterator[Offer]:
    """What may be given up where days are in the way: supplements that fill them, the person's own rules, targets."""
    case, week = trial.case, trial.week
    for supplement in filled(case, rules):
        yield less_of(case, supplement)
    own = [e.rule for e in case.excluded if e.foods] + [count.rule for count in case.counts_in(week)]
    own += [target.rule for target in case.targets if target.hard]
    for rule in dict.fromkeys(filter(may_go, own)):
        if not rule.startswith("nutrition/") or rule in rules:
            yield [limited(case) if rule == AVOID else dropped(case, week, [rule])]
    free = [rule for rule in rules if may_go(rule)]
    if len(free) > 1:
        yield [dropped(case, week, free)]
