"""The exercise catalogue: its schema, its ids, its METs, and that nobody is left without an exercise."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from boneplan.data import shipped_yaml
from boneplan.exercises import Dose, Exercise, Joint, MuscleGroup, Site, catalogue, effort_of

ALL = list(catalogue().values())
GROUPS: tuple[MuscleGroup, ...] = ("legs", "hips", "back", "chest", "shoulders", "arms", "core")
EACH = pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.id)
SPINE_NEUTRAL = [e for e in ALL if e.spine_flexion == e.spine_rotation == "none"]

# 2024 Adult Compendium of Physical Activities (Herrmann et al. 2024), copied by hand: MET by activity code.
COMPENDIUM = {
    "01210": 3.5, "01214": 4.0, "01216": 5.0, "02001": 5.5, "02002": 7.3, "02005": 4.8, "02006": 8.0, "02022": 3.8,
    "02024": 2.8, "02030": 3.5, "02034": 3.5, "02048": 5.0, "02050": 6.0, "02052": 5.0, "02054": 3.5, "02056": 3.0,
    "02064": 3.8, "02071": 5.0, "02101": 2.3, "02120": 5.3, "02150": 2.3, "02340": 2.8, "02344": 4.0, "03033": 5.0,
    "03040": 3.0, "12010": 6.0, "12020": 7.5, "12025": 4.8, "15552": 8.3, "15660": 4.0, "15670": 3.3, "15672": 1.5,
    "15685": 4.5, "17034": 5.3, "17035": 7.0, "17080": 6.0, "17081": 3.8, "17082": 5.3, "17133": 4.5, "17138": 7.5,
    "17151": 2.3, "17152": 2.8, "17170": 3.0, "17190": 3.8, "17200": 4.8, "17220": 5.5, "17302": 4.3, "17304": 5.3,
    "17355": 3.8, "17358": 4.8, "18240": 5.8,
}  # fmt: skip


@EACH
def test_met_is_the_compendiums_for_the_code(exercise: Exercise) -> None:
    assert exercise.met == COMPENDIUM[exercise.compendium]


@EACH
def test_easier_and_harder_versions_exist_and_are_of_one_kind(exercise: Exercise) -> None:
    for other_id in filter(None, (exercise.easier, exercise.harder)):
        assert catalogue()[other_id].kind == exercise.kind
        assert other_id != exercise.id
    if exercise.easier:
        assert catalogue()[exercise.easier].rank <= exercise.rank
    if exercise.harder:
        assert catalogue()[exercise.harder].rank >= exercise.rank


@pytest.mark.parametrize("way", ["easier", "harder"])
@EACH
def test_easier_and_harder_versions_never_lead_back(exercise: Exercise, way: str) -> None:
    seen = [exercise.id]
    while following := getattr(catalogue()[seen[-1]], way):
        assert following not in seen
        seen.append(following)


@EACH
def test_no_version_is_both_easier_and_harder(exercise: Exercise) -> None:
    if exercise.harder:
        assert catalogue()[exercise.harder].harder != exercise.id
        assert exercise.harder != exercise.easier


@EACH
def test_every_source_is_in_the_guidelines(exercise: Exercise) -> None:
    known = shipped_yaml("guidelines", "exercise/sources.yaml")
    assert set(exercise.evidence) <= set(known)
    assert exercise.peak_grf_bw.source in known


@EACH
def test_the_class_of_impact_fits_the_peak_force(exercise: Exercise) -> None:
    bounds = shipped_yaml("guidelines", "exercise/eligibility.yaml")["impact_classes"]
    assert exercise.peak_grf_bw.low <= exercise.peak_grf_bw.high
    by_force = next((name for name, b in bounds.items() if exercise.peak_grf_bw.high <= b["at_most"]), "high")
    assert exercise.impact == by_force


@pytest.mark.parametrize("exercise", [e for e in ALL if e.kind == "impact"], ids=lambda e: e.id)
def test_impact_exercises_are_graded_as_impact(exercise: Exercise) -> None:
    assert exercise.impact in ("moderate", "high")
    assert exercise.weight_bearing


@EACH
def test_the_feet_carry_the_body_where_it_stands_and_not_where_it_sits_or_lies(exercise: Exercise) -> None:
    # Sit to stand begins seated, and water or the plates of a cross-trainer carry who stands in them.
    if exercise.kind != "aerobic":
        on_feet = exercise.posture == "standing" or exercise.id.startswith(("sit_to_stand", "dumbbell_sit_to_stand"))
        assert exercise.weight_bearing == on_feet
        assert (exercise.impact == "none") != on_feet


def level_of_equipment(exercise: Exercise) -> str:
    """What somebody must own for it; empty where it takes things that none of the five levels holds."""
    asked = set(exercise.equipment)
    if not asked:
        return "bodyweight"
    if asked == {"chair"}:
        return "chair"
    if "resistance_band" in asked and asked <= {"resistance_band", "chair"}:
        return "bands"
    if "dumbbells" in asked and asked <= {"dumbbells", "chair", "mat"}:
        return "dumbbells"
    return "machines" if "machines" in asked else ""


def for_a_fragile_spine(exercise: Exercise) -> bool:
    """Open to somebody with osteoporosis who trains alone."""
    return exercise in SPINE_NEUTRAL and not (
        exercise.floor_lift or exercise.supervised or exercise.fall_hazard == "high"
    )


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("equipment", ["bodyweight", "chair", "bands", "dumbbells", "machines"])
@pytest.mark.parametrize(
    ("suits", "least"),
    [
        (lambda _: True, 3),
        (for_a_fragile_spine, 3),
        (lambda e: for_a_fragile_spine(e) and e.level == "beginner", 2),
        (lambda e: for_a_fragile_spine(e) and e.level == "beginner" and e.fall_hazard == "low", 2),
    ],
    ids=["anybody", "osteoporosis", "beginner", "unsteady beginner"],
)
def test_every_muscle_group_has_a_choice_of_exercises_at_every_level_of_equipment(
    group: str, equipment: str, suits: Callable[[Exercise], bool], least: int
) -> None:
    fit = [
        e.id
        for e in ALL
        if e.kind == "resistance" and e.muscle_groups[0] == group and level_of_equipment(e) == equipment and suits(e)
    ]
    assert len(fit) >= least, fit


@pytest.mark.parametrize("group", GROUPS)
def test_who_does_not_stand_has_three_exercises_for_every_muscle_group_on_a_chair(group: str) -> None:
    fit = [
        e.id
        for e in ALL
        if e.kind == "resistance"
        and e.muscle_groups[0] == group
        and e.equipment == ["chair"]
        and e.posture == "seated"
        and not e.weight_bearing
        and for_a_fragile_spine(e)
    ]
    assert len(fit) >= 3, fit


def test_every_kind_has_beginners_exercises_without_equipment() -> None:
    kinds = {e.kind for e in ALL if e.level == "beginner" and not e.equipment}
    assert kinds == {"aerobic", "resistance", "balance", "posture", "flexibility", "impact"}


@pytest.mark.parametrize("place", ["home", "outdoors", "gym"])
def test_each_place_alone_holds_a_whole_week_for_a_beginner(place: str) -> None:
    here = [e for e in ALL if place in e.place and e.level == "beginner" and not e.equipment]
    assert {e.muscle_groups[0] for e in here if e.kind == "resistance"} == set(GROUPS)
    assert {e.kind for e in here} == {"aerobic", "resistance", "balance", "posture", "flexibility", "impact"}
    assert any(e.kind == "aerobic" and e.weight_bearing and e.effort == "moderate" for e in here)
    assert {"seated_arm_swing", "walk_easy", "march_in_place"} <= {e.id for e in here}


@pytest.mark.parametrize("exercise", [e for e in ALL if e.kind == "aerobic"], ids=lambda e: e.id)
def test_only_exercise_on_the_feet_is_weight_bearing(exercise: Exercise) -> None:
    if exercise.weight_bearing:
        assert exercise.posture == "standing"
        assert exercise.impact != "none"
    elif exercise.id == "cross_trainer":
        assert exercise.impact == "walking"  # it carries the body, though the feet never leave the plates
    else:
        assert exercise.impact == "none"


@EACH
def test_equipment_is_named_where_the_cues_call_for_it(exercise: Exercise) -> None:
    said = " ".join([exercise.name, *exercise.cues]).lower()
    for word, thing in (("dumbbell", "dumbbells"), ("machine", "machines"), ("cable", "machines")):
        if word in said:
            assert thing in exercise.equipment
    if re.search(r"\bband\b", said):
        assert "resistance_band" in exercise.equipment
    if exercise.support == "chair":
        assert "chair" in exercise.equipment
    if {"machines", "treadmill", "pool"}.intersection(exercise.equipment):
        assert {"gym", "pool"}.intersection(exercise.place)


@EACH
def test_joints_and_bones_are_named_once_and_from_the_body_down_in_one_order(exercise: Exercise) -> None:
    assert exercise.joints == [joint for joint in get_args(Joint) if joint in exercise.joints]
    assert exercise.sites == [site for site in get_args(Site) if site in exercise.sites]


@EACH
def test_what_is_done_on_the_move_or_with_force_on_the_feet_loads_the_hip(exercise: Exercise) -> None:
    walks = exercise.kind == "aerobic" and exercise.weight_bearing
    hips = exercise.kind == "resistance" and "hips" in exercise.muscle_groups
    if walks or hips or exercise.impact in ("moderate", "high"):
        assert "hip" in exercise.joints
    if re.search(r"\b(one leg|squat|lunge|walk|march|stairs|step|jump|hop)", exercise.name.lower()):
        assert "hip" in exercise.joints


@EACH
def test_work_of_the_trunk_loads_the_spine(exercise: Exercise) -> None:
    trunk = exercise.muscle_groups[0] == "core" and exercise.kind == "resistance"
    moved = exercise.spine_flexion != "none" or exercise.spine_rotation != "none"
    # Shoulder-blade work keeps the trunk still against a wall or a chair.
    upright = exercise.kind == "posture" and exercise.pattern != "scapular"
    if trunk or moved or upright or exercise.pattern in ("hinge", "bridge", "back_extension"):
        assert "spine" in exercise.joints


@EACH
def test_the_neck_is_part_of_the_spine(exercise: Exercise) -> None:
    if "neck" in exercise.joints:
        assert "spine" in exercise.joints
    if re.search(r"\b(chin|head turns)", exercise.name.lower()):
        assert "neck" in exercise.joints


@EACH
def test_work_of_the_arms_loads_the_shoulder_unless_only_the_elbow_bends(exercise: Exercise) -> None:
    worked = {"chest", "shoulders"} & set(exercise.muscle_groups[:2])
    if exercise.kind == "resistance" and (worked or exercise.pattern in ("push", "pull", "raise")):
        assert "shoulder" in exercise.joints
    if exercise.pattern in ("rowing", "racquet") or "poles" in exercise.equipment or exercise.id == "swim_easy":
        assert "shoulder" in exercise.joints
    if exercise.pattern == "curl":
        assert exercise.joints == ["elbow"]


@pytest.mark.parametrize("exercise", [e for e in ALL if e.pattern == "cycling"], ids=lambda e: e.id)
def test_on_a_bike_the_saddle_carries_the_hip(exercise: Exercise) -> None:
    assert exercise.joints == ["knee"]


LESION_SITES: dict[str, dict[str, Any]] = shipped_yaml("guidelines", "exercise/eligibility.yaml")["lesion_sites"][
    "sites"
]


@pytest.mark.parametrize("lesion", sorted(LESION_SITES.keys() - {"other"}))
def test_beside_every_metastasis_a_beginner_without_equipment_has_exercises_left(lesion: str) -> None:
    site = LESION_SITES[lesion]
    left = [
        e
        for e in SPINE_NEUTRAL
        if not set(e.joints) & set(site["joints"])
        and e.level == "beginner"
        and not e.equipment
        and e.impact in ("none", "walking")
        and e.effort != "vigorous"
    ]
    for group in set(GROUPS) - set(site["groups"]):
        assert len([e for e in left if e.kind == "resistance" and e.muscle_groups[0] == group]) >= 2, group
    balance = [e for e in left if e.kind == "balance"]
    assert any(e.pattern == "static" for e in balance)
    assert any(e.pattern != "static" for e in balance)
    assert any(e.pattern == "stretch" for e in left)
    assert "seated_arm_swing" in {e.id for e in left}
    on_feet = not site.get("off_feet", False)
    moderate = [e for e in left if e.kind == "aerobic" and e.effort == "moderate" and e.weight_bearing == on_feet]
    assert moderate


def test_the_warm_up_on_a_chair_is_easy_and_leaves_hip_spine_and_shoulder_alone() -> None:
    warm_up = catalogue()["seated_arm_swing"]
    assert (warm_up.kind, warm_up.posture, warm_up.effort) == ("aerobic", "seated", "light")
    assert not warm_up.weight_bearing
    assert warm_up.equipment == []
    assert not {"hip", "spine", "neck", "shoulder"} & set(warm_up.joints)


# Words by which a cue would bend or turn the trunk.
RISKY = re.compile(
    r"\b(bend|lean|fold|reach|roll|stoop|hinge)\w*\b.*\b(forward|over|down|floor)\b"
    r"|\bnose over|\b(twist|turn|rotat|crunch|slump)\w*|\b(rounds|rounding|rounded|round (back|over|the back))\b",
    re.IGNORECASE,
)
# A warning against it, or a bend at the hips with the back kept long.
EXCUSED = re.compile(r"\b(not|no|never|nothing|without|leave out|stop before|from the hips|long)\b", re.IGNORECASE)
TURNS_SOMETHING_ELSE = {
    "walk_indoors": "the walker turns round on the feet",
    "heel_toe_walk": "the walker turns round on the feet",
    "figure_eight": "the walker turns round on the feet",
    "single_leg_head_turns": "the head turns on a still trunk",
    "chest_stretch": "the feet and the whole body turn",
    "dumbbell_shrug_back": "the shoulders roll back and down",
    "leg_curl_machine": "it is the hinge of the machine",
}


@pytest.mark.parametrize("exercise", SPINE_NEUTRAL, ids=lambda e: e.id)
def test_no_cue_of_a_spine_neutral_exercise_bends_or_twists_the_trunk(exercise: Exercise) -> None:
    told = [cue for cue in exercise.cues if RISKY.search(cue) and not EXCUSED.search(cue)]
    assert bool(told) == (exercise.id in TURNS_SOMETHING_ELSE), told


@pytest.mark.parametrize(
    "cue", ["Bend forward to the toes", "Twist to the left", "Nose over toes", "Let the back go, it rounds"]
)
def test_cues_that_bend_or_twist_are_recognised(cue: str) -> None:
    assert RISKY.search(cue)
    assert not EXCUSED.search(cue)


@pytest.mark.parametrize("row", ["curl_up", "rowing_machine"])
def test_bending_under_load_is_declared(row: str) -> None:
    assert catalogue()[row].spine_flexion == "loaded"


def test_effort_is_named_by_met() -> None:
    assert [effort_of(met) for met in (2.9, 3.0, 5.9, 6.0)] == ["light", "moderate", "moderate", "vigorous"]


def test_a_dose_is_minutes_or_sets() -> None:
    assert Dose(minutes=10, rpe=3).minutes == 10
    for wrong in ({"rpe": 3}, {"minutes": 5, "sets": 1, "reps": 8, "rpe": 3}, {"reps": 8, "rpe": 3}):
        with pytest.raises(ValidationError, match="dose"):
            Dose.model_validate(wrong)


def test_an_unknown_field_is_an_error() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Exercise.model_validate({**ALL[0].model_dump(exclude_none=True), "colour": "red"})


@pytest.mark.parametrize("field", ["peak_grf_bw", "joints"])
def test_force_and_joints_are_given_for_every_exercise(field: str) -> None:
    row = ALL[0].model_dump(exclude_none=True)
    del row[field]
    with pytest.raises(ValidationError, match=field):
        Exercise.model_validate(row)


def test_no_two_exercises_have_one_name() -> None:
    assert len({e.name.casefold() for e in ALL}) == len(ALL)
