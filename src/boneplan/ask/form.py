"""The answers given so far, what they make of a profile, and which question comes next. No input and no output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from boneplan.ask.questions import QUESTIONS, Question
from boneplan.ask.text import MAX_ANSWER, Again, Answer, merged
from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile

SOURCE = "answer"


@dataclass
class Form:
    """`answers` holds what was typed, by the question's key: it is read anew whenever it is asked for.

    `whole` is false as long as the essential questions alone are asked. `rest` is what a profile that is there
    already holds beside the answers; the questions `kept` are not asked, since no answer says what it has of them.
    """

    today: dt.date
    answers: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    rest: dict[str, Any] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def walk(self) -> Iterator[tuple[Question, Answer | Again | None]]:
        """Every question that applies, with what was understood, why it has to be asked again, or None."""
        data: dict[str, Any] = {}
        for question in QUESTIONS:
            if question.key in self.kept:
                continue
            if question.key in self.answers or self.whole or question.essential:
                if not question.applies(merged(self.rest, data)):
                    continue
                outcome: Answer | Again | None = None
                if question.key in self.answers:
                    try:
                        outcome = self._read(question, self.answers[question.key], data)
                        data = merged(data, outcome.part)
                    except Again as again:
                        outcome = again
                yield question, outcome

    def read(self, question: Question, text: str) -> Answer:
        """What `text` means as the answer, checked as the profile checks it. Raises Again."""
        return self._read(question, text, self._data(question))

    def default(self, question: Question) -> str | None:
        """What Enter stands for; None where an answer is needed."""
        given = question.default
        return given(self.answers) if callable(given) else given

    def take_guesses(self) -> None:
        """Answers what can be told from this computer or from other answers, where it has not been asked."""
        for question in QUESTIONS:
            if callable(question.default) and question.key not in self.answers and question.key not in self.kept:
                self.answers[question.key] = question.default(self.answers)

    def progress(self, question: Question) -> tuple[int, int]:
        """Which of how many questions this one is, among those that apply as far as is known."""
        keys = [asked.key for asked, _ in self.walk()]
        return keys.index(question.key) + 1, len(keys)

    def before(self, question: Question) -> Question | None:
        """The question before this one that applies; None for the first."""
        found = None
        for asked, _ in self.walk():
            if asked.key == question.key:
                return found
            found = asked
        return found

    def profile(self) -> Profile:
        """The profile that all answers make. Raises InputError, a line for each that is missing or wrong."""
        return check_profile(merged(self.rest, self._data()), SOURCE, self.today)

    def _data(self, until: Question | None = None) -> dict[str, Any]:
        """The plain values of the answers, up to the question `until`."""
        data: dict[str, Any] = {}
        for question, outcome in self.walk():
            if until is not None and question.key == until.key:
                break
            if isinstance(outcome, Answer):
                data = merged(data, outcome.part)
        return data

    def _read(self, question: Question, text: str, before: dict[str, Any]) -> Answer:
        if len(text) > MAX_ANSWER:
            raise Again(f"is over {MAX_ANSWER:,} characters: shorten it")
        answer = question.read(text)
        try:
            check_profile({**_EXAMPLES, **merged(before, answer.part)}, SOURCE, self.today)
        except InputError as error:
            raise Again("\n".join(_without_field(line) for line in error.lines)) from None
        return answer


_EXAMPLES: dict[str, Any] = {
    name: (info.examples or [None])[0] for name, info in Profile.model_fields.items() if info.is_required()
}
"""Stands for what has not been answered yet, while one answer is checked."""


def _without_field(line: str) -> str:
    """ "answer: height_cm: 30 is below 100: ..." as what is wrong and the mend alone."""
    return line.removeprefix(f"{SOURCE}: ").partition(": ")[2]
