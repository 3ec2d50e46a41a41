"""What may be varied, in which words, and what moves with it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.plan import Target
from boneplan.profile_reader import load_example
from boneplan.targets import resolve_targets
from boneplan.whatif.vary import MOST_POINTS, moved, parse_varied, points, standing

TARGETS = resolve_targets(load_example(), dt.date(2026, 11, 23))


def figure(targets: list[Target], rule: str) -> tuple[float | None, float | None, bool]:
    found = next(target for target in targets if target.rule == rule)
    return found.min, found.max, found.hard


def test_a_range_with_a_step_names_every_figure_both_ends_included() -> None:
    (vary,) = parse_varied(["calcium=800..1600:100"], TARGETS)
    assert vary.values == (800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600)
    assert (vary.nutrient, vary.side, vary.unit, vary.key) == ("calcium", "min", "mg", "calcium_min_mg")


def test_a_list_is_sorted_and_a_figure_counts_once() -> None:
    assert parse_varied(["fibre=30,20,30"], TARGETS)[0].values == (20, 30)


def test_a_nutrient_with_an_upper_limit_alone_is_varied_there() -> None:
    assert parse_varied(["sodium=1500..2300:400"], TARGETS)[0].side == "max"
    assert parse_varied(["energy.max=2000..2400:200"], TARGETS)[0].side == "max"
    assert parse_varied(["energy=1800..2000:100"], TARGETS)[0].side == "min"


def test_the_budget_and_a_rule_may_be_varied_too() -> None:
    budget, rule = parse_varied(["budget=6..12:1", "nutrition/sodium/day_high=2000..2800:200"], TARGETS)
    assert (budget.is_budget, budget.unit, budget.key) == (True, "USD", "budget_usd")
    assert (rule.rule, rule.side, rule.nutrient) == ("nutrition/sodium/day_high", "max", "sodium")


def test_two_of_them_make_a_grid() -> None:
    grid = points(parse_varied(["calcium=1000,1200", "fibre=20,25,30"], TARGETS))
    assert len(grid) == 6
    assert grid[:3] == [(1000, 20), (1000, 25), (1000, 30)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["calcum=800..1600:100"], "no nutrient 'calcum': did you mean calcium?"),
        (["bugdet=6..9:1"], "did you mean budget?"),
        (["calcium=800..1600:0"], "a step of 0 leads nowhere"),
        (["calcium=1600..800:100"], "1600 is above 800: swap them"),
        (["calcium=800..1600"], "the step is missing: write 800..1600:100"),
        (["calcium=nan..1600:100"], "'nan' is no figure"),
        (["calcium=800..inf:100"], "'inf' is no figure"),
        (["calcium=-5,10"], "'-5' is no figure"),
        (["calcium="], "write what to vary and its figures"),
        (["calcium"], "write what to vary and its figures"),
        (["calcium=800..1600:1"], "over 200 points"),
        (["calcium=100..1500:10", "fibre=20..30:1"], "points are too many"),
        (["calcium=1,2", "fibre=1,2", "sodium=1,2"], "3 of them are too many"),
        (["calcium=800,900", "calcium.min=1000"], "is varied twice"),
        (["nutrition/calcium/rdb=800"], "did you mean nutrition/calcium/rda?"),
        (["calcium.least=800"], "write calcium.min or calcium.max"),
        (["budget=0..5:1"], "buys nothing"),
    ],
)
def test_what_cannot_be_varied_is_said_in_one_line_with_the_mend(asked: list[str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_varied(asked, TARGETS)
    assert len(caught.value.lines) == 1
    assert caught.value.lines[0].startswith("--vary")
    assert said in caught.value.lines[0]


def test_every_slip_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_varied(["calcum=1,2", "fibre=3..1:1"], TARGETS)
    assert len(caught.value.lines) == 2


def test_week_means_that_ask_for_more_give_way_and_one_stands_at_the_figure() -> None:
    (vary,) = parse_varied(["calcium=800"], TARGETS)
    lower = moved(TARGETS, vary, 800)
    assert figure(lower, "nutrition/calcium/rda") == (800, None, True)
    assert figure(lower, "nutrition/calcium/tier_aim")[0] == 800
    # What each day has to bring is a share of the RDA: it follows downwards, and stays where more is asked.
    assert figure(lower, "nutrition/calcium/day_share")[0] == pytest.approx(960 * 800 / 1200)
    higher = moved(TARGETS, vary, 1400)
    assert figure(higher, "nutrition/calcium/rda") == (1400, None, True)
    assert figure(higher, "nutrition/calcium/tier_aim")[0] == 1200
    assert figure(higher, "nutrition/calcium/day_share")[0] == 960


def test_limits_of_the_day_and_floors_never_move_with_a_nutrient() -> None:
    (vary,) = parse_varied(["protein=30"], TARGETS)
    lower = moved(TARGETS, vary, 30)
    assert figure(lower, "nutrition/protein/rda") == figure(TARGETS, "nutrition/protein/rda")
    assert figure(moved(TARGETS, vary, 300), "nutrition/calcium/ul") == figure(TARGETS, "nutrition/calcium/ul")


def test_a_soft_target_is_hard_where_it_is_varied_and_a_rule_moves_alone() -> None:
    (fibre,) = parse_varied(["fibre=30"], TARGETS)
    assert figure(moved(TARGETS, fibre, 30), "nutrition/fibre/ai") == (30, None, True)
    (rule,) = parse_varied(["nutrition/calcium/tier_aim=1300"], TARGETS)
    alone = moved(TARGETS, rule, 1300)
    assert figure(alone, "nutrition/calcium/tier_aim") == (1300, None, True)
    assert figure(alone, "nutrition/calcium/rda") == figure(TARGETS, "nutrition/calcium/rda")


def test_a_nutrient_without_a_target_gets_one() -> None:
    (vary,) = parse_varied(["retinol=200"], [t for t in TARGETS if t.nutrient != "retinol"])
    made = moved([], vary, 200)[0]
    assert (made.nutrient, made.min, made.hard, made.period) == ("retinol", 200, True, "week_mean")


@given(first=st.integers(0, 2000), count=st.integers(0, MOST_POINTS - 1), step=st.sampled_from([0.1, 0.25, 1, 3, 50]))
def test_no_figure_is_lost_to_rounding(first: int, count: int, step: float) -> None:
    last = first + count * step
    (vary,) = parse_varied([f"sodium={first}..{last!r}:{step}"], TARGETS)
    assert len(vary.values) == count + 1
    assert vary.values[-1] == pytest.approx(last)


def test_what_is_varied_stands_somewhere_today_but_the_budget_and_what_has_no_target() -> None:
    targets = resolve_targets(load_example(), dt.date(2026, 11, 23))
    asked = [parse_varied([text], targets)[0] for text in ("calcium=1", "sodium.max=1", "budget=9")]
    figures = [standing(targets, vary) for vary in asked]
    assert figures == [1200.0, 2300.0, None]
