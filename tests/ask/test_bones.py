"""T-scores and fractures as people tell them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.ask.bones import read_fractures, read_t_scores
from boneplan.ask.text import Again

SITES = {"lumbar spine": "lumbar_spine", "hip": "total_hip", "femoral neck": "femoral_neck"}


@pytest.mark.parametrize(
    "typed",
    ["lumbar spine -1.8, hip -1.2", "spine=-1.8; total hip=-1.2", "Spine: -1,8, hip: -1,2",
     "hip −1.2\nlumbar_spine –1.8", "spine -1.8 and hip -1.2"],
)  # fmt: skip
def test_t_scores_of_two_sites(typed: str) -> None:
    assert read_t_scores(typed).part == {"bone": {"t_scores": {"lumbar_spine": -1.8, "total_hip": -1.2}}}


@given(st.dictionaries(st.sampled_from(sorted(SITES)), st.integers(-80, 50), min_size=1))
def test_t_scores_read_back_with_their_sign(tenths: dict[str, int]) -> None:
    typed = ", ".join(f"{site} {score / 10:+}" for site, score in tenths.items())
    found = {SITES[site]: score / 10 for site, score in tenths.items()}
    assert read_t_scores(typed).part == {"bone": {"t_scores": found}}


def test_a_t_score_without_its_sign_is_asked_back() -> None:
    with pytest.raises(Again, match=r"spine 1.8 has no sign: write -1.8, or \+1.8"):
        read_t_scores("spine 1.8")
    assert read_t_scores("spine 0").part == {"bone": {"t_scores": {"lumbar_spine": 0}}}


@pytest.mark.parametrize("typed", ["", "unknown", "not known", "none", "I don't know"])
def test_no_t_score_is_an_answer(typed: str) -> None:
    assert read_t_scores(typed).part == {}


@pytest.mark.parametrize(
    ("typed", "told"), [("-1.8", "no list"), ("heel -1.8", "no place of a scan"), ("spine", "no list")]
)
def test_what_is_no_t_score(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_t_scores(typed)


@pytest.mark.parametrize(
    ("typed", "fracture"),
    [
        ("wrist 2019 fall", {"site": "wrist", "year": 2019, "fragility": True}),
        ("left wrist, 2019, from a fall", {"site": "wrist", "year": 2019, "fragility": True}),
        ("ankle 1998 accident", {"site": "ankle", "year": 1998, "fragility": False}),
        ("broken hip 2020 in a car accident", {"site": "hip", "year": 2020, "fragility": False}),
        ("upper arm 2001 fragility", {"site": "upper_arm", "year": 2001, "fragility": True}),
        ("vertebrae 2015 fell", {"site": "vertebra", "year": 2015, "fragility": True}),
        ("2012 ribs crash", {"site": "rib", "year": 2012, "fragility": False}),
    ],
)
def test_a_broken_bone(typed: str, fracture: dict[str, Any]) -> None:
    assert read_fractures(typed).part == {"bone": {"fractures": [fracture]}}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("wrist 2019", "how did it break"), ("wrist fall", "no one year"), ("wirst 2019 fall", "did you mean wrist"),
     ("2019 fall", "no bone"), ("wrist 2019 fall accident", "how did it break")],
)  # fmt: skip
def test_a_broken_bone_is_never_half_known(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_fractures(typed)
