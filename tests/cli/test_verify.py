"""`boneplan verify`: exit 0 where a plan holds, 1 with every breach, 2 where there is no plan to judge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from boneplan.cli import verify as command
from boneplan.errors import InputError
from boneplan.plan import Plan
from boneplan.verify import Breach

DOCUMENT = {
    "schema": "boneplan.plan/1",
    "id": "7d0d8a5e-0000-4000-8000-000000000001",
    "created": "2026-11-20T08:00:00Z",
    "boneplan": "0.1.0",
    "seed": 0,
    "profile": {
        "sex": "female",
        "birth_date": "1961-04-02",
        "height_cm": 163,
        "weight_kg": 68,
        "conditions": ["eating_disorder"],
    },
    "start": "2026-11-23",
    "weeks": 1,
    "timezone": "America/New_York",
    "status": "refused",
    "notices": [
        {"level": level, "rule": f"safety/gates/{gate}", "text": "Ask your care team.", "scope": "plan"}
        for level, gate in (("refuse", "eating_disorder"), ("warn", "no_t_score"), ("info", "not_medical_advice"))
    ],
    "risk": {
        "tier": "moderate",
        "title": "moderate risk",
        "because": ["no T-score is on file"],
        "ask": ["Ask your care team."],
        "rule": "safety/tiers/moderate",
        "source": "",
    },
    "monitoring": [
        {"due": "2026-11-23", "what": check, "why": "None is on file.", "rule": f"monitoring/checks/{check}"}
        for check in ("dxa", "calcium", "vitamin_d", "height")
    ],
}


def run(tmp_path: Path, document: object, *options: str) -> Result:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return CliRunner().invoke(command.verify, [str(path), *options])


def test_a_plan_that_holds_is_said_to_hold(tmp_path: Path) -> None:
    result = run(tmp_path, DOCUMENT)
    assert result.exit_code == 0
    assert result.output == "the plan holds (0 days, 0 portions, 0 targets, 0 sessions checked)\n"


def test_every_breach_has_its_line_with_place_rule_and_reason(tmp_path: Path) -> None:
    result = run(tmp_path, DOCUMENT | {"status": "ok", "timezone": "Mars/Olympus"})
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "timezone: 'Mars/Olympus' is no time zone [verify/timezone]",
        "status: 'ok', yet a gate (guidelines/safety) refuses the menu [verify/status]",
        "2 breaches (0 days, 0 portions, 0 targets, 0 sessions checked)",
        "Do not follow this plan: make it again with boneplan plan.",
    ]


def test_json_holds_the_same_and_nothing_else(tmp_path: Path) -> None:
    result = run(tmp_path, DOCUMENT | {"status": "ok"}, "--json")
    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "plan": DOCUMENT["id"],
        "holds": False,
        "breaches": [
            {
                "rule": "verify/status",
                "where": "status",
                "text": "'ok', yet a gate (guidelines/safety) refuses the menu",
            }
        ],
    }
    assert json.loads(run(tmp_path, DOCUMENT, "--json").output)["holds"] is True


@pytest.mark.parametrize("document", [[], {}, DOCUMENT | {"weeks": "one"}, DOCUMENT | {"start": "2026-02-30"}])
def test_what_is_no_plan_is_bad_input(tmp_path: Path, document: object) -> None:
    error = run(tmp_path, document).exception
    assert isinstance(error, InputError)
    assert error.exit_status == 2
    assert str(tmp_path / "plan.json") in str(error)


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    error = CliRunner().invoke(command.verify, [str(tmp_path / "none.json")]).exception
    assert isinstance(error, InputError)
    assert "no such file" in str(error)


def test_nothing_from_a_plan_reaches_the_terminal_as_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(_: Plan) -> list[Breach]:
        return [Breach("verify/name", "here\x1b[2J", "two\nlines\u202e")]

    monkeypatch.setattr(command, "verify_plan", judge)
    result = run(tmp_path, DOCUMENT)
    assert result.output.splitlines()[0] == "here\ufffd[2J: two\ufffdlines\ufffd [verify/name]"
