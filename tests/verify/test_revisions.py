"""What calendars are told of a plan made anew."""

from __future__ import annotations

from typing import Any

import pytest


def removed(world: Any, id_: str = "gone", sequence: int = 2, of: str = "session") -> dict[str, Any]:
    entry = {"of": of, "id": id_, "title": "Brisk walk", "date": "2026-11-24", "start": "07:00", "end": "07:30"}
    entry |= {"sequence": sequence, "modified": "2026-11-22T08:00:00Z"}
    world.document["removed"] = [*world.document.get("removed", []), entry]
    return entry


@pytest.fixture
def second(world: Any) -> Any:
    """The world's plan as the second revision."""
    world.document["revision"] = 2
    return world


def test_what_has_gone_is_told_in_the_revision_in_which_it_went(second: Any) -> None:
    entry = removed(second)
    assert second.rules() == set()
    entry["sequence"] = 1
    assert second.rules() == {"verify/sequence"}


def test_a_session_that_is_cancelled_and_stands_in_the_plan_is_a_breach(second: Any) -> None:
    removed(second, second.first("balance")["id"])
    assert second.rules() == {"verify/removed"}
    second.document["removed"][0]["of"] = "meal"
    assert second.rules() == set()


def test_what_is_cancelled_is_told_once(second: Any) -> None:
    removed(second)
    removed(second)
    assert second.rules() == {"verify/removed"}


def test_nothing_has_changed_later_than_the_plan_was_made(second: Any) -> None:
    check = {"due": "2027-01-15", "what": "DXA", "why": "Two years since the last.", "rule": "monitoring/dxa"}
    second.document["monitoring"] = [check]
    for thing in (second.first("balance"), second.days[0]["meals"][0], check):
        thing["sequence"] = 2
        assert second.rules() == set()
        thing["sequence"] = 3
        assert second.rules() == {"verify/sequence"}
        thing["sequence"] = 0
