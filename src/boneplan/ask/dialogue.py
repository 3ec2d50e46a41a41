"""The conversation on a terminal: one question at a time, with why, back, the summary and the choice to stop."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace

import click

from boneplan.ask.form import Form
from boneplan.ask.questions import QUESTIONS, Question
from boneplan.ask.text import Again, Answer, is_nothing, tidy
from boneplan.yaml_reader import escaped

WIDTH = 78
Save = Callable[[], None]
STOP = ("quit", "exit", "stop")
YES, NO = ("y", "yes"), ("n", "no")


class Dialogue:
    """Fills a form by asking, and calls `save` after every answer, and after every line of one that has several.

    `begun` holds what was typed and is no answer, not yet or not any more; Enter takes it.

    Ctrl-C, the end of the input and "quit" raise click.Abort.
    """

    def __init__(self, form: Form, begun: dict[str, str], save: Save) -> None:
        self.form = form
        self.begun = begun
        self.save = save

    def run(self) -> None:
        """Asks all that is open, offers to leave the rest out, and has the summary confirmed."""
        self.form.whole = False
        self._ask_open()
        rest = self._open_rest()
        if rest:
            say(f"\nThat is enough to plan. {len(rest)} more questions make the plan fit you better.")
            self.form.whole = confirm("Answer them now? n plans with what you have said")
            self._ask_open()
        self.form.take_guesses()
        while (changed := self._confirmed()) is not None:
            self._change(changed)
            self._ask_open()

    def _open_rest(self) -> list[Question]:
        whole = replace(self.form, whole=True)
        return [question for question, outcome in whole.walk() if not isinstance(outcome, Answer)]

    def _ask_open(self) -> None:
        while True:
            open_ = [(question, outcome) for question, outcome in self.form.walk() if not isinstance(outcome, Answer)]
            if not open_:
                return
            question, outcome = open_[0]
            if outcome is not None:
                say(f"\n{question.label}: {outcome}")
                self._change(question)
            self._step(question)

    def _change(self, question: Question) -> None:
        """Takes an answer back; it becomes what Enter stands for."""
        self.begun[question.key] = self.form.answers.pop(question.key)

    def _step(self, question: Question) -> None:
        """Asks one question until it is answered, or goes back one."""
        place, total = self.form.progress(question)
        say(f"\n{place} of {total}  {question.asks}")
        if question.numbered:
            _say_choices(question)
        typed = self._lines(question) if question.lines else self._line(question)
        if typed is None:
            before = self.form.before(question)
            if before is None:
                say("This is the first question.")
            else:
                self._change(before)
            return
        self.form.answers[question.key] = typed
        self.begun.pop(question.key, None)
        self.save()

    def _line(self, question: Question) -> str | None:
        """What was typed and understood; None for back."""
        default = self.begun.get(question.key, self.form.default(question))
        while True:
            typed = prompt(_as_default(question, default))
            if typed == "" and default is None:
                say("An answer is needed here. ? tells why we ask.")
            elif _is_back(typed):
                return None
            elif typed == "?":
                _explain(question)
            elif (answer := self._understood(question, text := typed or default or "")) is not None:
                _echo(answer, typed)
                return text

    def _lines(self, question: Question) -> str | None:
        """The lines that were typed and understood, up to an empty one; None for back."""
        lines = [line for line in self.begun.get(question.key, "").split("\n") if line]
        for line in lines:
            say(f"  {escaped(line)}")
        refused = ""  # the last line, as long as nothing has come in its place
        while True:
            typed = prompt("Enter: leave that out" if refused else "Enter: no more" if lines else "Enter: none")
            if is_nothing(typed):
                if refused:
                    say(f"  Left out: {escaped(refused)}")
                return "\n".join(lines)
            if _is_back(typed):
                if not lines:
                    return None
                say(f"  Taken out: {escaped(lines.pop())}")
                refused = ""
                self._begin(question, lines)
            elif typed == "?":
                _explain(question)
            elif (answer := self._understood(question, typed)) is not None and (
                self._understood(question, "\n".join([*lines, typed])) is not None
            ):
                _echo(answer, typed)
                _remark(question, typed)
                lines.append(typed)
                refused = ""
                self._begin(question, lines)
            else:
                refused = typed

    def _begin(self, question: Question, lines: list[str]) -> None:
        self.begun[question.key] = "\n".join(lines)
        self.save()

    def _understood(self, question: Question, text: str) -> Answer | None:
        try:
            return self.form.read(question, text)
        except Again as again:
            for line in str(again).splitlines():
                say(f"  {line}")
            return None

    def _confirmed(self) -> Question | None:
        """Shows every answer; the question to change, or None where all is right."""
        asked = [(question, outcome) for question, outcome in self.form.walk() if isinstance(outcome, Answer)]
        say("\nThis is what will be written:")
        for place, (question, answer) in enumerate(asked, 1):
            assert isinstance(answer, Answer)
            say(f"{place:>4}  {question.label}: {escaped(answer.say)}", indent="      ")
        if self.form.kept:
            labels = [question.label for question in QUESTIONS if question.key in self.form.kept]
            say(f"      As the file has it, and to be changed there: {', '.join(labels)}", indent="      ")
        self._say_gates()
        while True:
            typed = tidy(prompt("Y", "Is this right? [Y/n, or the number of a line to change]"))
            if typed in ("", *YES):
                return None
            if typed in (*NO, "back", "?"):
                say("  Type the number of the line to change, or Enter if all is right.")
            elif typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(asked):
                return asked[int(typed[:4]) - 1][0]
            else:
                say(f"  Type a number from 1 to {len(asked)}, y or n.")

    def _say_gates(self) -> None:
        """What the plan will refuse, or wait for a clinician's clearance with."""
        from boneplan.profile import Profile
        from boneplan.safety import gates

        notices = [n for n in gates(self.form.profile(), self.form.today) if n.level in ("refuse", "clearance")]
        if notices:
            say("\nBefore you plan:")
        for notice in notices:
            say(f"  - {notice.text}", indent="    ")
        if any(notice.level == "clearance" for notice in notices):
            say("  Once a clinician has cleared it, write that into the file, with who and when, such as:")
            click.echo(f"  clearance: {(Profile.model_fields['clearance'].examples or [''])[0]}")


def say(text: str, indent: str | None = None) -> None:
    """Prints text, wrapped to the width of a terminal; later lines of a paragraph begin with `indent`."""
    for line in text.split("\n"):
        lead = line[: len(line) - len(line.lstrip())]
        wrapped = textwrap.fill(line, WIDTH, subsequent_indent=lead if indent is None else indent)
        click.echo(wrapped)


def prompt(default: str, asks: str = "") -> str:
    """One line from the person, trimmed. Ctrl-C, the end of the input and "quit" raise click.Abort."""
    label = asks or (f"[{default}]" if default else "")
    try:
        typed = str(click.prompt(label, default="", show_default=False, prompt_suffix=" > " if label else "> "))
    except UnicodeDecodeError:
        raise click.UsageError("the answers are no UTF-8 text: save them as UTF-8") from None
    typed = typed.strip()
    if not sys.stdin.isatty():
        # What comes from a file or a pipe is not on the screen yet.
        click.echo(escaped(typed))
    if tidy(typed) in STOP:
        raise click.Abort
    return typed


def confirm(asks: str) -> bool:
    """Whether the person says yes, which Enter stands for."""
    while True:
        typed = tidy(prompt("", f"{asks} [Y/n]"))
        if typed in ("", *YES):
            return True
        if typed in NO:
            return False
        say("  Type y or n.")


def _as_default(question: Question, default: str | None) -> str:
    if default is None:
        return ""
    shown = escaped(default.replace("\n", "; "))
    return textwrap.shorten(shown, WIDTH - len("[] > "), placeholder=" …") or f"Enter: {question.blank}"


def _is_back(typed: str) -> bool:
    return tidy(typed) in ("back", "b")


def _echo(answer: Answer, typed: str) -> None:
    """Says back what was understood where it is not what was typed."""
    if typed and tidy(answer.say) != tidy(typed):
        say(f"  = {escaped(answer.say)}", indent="    ")


def _remark(question: Question, typed: str) -> None:
    """Tells of a medicine whose name may be a slip of the pen."""
    if question.key != "medicines":
        return
    from boneplan.medicines import meant

    if likely := meant(typed):
        say(f"  boneplan does not know this name: did you mean {likely}? Then type back, and write it anew.")


def _explain(question: Question) -> None:
    say(f"  Why: {question.why}", indent="  ")
    _say_choices(question)
    say("  back goes back one question, Ctrl-C saves what you have answered.")


def _say_choices(question: Question) -> None:
    if question.numbered:
        for place, (word, meaning) in enumerate(question.choices, 1):
            say(f"  {place} {word}{f' ({meaning})' if meaning else ''}")
    elif question.choices:
        say(f"  Choices: {', '.join(word for word, _ in question.choices)}", indent="    ")
