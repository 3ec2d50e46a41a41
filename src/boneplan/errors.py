"""What can go wrong, told apart by who has to act: the person (input) or boneplan itself (fault)."""

from __future__ import annotations

from collections.abc import Sequence


class BoneplanError(Exception):
    """Base of every error that boneplan raises on purpose.

    `lines` holds one complete sentence each: the field, what is wrong with it, and the mend.
    """

    exit_status = 3

    def __init__(self, lines: str | Sequence[str]) -> None:
        self.lines: list[str] = [lines] if isinstance(lines, str) else list(lines)
        super().__init__("\n".join(self.lines))


class InputError(BoneplanError):
    """Bad input or usage: the person can mend it. Nothing has been written."""

    exit_status = 2


class Fault(BoneplanError):
    """Something that boneplan got wrong, such as a plan of its own that `verify` rejects."""

    exit_status = 3
