"""Lines of at most 75 octets (RFC 5545, section 3.1), folded the same way whatever writes the calendar.

Versions of icalendar fold at different places, and a calendar has the same bytes with each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LIMIT = 75  # octets of a line without its end; the space that continues a line is one of them
FOLD = b"\r\n "
_UNITS = re.compile(r"\\?.", re.DOTALL)  # a character with the backslash that escapes it


def refold(data: bytes) -> bytes:
    """The calendar `data` (UTF-8, CRLF) with its lines folded anew, no character and no escaped one cut in two."""
    lines = data.replace(FOLD, b"").decode().split("\r\n")
    return b"\r\n".join(FOLD.join(_pieces(line)) for line in lines)


def _pieces(line: str) -> Iterator[bytes]:
    piece = b""
    room = LIMIT
    for unit in _UNITS.findall(line):
        octets = unit.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", LIMIT - 1
        piece += octets
    yield piece
