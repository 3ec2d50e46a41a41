"""The plan folder: every file of a plan, rendered first and then written, each in one step."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from pathlib import Path

from boneplan.errors import InputError
from boneplan.export.agenda import entries
from boneplan.plan import Plan
from boneplan.plan_io import make_folder, plan_json, read_plan, write_text_atomic

FILES = ("plan.json", "plan.html", "plan.ics", "shopping.md", "shopping.csv")


def ready_folder(folder: Path) -> Path:
    """`folder`, made where it is missing, once it is known to take files. Raises `InputError` where it does not."""
    make_folder(folder)
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(f"{folder}: cannot write there ({error.strerror}): choose another folder") from None
    return folder


def earlier_plan(folder: Path) -> Plan | None:
    """The plan that `folder` holds already; None where there is none.

    Raises `InputError` where there is a plan.json that cannot be read: calendars may hold what it says.
    """
    path = folder / "plan.json"
    if not path.exists():
        return None
    try:
        return read_plan(path)
    except InputError as error:
        mend = "move it away, or choose another folder with --out"
        raise InputError(
            [f"{line} (it is where the new plan would go: {mend})" for line in error.lines[:1]]
        ) from None


def rendered(
    plan: Plan, now: dt.datetime, *, meals: bool = False, remind_minutes: int | None = None
) -> dict[str, bytes]:
    """File name -> content: the plan itself and its page; a calendar and shopping lists where there is any in them.

    `meals` and `remind_minutes` are of the calendar, see `ics.to_ics`.
    """
    from boneplan.export.html.page import to_html

    files = {"plan.json": plan_json(plan), "plan.html": to_html(plan).encode()}
    if entries(plan, meals=meals):
        from boneplan.export.ics import to_ics

        files["plan.ics"] = to_ics(plan, now=now, meals=meals, remind_minutes=remind_minutes)
    if plan.menu.days:
        from boneplan.export.shopping.markdown import to_shopping
        from boneplan.export.shopping.rows import to_shopping_csv

        files["shopping.md"] = to_shopping(plan).encode()
        files["shopping.csv"] = to_shopping_csv(plan).encode()
    return files


def write_folder(
    plan: Plan, folder: Path, now: dt.datetime, *, meals: bool = False, remind_minutes: int | None = None
) -> list[Path]:
    """Writes the plan's files into `folder`, plan.json last, and returns their paths.

    A file of an earlier plan that this one has no part for is taken away first: an old calendar beside a new refusal
    would be followed. In a folder without an earlier plan nothing is taken away.
    """
    files = rendered(plan, now, meals=meals, remind_minutes=remind_minutes)
    if earlier_plan(folder) is not None:
        for name in FILES:
            if name not in files:
                with contextlib.suppress(FileNotFoundError):
                    (folder / name).unlink()
    for name in reversed(files):
        write_text_atomic(folder / name, files[name])
    return [folder / name for name in files]
