"""Options that several commands share, and what they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from boneplan.cli.complete import calendar_files, rules_files
from boneplan.cli.numbers import MOST_REMINDER, Number

MOST_WEEKS = 12
FIRST_START, LAST_START = dt.date(1970, 1, 1), dt.date(2199, 12, 31)  # what calendars can hold
ANSWER_IS_NO = 1


class Date(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic only from click 8.2 on
    """A date as people type it for a computer: 2026-11-23."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, between the years 1970 and 2199."""
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{str(value)!r} is no date: write it as 2026-11-23", param, ctx)
        if not FIRST_START <= day <= LAST_START:
            self.fail(f"{day} is out of range: choose a day from {FIRST_START} to {LAST_START}", param, ctx)
        return day


def calendar_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options about calendars, in and out, of every command that writes a plan."""
    for option in (
        click.option(
            "--remind",
            metavar="MINUTES",
            type=click.IntRange(0, MOST_REMINDER),
            help="Let the calendar remind of each session, so many minutes before.",
        ),
        click.option("--meals", is_flag=True, help="Put the meals into the calendar too."),
        click.option(
            "--busy",
            metavar="FILE.ics",
            type=click.Path(path_type=Path),
            shell_complete=calendar_files,
            help="A calendar whose times are taken: sessions keep clear of them.",
        ),
    ):
        command = option(command)
    return command


rules_option = click.option(
    "--rules",
    "rules_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    shell_complete=rules_files,
    help="A dietitian's own rules: targets, foods to serve, foods never to serve.",
)

weeks_option = click.option(
    "--weeks", metavar="N", type=click.IntRange(1, MOST_WEEKS), default=1, show_default=True, help="How many weeks."
)

seed_option = click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Another seed, another plan.",
)

time_limit_option = click.option(
    "--time-limit",
    metavar="SECONDS",
    type=Number(min=0.1, max=3600),
    default=20.0,
    show_default=True,
    help="Seconds after which any one search gives up.",
)
