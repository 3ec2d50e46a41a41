"""Reading the files that people give: never more of one than is sensible, and any trouble told in one line."""

from __future__ import annotations

from pathlib import Path

from boneplan.errors import InputError


def read_bounded(
    path: Path,
    most: int,
    *,
    source: str,
    too_large: str,
    missing: str = "check the name",
    folder: str = "name a file in it",
    closed: str = "check its name and its permissions",
) -> bytes:
    """The bytes of the file at `path`, which has `most` of them at most.

    Raises `InputError` otherwise, in a line that calls the file `source`; `too_large` is the whole complaint about
    its size, the other words are the mend where it is missing, a folder, or closed to reading.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise InputError(f"{source}: no such file: {missing}") from None
    except IsADirectoryError:
        raise InputError(f"{source}: is a folder: {folder}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{source}: cannot be read ({reason}): {closed}") from None
    if len(data) > most:
        raise InputError(f"{source}: {too_large}")
    return data
