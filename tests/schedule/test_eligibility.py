"""Who may do which exercise, and the rule that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import get_args

import pytest

from boneplan.choices import Equipment
from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.eligibility import bone_class, dropped_by, eligible, notices, shut, traits, why

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
EVERYTHING = get_args(Equipment)
WRIST = {"site": "wrist", "year": 2019, "fragility": True}
ANKLE = {"site": "ankle", "year": 2021, "fragility": True}
SPINE = {"site": "vertebra", "year": 2022, "fragility": True}


def ids(profile: Profile) -> set[str]:
    return {exercise.id for exercise in eligible(profile, catalogue())}


@pytest.mark.parametrize(
    ("t", "expected"),
    [(-2.6, "osteoporosis"), (-2.5, "osteoporosis"), (-2.4, "osteopenia"), (-1.1, "osteopenia"),
     (-1.0, "normal_bone"), (0.5, "normal_bone"), (None, "bone_unknown")],
)  # fmt: skip
def test_bone_is_classed_by_the_worst_t_score(t: float | None, expected: str) -> None:
    assert bone_class(t) == expected


def test_the_worst_site_decides(person: Person) -> None:
    profile = person(t=-0.5).model_copy(deep=True)
    scores = profile.bone.t_scores.model_copy(update={"femoral_neck": -2.7})
    worse = profile.model_copy(update={"bone": profile.bone.model_copy(update={"t_scores": scores})})
    assert "osteoporosis" in traits(worse)


@pytest.mark.parametrize(
    "someone",
    [{"t": -2.8}, {"t": -0.5, "fractures": [WRIST]}, {"t": -0.5, "fractures": [SPINE]}],
    ids=["osteoporosis", "fragility fracture", "vertebral fracture"],
)
def test_a_fragile_spine_is_neither_bent_nor_twisted_nor_loaded_from_the_floor(
    person: Person, someone: dict[str, object]
) -> None:
    left = eligible(person(level="advanced", equipment=EVERYTHING, **someone), catalogue())
    assert all(e.spine_flexion == "none" and e.spine_rotation == "none" and not e.floor_lift for e in left)
    assert {"squat", "band_row", "walk_brisk"} <= {e.id for e in left}


def test_normal_bone_keeps_what_fragile_bone_must_leave(person: Person) -> None:
    strong = ids(person(t=0.3, level="advanced", equipment=EVERYTHING))
    assert {"curl_up", "floor_deadlift", "tennis_doubles", "jump_small", "jog"} <= strong
    assert "drop_jump" not in strong
    assert "heavy_deadlift" not in strong


@pytest.mark.parametrize("fractures", [[SPINE], [WRIST, ANKLE]], ids=["vertebral", "several low-trauma"])
def test_after_vertebral_or_several_fractures_nothing_above_a_brisk_walk(
    person: Person, fractures: list[dict[str, object]]
) -> None:
    left = eligible(person(t=-0.5, level="advanced", equipment=EVERYTHING, fractures=fractures), catalogue())
    assert {e.impact for e in left} <= {"none", "walking"}
    assert all(e.effort != "vigorous" for e in left)
    assert "walk_brisk" in {e.id for e in left}


def test_a_vertebral_fracture_counts_however_it_came_about(person: Person) -> None:
    assert "vertebral_fracture" in traits(person(fractures=[{"site": "vertebra", "year": 2010, "fragility": False}]))


def test_one_wrist_is_not_several(person: Person) -> None:
    assert "multiple_low_trauma_fractures" not in traits(person(fractures=[WRIST]))
    assert "multiple_low_trauma_fractures" in traits(person(fractures=[WRIST, ANKLE]))


@pytest.mark.parametrize("condition", ["fall_risk", "neuropathy"])
def test_with_fall_risk_nothing_unsupported_in_which_a_fall_is_likely(person: Person, condition: str) -> None:
    profile = person(t=0.0, level="advanced", equipment=EVERYTHING, conditions=[condition])
    left = eligible(profile, catalogue())
    assert not [e.id for e in left if e.fall_hazard == "high" and e.support == "none"]
    assert not [e.id for e in left if e.kind == "impact"]
    assert "bike_light" in {e.id for e in left}


def test_joint_pain_swaps_running_for_low_impact(person: Person) -> None:
    sore = ids(person(t=0.0, level="advanced", conditions=["joint_pain"]))
    assert "jog" not in sore
    assert {"walk_brisk", "heel_drop"} <= sore


def test_equipment_is_absolute(person: Person) -> None:
    assert not [e for e in eligible(person(level="advanced"), catalogue()) if e.equipment]
    assert "band_row" not in ids(person(equipment=["resistance_band"]))
    assert "band_row" in ids(person(equipment=["resistance_band", "chair"]))


def test_a_beginner_gets_beginners_exercises(person: Person) -> None:
    assert {e.level for e in eligible(person(equipment=EVERYTHING), catalogue())} == {"beginner"}


@pytest.mark.parametrize(
    "condition", ["bone_metastases", "recent_fracture", "acute_back_pain", "lymphoedema_flare", "heart_disease"]
)
def test_why_names_the_gate_that_leaves_no_exercise_at_all(person: Person, condition: str) -> None:
    lines = why(catalogue()["wall_push_up"], person(conditions=[condition]), MONDAY)
    assert lines[0].startswith(f"dropped by safety/gates/{condition}: ")
    assert [line for line in lines if "safety/gates" in line] == lines[:1]


def test_a_clearance_given_by_the_day_opens_what_may_be_opened(person: Person) -> None:
    cleared = [{"for": "exercise", "by": "cardiologist", "on": "2026-01-10"}]
    assert shut(person(conditions=["heart_disease"]), MONDAY) != []
    assert shut(person(conditions=["heart_disease"], clearance=cleared), MONDAY) == []
    assert shut(person(conditions=["heart_disease"], clearance=cleared), dt.date(2026, 1, 9)) != []
    assert shut(person(conditions=["bone_metastases"]), MONDAY) != []
    assert shut(person(conditions=["bone_metastases"], clearance=cleared), MONDAY) == []


@pytest.mark.parametrize(
    ("sites", "joints"),
    [(["lumbar_spine"], {"spine"}), (["cervical_spine"], {"spine"}), (["ribs"], {"spine", "shoulder"}),
     (["pelvis"], {"hip"}), (["proximal_femur", "ribs"], {"hip", "spine", "shoulder"}),
     ],
)  # fmt: skip
def test_a_joint_beside_a_metastasis_is_not_loaded(person: Person, sites: list[str], joints: set[str]) -> None:
    profile = person(t=0.5, level="advanced", equipment=EVERYTHING, conditions=["bone_metastases"], metastases=sites)
    left = eligible(profile, catalogue())
    assert left
    assert not [e.id for e in left if joints.intersection(e.joints)]
    assert {e.impact for e in left} <= {"none", "walking"}
    assert all(e.effort != "vigorous" and not e.floor_lift for e in left)


def test_why_names_the_joints_that_a_metastasis_rules_out(person: Person) -> None:
    profile = person(conditions=["bone_metastases"], metastases=["pelvis"])
    (drop,) = dropped_by(catalogue()["walk_easy"], profile)
    assert drop.rule == "exercise-metastases-site-map"
    assert drop.text.endswith("(hip)")
    assert drop.mend == ""
    assert dropped_by(catalogue()["seated_kicks"], profile) == []


def test_places_leave_what_can_be_done_there_and_name_the_mend(person: Person) -> None:
    swimmer = person(equipment=["pool", "bike"], places=["pool"])
    assert ids(swimmer) == {"water_aerobics"}
    (drop,) = dropped_by(catalogue()["bike_easy"], swimmer)
    assert (drop.rule, drop.mend) == ("exercise-place", "add home or gym to exercise.places")
    assert ids(person(places=None)) >= ids(person(places=["home", "outdoors"])) > ids(person(places=["home"]))


def test_equipment_that_would_help_is_named_and_a_level_is_never_offered(person: Person) -> None:
    (drop,) = dropped_by(catalogue()["band_row"], person(equipment=["chair"]))
    assert drop.mend == "add resistance_band to exercise.equipment, if there is one"
    assert {d.mend for d in dropped_by(catalogue()["jog"], person(t=0.5))} == {""}


@pytest.mark.parametrize("sites", [[], ["other"]])
def test_an_unknown_site_of_a_metastasis_rules_out_every_joint(person: Person, sites: list[str]) -> None:
    profile = person(t=0.5, level="advanced", equipment=EVERYTHING, conditions=["bone_metastases"], metastases=sites)
    assert eligible(profile, catalogue()) == []


@pytest.mark.parametrize("someone", [{"t": -3.0}, {"t": -1.5, "fractures": [SPINE]}])
def test_nothing_unsupported_in_which_a_fall_is_likely_where_a_fall_could_break_a_bone(
    person: Person, someone: dict[str, object]
) -> None:
    left = eligible(person(level="advanced", equipment=EVERYTHING, **someone), catalogue())
    assert not [e.id for e in left if e.fall_hazard == "high" and e.support == "none"]


def test_why_names_every_rule_that_drops(person: Person) -> None:
    lines = why(catalogue()["drop_jump"], person(t=-3.0, fractures=[SPINE]), MONDAY)
    rules = {line.removeprefix("dropped by ").split(":")[0] for line in lines}
    assert rules == {
        "exercise-impact-up-to-brisk-walking", "exercise-no-high-impact", "exercise-supervised-only",
        "exercise-no-falls-on-weak-bone", "exercise-equipment", "exercise-level",
    }  # fmt: skip
    assert any("Royal Osteoporosis Society" in line for line in lines)


def test_why_says_what_keeps_an_exercise(person: Person) -> None:
    lines = why(catalogue()["band_row"], person(t=-3.0, equipment=["resistance_band", "chair"]), MONDAY)
    assert lines[0] == "kept: it needs resistance band, chair and suits level beginner"
    assert any(line.startswith("kept under exercise-spine-sparing") for line in lines)


def test_why_and_eligible_agree(person: Person) -> None:
    profile = person(t=-2.6, level="intermediate", equipment=["mat", "dumbbells"], conditions=["joint_pain"])
    kept = ids(profile)
    for exercise in catalogue().values():
        assert (exercise.id in kept) == why(exercise, profile, MONDAY)[0].startswith("kept")


def test_people_are_told_what_their_condition_means(person: Person) -> None:
    told = {n.rule: n for n in notices(person(t=None, conditions=["lymphoedema"], fractures=[SPINE]))}
    assert told["exercise-physio-vertebral-fracture"].level == "warn"
    assert "physiotherapist" in told["exercise-lymphoedema-start-low"].text
    assert "DXA" in told["exercise-unknown-bone"].text
    assert all(n.source and n.scope == "exercise" for n in told.values())


def test_a_notice_is_as_well_founded_as_the_best_read_of_its_sources(person: Person) -> None:
    told = {n.rule: n.basis for n in notices(person(t=None, conditions=["joint_pain"], fractures=[SPINE]))}
    assert told["exercise-physio-vertebral-fracture"] == "published"
    assert told["exercise-joint-pain-low-impact"] == "consensus-unverified"
    assert told["exercise-unknown-bone"] == "project"


@pytest.mark.parametrize(
    ("worst", "diagnosed", "bone"),
    [
        (None, [], "bone_unknown"),
        (None, ["osteopenia"], "osteopenia"),
        (None, ["osteoporosis"], "osteoporosis"),
        (-0.9, ["osteoporosis"], "osteoporosis"),
        (-2.6, ["osteopenia"], "osteoporosis"),
        (-1.0, [], "normal_bone"),
    ],
)
def test_a_diagnosis_counts_like_a_t_score_and_the_graver_of_both_decides(
    person: Person, worst: float | None, diagnosed: list[str], bone: str
) -> None:
    assert bone_class(worst, diagnosed) == bone
    found = traits(person(t=worst, conditions=diagnosed))
    assert found & {"bone_unknown", "normal_bone", "osteopenia", "osteoporosis"} == {bone}
