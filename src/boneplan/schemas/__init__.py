"""JSON Schemas (draft 2020-12) of profiles, rules files and plans, written from their models by tools/schemas.py."""

from __future__ import annotations

from importlib.resources import files

NAMES = ("profile", "rules", "plan")


def schema_text(name: str) -> str:
    """The schema called `name`, one of `NAMES`, as the text of its file."""
    return (files(__package__) / f"{name}.schema.json").read_text(encoding="utf-8")
