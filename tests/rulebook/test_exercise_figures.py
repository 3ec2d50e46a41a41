"""The figures of guidelines/exercise at work: each rule, by its id, is what weeks, doses and efforts go by.

Every expected figure is written out here, so that a change in a file is seen.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from boneplan.cli.main import main
from boneplan.exercises import catalogue, effort_of
from boneplan.plan import Session, TrainingWeek
from boneplan.profile import Profile
from boneplan.rulebook.book import rule_entries
from boneplan.schedule import plan_sessions
from boneplan.schedule.doses import (
    WeekDose,
    exercises_that_fit,
    first_impacts,
    first_sets,
    impact_minutes,
    resistance_minutes,
    rpe_for,
    session_overhead,
)
from boneplan.schedule.eligibility import bone_class, eligible, traits
from boneplan.schedule.loading import aerobic_index, bout_index
from boneplan.schedule.needs import Needs, needs_of
from boneplan.schedule.progression import dose_of, heavier, lighter_is_due, next_week

START = dt.date(2026, 11, 23)
EQUIPMENT = ["chair", "resistance_band", "dumbbells", "mat", "step", "bike"]
FRACTURES = [{"site": "wrist", "year": 2019, "fragility": True}, {"site": "rib", "year": 2021, "fragility": True}]


def person(t: float | None = -0.5, **changes: Any) -> Profile:
    """A woman with normal bone and every thing to train with, changed as asked."""
    exercise = {"level": "intermediate", "equipment": EQUIPMENT, **changes.pop("exercise", {})}
    return Profile.model_validate(
        {
            "sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68, "exercise": exercise,
            "bone": {"t_scores": {} if t is None else {"total_hip": t}, **changes.pop("bone", {})}, **changes,
        }
    )  # fmt: skip


def needs(profile: Profile) -> Needs:
    dose = WeekDose(aerobic_minutes=150, sets=2, reps=8, load_percent=100, impacts=20)
    return needs_of(profile, eligible(profile, catalogue()), dose)


def bout(name: str, profile: Profile | None = None) -> Any:
    return next(bout for bout in needs(profile or person()).bouts if bout.name == name)


def at_level(level: str) -> Profile:
    return person(exercise={"level": level})


def exercise(**fields: Any) -> Any:
    return next(e for e in catalogue().values() if all(getattr(e, key) == value for key, value in fields.items()))


@pytest.fixture(scope="module")
def sessions() -> list[Session]:
    """A week of a beginner: no vigorous minutes, so that minutes count as they stand."""
    beginner = person(t=-1.8, exercise={"level": "beginner"})
    return plan_sessions(beginner, START, 1, seed=0, calendar="a").sessions


@pytest.fixture(scope="module")
def sore() -> list[Session]:
    known = person(t=-1.8, conditions=["neuropathy", "lymphoedema", "diabetes"])
    return plan_sessions(known, START, 1, seed=0, calendar="a").sessions


FIGURES: Mapping[str, tuple[Callable[[], Any], Any]] = {
    # The week
    "exercise-10-minute-bouts": (lambda: bout("aerobic").shortest, 10),
    "exercise-aerobic-60-minutes-a-day": (lambda: bout("aerobic").longest, 60),
    "exercise-vigorous-30-minutes-a-day": (lambda: bout("vigorous").longest, 30),
    "exercise-vigorous-counts-double": (lambda: bout("vigorous").worth, 2),
    "exercise-resistance-15-minutes": (lambda: bout("resistance").shortest, 15),
    "exercise-balance-10-minutes": (lambda: bout("balance").shortest, 10),
    "exercise-balance-15-minutes": (lambda: bout("balance").longest, 15),
    "exercise-posture-5-minutes": (lambda: bout("posture").shortest, 5),
    "exercise-posture-10-minutes": (lambda: bout("posture").longest, 10),
    "exercise-posture-2-days": (lambda: needs(person()).posture_wanted, 2),
    "exercise/week/vigorous_sessions": (
        lambda: [needs(at_level(level)).vigorous_wanted for level in ("beginner", "intermediate", "advanced")],
        [0, 1, 2],
    ),
    "exercise/week/resistance_sessions": (
        lambda: [needs(at_level(level)).resistance_wanted for level in ("beginner", "intermediate", "advanced")],
        [2, 2, 3],
    ),
    # Doses
    "exercise-sets-by-level": (
        lambda: [first_sets(at_level(level)) for level in ("beginner", "intermediate", "advanced")], [1, 2, 3],
    ),
    "exercise/doses/start_low": (lambda: first_sets(person(conditions=["lymphoedema"])), 1),
    "exercise/doses/warm_up": (session_overhead, 5),
    "exercise/doses/cool_down": (lambda: session_overhead() - 3, 2),
    "exercise/doses/minutes_per_set": (lambda: (exercises_that_fit(35, 2), impact_minutes(20, 5)), (7, 5)),
    "exercise/doses/impacts_with_joint_pain": (
        lambda: (first_impacts(person()), first_impacts(person(conditions=["joint_pain"]))), (40, 20),
    ),
    "exercise-grid": (lambda: resistance_minutes(7, 1, 5), 20),
    # Efforts
    "exercise-vigorous-met": (lambda: (effort_of(5.9), effort_of(6.0)), ("moderate", "vigorous")),
    "exercise/intensity/rpe/beginner": (lambda: efforts("beginner"), (3, 5)),
    "exercise/intensity/rpe/intermediate": (lambda: efforts("intermediate"), (4, 6)),
    "exercise/intensity/rpe/advanced": (lambda: efforts("advanced"), (5, 8)),
    "exercise/intensity/rpe_cap": (
        lambda: max(rpe_for(person(exercise={"level": "advanced"}, bone={"fractures": FRACTURES}), e)
                    for e in catalogue().values()),
        5,
    ),
    # Who is who
    "exercise/eligibility/t_score_classes/osteoporosis": (
        lambda: [bone_class(t) for t in (-2.4, -2.5, -2.6)], ["osteopenia", "osteoporosis", "osteoporosis"],
    ),
    "exercise/eligibility/t_score_classes/osteopenia": (
        lambda: [bone_class(t) for t in (-0.9, -1.0, -1.1)], ["normal_bone", "normal_bone", "osteopenia"],
    ),
    "exercise/eligibility/multiple_low_trauma": (
        lambda: [
            "multiple_low_trauma_fractures" in traits(person(bone={"fractures": FRACTURES[:n]})) for n in (1, 2)
        ],
        [False, True],
    ),
    "exercise/eligibility/impact_classes/none": (lambda: forces("none", 0.0), True),
    "exercise/eligibility/impact_classes/walking": (lambda: forces("walking", 0.5), True),
    "exercise/eligibility/impact_classes/moderate": (lambda: forces("moderate", 1.5), True),
    # Bone loading
    "exercise-osteogenic-index": (
        lambda: bout_index(exercise(id="heel_drop"), 40) / bout_index(exercise(id="heel_drop"), 1),
        pytest.approx(math.log(41) / math.log(2)),
    ),
    **{
        f"exercise/loading/cycles_per_minute/{pattern}": (lambda pattern=pattern: cycles(pattern), per_minute)
        for pattern, per_minute in (
            ("walking", 110), ("hiking", 100), ("stairs", 90), ("stepping", 135), ("dancing", 110), ("running", 160),
        )
    },
}  # fmt: skip


def efforts(level: str) -> tuple[int, int]:
    """The lowest and the highest effort that a session of the level asks for."""
    asked = [rpe_for(at_level(level), e) for e in catalogue().values()]
    return min(asked), max(asked)


MOST_FORCE = {"none": 0.5, "walking": 1.5, "moderate": 3.5}


def forces(impact: str, above: float) -> bool:
    """Whether the exercises of a class of impact load more than the class below and no more than their own."""
    found = [(e.peak_grf_bw.low + e.peak_grf_bw.high) / 2 for e in catalogue().values() if e.impact == impact]
    return bool(found) and all(above <= force <= MOST_FORCE[impact] for force in found)


def cycles(pattern: str) -> float:
    """The loads a minute with which minutes of a movement count."""
    walk = next(e for e in catalogue().values() if e.pattern == pattern and e.weight_bearing and e.kind == "aerobic")
    return next(n for n in range(1, 300) if bout_index(walk, n * 30) == aerobic_index(walk, 30))


@pytest.mark.parametrize("rule", FIGURES)
def test_the_figure_of_the_rule_is_what_counts(rule: str) -> None:
    measured, expected = FIGURES[rule]
    assert rule_entries(rule)
    assert measured() == expected


def last(**changes: Any) -> TrainingWeek:
    full = {
        "start": START, "number": 1, "changed": "start", "aerobic_minutes": 150, "sets": 2, "reps": 8,
        "load_percent": 100.0, "impacts": 20,
    }  # fmt: skip
    return TrainingWeek.model_validate({**full, **changes})


def following(**changes: Any) -> TrainingWeek:
    return next_week(last(**changes), person(), fits=lambda _: True)


PROGRESS: Mapping[str, tuple[Callable[[], Any], Any]] = {
    "exercise-one-change-a-week": (lambda: (following().changed, following().sets, following().impacts),
                                   ("repetitions", 2, 20)),
    "exercise-impacts-rise": (lambda: following(changed="repetitions", reps=10).impacts, 30),
    "exercise-sets-rise": (lambda: (following(number=5, lighter=True, changed="lighter").sets), 3),
    "exercise-load-2-to-10-percent": (lambda: heavier(last(reps=12)).load_percent, 105.0),
    "exercise-lighter-week": (
        lambda: (
            [n for n in range(1, 13) if lighter_is_due(n, person())],
            dose_of(last(lighter=True, changed="lighter", impacts=40)).sets,
            dose_of(last(lighter=True, changed="lighter", impacts=40)).impacts,
            dose_of(last(lighter=True, changed="lighter")).load_percent,
        ),
        ([5, 10], 1, 20, 90.0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", PROGRESS)
def test_the_programme_rises_as_the_rule_says(rule: str) -> None:
    measured, expected = PROGRESS[rule]
    assert rule_entries(rule)
    assert measured() == expected


SIGNS = (
    ("exercise/stop_signs/everybody/1", None),
    ("exercise/stop_signs/everybody/2", None),
    ("exercise/stop_signs/everybody/3", None),
    ("exercise/stop_signs/everybody/bone_pain", None),
    ("exercise/stop_signs/kind/aerobic/1", "aerobic"),
    ("exercise/stop_signs/kind/resistance/1", "resistance"),
    ("exercise/stop_signs/kind/balance/1", "balance"),
    ("exercise/stop_signs/kind/impact/1", "impact"),
    ("exercise/stop_signs/kind/impact/2", "impact"),
    ("exercise/stop_signs/kind/posture/1", "posture"),
)


@pytest.mark.parametrize(("rule", "kind"), SIGNS)
def test_a_stop_sign_stands_in_the_sessions_that_it_is_for(
    rule: str, kind: str | None, sessions: list[Session]
) -> None:
    (entry,) = rule_entries(rule)
    carrying = {session.kind for session in sessions if entry.text in session.stop_if}
    assert carrying == ({kind} if kind else {session.kind for session in sessions})


def test_the_stop_sign_of_stretching_stands_with_every_stretch(capsys: pytest.CaptureFixture[str]) -> None:
    (entry,) = rule_entries("exercise/stop_signs/kind/flexibility/1")
    assert main(["exercises", "show", exercise(kind="flexibility").id]) == 0
    assert entry.text in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "rule", ["exercise/stop_signs/person/1", "exercise/stop_signs/person/2", "exercise/stop_signs/person/3"]
)
def test_a_persons_own_stop_sign_stands_in_all_her_sessions_and_nobody_elses(
    rule: str, sessions: list[Session], sore: list[Session]
) -> None:
    (entry,) = rule_entries(rule)
    assert all(entry.text in session.stop_if for session in sore)
    assert not [session for session in sessions if entry.text in session.stop_if]


def test_nothing_is_done_long_past_what_the_catalogue_gives(sessions: list[Session]) -> None:
    """exercise/doses/longest_share, exercise-45-minutes-are-comfortable and exercise-aerobic-30-minutes-a-day."""
    for session in sessions:
        if session.kind == "aerobic":
            usual = max(catalogue()[item.exercise].dose.minutes or 0 for item in session.items)
            assert session.minutes <= 2 * usual
            assert session.minutes <= 45
    days = {session.date for session in sessions if session.kind == "aerobic"}
    assert sum(s.minutes for s in sessions if s.kind == "aerobic") >= 30 * len(days)


def test_strength_is_trained_on_three_days_at_most(sessions: list[Session]) -> None:
    """exercise-resistance-3-days-at-most."""
    assert len({session.date for session in sessions if session.kind == "resistance"}) in (2, 3)


def test_half_of_the_walking_and_the_standing_still(sessions: list[Session]) -> None:
    """exercise-half-of-the-aerobic-sessions-walking and exercise-balance-still-and-moving."""
    aerobic = [session for session in sessions if session.kind == "aerobic"]
    walks = [
        s for s in aerobic if any(catalogue()[i.exercise].pattern == "walking" and i.load == "" for i in s.items)
    ]
    assert 2 * len(walks) >= len(aerobic)
    for session in sessions:
        if session.kind == "balance":
            still = [item for item in session.items if catalogue()[item.exercise].pattern == "static"]
            assert len(still) == -(-len(session.items) // 2)


def test_balance_and_posture_take_so_long_an_exercise(sessions: list[Session]) -> None:
    """exercise/doses/minutes_per_balance_exercise (5) and exercise/doses/minutes_per_posture_exercise (2.5)."""
    for session in sessions:
        if session.kind in ("balance", "posture"):
            each = 5 if session.kind == "balance" else 2.5
            assert len(session.items) == min(4, session.minutes // each)
