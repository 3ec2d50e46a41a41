"""Lines are folded at 75 octets, and nothing that belongs together is cut in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.folding import refold

ESCAPES = ("\\n", "\\,", "\\;", "\\\\")
LINE = st.lists(
    st.one_of(st.sampled_from(ESCAPES), st.characters(categories=["L", "N", "S", "Zs", "M"])), max_size=300
)


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("a" * 75, "a" * 75),
        ("a" * 76, "a" * 75 + "\r\n a"),
        ("a" * 75 + "b" * 75, "a" * 75 + "\r\n " + "b" * 74 + "\r\n b"),
        ("a" * 74 + "é", "a" * 74 + "\r\n é"),
        ("a" * 72 + "🦴", "a" * 72 + "\r\n 🦴"),
        ("a" * 74 + "\\n", "a" * 74 + "\r\n \\n"),
        ("a" * 73 + "\\\\" + "n", "a" * 73 + "\\\\\r\n n"),
    ],
)
def test_a_line_is_cut_where_75_octets_are_full(line: str, folded: str):
    assert refold(f"{line}\r\nEND:X\r\n".encode()) == f"{folded}\r\nEND:X\r\n".encode()


def test_other_folds_are_taken_out_first():
    assert refold(b"SUMMARY:a\r\n b\r\n  c\r\n") == b"SUMMARY:ab c\r\n"


@given(LINE)
def test_every_piece_is_text_of_75_octets_at_most_and_unfolds_to_the_line(units: list[str]):
    line = "X" + "".join(units)
    pieces = refold(f"{line}\r\n".encode()).decode().removesuffix("\r\n").split("\r\n")
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert not any((len(piece) - len(piece.rstrip("\\"))) % 2 for piece in pieces)
