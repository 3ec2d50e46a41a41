"""`boneplan targets`: every bound with rule and source, for people and for programs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.profile_reader import load_example
from boneplan.targets import resolve_targets

DAY = "2026-11-23"
PROFILES = Path(__file__).parents[1] / "profiles"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["targets", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_every_bound_is_printed_with_rule_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "--example", "--on", DAY)
    assert (status, err) == (0, "")
    assert "Targets for Anna (female, 65 years, 68 kg) on 2026-11-23" in out
    assert "  week's mean  at least     1,200 mg  hard  nutrition/calcium/rda" in out
    assert "      IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D" in out
    resolved = resolve_targets(load_example(), dt.date.fromisoformat(DAY))
    assert len(resolved) > 20
    assert all(f"{target.rule}\n" in out for target in resolved)
    assert "vitamin d: 25 µg a day" in out
    assert "not medical advice" in out


def test_what_no_rules_file_can_loosen_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(run(capsys, "--example", "--on", DAY)[1].split())
    reference = "IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D"
    assert f"nutrition/calcium/ul {reference} [fixed]" in out
    assert f"nutrition/calcium/rda {reference} week's mean" in out
    document = json.loads(run(capsys, "--example", "--on", DAY, "--json")[1])
    fixed = {target["rule"]: target["fixed"] for target in document["targets"]}
    assert fixed["nutrition/calcium/ul"]
    assert not fixed["nutrition/calcium/rda"]


def test_what_no_published_document_says_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = run(capsys, "--example", "--on", DAY)[1].split("\n  ")
    share = next(i for i, block in enumerate(blocks) if block.endswith("nutrition/calcium/day_share"))
    assert "[boneplan's own]" in " ".join(blocks[share + 1 : share + 4])
    protein = next(i for i, block in enumerate(blocks) if block.endswith("nutrition/protein/bone_health"))
    assert "[not checked" in " ".join(blocks[protein + 1 : protein + 4])


def test_no_line_is_wider_than_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for path in PROFILES.glob("*.yaml"):
        out = run(capsys, str(path), "--on", DAY)[1]
        assert max(map(len, out.splitlines())) <= 80


def test_json_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "--example", "--on", DAY, "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert document["schema"] == "boneplan.targets/1"
    rda = next(target for target in document["targets"] if target["rule"] == "nutrition/calcium/rda")
    assert (rda["min"], rda["unit"], rda["period"], rda["basis"]) == (1200, "mg", "week_mean", "published")
    assert document["supplements"] == [
        {
            "nutrient": "vitamin_d", "amount": 25.0, "unit": "ug", "declared": True, "time": "07:30", "form": None,
            "name": "",
        }
    ]  # fmt: skip
    assert document["notices"][-1]["rule"] == "safety/gates/not_medical_advice"


def test_the_day_decides_the_age(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(female, 71 years" in run(capsys, "--example", "--on", "2032-04-02")[1]


def test_a_child_gets_the_refusal_and_no_targets(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "child.yaml"
    path.write_text("{sex: female, birth_date: 2012-01-01, height_cm: 150, weight_kg: 45}\n", encoding="utf-8")
    status, out, _ = run(capsys, str(path), "--on", DAY, "--json")
    document = json.loads(out)
    assert status == 1
    assert document["targets"] == []
    assert document["notices"][0]["rule"] == "safety/gates/under_18"


def test_a_person_who_gets_no_plan_still_sees_the_bounds_and_the_refusal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "expecting.yaml"
    path.write_text(
        "{sex: female, birth_date: 1990-01-01, height_cm: 165, weight_kg: 65, conditions: [pregnancy]}\n",
        encoding="utf-8",
    )
    status, out, _ = run(capsys, str(path), "--on", DAY)
    assert status == 1
    assert "nutrition/calcium/rda" in out
    assert "refuse: Aromatase inhibitors must not be taken in pregnancy." in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "name a profile file, or give --example"),
        (["--example", "anna.yaml"], "name a profile file, or give --example"),
        (["--example", "--on", "tomorrow"], '--on: "tomorrow" is no date: write it as year-month-day'),
        (["--example", "--on", "20261123"], "is no date"),
        (["--example", "--on", "2026-02-30"], "is no date"),
    ],
)
def test_wrong_usage_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_what_the_week_of_exercise_asks_stands_with_rule_source_and_mark(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--example", "--on", DAY)[1]
    exercise = out[out.index("exercise, a week\n") : out.index("\nDeclared supplements")]
    assert "  at least 150 weight-bearing minutes of moderate effort a week\n" in exercise
    assert "    150 min/week hard exercise-aerobic-150-minutes\n" in exercise
    assert "    2 days/week hard exercise-resistance-2-days\n" in exercise
    assert "    3 days/week hard exercise-balance-3-days\n" in exercise
    assert "      Osteoporosis Canada and expert panel (Giangregorio et al.), 2014" in exercise
    assert "[not checked at its source]" in exercise


def asked(capsys: pytest.CaptureFixture[str], tmp_path: Path, more: str) -> dict[str, dict[str, object]]:
    path = tmp_path / "person.yaml"
    path.write_text("sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n" + more, encoding="utf-8")
    document = json.loads(run(capsys, str(path), "--on", DAY, "--json")[1])
    return {row["rule"]: row for row in document["exercise"]}


def test_who_has_not_been_active_sees_the_minutes_to_begin_with(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = asked(capsys, tmp_path, "activity: inactive\nexercise: {level: beginner}\n")
    row = rows["exercise-build-up-minutes"]
    assert (row["value"], row["unit"], row["hard"], row["basis"]) == (90, "min/week", True, "published")
    assert "exercise-build-up-minutes" not in asked(capsys, tmp_path, "activity: low\n")


def test_weak_bone_asks_for_daily_balance_and_no_impacts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    weak = asked(capsys, tmp_path, "bone: {t_scores: {total_hip: -2.8}}\n")
    assert weak["exercise-balance-daily"]["value"] == 7
    assert "exercise-impact-4-days" not in weak
    strong = asked(capsys, tmp_path, "bone: {t_scores: {total_hip: 0.5}}\n")
    assert "exercise-balance-daily" not in strong
    assert strong["exercise-impact-4-days"]["hard"] is False


def test_metastases_of_the_hip_take_the_minutes_off_the_feet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = asked(
        capsys,
        tmp_path,
        "conditions: [bone_metastases]\nbone: {metastases: [pelvis]}\n"
        "clearance: [{for: exercise, by: oncologist, on: 2026-10-01}]\n",
    )
    assert "minutes off the feet" in str(rows["exercise-aerobic-150-minutes"]["text"])
    assert "hips" not in str(rows["exercise-all-muscle-groups"]["text"])


def test_where_exercise_is_closed_nothing_is_asked_of_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert asked(capsys, tmp_path, "conditions: [recent_fracture]\n") == {}


def test_a_product_on_the_avoid_list_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "herbs.yaml"
    person = "{sex: female, birth_date: 1961-04-02, height_cm: 160, weight_kg: 64, supplements: [{name: Red clover}]}"
    path.write_text(person, encoding="utf-8")
    told = " ".join(run(capsys, str(path), "--on", DAY)[1].split())
    assert "warn: Red clover is on the list to avoid." in told
    assert "safety/supplements/red_clover: " in told


def test_the_tier_of_risk_stands_with_its_reasons(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = run(capsys, "--example", "--on", DAY)[1]
    assert "Tier of fracture risk: high risk (safety/tiers/high): " in out
    document = json.loads(run(capsys, "--example", "--on", DAY, "--json")[1])
    assert document["risk"]["tier"] == "high"
    path = tmp_path / "child.yaml"
    path.write_text("{sex: female, birth_date: 2012-01-01, height_cm: 150, weight_kg: 45}\n", encoding="utf-8")
    document = json.loads(run(capsys, str(path), "--on", DAY, "--json")[1])
    assert (document["risk"], document["exercise"]) == (None, [])
