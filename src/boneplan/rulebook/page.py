"""docs/GUIDELINES.md: every rule as a table, a chapter a file, from the guideline files alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from boneplan.rulebook.book import Chapter, chapters
from boneplan.rulebook.entry import Entry

COMMAND = "python tools/guidelines_doc.py"
_HEAD = f"""# The rules, with their sources

This page is made from the files in guidelines/ by `{COMMAND}`: change those, not this page.

It is no medical advice. It says by which rules boneplan plans and where each is from, so that a clinician can check
them. `boneplan why RULE` shows one of them, and what it did to a plan.

How sure a rule is stands in the last column:

- **published**: the figure stands in the document named.
- **not checked**: agreed practice; nobody here has read the figure in the document named.
- **boneplan's own**: a choice of this project, open to correction.

A *hard* rule holds in every plan, or there is no plan; a *soft* one is aimed at, and what is missing is told.
What is *fixed* no rules file loosens or drops; a dietitian can move the other bounds (RULES.md says how)."""
_BASIS = {"published": "published", "consensus-unverified": "not checked", "project": "boneplan's own"}
_COLUMNS = ("rule", "what it says", "for whom", "figures", "how firm", "source", "how sure")


def guidelines_page() -> str:
    """The whole page as Markdown, ending in a line break; the same text for the same files."""
    return "\n".join([_HEAD, *_contents(), *_chapters()]) + "\n"


def _contents() -> Iterator[str]:
    yield ""
    for folder, of_one in groupby(chapters(), key=_folder):
        rules = sum(len(chapter.entries) for chapter in of_one)
        yield f"- [{folder.capitalize()}](#{folder}): {rules} rules"


def _chapters() -> Iterator[str]:
    for folder, of_one in groupby(chapters(), key=_folder):
        yield from ("", f"## {folder.capitalize()}")
        for chapter in of_one:
            yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield from ("", f"### {chapter.file}")
    for paragraph in (chapter.head, chapter.note):
        if paragraph:
            yield from ("", _escaped(paragraph))
    yield from ("", _line(_COLUMNS), _line(["---"] * len(_COLUMNS)))
    yield from (_row(entry) for entry in chapter.entries)
    noted = [entry for entry in chapter.entries if entry.note]
    if noted:
        yield ""
        yield from (f"- `{entry.id}`: {_escaped(entry.note)}" for entry in noted)


def _row(entry: Entry) -> str:
    figures = "<br>".join(_escaped(f"{f.whom}: {f.text}" if f.whom else f.text) for f in entry.figures)
    cells = (_escaped(entry.text), _escaped(entry.whom), figures, entry.firm)
    sources = "<br>".join(_escaped(source) for source in entry.sources)
    return _line([f"`{entry.id}`", *cells, sources, _BASIS[entry.basis]])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _folder(chapter: Chapter) -> str:
    return chapter.file.split("/")[0]


def _escaped(text: str) -> str:
    for mark in ("\\", "|", "*", "<", ">"):
        text = text.replace(mark, f"\\{mark}")
    return text
