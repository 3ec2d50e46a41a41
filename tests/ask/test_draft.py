"""The draft: what was typed comes back; what is no draft is refused and not lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan.ask import QUESTIONS
from boneplan.ask.draft import draft_path, load_draft, save_draft, set_aside
from boneplan.errors import InputError

KEYS = [question.key for question in QUESTIONS]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_the_draft_lies_hidden_beside_the_profile() -> None:
    assert draft_path(Path("there/anna.yaml")) == Path("there/.anna.yaml.draft")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.dictionaries(st.sampled_from(KEYS), TEXTS), begun=st.dictionaries(st.sampled_from(KEYS), TEXTS))
def test_whatever_was_typed_comes_back_as_text(
    tmp_path: Path, answers: dict[str, str], begun: dict[str, str]
) -> None:
    path = tmp_path / "draft"
    save_draft(path, answers, begun)
    assert load_draft(path) == (answers, begun)
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_draft_is_none(tmp_path: Path) -> None:
    assert load_draft(tmp_path / "missing") is None


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", b"[]", b"draft: 1", b"draft: 2\nanswers: {}", b"draft: 1\nanswers: []",
        b"draft: 1\nanswers: {sex: [f]}", b"draft: 1\nanswers: {sex: 1}", b"draft: 1\nanswers: {shoe_size: '39'}",
        b"draft: 1\nanswers: {sex: f, sex: m}", b"draft: 1\nanswers: {}\nbegun: [1]",
        b"draft: 1\nanswers: &a {sex: *a}", b"!!python/object:os.system {}",
        b"draft: 1\nanswers: {name: '" + b"x" * 6000 + b"'}", b"[" * 5000, b"x" * 2_000_000,
    ],
    ids=lambda content: str(content[:24]),
)  # fmt: skip
def test_what_is_no_draft_is_refused_and_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ".anna.yaml.draft"
    path.write_bytes(content)
    with pytest.raises(InputError):
        load_draft(path)
    (tmp_path / ".anna.yaml.draft.bad").write_text("an older one")
    aside = set_aside(path)
    assert aside.read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_plain_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "draft"
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    with pytest.raises(InputError, match="no plain file"):
        load_draft(path)
    set_aside(path)
    assert not os.path.lexists(path)
