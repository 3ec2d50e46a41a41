"""The exercise catalogue: its schema, its ids, its METs, and that nobody is left without an exercise."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from boneplan.data import shipped_yaml
from boneplan.exercises import LEVELS, Dose, Exercise, catalogue, effort_of

ALL = list(catalogue().values())
GROUPS = ("legs", "hips", "back", "chest", "shoulders", "arms", "core")

# 2024 Adult Compendium of Physical Activities (Herrmann et al. 2024), copied by hand: MET by activity code.
COMPENDIUM = {
    "01210": 3.5, "01214": 4.0, "01216": 5.0, "02001": 5.5, "02002": 7.3, "02005": 4.8, "02006": 8.0, "02022": 3.8,
    "02024": 2.8, "02030": 3.5, "02048": 5.0, "02050": 6.0, "02052": 5.0, "02054": 3.5, "02056": 3.0, "02064": 3.8,
    "02071": 5.0, "02101": 2.3, "02120": 5.3, "02150": 2.3, "02340": 2.8, "02344": 4.0, "03033": 5.0, "03040": 3.0,
    "12010": 6.0, "12020": 7.5, "12025": 4.8, "15552": 8.3, "15660": 4.0, "15670": 3.3, "15672": 1.5, "15685": 4.5,
    "17034": 5.3, "17035": 7.0, "17080": 6.0, "17081": 3.8, "17082": 5.3, "17133": 4.5, "17138": 7.5, "17151": 2.3,
    "17152": 2.8, "17170": 3.0, "17190": 3.8, "17200": 4.8, "17220": 5.5, "17302": 4.3, "17304": 5.3, "17355": 3.8,
    "17358": 4.8, "18240": 5.8,
}  # fmt: skip


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.id)
def test_met_is_the_compendiums_for_the_code(exercise: Exercise) -> None:
    assert exercise.met == COMPENDIUM[exercise.compendium]


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.id)
def test_easier_and_harder_versions_exist_and_are_of_one_kind(exercise: Exercise) -> None:
    for other_id in filter(None, (exercise.easier, exercise.harder)):
        assert catalogue()[other_id].kind == exercise.kind
        assert other_id != exercise.id
    if exercise.easier:
        assert catalogue()[exercise.easier].rank <= exercise.rank
    if exercise.harder:
        assert catalogue()[exercise.harder].rank >= exercise.rank


def test_harder_versions_never_lead_back() -> None:
    for exercise in ALL:
        seen = {exercise.id}
        while exercise.harder:
            exercise = catalogue()[exercise.harder]
            assert exercise.id not in seen
            seen.add(exercise.id)


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.id)
def test_every_source_is_in_the_guidelines(exercise: Exercise) -> None:
    known = shipped_yaml("guidelines", "exercise/sources.yaml")
    assert set(exercise.evidence) <= set(known)
    if exercise.peak_grf_bw:
        assert exercise.peak_grf_bw.source in known


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.id)
def test_the_class_of_impact_fits_the_peak_force(exercise: Exercise) -> None:
    bounds = shipped_yaml("guidelines", "exercise/eligibility.yaml")["impact_classes"]
    if exercise.peak_grf_bw is None:
        return
    assert exercise.peak_grf_bw.low <= exercise.peak_grf_bw.high
    by_force = next((name for name, b in bounds.items() if exercise.peak_grf_bw.high <= b["at_most"]), "high")
    assert exercise.impact == by_force


@pytest.mark.parametrize("exercise", [e for e in ALL if e.kind == "impact"], ids=lambda e: e.id)
def test_impact_exercises_are_graded_as_impact(exercise: Exercise) -> None:
    assert exercise.impact in ("moderate", "high")
    assert exercise.weight_bearing


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize(
    "equipment",
    [(), ("chair",), ("resistance_band", "chair"), ("dumbbells", "chair"), ("machines",)],
    ids=["nothing", "chair", "bands", "dumbbells", "machines"],
)
def test_every_muscle_group_is_reached_with_any_equipment_and_the_spine_at_rest(
    group: str, equipment: tuple[str, ...]
) -> None:
    fit = [
        e
        for e in ALL
        if e.kind == "resistance"
        and e.level == LEVELS[0]
        and e.muscle_groups[0] == group
        and set(e.equipment) <= set(equipment)
        and e.spine_flexion == e.spine_rotation == "none"
        and not e.floor_lift
        and e.fall_hazard == "low"
    ]
    assert len(fit) >= 2


def test_every_kind_has_beginners_exercises_without_equipment() -> None:
    kinds = {e.kind for e in ALL if e.level == "beginner" and not e.equipment}
    assert kinds == {"aerobic", "resistance", "balance", "posture", "flexibility", "impact"}


@pytest.mark.parametrize("exercise", [e for e in ALL if e.kind == "aerobic"], ids=lambda e: e.id)
def test_only_exercise_on_the_feet_is_weight_bearing(exercise: Exercise) -> None:
    if exercise.weight_bearing:
        assert exercise.posture == "standing"
        assert exercise.impact != "none"
    else:
        assert exercise.impact == "none"


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
