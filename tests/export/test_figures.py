"""The figures beside the menus."""

from __future__ import annotations

import datetime as dt

from boneplan.export.figures import absorbed_sentence
from boneplan.plan import Day


def day(**totals: float) -> Day:
    return Day(date=dt.date(2026, 11, 23), meals=[], totals=totals)


def test_absorbed_calcium_is_named_as_an_estimate_and_given_in_tens() -> None:
    days = [day(calcium=1200, absorbed_calcium=341.2), day(calcium=1240, absorbed_calcium=352.9)]
    said = absorbed_sentence(days)
    assert said == "Absorbed, an estimate: about 350 of the 1220 mg of calcium that food brings in a day."


def test_a_plan_without_the_estimate_says_nothing_of_it() -> None:
    assert absorbed_sentence([day(calcium=1200)]) == ""
