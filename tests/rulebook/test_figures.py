"""The figures of a rule read as sentences, not as keys of a file."""

from __future__ import annotations

import pytest

from boneplan.rulebook.book import rule_entries


def figures(rule: str) -> list[str]:
    return [shown.text for entry in rule_entries(rule) for shown in entry.figures]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("nutrition/calcium/plenty", "at most 1,500 mg (the week's mean)"),
        ("nutrition/vitamin_k/agreed_day_low", "at most 100 µg below the agreed intake (each day)"),
        ("nutrition/vitamin_k/agreed_day_high", "at most 100 µg above the agreed intake (each day)"),
        ("nutrition/vitamin_k/agreed_week_low", "at most 20 % below the agreed intake (the week's mean)"),
        ("monitoring/doses/denosumab", "months after the last one from which it is too late: 7"),
        ("monitoring/checks/dxa", "months from one to the next, by tier of risk: low: 24; moderate: 12; high: 12"),
        ("nutrition/calcium/occasion", "share that counts of what lies above: 0.5"),
    ],
)
def test_a_figure_says_which_way_it_counts_and_of_what(rule: str, text: str) -> None:
    assert text in figures(rule)
