"""The shipped exercise catalogue and rules, as verify reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.catalogue import read_exercise
from boneplan.verify.exercise_tables import ExerciseTables, read_exercise_tables
from boneplan.verify.safety_rules import Lesion
from boneplan.verify.week_rules import read_week_rules
from boneplan.verify.yaml_file import read_entries, read_yaml

GUIDELINES = data_folder("guidelines") / "exercise"


def shipped() -> ExerciseTables:
    rows = [row for path in data_folder("exercises").glob("*.yaml") for row in read_yaml(path)]
    return read_exercise_tables(data_folder("exercises"), GUIDELINES, {row["id"] for row in rows})


@pytest.fixture(scope="module")
def tables() -> ExerciseTables:
    return shipped()


def test_the_week_is_that_of_the_guidelines(tables: ExerciseTables) -> None:
    week = tables.week
    assert (week.aerobic_minutes, week.vigorous_worth, week.aerobic_days) == (150, 2, 3)
    assert (week.resistance_days, week.balance_days) == (2, 3)
    assert week.muscle_groups == {"legs", "hips", "back", "chest", "shoulders", "arms", "core"}
    assert [week.level(met) for met in (2.9, 3.0, 5.9, 6.0)] == ["light", "moderate", "moderate", "vigorous"]


@pytest.mark.parametrize("trait", ["osteoporosis", "fragility_fracture", "vertebral_fracture"])
@pytest.mark.parametrize("movement", ["spine_flexion", "spine_rotation"])
@pytest.mark.parametrize("grade", ["loaded", "end_range"])
def test_a_fragile_spine_is_spared_loaded_and_end_range_movement(
    tables: ExerciseTables, trait: str, movement: str, grade: str
) -> None:
    assert any(drop.meets({movement: grade}) for drop in tables.safety.drops if trait in drop.when)


@pytest.mark.parametrize("trait", ["vertebral_fracture", "multiple_low_trauma_fractures"])
@pytest.mark.parametrize("exercise", [{"impact": "moderate"}, {"impact": "high"}, {"effort": "vigorous"}])
def test_after_vertebral_or_several_fractures_nothing_is_harder_than_a_brisk_walk(
    tables: ExerciseTables, trait: str, exercise: dict[str, str]
) -> None:
    assert any(drop.meets(exercise) for drop in tables.safety.drops if trait in drop.when)


def test_effort_is_capped_after_vertebral_or_several_fractures(tables: ExerciseTables) -> None:
    assert tables.safety.rpe_cap == 5
    assert tables.safety.rpe_capped == {"vertebral_fracture", "multiple_low_trauma_fractures"}


def test_each_site_of_a_metastasis_spares_its_joints_and_their_muscles(tables: ExerciseTables) -> None:
    pelvis, rib = tables.safety.lesion(["pelvis"]), tables.safety.lesion(["ribs"])
    assert pelvis == Lesion(frozenset({"hip"}), frozenset({"hips"}), off_feet=True)
    assert rib.joints == {"spine", "shoulder"}
    assert not rib.off_feet
    both = tables.safety.lesion(["pelvis", "ribs"])
    assert both.joints == {"spine", "shoulder", "hip"}
    assert both.off_feet


def test_a_site_that_the_map_does_not_know_rules_out_all_that_any_site_does(tables: ExerciseTables) -> None:
    everything = tables.safety.lesion(["other"])
    assert tables.safety.lesion(["left_thumb"]) == everything
    for site in tables.safety.lesions:
        assert tables.safety.lesion([site]).joints <= everything.joints


def test_the_progression_is_that_of_the_guidelines(tables: ExerciseTables) -> None:
    rules = tables.training
    assert (rules.build_up.when, rules.build_up.start, rules.build_up.step) == ({"beginner", "inactive"}, 90, 15)
    assert (rules.load_least, rules.load_most, rules.reps_low, rules.reps_high) == (2, 10, 8, 12)
    assert rules.around["march_in_place"] == rules.around["walk_easy"] == 3


def test_sets_and_impacts_of_people_who_start_low_stay_fewer(tables: ExerciseTables) -> None:
    sets, impacts, sore = tables.training.sets, tables.training.impacts, frozenset({"joint_pain"})
    assert [sets.first_of(level, set()) for level in ("beginner", "intermediate", "advanced")] == [1, 2, 3]
    assert (sets.first_of("advanced", sore), sets.most_of(set()), sets.most_of(sore)) == (1, 3, 2)
    assert (impacts.first_of("beginner", set()), impacts.first_of("beginner", sore)) == (20, 10)
    assert (impacts.most_of(set()), impacts.most_of(sore)) == (50, 20)


def test_the_catalogues_word_for_impact_is_that_of_the_force(tables: ExerciseTables) -> None:
    for path in data_folder("exercises").glob("*.yaml"):
        for row in read_yaml(path):
            assert row["impact"] == tables.catalogue[row["id"]].traits["impact"], row["id"]


ROW = {
    "id": "x",
    "name": "X",
    "kind": "resistance",
    "level": "beginner",
    "met": 6.5,
    "fall_hazard": "low",
    "impact": "none",
    "spine_flexion": "end_range",
    "floor_lift": True,
    "peak_grf_bw": {"low": 1.0, "high": 3.6},
    "joints": ["hip", "spine"],
    "place": ["home"],
    "dose": {"sets": 1, "reps": 8, "rpe": 4},
}


def test_a_row_is_read_with_what_it_does_not_mention_as_none() -> None:
    week = read_week_rules(read_yaml(GUIDELINES / "week.yaml"), read_yaml(GUIDELINES / "intensity.yaml"))
    exercise = read_exercise(ROW, week, {"walking": 1.5, "moderate": 3.5})
    said = {"kind": "resistance", "effort": "vigorous", "impact": "high", "fall_hazard": "low", "floor_lift": "true"}
    unsaid = {"spine_rotation": "none", "support": "none", "supervised": "false"}
    own = {"spine_flexion": "end_range", "joints": frozenset({"hip", "spine"})}
    for field, value in {**said, **unsaid, **own}.items():
        assert exercise.traits[field] == value
    assert (exercise.force_bw, exercise.by_repetitions, exercise.places) == (2.3, True, {"home"})
    assert not exercise.weight_bearing
    assert exercise.equipment == frozenset()


def test_a_catalogue_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"intensity\.yaml"):
        read_exercise_tables(tmp_path, tmp_path, set())
    (tmp_path / "exercises.yaml").write_text("- {id: x}")
    with pytest.raises(Fault, match="not readable"):
        read_exercise_tables(tmp_path, GUIDELINES, {"x"})


def test_an_exercise_that_the_catalogue_lacks_is_not_made_up() -> None:
    tables = read_exercise_tables(data_folder("exercises"), GUIDELINES, {"levitate", "walk_brisk"})
    assert tables.catalogue.keys() == {"walk_brisk"}


@pytest.mark.parametrize(
    "text",
    [
        "# the list\n- id: a\n  n: 1\n# between\n- id: b\n  n: 2\n",
        "- {id: a, n: 1}\n- {id: b, n: 2}\n",
        "[{id: a, n: 1}, {id: b, n: 2}]",
        "- n: 1\n  id: a\n- id: b\n  n: 2\n",
    ],
)
def test_an_entry_is_found_however_the_list_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.yaml").write_text(text)
    assert {"id": "a", "n": 1} in read_entries(tmp_path / "list.yaml", {"a"})
    assert read_entries(tmp_path / "list.yaml", {"c"}) == [{"id": "a", "n": 1}, {"id": "b", "n": 2}]
