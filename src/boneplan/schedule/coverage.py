"""Whether a person's exercises can make a week at all, and which rules leave too few where they cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from boneplan.exercises import Exercise, MuscleGroup
from boneplan.plan import Conflict
from boneplan.profile import Profile
from boneplan.schedule.eligibility import dropped_by
from boneplan.schedule.needs import Needs, is_moderate_option, is_off_feet_option, week

MOST_OFFERS = 4


@dataclass(frozen=True)
class Piece:
    """A part of the week that needs at least one exercise: the rule that asks for it, and what would do."""

    rule: str
    words: str
    suits: Callable[[Exercise], bool]


def uncovered(
    profile: Profile, options: Sequence[Exercise], needs: Needs, catalogue: Mapping[str, Exercise]
) -> Conflict | None:
    """The conflict of a week that lacks an exercise for one of its parts; None where `options` have one for each.

    `relaxations` names equipment and places that would bring one, never a rule about the person's state.
    """
    missing = [piece for piece in _pieces(needs) if not any(piece.suits(e) for e in options)]
    if not missing:
        return None
    rules, offers = [piece.rule for piece in missing], Counter[str]()
    for piece in missing:
        drops = [dropped_by(e, profile) for e in catalogue.values() if piece.suits(e)]
        rules += _covering([{drop.rule for drop in found} for found in drops])
        offers.update(found[0].mend for found in drops if len(found) == 1 and found[0].mend)
    *words, last = [piece.words for piece in missing]
    return Conflict(
        part="exercise",
        rules=list(dict.fromkeys(rules)),
        text=f"No exercise is left for {', '.join(words)}{' and ' * bool(words)}{last}.",
        relaxations=[offer for offer, _ in offers.most_common(MOST_OFFERS)] or [_question(profile)],
    )


def _question(profile: Profile) -> str:
    unnamed = "bone_metastases" in profile.conditions and set(profile.bone.metastases) <= {"other"}
    if unnamed:
        return "ask the oncologist which bones they are in, and name the sites in bone.metastases"
    return "ask the care team which exercises would be possible"


def _covering(drops: Sequence[Set[str]]) -> Iterator[str]:
    """Rules that together drop every exercise, the one that drops most first. What none drops hurt before."""
    left = [rules for rules in drops if rules]
    while left:
        (rule, _), *_ = Counter(rule for rules in left for rule in sorted(rules)).most_common(1)
        yield rule
        left = [rules for rules in left if rule not in rules]


def _pieces(needs: Needs) -> Iterator[Piece]:
    rules = week().rules
    aerobic = [bout.name for bout in needs.of_kind("aerobic")]
    minutes = rules["aerobic_minutes"].rule
    if "off_feet" in aerobic:
        yield Piece(minutes, "the aerobic minutes off the feet", _calm(is_off_feet_option))
    else:
        yield Piece(minutes, "the weight-bearing minutes", _calm(is_moderate_option))
    yield Piece(rules["balance_days"].rule, "balance", _calm(lambda e: e.kind == "balance"))
    for group in needs.groups:
        yield Piece(week().muscle_groups.rule, f"the {group}", _calm(_trains(group)))


def _trains(group: MuscleGroup) -> Callable[[Exercise], bool]:
    return lambda e: e.kind == "resistance" and e.muscle_groups[0] == group


def _calm(*suits: Callable[[Exercise], bool]) -> Callable[[Exercise], bool]:
    """Any of `suits`, with the spine at rest: the schedule never picks other exercises by itself."""
    return lambda e: e.spine_flexion == e.spine_rotation == "none" and any(suit(e) for suit in suits)
