"""Height and weight in the units people know: feet and inches, stones and pounds, or metric."""

from __future__ import annotations

import math
import re

from boneplan.ask.text import FRACTIONS, Again, Answer, quoted, tidy

# Exact by definition: the international yard and pound agreement of 1959; a stone is 14 pounds.
CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14
INCHES_PER_FOOT = 12
CM_PER_METRE = 100

_INCHES = r"(?:inches|inch|ins|in|\")"
_FEET = r"(?:feet|foot|ft|')"
_POUNDS = r"(?:pounds|pound|lbs|lb)"
NUMBER = r"\d+(?:[.,]\d+)?"
_NUMBER = rf"({NUMBER})"

FEET_AND_INCHES = re.compile(rf"{_NUMBER} ?{_FEET}\.? ?(?:and )?(?:{_NUMBER} ?(?:{_INCHES}|'')?\.?)?")
INCHES = re.compile(rf"{_NUMBER} ?{_INCHES}\.?")
CENTIMETRES = re.compile(rf"{_NUMBER} ?(?:cm|cms|centimet(?:re|er)s?)\.?")
METRES = re.compile(rf"{_NUMBER} ?(?:m|met(?:re|er)s?)\.?")
METRES_AND_CENTIMETRES = re.compile(r"(\d) ?m ?(\d\d)")
STONES = re.compile(rf"{_NUMBER} ?(?:stones|stone|st)\.? ?(?:and )?(?:{_NUMBER} ?{_POUNDS}?\.?)?")
POUNDS = re.compile(rf"{_NUMBER} ?{_POUNDS}\.?")
KILOGRAMS = re.compile(rf"{_NUMBER} ?(?:kg|kgs|kilos?|kilograms?|kilogrammes?)\.?")

HEIGHT_MEND = "write it such as 5 ft 4 in, 64 in, 163 cm or 1.63 m"
WEIGHT_MEND = "write it such as 150 lb, 10 st 7 lb or 68 kg"


def read_height(text: str) -> Answer:
    """A height as `height_cm`, to the millimetre. Raises Again where the unit is missing or it is none."""
    said = _plain(text)
    if match := FEET_AND_INCHES.fullmatch(said):
        feet, inches = _number(match[1]), _number(match[2] or "0")
        if inches >= INCHES_PER_FOOT:
            raise Again(f"{quoted(text)} has {inches:g} inches beside the feet: give 0 to 11, or inches alone")
        return _height((feet * INCHES_PER_FOOT + inches) * CM_PER_INCH)
    if match := INCHES.fullmatch(said):
        return _height(_number(match[1]) * CM_PER_INCH)
    if match := CENTIMETRES.fullmatch(said):
        return _height(_number(match[1]))
    if match := METRES.fullmatch(said):
        return _height(_number(match[1]) * CM_PER_METRE)
    if match := METRES_AND_CENTIMETRES.fullmatch(said):
        return _height(float(match[1]) * CM_PER_METRE + float(match[2]))
    if re.fullmatch(NUMBER, said):
        raise Again(f"{quoted(text)} has no unit: {HEIGHT_MEND}")
    raise Again(f"{quoted(text)} is no height: {HEIGHT_MEND}")


def read_weight(text: str) -> Answer:
    """A weight as `weight_kg`, to 0.1 kg. Raises Again where the unit is missing or it is none."""
    said = _plain(text)
    if match := STONES.fullmatch(said):
        stones, pounds = _number(match[1]), _number(match[2] or "0")
        if pounds >= POUNDS_PER_STONE:
            raise Again(f"{quoted(text)} has {pounds:g} pounds beside the stones: give 0 to 13, or pounds alone")
        return _weight((stones * POUNDS_PER_STONE + pounds) * KG_PER_POUND)
    if match := POUNDS.fullmatch(said):
        return _weight(_number(match[1]) * KG_PER_POUND)
    if match := KILOGRAMS.fullmatch(said):
        return _weight(_number(match[1]))
    if re.fullmatch(NUMBER, said):
        raise Again(f"{quoted(text)} has no unit: {WEIGHT_MEND}")
    raise Again(f"{quoted(text)} is no weight: {WEIGHT_MEND}")


def is_metric(text: str) -> bool:
    """Whether a height or a weight that was understood was given in metric units."""
    said = _plain(text)
    patterns = (CENTIMETRES, METRES, METRES_AND_CENTIMETRES, KILOGRAMS)
    return any(pattern.fullmatch(said) for pattern in patterns)


def _number(text: str) -> float:
    """A number with a decimal point or comma: nobody is a thousand units tall."""
    return float(text.replace(",", "."))


def _plain(text: str) -> str:
    for sign, decimals in FRACTIONS.items():
        text = re.sub(rf"(?<=\d) ?{sign}", decimals, text)
    return tidy(re.sub(r"(?<=\d) 1/2", ".5", text))


def _height(centimetres: float) -> Answer:
    cm = _tenth(centimetres, HEIGHT_MEND)
    inches = round(cm / CM_PER_INCH)
    return Answer({"height_cm": cm}, f"{cm:g} cm ({inches // INCHES_PER_FOOT} ft {inches % INCHES_PER_FOOT} in)")


def _weight(kilograms: float) -> Answer:
    kg = _tenth(kilograms, WEIGHT_MEND)
    return Answer({"weight_kg": kg}, f"{kg:g} kg ({kg / KG_PER_POUND:.0f} lb)")


def _tenth(amount: float, mend: str) -> float:
    """To a tenth, as scales and stadiometers show; whole numbers without a point. Raises Again."""
    if math.isinf(amount):
        raise Again(f"has far too many figures: {mend}")
    rounded = round(amount, 1)
    return int(rounded) if rounded.is_integer() else rounded
