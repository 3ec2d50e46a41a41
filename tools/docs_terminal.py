"""Runs a command at a terminal of its own and types answers to its questions, as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

QUIET = 0.4
"""Seconds without output after which a line that ends in a blank is taken for a question."""

PATIENCE = 60.0
"""Seconds without output after which the command is stopped."""

ROWS = 24


def typed(
    command: Sequence[str], answers: Sequence[str], folder: Path, surroundings: Mapping[str, str], columns: int
) -> tuple[str, int]:
    """What the screen shows of it all, questions and answers, and the exit status.

    Raises:
        TimeoutError: where the command asks more than there are answers, or says nothing more.
    """
    ours, its = pty.openpty()
    try:
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdin=its, stdout=its, stderr=its)
    finally:
        os.close(its)
    shown, waiting = b"", list(answers)
    try:
        while (more := _read(ours, QUIET if waiting and shown.endswith(b" ") else PATIENCE)) != b"":
            if more is not None:
                shown += more
            elif waiting:
                os.write(ours, waiting.pop(0).encode() + b"\n")
            else:
                raise TimeoutError(f"it waits for an answer:\n{shown.decode()}")
        return shown.decode().replace("\r\n", "\n"), process.wait()
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read(terminal: int, seconds: float) -> bytes | None:
    """What comes next; None after so much silence; nothing (b"") at the end."""
    if not select.select([terminal], [], [], seconds)[0]:
        return None
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""
