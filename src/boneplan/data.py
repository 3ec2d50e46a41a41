"""Where the shipped data folders are (foods, exercises, guidelines), in a wheel or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from boneplan.errors import Fault

FOLDERS = ("foods", "exercises", "guidelines")


@cache
def data_folder(name: str) -> Path:
    """The folder of shipped data called `name`, one of `FOLDERS`.

    Raises `Fault` where the installation lacks it.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "data" / name, package.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise Fault(f"the data folder {name}/ is missing from this installation: install boneplan again")


@cache
def shipped_yaml(folder: str, relative: str) -> Any:
    """The parsed content of one shipped YAML file. Callers share it and must not change it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (data_folder(folder) / relative).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)
