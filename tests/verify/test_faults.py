"""Faults put into plans that hold, one at a time: each is found, and nothing else is.

The plans are real ones, made for people whose menus a medicine rules out, so that exercise is all there is to judge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.engine import make_plan
from boneplan.plan import Busy, ExerciseItem, Plan, Removed, Session
from boneplan.profile import Profile
from boneplan.verify import verify_plan
from boneplan.verify.bone_loading import week_index
from boneplan.verify.exercise_tables import read_exercise_tables
from boneplan.verify.training_doses import asked_of
from boneplan.verify.yaml_file import read_yaml

START = dt.date(2027, 2, 22)  # a Monday; in New York the clocks go forward on 14 March
MADE = dt.datetime(2027, 2, 20, 9, tzinfo=dt.UTC)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROWS: dict[str, Any] = {row["id"]: row for path in data_folder("exercises").glob("*.yaml") for row in read_yaml(path)}
TABLES = read_exercise_tables(data_folder("exercises"), data_folder("guidelines") / "exercise", set(ROWS))


def person(**fields: Any) -> Profile:
    """Somebody with the whole day for it; `exercise` adds to the wishes."""
    wishes = {"availability": {day: ["05:00-22:00"] for day in DAYS}, **fields.pop("exercise", {})}
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    medications = fields.pop("medications", [{"name": "warfarin"}])
    return Profile.model_validate({**known, "medications": medications, "exercise": wishes, **fields})


def made(profile: Profile, weeks: int) -> Plan:
    plan = make_plan(profile, start=START, weeks=weeks, now=MADE)
    assert plan.exercise.sessions
    return plan


@pytest.fixture(scope="module")
def weeks_of_anna() -> Plan:
    """Eight weeks of a woman with osteopenia who is used to training, at home and outdoors."""
    wishes = {"level": "intermediate", "equipment": ["resistance_band", "chair", "mat", "bike"]}
    wishes["places"] = ["home", "outdoors"]
    return made(person(bone={"t_scores": {"lumbar_spine": -1.8}}, exercise=wishes), 8)


@pytest.fixture(scope="module")
def week_of_frieda() -> Plan:
    """A week of a woman used to training who has osteoporosis, a broken vertebra and a risk of falling."""
    bone = {"t_scores": {"total_hip": -3.0}, "fractures": [{"site": "vertebra", "year": 2024, "fragility": True}]}
    wishes = {"level": "advanced", "equipment": ["resistance_band", "dumbbells", "mat", "machines"]}
    return made(person(bone=bone, conditions=["fall_risk"], exercise=wishes), 1)


@pytest.fixture(scope="module")
def week_of_mia() -> Plan:
    """A week of a woman with a metastasis in the lumbar spine, whose oncologist has cleared exercise."""
    cleared = {"for": "exercise", "by": "oncologist", "on": "2026-03-01"}
    wishes = {"equipment": ["resistance_band", "chair"], "clearance": [cleared]}
    bone = {"t_scores": {"total_hip": -1.4}, "metastases": ["lumbar_spine"]}
    return made(person(bone=bone, conditions=["bone_metastases"], exercise=wishes), 1)


class Faulty:
    """A copy of a plan to put a fault in."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan.model_copy(deep=True)

    @property
    def sessions(self) -> list[Session]:
        return self.plan.exercise.sessions

    def of(self, kind: str, week: int = 0) -> list[Session]:
        """The sessions of `kind` in a week (0 the first)."""
        first = START + dt.timedelta(weeks=week)
        return [s for s in self.sessions if s.kind == kind and 0 <= (s.date - first).days < 7]

    def remove(self, *sessions: Session) -> None:
        self.plan.exercise.sessions = [s for s in self.sessions if all(s is not other for other in sessions)]

    def week_that(self, changed: str) -> int:
        """The first week (0 the first) in which `changed` is what changed."""
        return next(n for n, week in enumerate(self.plan.exercise.weeks) if week.changed == changed)

    def restate(self) -> None:
        """Brings METs and osteogenic indices into line with the exercises, so that those are not at fault."""
        for session in self.sessions:
            mets = [ROWS[item.exercise]["met"] for item in main_of(session)]
            session.intensity.met = round(sum(mets) / len(mets), 1)
            session.intensity.level = TABLES.week.level(session.intensity.met)
        for number, week in enumerate(self.plan.exercise.weeks):
            first = START + dt.timedelta(weeks=number)
            own = [s for s in self.sessions if 0 <= (s.date - first).days < 7]
            week.osteogenic_index = round(week_index(own, TABLES), 1)

    def follow(self) -> None:
        """Gives the sessions of every week the doses that the week asks for."""
        for number, week in enumerate(self.plan.exercise.weeks):
            asked = asked_of(week, TABLES.training)
            for session in self.of("resistance", number):
                for item in session.items:
                    item.sets = item.sets and min(item.sets, asked.sets)
                    item.reps = item.reps and asked.reps
                    item.load_percent = item.load_percent and round(asked.load_percent, 1)
            for session in self.of("impact", number):
                others = sum((i.sets or 0) * (i.reps or 0) for i in session.items[1:])
                session.items[0].sets = (asked.impacts - others) // (session.items[0].reps or 1)
        self.restate()

    def breaks(self) -> set[str]:
        """The ids of the rules that `verify` finds broken."""
        return {breach.rule for breach in verify_plan(Plan.model_validate(self.plan.model_dump(by_alias=True)))}


@pytest.fixture
def anna(weeks_of_anna: Plan) -> Faulty:
    return Faulty(weeks_of_anna)


@pytest.fixture
def frieda(week_of_frieda: Plan) -> Faulty:
    return Faulty(week_of_frieda)


@pytest.fixture
def mia(week_of_mia: Plan) -> Faulty:
    return Faulty(week_of_mia)


def become(item: ExerciseItem, exercise: str) -> None:
    """Make an item of a session another exercise, at the same dose."""
    row = ROWS[exercise]
    item.exercise, item.name, item.muscle_groups = row["id"], row["name"], row["muscle_groups"]
    if row["kind"] in ("resistance", "impact") and "reps" in row["dose"]:
        item.reps, item.hold_s = item.reps or 8, None


def add(session: Session, exercise: str) -> None:
    """Add an exercise to a strength session, at the dose of the others."""
    like = next(i for i in session.items if ROWS[i.exercise]["kind"] == session.kind and i.reps)
    item = like.model_copy(deep=True, update={"load_percent": None})
    become(item, exercise)
    session.items.append(item)


def main_of(session: Session) -> list[ExerciseItem]:
    """The items of a session without what warms up, cools down or stretches."""
    items = [i for i in session.items if ROWS[i.exercise]["kind"] == session.kind]
    return items[1:-1] if session.kind == "aerobic" and len(items) > 2 else items


def some(kind: str, suits: Callable[[dict[str, Any]], bool]) -> str:
    """An exercise of the catalogue of that kind that `suits`, with the spine at rest."""
    still = {"none"}
    return next(
        name
        for name, row in ROWS.items()
        if row["kind"] == kind
        and {row.get("spine_flexion", "none"), row.get("spine_rotation", "none")} == still
        and not row.get("floor_lift")
        and not row.get("supervised")
        and suits(row)
    )


def move(session: Session, start: str, date: dt.date | None = None) -> None:
    """Move a session to another time, and day, at its own length."""
    began = dt.datetime.combine(session.date, dt.time.fromisoformat(start))
    session.start, session.end = start, f"{began + dt.timedelta(minutes=session.minutes):%H:%M}"
    session.date = date or session.date


@pytest.mark.parametrize("name", ["anna", "frieda", "mia"])
def test_a_plan_without_a_fault_breaks_no_rule(request: pytest.FixtureRequest, name: str) -> None:
    plan: Faulty = request.getfixturevalue(name)
    assert plan.breaks() == set()
    plan.follow()
    assert plan.breaks() == set()  # the mends that faults need are no faults themselves


# ------------------------------------------------------------------------------------------------------ times


def test_strength_training_on_adjacent_days(anna: Faulty) -> None:
    first, second = anna.of("resistance")[:2]
    move(second, "21:00", first.date + dt.timedelta(days=1))
    anna.restate()
    assert anna.breaks() == {"verify/resistance-adjacent"}


def test_strength_training_on_adjacent_days_of_two_weeks(anna: Faulty) -> None:
    last, first = anna.of("resistance")[-1], anna.of("resistance", 1)[0]
    move(last, "20:30", START + dt.timedelta(days=6))
    move(first, "20:30", START + dt.timedelta(days=7))
    anna.restate()
    assert anna.breaks() == {"verify/resistance-adjacent"}


def test_two_sessions_at_once(anna: Faulty) -> None:
    first, second = next((a, b) for a, b in zip(anna.sessions, anna.sessions[1:], strict=False) if a.date == b.date)
    move(second, first.start)
    anna.restate()
    assert anna.breaks() == {"verify/overlap"}


def test_a_session_at_an_hour_that_the_person_has_not(anna: Faulty) -> None:
    move(anna.of("balance")[0], "22:00")
    assert anna.breaks() == {"verify/availability"}


def test_a_session_at_a_time_that_is_taken(anna: Faulty) -> None:
    session = anna.of("balance")[0]
    anna.plan.exercise.busy = [Busy(date=session.date, start=session.start, end="23:59")]
    others = [s for s in anna.sessions if s.date == session.date and s.start > session.start]
    for number, other in enumerate(others):
        move(other, f"0{number}:00")
        anna.plan.profile["exercise"]["availability"][DAYS[session.date.weekday()]].append("00:00-05:00")
    anna.restate()
    assert anna.breaks() == {"verify/busy"}


def test_a_session_in_the_hour_that_the_clock_skips(anna: Faulty) -> None:
    sunday = dt.date(2027, 3, 14)
    anna.plan.profile["exercise"]["availability"]["sunday"].append("02:00-05:00")
    move(next(s for s in anna.sessions if s.date == sunday), "02:15")
    anna.restate()
    assert anna.breaks() == {"verify/clock"}


def test_a_session_after_the_last_day_of_the_plan(anna: Faulty) -> None:
    session = anna.of("posture", 7)[-1]
    move(session, session.start, START + dt.timedelta(weeks=8))
    assert anna.breaks() == {"verify/dates"}


def test_minutes_that_are_not_those_from_start_to_end(anna: Faulty) -> None:
    anna.of("resistance")[0].minutes += 5
    assert anna.breaks() == {"verify/session-time"}


def test_one_id_for_two_sessions(anna: Faulty) -> None:
    anna.sessions[1].id = anna.sessions[0].id
    assert anna.breaks() == {"verify/session-id"}


def test_a_cancelled_session_that_stands_in_the_plan(anna: Faulty) -> None:
    session = anna.sessions[0]
    gone = Removed(of="session", id=session.id, title="Walk", date=session.date, sequence=1, modified=MADE)
    anna.plan.revision, anna.plan.removed = 1, [gone]
    assert anna.breaks() == {"verify/removed"}


def test_a_session_that_changed_after_the_plan_was_made(anna: Faulty) -> None:
    anna.sessions[0].sequence = 1
    assert anna.breaks() == {"verify/sequence"}


# ------------------------------------------------------------------------------------------- what a week holds


def test_fewer_than_150_weight_bearing_minutes(anna: Faulty) -> None:
    aerobic = anna.of("aerobic", 2)
    anna.remove(*[s for s in aerobic if s.date == aerobic[0].date])
    anna.restate()
    assert anna.breaks() == {"verify/weight-bearing-minutes"}


def test_aerobic_exercise_on_two_days_only(anna: Faulty) -> None:
    days = sorted({s.date for s in anna.of("aerobic", 2)})
    anna.remove(*[s for s in anna.of("aerobic", 2) if s.date in days[2:]])
    anna.restate()
    # Two days of an hour at most cannot bring the minutes of a week either.
    assert anna.breaks() == {"verify/aerobic-days", "verify/weight-bearing-minutes"}


def test_balance_exercise_on_two_days_only(anna: Faulty) -> None:
    anna.remove(*anna.of("balance", 1)[2:])
    assert anna.breaks() == {"verify/balance-days"}


def test_strength_training_on_one_day_only(anna: Faulty) -> None:
    anna.remove(*anna.of("resistance", 1)[1:])
    anna.restate()
    assert anna.breaks() == {"verify/resistance-days"}


def test_a_muscle_group_that_the_week_does_not_train(anna: Faulty) -> None:
    for session in anna.of("resistance"):
        session.items = [i for i in session.items if "core" not in ROWS[i.exercise]["muscle_groups"]]
    anna.restate()
    assert anna.breaks() == {"verify/muscle-groups"}


def test_more_than_an_hour_of_aerobic_exercise_in_a_day(anna: Faulty) -> None:
    first = anna.of("aerobic")[0]
    minutes = 65 - sum(s.minutes for s in anna.of("aerobic") if s.date == first.date)
    more = first.model_copy(deep=True, update={"id": "more", "minutes": minutes})
    more.items = [more.items[0].model_copy(update={"minutes": minutes})]
    become(more.items[0], "walk_moderate")
    move(more, "20:00")
    anna.sessions.append(more)
    anna.restate()
    assert anna.breaks() == {"verify/aerobic-longest"}


def test_a_build_up_for_a_person_who_needs_none(anna: Faulty) -> None:
    for week in anna.plan.exercise.weeks:
        week.aerobic_minutes = 135
    assert anna.breaks() == {"verify/build-up"}


def test_a_wrong_osteogenic_index(anna: Faulty) -> None:
    anna.plan.exercise.weeks[3].osteogenic_index += 5
    assert anna.breaks() == {"verify/osteogenic-index"}


# -------------------------------------------------------------------------------------------------- progression


def test_a_load_that_rises_by_a_fifth(anna: Faulty) -> None:
    step = anna.week_that("load")
    for week in anna.plan.exercise.weeks[step:]:
        week.load_percent = round(week.load_percent * 1.2 / 1.05, 1)
    anna.follow()
    assert anna.breaks() == {"verify/load-step"}


def test_fifteen_repetitions(anna: Faulty) -> None:
    next(i for i in main_of(anna.of("resistance")[0]) if i.reps).reps = 15
    assert anna.breaks() == {"verify/session-dose"}


def test_a_week_that_asks_for_more_than_twelve_repetitions(anna: Faulty) -> None:
    for week in anna.plan.exercise.weeks:
        week.reps = {12: 14}.get(week.reps, week.reps)
    anna.follow()
    assert anna.breaks() == {"verify/week-dose"}


def test_two_things_that_rise_in_one_week(anna: Faulty) -> None:
    early, due = anna.week_that("repetitions"), anna.week_that("sets")
    for week in anna.plan.exercise.weeks[early:due]:
        week.sets += 1
    anna.plan.exercise.weeks[due].changed = "none"
    anna.follow()
    assert anna.breaks() == {"verify/one-change"}


def test_more_than_three_sets(anna: Faulty) -> None:
    next(i for i in main_of(anna.of("resistance")[0]) if i.reps).sets = 4
    assert anna.breaks() == {"verify/session-dose"}


def test_a_week_that_asks_for_more_than_three_sets(anna: Faulty) -> None:
    step = anna.week_that("sets")
    for week in anna.plan.exercise.weeks[step:]:
        week.sets += 1
    assert anna.breaks() == {"verify/week-dose"}


def test_eight_weeks_without_a_lighter_one(anna: Faulty) -> None:
    for week in anna.plan.exercise.weeks:
        if week.lighter:
            week.lighter, week.changed = False, "none"
    anna.follow()
    assert anna.breaks() == {"verify/lighter-week"}


def test_a_change_that_is_called_another(anna: Faulty) -> None:
    anna.plan.exercise.weeks[anna.week_that("repetitions")].changed = "load"
    assert anna.breaks() == {"verify/week-change"}


def test_more_impacts_than_the_week_asks_for(anna: Faulty) -> None:
    item = main_of(anna.of("impact")[0])[0]
    item.sets = (item.sets or 0) + 1
    anna.restate()
    assert anna.breaks() == {"verify/session-dose"}


# ----------------------------------------------------------------------------------------------- who may do what


def test_bending_the_spine_under_load_with_osteoporosis(frieda: Faulty) -> None:
    add(frieda.of("resistance")[0], "curl_up")
    assert frieda.breaks() == {"verify/exercise-spine-sparing"}


def test_twisting_the_spine_under_load_with_osteoporosis(frieda: Faulty) -> None:
    add(frieda.of("resistance")[0], "seated_twist_weight")
    assert frieda.breaks() == {"verify/exercise-no-twisting"}


def test_lifting_from_the_floor_with_osteoporosis(frieda: Faulty) -> None:
    add(frieda.of("resistance")[0], "floor_deadlift")
    assert frieda.breaks() == {"verify/exercise-no-floor-lifting"}


def test_jogging_after_a_vertebral_fracture(frieda: Faulty) -> None:
    session = min(frieda.of("aerobic"), key=lambda s: s.minutes)
    become(main_of(session)[0], "jog")
    frieda.restate()
    session.intensity.met, session.intensity.level = ROWS["jog"]["met"], "vigorous"
    impact, effort = "verify/exercise-impact-up-to-brisk-walking", "verify/exercise-moderate-at-most"
    assert frieda.breaks() == {impact, effort, "verify/effort"}


def test_a_high_rpe_after_a_vertebral_fracture(frieda: Faulty) -> None:
    frieda.of("aerobic")[0].intensity.rpe = 7
    assert frieda.breaks() == {"verify/effort"}


def test_an_exercise_in_which_a_person_who_may_fall_has_nothing_to_hold(frieda: Faulty) -> None:
    become(main_of(frieda.of("balance")[0])[0], "foam_stand")
    frieda.restate()
    assert frieda.breaks() == {"verify/exercise-no-high-fall-hazard", "verify/exercise-no-falls-on-weak-bone"}


def test_a_session_harder_than_the_level_of_the_person(anna: Faulty) -> None:
    anna.of("aerobic")[0].intensity.rpe = 9
    assert anna.breaks() == {"verify/effort"}


def test_an_exercise_that_loads_a_spine_with_a_metastasis(mia: Faulty) -> None:
    add(mia.of("resistance")[0], some("resistance", lambda r: "spine" in r["joints"] and not r.get("equipment")))
    mia.restate()
    assert mia.breaks() == {"verify/exercise-metastases-site-map"}


def test_sessions_for_a_person_with_metastases_whom_nobody_has_cleared(mia: Faulty) -> None:
    mia.plan.profile["exercise"]["clearance"] = []
    for notice in mia.plan.notices:
        if notice.rule == "safety/gates/bone_metastases":
            notice.level = "clearance"
    assert mia.breaks() == {"verify/gate"}


def test_equipment_that_the_person_has_not(anna: Faulty) -> None:
    add(anna.of("resistance")[0], some("resistance", lambda r: r.get("equipment") == ["dumbbells"]))
    anna.restate()
    assert anna.breaks() == {"verify/equipment"}


def test_a_place_where_the_person_does_not_train(anna: Faulty) -> None:
    anna.plan.profile["exercise"]["equipment"].append("machines")
    add(anna.of("resistance")[0], some("resistance", lambda r: r["place"] == ["gym"] and r["level"] == "beginner"))
    anna.restate()
    assert anna.breaks() == {"verify/place"}


def test_an_exercise_above_the_persons_level(anna: Faulty) -> None:
    own = {"resistance_band", "chair", "mat"}
    add(
        anna.of("resistance")[0],
        some("resistance", lambda r: r["level"] == "advanced" and own.issuperset(r.get("equipment", []))),
    )
    anna.restate()
    assert anna.breaks() == {"verify/level"}


def test_an_exercise_that_was_left_out_because_it_hurt(anna: Faulty) -> None:
    anna.plan.exercise.avoid = [main_of(anna.of("balance")[0])[0].exercise]
    assert anna.breaks() == {"verify/avoided"}


# ---------------------------------------------------------------------------------- sessions that are as they say


def test_a_walk_that_is_called_vigorous(anna: Faulty) -> None:
    walk = next(s for s in anna.of("aerobic") if s.intensity.level == "moderate")
    walk.intensity.level = "vigorous"
    assert anna.breaks() == {"verify/intensity"}


def test_cycling_that_is_called_weight_bearing(anna: Faulty) -> None:
    days = {s.date: 0 for s in anna.sessions} | {START + dt.timedelta(days=n): 0 for n in range(7)}
    for session in anna.of("aerobic"):
        days[session.date] += session.minutes
    date = min(sorted(days)[:7], key=lambda day: days[day])
    ride = anna.of("aerobic")[0].model_copy(deep=True, update={"id": "ride", "minutes": 15})
    ride.items = [ride.items[0].model_copy(update={"minutes": 15})]
    become(ride.items[0], some("aerobic", lambda r: r["pattern"] == "cycling" and 3 <= r["met"] < 6))
    move(ride, "20:00", date)
    ride.weight_bearing = False
    anna.sessions.append(ride)
    anna.restate()
    assert anna.breaks() == set()
    ride.weight_bearing = True
    assert anna.breaks() == {"verify/weight-bearing"}


def test_a_strength_exercise_in_a_balance_session(anna: Faulty) -> None:
    with_nothing = some("resistance", lambda r: not r.get("equipment") and r["level"] == "beginner")
    become(main_of(anna.of("balance")[0])[-1], with_nothing)
    anna.restate()
    assert anna.breaks() == {"verify/session-kind"}


def test_muscle_groups_that_an_exercise_does_not_train(anna: Faulty) -> None:
    item = main_of(anna.of("resistance")[0])[0]
    item.muscle_groups = ["legs", "hips", "back", "chest", "shoulders", "arms", "core"]
    assert anna.breaks() == {"verify/muscle-groups"}


def test_a_session_without_stop_signs(anna: Faulty) -> None:
    anna.of("impact")[0].stop_if = []
    assert anna.breaks() == {"verify/stop-signs"}


def test_a_session_before_the_first_meal_on_insulin_is_a_breach() -> None:
    plan = made(person(medications=[{"name": "warfarin"}, {"name": "insulin glargine"}]), 1)
    first = plan.exercise.sessions[0]
    assert first.start >= "07:30"
    early = [s.model_copy(update={"start": "06:00", "end": f"06:{s.minutes:02d}"}) if s is first else s
             for s in plan.exercise.sessions]  # fmt: skip
    spoilt = plan.model_copy(update={"exercise": plan.exercise.model_copy(update={"sessions": early})})
    assert {breach.rule for breach in verify_plan(spoilt)} == {"verify/timing-fasted"}


def test_a_session_between_a_bisphosphonate_and_breakfast_is_a_breach() -> None:
    tablet = {"name": "alendronate", "weekday": "monday", "time": "06:00"}
    plan = made(person(medications=[{"name": "warfarin"}, tablet]), 1)
    first = plan.exercise.sessions[0]
    assert first.date == START
    assert not [s for s in plan.exercise.sessions if s.date == START and s.start < "07:30" and s.end > "06:00"]
    early = [
        s.model_copy(update={"start": "06:10", "end": f"06:{10 + s.minutes:02d}"}) if s is first else s
        for s in plan.exercise.sessions
    ]
    spoilt = plan.model_copy(update={"exercise": plan.exercise.model_copy(update={"sessions": early})})
    assert "verify/timing-upright" in {breach.rule for breach in verify_plan(spoilt)}
