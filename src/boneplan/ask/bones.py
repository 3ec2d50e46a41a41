"""T-scores and fractures as people tell them."""

from __future__ import annotations

import re
from typing import Any

from boneplan.ask.spoken import FRACTURE_SITES, SCAN_SITES
from boneplan.ask.text import Again, Answer, close_to, is_unknown, known_as, lines_of, quoted, tidy

SCORE = re.compile(r"\s*([a-z][a-z ()/_]*?)\s*[=:]?\s*([-+]?)(\d+(?:[.,]\d+)?)\s*(?:[,;\n]|and\b|$)", re.ASCII)
SCORES_MEND = "write the place and the number, such as lumbar spine -1.8, hip -1.2"
YEAR = re.compile(r"\b(\d{4})\b", re.ASCII)
LITTLE_FORCE = re.compile(
    r"\b(?:from |after |in |with )?(?:a )?(?:simple |small |minor )?"
    r"(?:falls?|fell|fragility|little force|low force)\b|"
    r"\bfrom standing(?: height)?\b"
)
MUCH_FORCE = re.compile(
    r"\b(?:from |after |in |with )?(?:an? |the )?(?:car |road |bike |traffic |ski )?"
    r"(?:accidents?|crash|collision|high force|much force|trauma)\b"
)
FRACTURE_MEND = "write the bone, the year and how, such as wrist 2019 fall, or ankle 1998 accident"


def read_t_scores(text: str) -> Answer:
    """T-scores by site; a number without its sign is asked back, since most are below zero. Raises Again."""
    if is_unknown(text):
        return Answer({}, "not known")
    said = ", ".join(tidy(line) for line in text.splitlines())
    found: dict[str, Any] = {}
    place = 0
    while place < len(said.rstrip(" ,;")):
        match = SCORE.match(said, place)
        if match is None:
            raise Again(f"{quoted(text)} is no list of T-scores: {SCORES_MEND}")
        site, sign, figure = known_as(match[1], SCAN_SITES), match[2], float(match[3].replace(",", "."))
        if site is None:
            raise Again(f"{quoted(match[1])} is no place of a scan: use lumbar spine, hip or femoral neck")
        if not sign and figure:
            raise Again(f"{match[1]} {match[3]} has no sign: write -{match[3]}, or +{match[3]} if it is above zero")
        found[site] = -figure if sign == "-" else figure
        place = match.end()
    said_back = ", ".join(f"{site.replace('_', ' ')} {score:+g}" for site, score in found.items())
    return Answer({"bone": {"t_scores": found}}, said_back)


def read_fractures(text: str) -> Answer:
    """Broken bones, one a line. Raises Again where the bone, the year or the force is missing."""
    if is_unknown(text):
        return Answer({"bone": {"fractures": []}}, "none")
    found = [_fracture(line) for line in lines_of(text)]
    said = [f"{f['site'].replace('_', ' ')} {f['year']}{' (fragility)' if f['fragility'] else ''}" for f in found]
    return Answer({"bone": {"fractures": found}}, ", ".join(said))


def _fracture(line: str) -> dict[str, Any]:
    said = tidy(line).replace(",", " ")
    years = YEAR.findall(said)
    if len(years) != 1:
        raise Again(f"{quoted(line)} has no one year: {FRACTURE_MEND}")
    said = YEAR.sub(" ", said)
    much = bool(MUCH_FORCE.search(said))
    said = MUCH_FORCE.sub(" ", said)
    little = bool(LITTLE_FORCE.search(said))
    said = LITTLE_FORCE.sub(" ", said)
    bone = re.sub(r"\b(?:in|broken|broke|left|right|fracture|fractured|my)\b", " ", said).strip(" :=-")
    site = known_as(bone, FRACTURE_SITES)
    if site is None:
        near = close_to(bone, FRACTURE_SITES) if bone else None
        hint = f"did you mean {near}? Or use" if near else "use"
        raise Again(f"{quoted(bone)} is no bone known here: {hint} one of {', '.join(dict.fromkeys(_SITES))}")
    if much == little:
        raise Again(
            f"{quoted(line)}: how did it break? Add fall (from standing height or less) or accident (more force)"
        )
    return {"site": site, "year": int(years[0]), "fragility": little}


_SITES = ("spine", "hip", "wrist", "upper arm", "pelvis", "rib", "ankle", "leg", "other")
