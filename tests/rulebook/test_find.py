"""A rule by its id or the end of it; what is not one is answered with what may have been meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.rulebook.find import find
from boneplan.rulebook.places import places

KNOWN = ("nutrition/calcium/rda", "nutrition/calcium/ul", "nutrition/magnesium/rda", "exercise-spine-sparing")


def test_a_whole_id_and_the_end_of_one_are_the_rule() -> None:
    assert find("nutrition/calcium/rda", KNOWN) == "nutrition/calcium/rda"
    assert find("ul", KNOWN) == "nutrition/calcium/ul"
    assert find("spine-sparing", KNOWN) == "exercise-spine-sparing"


def test_an_end_that_several_share_is_answered_with_all_of_them() -> None:
    with pytest.raises(InputError, match=r"several rules.*nutrition/calcium/rda, nutrition/magnesium/rda"):
        find("rda", KNOWN)


def test_half_a_word_is_no_end() -> None:
    with pytest.raises(InputError, match="did you mean exercise-spine-sparing"):
        find("sparin", KNOWN)


@pytest.mark.parametrize("asked", ["nutrition/calcum/rda", "calcium/rdda", "RDA"])
def test_a_slip_of_the_pen_is_answered_with_what_may_have_been_meant(asked: str) -> None:
    with pytest.raises(InputError, match=r"no such rule: did you mean .*rda"):
        find(asked, KNOWN)


@pytest.mark.parametrize("asked", ["zzz", ""])
def test_what_is_like_nothing_leads_to_the_list(asked: str) -> None:
    with pytest.raises(InputError, match="boneplan why --list"):
        find(asked, KNOWN)


@given(st.sampled_from(sorted(places())))
def test_every_rule_is_found_by_its_own_id(rule: str) -> None:
    assert find(rule, places()) == rule
