"""The questions of `boneplan init`, in the order they are asked, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from boneplan.applies import classes_of
from boneplan.ask import bones, lists, medicines
from boneplan.ask.body import is_metric, read_height, read_weight
from boneplan.ask.clock import read_availability, spoken_availability
from boneplan.ask.dates import read_date, spoken_date
from boneplan.ask.day import read_meals, read_timezone, system_timezone
from boneplan.ask.spoken import (
    ACTIVITIES,
    ALLERGENS,
    CONDITIONS,
    DRUGS,
    EQUIPMENT,
    INTOLERANCES,
    LESION_SITES,
    LEVELS,
    MEASURES,
    RISK_FACTORS,
    SEXES,
)
from boneplan.ask.text import Again, Answer, close_to, is_unknown, number, one_word, quoted, tidy
from boneplan.choices import Activity, ExerciseLevel, Measures, Pattern, Sex
from boneplan.profile_health import Drug

Data = Mapping[str, Any]
"""The profile so far, as plain values."""


@dataclass(frozen=True)
class Question:
    """One question. `read` turns what was typed into a part of the profile, or raises `Again`.

    `default` is what Enter stands for; None where an answer is needed. `essential` questions come before the offer to
    plan. `blank` says in words what Enter stands for where the default is empty. `many`: the answer is a list, whose
    flag may be given again and again; `lines`: it has one entry a line. `flag` names the flag where it is not the
    key. `applies` says of the profile so far whether to ask at all.
    """

    key: str
    label: str
    asks: str
    why: str
    read: Callable[[str], Answer]
    default: str | Callable[[Mapping[str, str]], str] | None = ""
    choices: tuple[tuple[str, str], ...] = ()
    numbered: bool = False
    essential: bool = False
    lines: bool = False
    flag: str = ""
    blank: str = "none"
    many: bool = False
    applies: Callable[[Data], bool] = lambda _: True

    @property
    def option(self) -> str:
        """The flag that answers this question on the command line."""
        return f"--{self.flag or self.key.replace('_', '-')}"


STRENGTH = re.compile(r"(?<=\w) \d+(?:[.,]\d+)? ?mg\b.*", re.IGNORECASE)
"""What stands behind the name on a packet of tablets, such as " 2.5 mg daily"."""


def _choice(
    path: tuple[str, ...], words: tuple[str, ...], spoken: Mapping[str, str], said: Mapping[str, str] | None = None
) -> Callable[[str], Answer]:
    """Reads one of `words`, as one writes it, by its number or as it is `spoken`; `said` is how it is said back."""

    def read(text: str) -> Answer:
        key = one_word(STRENGTH.sub("", text), words, spoken)
        if key not in words and (near := close_to(text, spoken)):
            raise Again(f"{quoted(text)} is unknown: did you mean {near}? Or use one of {', '.join(words)}")
        part: Any = key
        for step in reversed(path):
            part = {step: part}
        return Answer(part, (said or {}).get(key, key.replace("_", " ")))

    return read


def _date(*path: str, needed: bool = False) -> Callable[[str], Answer]:
    def read(text: str) -> Answer:
        if is_unknown(text) and not needed:
            return Answer({}, "not known")
        day = read_date(text)
        part: Any = day
        for step in reversed(path):
            part = {step: part}
        return Answer(part, spoken_date(day))

    return read


def _name(text: str) -> Answer:
    return Answer({"name": text.strip()}, text.strip() or "none")


def _vitamin_k(text: str) -> Answer:
    if is_unknown(text):
        return Answer({}, "not known")
    amount = number(re.sub(r" ?(?:ug|mcg|micrograms?)(?: a day)?$", "", tidy(text)))
    return Answer({"diet": {"vitamin_k_agreed": amount}}, f"{amount:g} µg a day")


def _free(text: str) -> Answer:
    free = read_availability(text)
    return Answer({"exercise": {"availability": free}}, spoken_availability(free))


IN_MEASURES: dict[str, str] = {"us": "cups and ounces", "metric": "millilitres and grams"}


def _measures(answers: Mapping[str, str]) -> str:
    typed = [answers.get(key, "") for key in ("height", "weight")]
    return IN_MEASURES["metric" if all(is_metric(text) for text in typed) else "us"]


def _names(table: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((names[0], "") for names in table.values())


def _takes_antagonist(data: Data) -> bool:
    return any("vitamin_k_antagonist" in classes_of(taken["name"]) for taken in data.get("medications", ()))


SEX, DRUG = get_args(Sex), get_args(Drug)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "sex", "Sex", "Female or male?",
        "Reference intakes of calcium, iron and energy differ by sex.",
        _choice(("sex",), SEX, SEXES), None, tuple((word, "") for word in SEX), numbered=True, essential=True,
    ),
    Question(
        "birth_date", "Born", "When were you born? Such as 2 April 1961",
        "What you need of each nutrient, and how you best train, goes by age.",
        _date("birth_date", needed=True), None, essential=True,
    ),
    Question(
        "height", "Height", "How tall are you? Such as 5 ft 4 in, or 163 cm",
        "Energy, and the body mass index, are worked out from height and weight.",
        read_height, None, essential=True,
    ),
    Question(
        "weight", "Weight", "What do you weigh? Such as 150 lb, 10 st 7 lb, or 68 kg",
        "Energy and protein are worked out from it.",
        read_weight, None, essential=True,
    ),
    Question(
        "drug", "Aromatase inhibitor", "Which aromatase inhibitor do you take?",
        "What bones need under it, and how often they are looked at, depends on it.",
        _choice(("therapy", "drug"), DRUG, DRUGS), None,
        (("anastrozole", "Arimidex"), ("letrozole", "Femara"), ("exemestane", "Aromasin"),
         ("anastrozole with testosterone", ""),
         ("none", "not now, or another drug: say it with the medicines")), numbered=True, essential=True,
    ),
    Question(
        "since", "Taken since", "Since when? Such as 1 March 2026; Enter if you do not know",
        "The days of the next checks are counted from it.",
        _date("therapy", "since"), essential=True, blank="not known",
        applies=lambda data: data.get("therapy", {}).get("drug", "none") != "none",
    ),
    Question(
        "conditions", "Conditions",
        "Have you, or has a doctor told you of, any of these: cancer in the bones, osteoporosis, a new fracture or "
        "new back pain, kidney disease or kidney stones, high or low calcium, trouble swallowing, weight loss "
        "without meaning to, heart disease, diabetes, coeliac disease, falls, lymphoedema, joint pain? (? shows all)",
        "Some change what is safe to eat or to do, and some need your clinic first. Leave none of yours out.",
        lists.read_conditions, choices=_names(CONDITIONS), essential=True, many=True, flag="condition",
    ),
    Question(
        "metastases", "Cancer in the bones", "In which bones? Enter if you do not know",
        "No bone that cancer has weakened may be loaded. Without the places there is no exercise.",
        lists.read_lesion_sites, choices=_names(LESION_SITES), essential=True, many=True,
        flag="metastasis", blank="not known",
        applies=lambda data: "bone_metastases" in data.get("conditions", ()),
    ),
    Question(
        "medicines", "Medicines",
        "Which other medicines do you take? One a line with day and time, such as alendronate monday 06:30; "
        "denosumab last 15 June 2026 every 6 months",
        "Some must be kept apart from food, calcium or each other, and some close a menu. Say all of them.",
        medicines.read_medicines, essential=True, lines=True, many=True, flag="medicine",
    ),
    Question(
        "vitamin_k", "Vitamin K agreed",
        "How much vitamin K a day, in µg, has the clinic that watches your blood thinner agreed with you? "
        "Enter if you do not know",
        "Under this medicine there is no menu without it, since vitamin K has to stay the same from day to day.",
        _vitamin_k, essential=True, blank="not known", applies=_takes_antagonist,
    ),
    Question(
        "allergies", "Allergies", "What are you allergic to, or cannot take: milk, lactose, egg, wheat, nuts ...?",
        "No food that holds any of it is ever shown.",
        lists.read_allergies, choices=_names({**ALLERGENS, **INTOLERANCES}), essential=True, many=True,
        flag="allergy",
    ),
    Question(
        "dislikes", "Never show", "Any other foods never to be shown? Such as liver, olives",
        "All foods whose name holds the word stay out, and whole kinds such as nuts or bread.",
        lists.read_dislikes, essential=True, many=True, flag="dislike",
    ),
    Question("name", "Name", "What shall the plan call you? Enter for no name", "It stands at the head of the plan.",
             _name),
    Question(
        "activity", "Activity", "How active is a usual day, apart from training?",
        "Energy goes by it.",
        _choice(("activity",), get_args(Activity), ACTIVITIES), "low",
        (("inactive", "mostly sitting"), ("low", "household and short walks"),
         ("active", "on the feet much of the day"), ("very active", "hard work, or sport most days")), numbered=True,
    ),
    Question(
        "t_scores", "T-scores", "T-scores of your last bone scan? Such as lumbar spine -1.8, hip -1.2, femoral neck "
        "-1.4; Enter if you do not know",
        "How strong the exercise may be, and what to ask the clinic, goes by the lowest of them.",
        bones.read_t_scores, choices=(("lumbar spine", ""), ("hip", "total hip"), ("femoral neck", "")),
        many=True, flag="t-score", blank="not known",
    ),
    Question("last_dxa", "Last bone scan", "When was the last bone scan (DXA)? Enter if never, or not known",
             "The next one is counted from it.", _date("bone", "last_dxa"), blank="not known"),
    Question(
        "fractures", "Broken bones",
        "Any bones broken as an adult? One a line with the year and how, such as wrist 2019 fall, or ankle 1998 "
        "accident",
        "A bone that broke in a fall from standing height says more about bones than a scan.",
        bones.read_fractures, lines=True, many=True, flag="fracture",
    ),
    Question(
        "risk_factors", "Other risks",
        "Any of these: a parent broke a hip, smoking, three drinks a day or more, steroid tablets for months, "
        "rheumatoid arthritis, menopause before 45?",
        "They raise the risk of a fracture beside age and T-score.",
        lists.read_risk_factors, choices=_names(RISK_FACTORS), many=True, flag="risk-factor",
    ),
    Question(
        "supplements", "Supplements",
        "Which supplements do you take every day? One a line with the amount of the whole day, such as vitamin D "
        "1000 IU breakfast",
        "They count towards the targets and the upper limits, and calcium is kept apart from some medicines.",
        medicines.read_supplements, lines=True, many=True, flag="supplement",
    ),
    Question(
        "pattern", "Diet", "Which diet do you keep to?", "It says which foods are shown at all.",
        _choice(("diet", "pattern"), get_args(Pattern), {}), "omnivore",
        (("omnivore", "everything"), ("pescatarian", "fish, no meat"), ("vegetarian", "no meat, no fish"),
         ("vegan", "nothing from animals"), ("halal", ""), ("kosher", "")), numbered=True,
    ),
    Question(
        "meals", "Meals", "When do you eat? Such as breakfast 8, lunch 12:30, no snack, dinner 7 pm",
        "Sessions, supplements and medicines are put around the meals.",
        read_meals, "7:30, 12:30, 15:30, 18:30",
    ),
    Question(
        "level", "Training", "How used are you to training?", "The first weeks begin where you are.",
        _choice(("exercise", "level"), get_args(ExerciseLevel), LEVELS), "beginner",
        (("beginner", "new to it, or after a long break"), ("intermediate", "some months, twice a week"),
         ("advanced", "for years")), numbered=True,
    ),
    Question(
        "equipment", "Equipment", "What is at hand: chair, resistance band, dumbbells, mat, pool ...?",
        "Exercises that need anything else are left out.",
        lists.read_equipment, choices=_names(EQUIPMENT), many=True,
    ),
    Question(
        "free", "Free for exercise",
        "When can you train? Such as mon wed 7-8, sat 9:00-10:30; Enter for the usual times (17:00 on weekdays, "
        "10:00 at weekends)",
        "Sessions are put into these times alone.", _free, many=True, blank="the usual times",
    ),
    Question(
        "measures", "Measures", "How shall amounts of food be shown?", "Menus and shopping list use them.",
        _choice(("measures",), get_args(Measures), MEASURES, IN_MEASURES), _measures,
        tuple((words, "") for words in IN_MEASURES.values()), numbered=True,
    ),
    Question(
        "timezone", "Time zone", "Which time zone do you live in?", "The calendar needs it.",
        read_timezone, lambda _: system_timezone(),
    ),
)  # fmt: skip
"""Every question; the essential ones first."""
