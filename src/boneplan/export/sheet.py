"""Printing on any terminal: texts made safe, lines hanging beside a label, lists that break between parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from boneplan.export.words import plain

# What a terminal without Unicode prints instead; any other character loses its accent or becomes "?".
_PLAINER = {
    "¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8", "×": "x", "µ": "u",
    "–": "-", "—": "-", "·": "+", "•": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...",
}  # fmt: skip

LEAST_ROOM = 20  # cells for words, however narrow the console

_PIECES = re.compile(r"\([^()]*\)|\S+")


class Sheet:
    """Lines under one another on `console`. Texts are printed as they are, never read as markup or codes."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def text(self, words: str, style: str = "") -> Text:
        """`words` on one line, in characters that the console's encoding has."""
        encoding = self.console.encoding
        return Text("".join(_printable(character, encoding) for character in plain(words)), style=style)

    def line(self, words: str, *, style: str = "", label: str = "", indent: int = 0, hang: int = 0) -> None:
        """`words` wrapped at the console's width, beginning where `label` ends; later lines `hang` further on.

        `label` is printed as it is given, padded to `indent` cells.
        """
        left = Text("".join(_printable(character, self.console.encoding) for character in label))
        left.pad_right(max(indent - left.cell_len, 0))
        room = max(self.console.width - left.cell_len, LEAST_ROOM)
        whole = self.text(words, style)
        first, *others = whole.wrap(self.console, room)
        if hang and others:
            rest = Text(whole.plain[len(first.plain) :].lstrip(), style=style)
            others = list(rest.wrap(self.console, max(room - hang, LEAST_ROOM)))
        for row in (first, *others):
            row.rstrip()
            self.console.print(left + row)
            left = Text(" " * (left.cell_len + hang))
            hang = 0

    def flow(self, parts: Iterable[str], *, label: str = "", indent: int = 0, whole: bool = True) -> None:
        """`parts` in as few lines as they need; `label` and `indent` as for `line`.

        Lines break between parts, and where these need not stay `whole` between their words, but in no brackets.
        """
        between = f" {_printable('·', self.console.encoding)} "
        room = self.console.width - indent
        rows: list[str] = []
        for part in (self.text(words).plain for words in parts):
            for number, piece in enumerate([part] if whole else _PIECES.findall(part)):
                joined = f"{rows[-1]}{' ' if number else between}{piece}" if rows else piece
                if rows and cell_len(joined) <= room:
                    rows[-1] = joined
                else:
                    rows.append(piece)
        for row in rows or [""]:
            self.line(row, label=label, indent=indent)
            label = ""

    def table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str | Text]],
        *,
        numbers: Container[int] = (),
        indent: int = 0,
    ) -> None:
        """A table without lines, its columns `numbers` set to the right; cells wrap where the console is narrow."""
        table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="bold", show_header=any(heads))
        for place, head in enumerate(heads):
            title = Text("\n").join([self.text(line) for line in head.splitlines()] or [Text()])
            table.add_column(title, justify="right" if place in numbers else "left")
        for row in rows:
            table.add_row(*(self.text(cell) if isinstance(cell, str) else cell for cell in row))
        # Rich fills every line of a table up with blanks.
        options = self.console.options.update(width=self.console.width - indent)
        for segments in self.console.render_lines(table, options, pad=False):
            line = Text(" " * indent).append_tokens((piece.text, piece.style) for piece in segments)
            line.rstrip()
            self.console.print(line)

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def heading(self, words: str) -> None:
        """The name of a section, after an empty line."""
        self.blank()
        self.line(words, style="bold")

    def paragraph(self, words: str) -> None:
        """`words` after an empty line."""
        self.blank()
        self.line(words)

    def bullets(self, texts: Iterable[str]) -> None:
        """One text under the other, each marked."""
        for words in texts:
            self.line(words, label="  • ")


def _printable(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        if character in _PLAINER:
            return _PLAINER[character]
        return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode() or "?"
    return character
