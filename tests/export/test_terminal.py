"""What a person sees on the terminal: the whole text at 80 columns, for every status, on any terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from boneplan.export.terminal import render_week
from boneplan.plan import ExerciseItem, Plan, Risk, Target

SNAPSHOTS = Path(__file__).parent / "snapshots"
MakePlan = Callable[..., Plan]


def printed(plan: Plan, *, encoding: str = "utf-8", colour: bool = False) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    system = "standard" if colour else None
    render_week(plan, Console(file=stream, width=80, force_terminal=colour, color_system=system))
    stream.flush()
    return raw.getvalue().decode(encoding)


def without_plan(make_plan: MakePlan, status: str) -> Plan:
    notice = {
        "level": "refuse",
        "rule": "hypercalcaemia",
        "text": "You have hypercalcaemia: a menu rich in calcium and vitamin D could raise it.",
        "source": "Society of examples, statement, 2024",
    }
    conflict = {
        "part": "menu",
        "rules": ["calcium-rda", "budget"],
        "text": "1200 mg of calcium a day from food cannot be had for 3 dollars a day without milk.",
        "relaxations": ["a budget of 4.60 dollars a day", "a calcium supplement of 300 mg a day"],
    }
    return make_plan(
        status=status,
        notices=[notice] if status == "refused" else [],
        conflicts=[conflict] if status == "infeasible" else [],
        menu={},
        exercise={},
    )


def plan_of(make_plan: MakePlan, status: str) -> Plan:
    if status == "gaps":
        return make_plan()
    if status == "ok":
        plan = make_plan(status="ok", notices=[])
        plan.menu.gaps.clear()
        plan.menu.supplements[0].amount = 20
        return plan
    return without_plan(make_plan, status)


@pytest.mark.parametrize("status", ["ok", "gaps", "infeasible", "refused"])
def test_snapshot(make_plan: MakePlan, assert_golden: Callable[[Path, bytes], None], status: str):
    assert_golden(SNAPSHOTS / f"{status}.txt", printed(plan_of(make_plan, status)).encode())


@pytest.mark.parametrize("status", ["ok", "gaps", "infeasible", "refused"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_lines_fit_80_columns_on_every_terminal(make_plan: MakePlan, status: str, encoding: str):
    lines = printed(plan_of(make_plan, status), encoding=encoding).split("\n")
    assert max(map(cell_len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_an_ascii_terminal_gets_amounts_it_can_show(make_plan: MakePlan):
    text = printed(make_plan(profile={"name": "Zoë 李"}), encoding="ascii")
    assert "for Zoe ?" in text
    assert "Blueberries (1/2 cup, 73 g)" in text
    assert "2 x 10" in text
    assert "4.1 ug is missing" in " ".join(text.split())


def test_the_status_comes_first_and_says_what_to_do(make_plan: MakePlan):
    def first(status: str) -> str:
        return " ".join(printed(plan_of(make_plan, status)).split("\n\n")[1].split())

    assert first("ok").endswith("reaches every target. Start on Monday 23 November.")
    assert "too little vitamin D." in first("gaps")
    assert "ask your clinician" in first("gaps")
    assert "Make one of the changes below" in first("infeasible")
    assert "Show the reasons below to your care team" in first("refused")


def test_no_change_is_promised_where_none_is_known(make_plan: MakePlan):
    plan = plan_of(make_plan, "infeasible")
    for conflict in plan.conflicts:
        conflict.relaxations.clear()
    text = " ".join(printed(plan).split())
    assert "Change or leave out one of the rules below, then run boneplan again." in text
    assert "Make one of the changes below" not in text


def test_a_target_that_is_exceeded_is_told_with_the_status(make_plan: MakePlan):
    plan = plan_of(make_plan, "ok")
    plan.targets.append(
        Target(nutrient="calcium", unit="mg", period="week_mean", max=1200, hard=False, rule="plenty", source="")
    )
    assert "every target, with more calcium than is aimed at. Start on Monday" in " ".join(printed(plan).split())


def test_a_session_is_one_line_and_its_exercises_are_told_by_sets_or_time(make_plan: MakePlan):
    plan = make_plan()
    strength = next(s for s in plan.exercise.sessions if s.kind == "resistance")
    march = {"exercise": "march", "name": "Marching on the spot", "minutes": 3, "load": "warm-up, easy pace"}
    strength.items = [ExerciseItem.model_validate(march), *strength.items]
    strength.items.append(ExerciseItem(exercise="plank", name="Plank", sets=1, hold_s=20))
    strength.items.append(ExerciseItem(exercise="steps", name="Tai chi steps", minutes=2.5))
    lines = printed(plan).splitlines()
    first = lines.index("  Tue 24 Nov  17:00–17:35  Strength, whole body, 35 min, RPE 6")
    told = " ".join(line.strip() for line in lines[first + 1 : first + 4])
    assert told.startswith("Chair stand (2 × 10) · Wall push-up (2 × 10) · Band row (2 × 12)")
    assert "Plank (1 × 20 s) · Tai chi steps (2.5 min)" in told
    assert "light band" not in told


def test_each_stop_sign_is_told_once_and_what_needs_help_at_once_comes_first(make_plan: MakePlan):
    plan = make_plan()
    signs = [
        "dizziness: sit down and tell your doctor",
        "chest pain: stop and call for emergency help",
        "joint pain: stop, check your position, try once more",
    ]
    for session in plan.exercise.sessions:
        session.stop_if = signs
    text = " ".join(printed(plan).split())
    assert text.count("Stop and call for emergency help at chest pain.") == 1
    assert "Stop, and ask for advice before the next session, at dizziness." in text
    assert "joint pain" not in text  # what comes with any training is dealt with in the session's own words


def test_what_could_harm_stands_before_the_menus_and_the_rest_after(make_plan: MakePlan):
    text = printed(make_plan())
    assert text.index("levothyroxine") < text.index("Oatmeal") < text.index("Soy foods and flax")


def test_a_day_short_of_its_target_says_low_and_supplements_count(make_plan: MakePlan):
    rows = printed(make_plan()).splitlines()
    assert "  Tue 24 Nov        1301    low 5.1         209       1764          79" in rows
    # 15.3 from food and 5 declared make 20.3 of 20 µg.
    assert "  Mon 23 Nov        1245       15.3         412       1820          84" in rows
    high = make_plan()
    high.menu.days[0].totals["calcium"] = 2000.1
    assert "high 2000" in printed(high)


def test_a_nutrient_without_a_figure_is_unknown_and_not_zero(make_plan: MakePlan):
    plan = make_plan()
    del plan.menu.days[0].totals["vitamin_k"]
    assert "unknown" in printed(plan)


def test_of_several_weeks_all_menus_are_printed_and_the_exercise_of_the_first(make_plan: MakePlan):
    text = printed(make_plan(weeks=4))
    menus, _, exercise = text.partition("Exercise this week")
    assert "Sunday 29 November" in menus
    assert "Monday 30 November" in menus
    assert "Sunday 20 December" in menus
    assert "30 Nov" not in exercise
    assert "the first of 4 weeks" in " ".join(exercise.split())
    assert "20 December 2026" in exercise


def test_colour_on_a_terminal_only(make_plan: MakePlan):
    assert "\x1b[" in printed(make_plan(), colour=True)
    assert "\x1b" not in printed(make_plan())


def test_names_are_neither_markup_nor_terminal_codes(make_plan: MakePlan):
    plan = make_plan(profile={"name": "[red]Anna[/red] \x1b[2J:smile:"})
    plan.menu.days[0].meals[0].items[0].name = "[link=http://x]Milk[/]\x1b]0;mine\x07"
    text = printed(plan, colour=True)
    assert "[red]Anna[/red] :smile:" in text
    assert "[link=http://x]Milk[/]" in text
    assert "\x1b[2J" not in text
    assert "mine" not in text


@given(name=st.text(max_size=300), encoding=st.sampled_from(["ascii", "utf-8", "cp1252"]))
def test_any_name_fits_any_terminal(make_plan: MakePlan, name: str, encoding: str):
    plan = make_plan(profile={"name": name})
    plan.menu.days[0].meals[0].items[0].name = name
    plan.exercise.sessions[0].title = name
    assert max(map(cell_len, printed(plan, encoding=encoding).splitlines())) <= 80


def test_an_upper_limit_of_the_day_stands_beside_the_target_of_the_week(make_plan: MakePlan):
    targets = [
        {"nutrient": "calcium", "unit": "mg", "hard": True, "rule": "r", "source": "s", **bounds}
        for bounds in ({"period": "week_mean", "min": 1200}, {"period": "day", "min": 960, "max": 2500})
    ]
    row = next(line for line in printed(make_plan(targets=targets)).splitlines() if "Target" in line)
    assert row.split() == ["Target", "1200–2500", "–", "–", "–", "–"]


def test_a_profile_without_a_name(make_plan: MakePlan):
    assert printed(make_plan(profile={"name": None})).startswith("Week of 23 November 2026\n")


RISK = {
    "tier": "high",
    "title": "high risk",
    "because": ["a bone broke with little force", "smoking"],
    "changes": ["A bone density scan is due every 12 months."],
    "ask": ["Ask the bone clinic now."],
    "rule": "safety/tiers/high",
    "source": "Society of examples, statement, 2024",
}


@pytest.mark.parametrize("status", ["ok", "refused"])
def test_the_bone_risk_is_told_with_its_reasons_before_exercise_even_where_the_plan_is_refused(
    make_plan: MakePlan, status: str
):
    plan = plan_of(make_plan, status)
    plan.risk = Risk.model_validate(RISK)
    text = printed(plan)
    told = text[text.index("Your bone risk: high") :]
    assert told.splitlines()[1:4] == [
        "  Because a bone broke with little force; smoking.",
        "  • A bone density scan is due every 12 months.",
        "  • Ask the bone clinic now.",
    ]
    assert ("Exercise this week" in told) == (status == "ok")


def test_checks_and_doses_are_told_apart_and_what_is_overdue_says_so(make_plan: MakePlan):
    first, due = "2026-11-23", {"why": "Every 6 months.", "rule": "monitoring/x"}
    plan = make_plan(
        monitoring=[
            {"due": first, "since": "2026-09-01", "what": "Calcium in the blood", **due},
            {"due": "2027-01-15", "what": "Bone density scan (DXA)", **due},
            {"due": first, "since": "2026-11-20", "kind": "dose", "what": "Denosumab", **due},
            {"due": "2027-05-01", "kind": "dose", "what": "Goserelin", **due},
        ]
    )
    lines = printed(plan).splitlines()
    checks, doses = lines.index("Checks to ask for"), lines.index("Doses as prescribed")
    assert lines[checks + 1 : checks + 3] == [
        "  • 23 November 2026, overdue: Calcium in the blood. Every 6 months.",
        "  • 15 January 2027: Bone density scan (DXA). Every 6 months.",
    ]
    assert lines[doses + 1 : doses + 3] == [
        "  • 23 November 2026, overdue: Denosumab. Every 6 months.",
        "  • 1 May 2027: Goserelin. Every 6 months.",
    ]


def test_a_late_dose_comes_before_the_other_warnings_and_after_what_is_not_safe(make_plan: MakePlan):
    def notice(level: str, rule: str, text: str) -> dict[str, str]:
        return {"level": level, "rule": rule, "text": text, "source": ""}

    text = printed(
        make_plan(
            notices=[
                notice("warn", "safety/gates/thiazide", "Ask first."),
                notice("warn", "monitoring/doses/denosumab", "Denosumab is late."),
                notice("refuse", "safety/gates/weight_loss", "No menu."),
            ]
        )
    )
    lines = text[text.index("Read this first") :].splitlines()
    assert lines[:6] == [
        "Read this first: not safe",
        "  • No menu.",
        "",
        "Read this first: take care",
        "  • Denosumab is late.",
        "  • Ask first.",
    ]


def test_what_is_taken_is_told_with_its_times_and_the_days_that_differ(make_plan: MakePlan):
    def intake(day: int, time: str, what: str, mg: float | None = None) -> dict[str, object]:
        item = {"what": what, "nutrient": what, "amount": mg, "unit": "mg"} if mg else {"what": what}
        return {"id": f"{day}{time}", "date": f"2026-11-{23 + day}", "time": time, "items": [item]}

    mornings = [intake(day, "07:15" if day == 0 else "07:00", "zinc", 9) for day in range(7)]
    parts = [intake(day, time, "calcium", 250) for day in range(8) for time in ("12:30", "18:30")]
    text = printed(make_plan(intakes=[intake(0, "06:45", "alendronate 70 mg"), *mornings, *parts]))
    assert "To take\n  • alendronate 70 mg: Mon 23 Nov 06:45\n  • zinc 9 mg: 07:00, Mon 07:15\n" in text
    assert "  • calcium 250 mg: 12:30, 18:30\n" in text
    assert "To take" not in printed(make_plan())


def test_warnings_of_one_source_stand_together_with_its_organisation_and_year(make_plan: MakePlan):
    def notice(level: str, text: str, source: str) -> dict[str, str]:
        return {"level": level, "rule": "r", "text": text, "source": source}

    label = "FDA 2012, Fosamax (alendronate sodium) prescribing information"
    statement = "Society of bones (Hadji and others), 2017: Joint statement; NICE 2023, NG234"
    text = printed(
        make_plan(
            notices=[
                notice("warn", "On waking.", label),
                notice("warn", "Ask a clinic.", statement),
                notice("warn", "Half an hour.", label),
                notice("refuse", "Not now.", statement),
                notice("info", "Read labels.", "a leaflet"),
            ]
        )
    )
    lines = text.splitlines()
    care = lines.index("Read this first: take care")
    assert lines[care + 1 : care + 4] == [
        "  • On waking. (FDA 2012, Fosamax (alendronate sodium))",
        "  • Half an hour. (FDA 2012, Fosamax (alendronate sodium))",
        "  • Ask a clinic. (Society of bones 2017; NICE 2023)",
    ]
    assert f"Not now. ({statement})" in " ".join(text.split())  # what is shown to a care team has its whole source
    assert "  • Read labels. (a leaflet)" in lines
    assert "plan.html, has every source in full" in " ".join(text.split())


def test_what_is_locked_says_so(make_plan: MakePlan):
    plan = make_plan()
    plan.menu.days[0].meals[0].items[1].locked = True
    text = printed(plan)
    assert "Milk, 2 % (1 cup, 244 g), locked" in text
    assert text.count("locked") == 1


def test_amounts_are_in_the_measures_of_the_person(make_plan: MakePlan):
    text = printed(make_plan(profile={"measures": "metric"}))
    assert "Blueberries (73 g, ½ cup)" in text


@pytest.mark.parametrize("width", [40, 60, 200])
def test_the_week_fits_other_widths(make_plan: MakePlan, width: int):
    stream = io.StringIO()
    render_week(make_plan(), Console(file=stream, width=width))
    assert max(map(cell_len, stream.getvalue().splitlines())) <= width
