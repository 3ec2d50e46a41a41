"""All that the menus of one plan depend on, as one value: from it every week can be posed, with or without a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from boneplan.errors import InputError
from boneplan.foods.eligible import BUDGET, MEALS, Exclusion, allowed, exclusions, with_dishes
from boneplan.foods.own.food import OwnFood, own_foods_of
from boneplan.foods.own.table import unknown_amounts, with_own
from boneplan.foods.table import FoodTable, category_pairs, load_foods
from boneplan.menu.asked import Likings, bans, food_counts, kind_counts, liked_kinds, likings, pins
from boneplan.menu.bounds import Bound, food_bounds
from boneplan.menu.options import Option, build_options
from boneplan.menu.pairs import Pairs
from boneplan.menu.patterns import DAYS, Count, KindCount, MealBook, meal_book
from boneplan.menu.problem import Problem, amounts_per_gram, reachable, usable_patterns, within_days
from boneplan.menu.week import NoWeek, Week, solve_week
from boneplan.plan import MealName, Plan, SupplementTaken, Target
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile
from boneplan.rules.reader import check_rules
from boneplan.rules.schema import Rules
from boneplan.rules.targets import person_under, targets_under
from boneplan.timing.clock import Clock
from boneplan.timing.foods import meal_exclusions
from boneplan.timing.placing import place_supplements


@dataclass(frozen=True)
class MenuCase:
    """A person's menus before they are solved.

    `excluded` are all rules that keep foods out; `counts` and `kind_counts` those of a rules file about the servings
    and kinds of meal of every week, `liked` those about foods to serve rather. `targets` hold the guidelines' and the
    file's bounds, before `supplements` are taken off. `start` is the first day of the plan.
    """

    profile: Profile
    rules: Rules
    targets: Sequence[Target]
    supplements: Sequence[SupplementTaken]
    clock: Clock
    start: dt.date
    seed: int
    table: FoodTable
    book: MealBook
    amounts: Mapping[str, Mapping[str, float]]
    pairs: Pairs
    excluded: Sequence[Exclusion]
    counts: Sequence[Count]
    kind_counts: Sequence[KindCount]
    liked: Likings
    _known: dict[tuple[int, frozenset[str]], Problem] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @property
    def meals(self) -> tuple[MealName, ...]:
        """The meals of the person's day, in order of time."""
        times = self.profile.meals.model_dump()
        return tuple(sorted((meal for meal in MEALS if times[meal] is not None), key=times.__getitem__))

    def bounds(
        self, without: frozenset[str] = frozenset(), supplements: Sequence[SupplementTaken] | None = None
    ) -> list[Bound]:
        """The bounds on food, but for those of the rules in `without`."""
        taken = self.supplements if supplements is None else supplements
        return food_bounds([target for target in self.targets if target.rule not in without], taken, self.clock)

    def counts_in(self, week: int) -> tuple[Count, ...]:
        """What week number `week` (from 0) has to hold of servings: what every week has, and what is pinned to it."""
        return (*self.counts, *pins(self.table, self.rules, self.start + dt.timedelta(days=DAYS * week)))

    def problem(
        self,
        week: int = 0,
        before: frozenset[str] = frozenset(),
        *,
        without: frozenset[str] = frozenset(),
        supplements: Sequence[SupplementTaken] | None = None,
    ) -> Problem:
        """Week number `week` (from 0), after one that held the foods `before`.

        Rules whose ids are in `without` do not hold; `supplements` stand in for the declared ones.
        """
        if without or supplements is not None:
            return self._posed(week, before, without, supplements)
        if (week, before) not in self._known:  # a change of a plan asks for the same week some forty times
            self._known[week, before] = self._posed(week, before, without, supplements)
        return self._known[week, before]

    def _posed(
        self,
        week: int,
        before: frozenset[str],
        without: frozenset[str],
        supplements: Sequence[SupplementTaken] | None,
    ) -> Problem:
        excluded = [e for e in self.excluded if e.rule not in without]
        bounds = self.bounds(without, supplements)
        book = replace(
            self.book,
            counts=tuple(count for count in self.counts_in(week) if count.rule not in without),
            kind_counts=tuple(count for count in self.kind_counts if count.rule not in without),
        )
        left = allowed(self.table, excluded)
        if self.profile.meals.snack is None:
            left = {**left, "snack": frozenset()}
        rules = frozenset(exclusion.rule for exclusion in excluded)
        options = build_options(
            self.table,
            book,
            left,
            pairs=self.pairs,
            group="women" if self.profile.sex == "female" else "men",
            seed=self.seed,
            week=week,
            served_before=before,
            rules=rules,
        )
        options = within_days([self._liked(option) for option in options], bounds, self.amounts)
        patterns = usable_patterns(book, options)
        served = {(pattern.meal, role) for pattern in patterns for role in pattern.foods}
        placed = [option for option in options if (option.meal, option.role) in served]
        budget = self.profile.diet.budget_per_day if BUDGET in rules else None
        return Problem(placed, patterns, bounds, reachable(book, placed), self.amounts, self.meals, budget)

    def _liked(self, option: Option) -> Option:
        liking = self.liked.get((option.food, option.meal), 0.0)
        return replace(option, cost=option.cost - liking) if liking else option

    def solve(self, problem: Problem, seconds: float, *, quick: bool = False) -> Week | NoWeek:
        """The menu of a week of this case, or why there is none; `seconds` and `quick` as in `solve_week`."""
        return solve_week(problem, self.pairs, seed=self.seed, seconds=seconds, quick=quick)


def menu_case(
    profile: Profile,
    targets: Sequence[Target],
    *,
    start: dt.date,
    weeks: int,
    seed: int,
    rules: Rules | None = None,
    own: Sequence[OwnFood] = (),
) -> MenuCase:
    """The case of a plan of `weeks` weeks from `start`, with declared supplements at times that break no rule.

    `rules` are those whose targets are among `targets`; their policy and budget take the place of the profile's.
    `own` are foods and recipes of the person's own.
    """
    table, rules = with_own(load_foods(), own), rules or Rules()
    profile = person_under(profile, rules)
    clock = Clock(profile, [start + dt.timedelta(days=day) for day in range(DAYS * weeks)])
    return MenuCase(
        profile=profile,
        rules=rules,
        targets=targets,
        supplements=[part.supplement for part in place_supplements(profile, clock, start)],
        clock=clock,
        start=start,
        seed=seed,
        table=table,
        book=liked_kinds(meal_book(), rules),
        amounts=amounts_per_gram(table),
        pairs=category_pairs(),
        excluded=[
            *exclusions(table, profile),
            *unknown_amounts(table, targets),
            *meal_exclusions(clock, table),
            *with_dishes(bans(table, rules), table),
        ],
        counts=food_counts(table, rules),
        kind_counts=kind_counts(meal_book(), rules),
        liked=likings(table, rules),
    )


def case_of(plan: Plan) -> MenuCase:
    """The case that a plan document was made from.

    Raises InputError where its person or its rules need mending, or its targets are not what they come to today.
    """
    profile = check_profile(plan.profile, "profile")
    own = own_foods_of(plan)
    table = with_own(load_foods(), own)
    rules = check_rules(plan.rules, "rules", table=table) if plan.rules else Rules()
    targets = targets_under(profile, rules, plan.start)
    if targets != plan.targets:
        raise InputError("targets: not those that the profile and the rules come to today: plan again, then ask")
    return menu_case(profile, targets, start=plan.start, weeks=plan.weeks, seed=plan.seed, rules=rules, own=own)
