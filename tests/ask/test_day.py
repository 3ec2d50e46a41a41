"""Meal times and the time zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from boneplan.ask import day
from boneplan.ask.day import read_meals, read_timezone, system_timezone
from boneplan.ask.text import Again


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("7:30, 12:30, 15:30, 18:30", ["07:30", "12:30", "15:30", "18:30"]),
        ("8, 1, 4, 7", ["08:00", "13:00", "16:00", "19:00"]),
        ("breakfast 8, no snack, dinner 7 pm", ["08:00", "12:30", None, "19:00"]),
        ("8, 12, 6.30, no snack", ["08:00", "12:00", None, "18:30"]),
        ("supper 6", ["07:30", "12:30", "15:30", "18:00"]),
        ("", ["07:30", "12:30", "15:30", "18:30"]),
    ],
)
def test_meal_times(typed: str, times: list[str | None]) -> None:
    assert list(read_meals(typed).part["meals"].values()) == times


@pytest.mark.parametrize(
    ("typed", "told"), [("8, 12", "are not the times"), ("8, lunch 12", "names no meal"), ("lunch x", "no time")]
)
def test_what_are_no_meal_times(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_meals(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Europe/London", "Europe/London"), ("london", "Europe/London"), ("new york", "America/New_York"),
     ("america/chicago", "America/Chicago"), ("Zzzzz", "Zzzzz")],
)  # fmt: skip
def test_a_time_zone_by_its_name_or_its_place(typed: str, zone: str) -> None:
    assert read_timezone(typed).part == {"timezone": zone}


def test_the_time_zone_of_this_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TZ", ":Europe/Berlin")
    assert system_timezone() == "Europe/Berlin"
    zone = tmp_path / "zoneinfo" / "America" / "Argentina" / "Salta"
    zone.parent.mkdir(parents=True)
    zone.write_bytes(b"TZif")
    link = tmp_path / "localtime"
    link.symlink_to(zone)
    monkeypatch.setattr(day, "LOCALTIME", link)
    monkeypatch.setenv("TZ", "nonsense")
    assert system_timezone() == "America/Argentina/Salta"
    monkeypatch.setattr(day, "LOCALTIME", tmp_path / "missing")
    assert system_timezone() == "America/New_York"
