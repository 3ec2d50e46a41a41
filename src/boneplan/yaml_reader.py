"""Reading YAML that a person wrote, as plain values, with nothing left to chance.

Scalars follow YAML 1.2: only true and false are booleans, `18:30` and `no` stay text, 1961-04-02 is a date.
Tags, anchors, aliases, duplicate keys, deep nesting and files of more than a megabyte or 20,000 values are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from boneplan.errors import InputError
from boneplan.files import read_bounded

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 20_000  # far more than a person writes, read in well under a second
MAX_SHOWN = 40  # characters of a value that an error message repeats
LONG_INTEGER = 18  # digits; a longer one is read as a float, since Python limits the conversion of text

NULL, BOOL, INT, FLOAT, DATE = (f"tag:{kind}" for kind in ("null", "bool", "int", "float", "date"))

MENDS = {
    "\\t": "indent with spaces, not with tabs",
    "mapping values": "check the indentation, and put texts with a colon in quotes",
    "block end": "check that lines of one level are indented alike",
    "expected ',' or": "close the bracket or brace",
    "escape": "write \\\\ for a backslash, or use single quotes",
    "unexpected end of stream": "close the quotes or brackets",
    "stream end": "close the quotes or brackets",
    "could not find expected ':'": "put a colon and a space after the key",
}  # fmt: skip
"""Words of the parser's complaints, each with what usually mends it."""


def escaped(text: str) -> str:
    """`text` on one line: control characters, line breaks and other unprintable characters as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown(value: object) -> str:
    """A value as an error repeats it: in YAML's words, on one line, at most `MAX_SHOWN` characters."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple, set)):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = escaped(value if isinstance(value, str) else str(value)[: MAX_SHOWN + 1])
    if len(plain) > MAX_SHOWN:
        plain = plain[:MAX_SHOWN] + "…"
    return f'"{plain}"' if isinstance(value, str) else plain


class _Resolver(BaseResolver):
    """The scalars of YAML's core schema that a profile can hold; whatever matches none is text."""


_Resolver.add_implicit_resolver(NULL, re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])
_Resolver.add_implicit_resolver(BOOL, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))
_Resolver.add_implicit_resolver(DATE, re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"), list("0123456789"))
_Resolver.add_implicit_resolver(INT, re.compile(r"[-+]?[0-9]+\Z"), list("-+0123456789"))
_Resolver.add_implicit_resolver(
    FLOAT, re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), list("-+.0123456789")
)


class _Loader(Reader, Scanner, Parser, Composer, _Resolver):
    """Text to nodes. Construction of Python objects is not part of it."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        _Resolver.__init__(self)
        self.depth = 0
        self.values = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise _refused("anchors (&) and aliases (*) are not used here: write the value out", event)
        if getattr(event, "tag", None) is not None:
            raise _refused("tags (!) are not used here: leave it out, or put the text in quotes", event)
        if self.depth == MAX_DEPTH:
            raise _refused(f"nested more than {MAX_DEPTH} levels deep: check the brackets and the indentation", event)
        if self.values == MAX_VALUES:
            raise _refused(f"more than {MAX_VALUES} values: keep one profile in a file", event)
        self.values += 1
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


class _RefusedError(yaml.MarkedYAMLError):
    """Valid YAML that this reader does not take."""


def _refused(problem: str, event: Any) -> _RefusedError:
    return _RefusedError(problem=problem, problem_mark=event.start_mark)


def read_text(path: Path) -> str:
    """The text of a file of at most a megabyte of UTF-8. Raises InputError where there is none."""
    source = escaped(str(path))
    data = read_bounded(
        path, MAX_BYTES, source=source, too_large="is over a megabyte: give a file that holds one profile"
    )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: is no UTF-8 text (byte {error.start + 1}): save it as UTF-8") from None


def parse_yaml(text: str, source: str) -> tuple[Any, list[str]]:
    """The one document of `text` as dicts with text keys, lists, str, int, float, bool, date and None.

    Beside it stands a sentence for each key that is there twice or is no word; the last of them counts.
    Raises InputError, with line, column and mend, where there is no document to speak of.
    """
    source = escaped(source)
    if len(text) > MAX_BYTES:
        raise InputError(f"{source}: is over a megabyte: give a file that holds one profile")
    try:
        node = _Loader(text.removeprefix("\ufeff")).get_single_node()
    except yaml.YAMLError as error:
        raise InputError(f"{source}: {_complaint(error)}") from None
    except (ValueError, OverflowError):
        raise InputError(f"{source}: holds an escape or a directive that names no character or number") from None
    if node is None:
        raise InputError(f"{source}: is empty")
    problems: list[str] = []
    return _plain(node, "", problems), problems


def _complaint(error: yaml.YAMLError) -> str:
    """What is wrong with the text, where, and the mend."""
    if isinstance(error, ReaderError):
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        return f"holds the control character U+{code:04X}: save the file as plain text"
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return "is not YAML"
    mark, problem = error.problem_mark, escaped(error.problem or "")
    place = f"line {mark.line + 1}, column {mark.column + 1}"
    if "found another document" in problem:
        return f"{place}: a second document begins: keep one, without a --- line"
    if isinstance(error, _RefusedError):
        return f"{place}: {problem}"
    mend = next((mend for words, mend in MENDS.items() if words in problem), "check this line and the one before it")
    return f"{place}: is not YAML ({problem}): {mend}"


def _plain(node: Node, path: str, problems: list[str]) -> Any:
    """The value of a node; its depth is bounded by the loader."""
    if isinstance(node, SequenceNode):
        return [_plain(child, f"{path}[{i}]", problems) for i, child in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, path, problems)
    assert isinstance(node, ScalarNode)
    return _scalar(node)


def _mapping(node: MappingNode, path: str, problems: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            problems.append(f"line {line}: a key is a list or a mapping: write one word before the colon")
            continue
        key = str(key_node.value)
        where = f"{path}.{key_name(key)}" if path else key_name(key)
        if key in made:
            problems.append(f"{where}: is there twice, in lines {lines[key]} and {line}: keep one of them")
        lines[key] = line
        made[key] = _plain(value_node, where, problems)
    return made


def key_name(key: str) -> str:
    """A key as it stands in the path of a field: bare if it is one word, else quoted and shortened."""
    return key if re.fullmatch(r"\w{1,40}", key, re.ASCII) else shown(key)


def _scalar(node: ScalarNode) -> str | int | float | bool | dt.date | None:
    text = str(node.value)
    if node.tag == NULL:
        return None
    if node.tag == BOOL:
        return text.lower() == "true"
    if node.tag == INT:
        return int(text) if len(text) <= LONG_INTEGER else float(text)
    if node.tag == FLOAT:
        return float(text)
    if node.tag == DATE:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text
