"""The sources that a page names: each told once in full at its end, and pointed to by number elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.sentences import short_source
from boneplan.export.words import plain

LONGEST = 40  # characters of a source in short


@dataclass(frozen=True)
class Source:
    """One source in full, in short, and the number under which the page has it."""

    number: str
    short: str
    text: str

    @property
    def anchor(self) -> str:
        """The id of its place at the end of the page."""
        return f"source-{self.number}"


class Sources:
    """Gives each source its number, in the order in which they are first named."""

    def __init__(self) -> None:
        self._known: dict[str, Source] = {}

    def cited(self, text: str) -> Source | None:
        """The source of that text; None where there is no text."""
        clean = plain(text)
        if not clean:
            return None
        if clean not in self._known:
            short = short_source(clean)
            short = short if len(short) <= LONGEST else "Source"
            self._known[clean] = Source(str(len(self._known) + 1), short, clean)
        return self._known[clean]

    def all(self) -> tuple[Source, ...]:
        """Every source named so far."""
        return tuple(self._known.values())
