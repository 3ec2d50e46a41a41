"""A week of exercise on the hours it takes: every session seen, none over another, all of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.html.charts import week_timeline
from boneplan.export.html.charts.kinds import KINDS
from boneplan.plan import Plan, SessionKind

SNAPSHOTS = Path(__file__).parent / "snapshots"
START = dt.date(2026, 11, 23)

MakePlan = Callable[..., Plan]


def session(start: str, minutes: int, kind: str = "balance", day: int = 0, title: str = "Balance") -> dict[str, Any]:
    return {
        "id": f"{day} {start} {kind}",
        "date": (START + dt.timedelta(days=day)).isoformat(),
        "start": start,
        "end": "23:59",
        "kind": kind,
        "title": title,
        "minutes": minutes,
        "weight_bearing": True,
        "intensity": {"rpe": 3, "met": 3, "level": "light"},
        "items": [],
        "stop_if": [],
    }


def test_a_week_in_words(make_plan: MakePlan, read: Any) -> None:
    sessions = [session("17:15", 30, "aerobic", title="Brisk walk"), session("17:00", 15), session("09:00", 5, day=6)]
    for drawing in read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t")):
        assert drawing.title == "Exercise by day and time, week from 23 November 2026"
        assert drawing.told.startswith(
            "Monday 23 November: 17:00 Balance (balance), 15 minutes; 17:15 Brisk walk (aerobic), 30 minutes. "
            "Tuesday 24 November: no session. "
        )
        assert drawing.told.endswith("Sunday 29 November: 09:00 Balance (balance), 5 minutes.")
        words = drawing.words()
        assert words[words.index("17:00", 4) :][:4] == ["17:00", "Balance 15 min", "17:15", "Aerobic 30 min"]
        assert words.count("no session") == 5


def test_hours_that_no_day_uses_are_left_out(make_plan: MakePlan, read: Any) -> None:
    sessions = [session("17:00", 60), session("09:00", 60, day=6)]
    narrow, wide = read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t"))
    assert narrow.words()[:4] == wide.words()[:4] == ["09:00", "10:00", "17:00", "18:00"]


def test_a_session_of_five_minutes_is_seen_beside_its_neighbours(make_plan: MakePlan, read: Any) -> None:
    times = [("06:00", 5, "impact"), ("06:05", 5, "posture"), ("06:10", 5, "balance"), ("23:55", 5, "impact")]
    sessions = [session(*time) for time in times] + [session(f"{hour:02}:00", 30, day=1) for hour in range(7, 23)]
    for drawing in read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t")):
        lane = min(box.y for name in KINDS for box in drawing.boxes(f"chart-{name}"))
        first = sorted(
            (b for name in KINDS for b in drawing.boxes(f"chart-{name}") if b.y == lane), key=lambda b: b.x
        )
        assert len(first) == 4
        assert all(box.width >= 3 for box in first)
        assert all(one.x + one.width < other.x for one, other in pairwise(first))


def test_each_kind_has_a_name_and_a_pattern_of_its_own() -> None:
    assert set(KINDS) == set(get_args(SessionKind))
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)
    assert len({(kind.strokes, kind.turn) for kind in KINDS.values()}) == len(KINDS)


def test_a_start_that_is_no_time_is_shown_and_not_drawn(make_plan: MakePlan, read: Any) -> None:
    start = "<b>'soon'</b>" * 40
    sessions = [session(start, 10)]
    for drawing in read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t")):
        assert len(drawing.boxes("chart-balance")) == 1  # beside its words
        assert any(word.startswith("<b>") and word.endswith("…") for word in drawing.words())


def test_a_hostile_title_is_text(make_plan: MakePlan, read: Any) -> None:
    sessions = [session("17:00", 10, title='"><script>alert(1)</script>\x00\u202e')]
    for drawing in read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t")):
        assert '17:00 "><script>alert(1)</script> (balance)' in drawing.told


def test_a_week_without_sessions_has_no_chart(make_plan: MakePlan) -> None:
    assert week_timeline(make_plan(), START - dt.timedelta(weeks=1), ident="t") == ""


def test_every_number_is_the_plans(make_plan: MakePlan, read: Any, assert_numbers_of: Any) -> None:
    plan = make_plan(weeks=2)
    week = START + dt.timedelta(weeks=1)
    mine = [one for one in plan.exercise.sessions if one.date >= week]
    for drawing in read(week_timeline(plan, week, ident="t")):
        assert assert_numbers_of(plan, drawing) == len(mine)


def test_the_drawing_is_as_it_was(make_plan: MakePlan, assert_golden: Any) -> None:
    drawn = week_timeline(make_plan(), START, ident="chart").replace("><", ">\n<") + "\n"
    assert_golden(SNAPSHOTS / "timeline.svg", drawn.encode())


times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
sessions_of_a_week = st.lists(
    st.builds(
        session, times, st.integers(-5, 3000), st.sampled_from(get_args(SessionKind)), st.integers(0, 6), st.text()
    ),
    min_size=1,
    max_size=25,
)


@given(sessions=sessions_of_a_week)
def test_all_sessions_are_inside_and_named_whatever_the_week(
    make_plan: MakePlan, read: Any, sessions: list[dict[str, Any]]
) -> None:
    for drawing in read(week_timeline(make_plan(exercise={"sessions": sessions}), START, ident="t")):
        boxes = [box for name in KINDS for box in drawing.boxes(f"chart-{name}")]
        assert len(boxes) == 2 * len(sessions)
        assert all(map(drawing.inside, boxes))
        assert all(min(box.width, box.height) >= 3 for box in boxes)
        assert sum(word.endswith(" min") for word in drawing.words()) == len(sessions)
