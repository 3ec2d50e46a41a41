"""`boneplan init`: a profile by question and answer, or from flags, as a commented YAML file."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

import click

from boneplan.ask import QUESTIONS, Again, Form, draft_path, form_of, load_draft, profile_yaml, save_draft, set_aside
from boneplan.ask.dates import spoken_date
from boneplan.ask.dialogue import Dialogue, confirm, prompt, say
from boneplan.ask.draft import remove_draft
from boneplan.ask.text import tidy
from boneplan.ask.writing import UNSAID
from boneplan.cli.options import ANSWER_IS_NO
from boneplan.cli.pages import Page
from boneplan.errors import InputError
from boneplan.plan_io import write_text_atomic
from boneplan.profile_reader import load_profile
from boneplan.yaml_reader import escaped

INTERRUPTED = 130
SAMPLES = {
    "sex": "female",
    "birth_date": "2 April 1961",
    "height": "5 ft 4 in",
    "weight": "150 lb",
    "drug": "anastrozole",
    "since": "1 March 2026",
    "conditions": "kidney stones",
    "metastases": "lower back",
    "medicines": "alendronate monday 06:30",
    "vitamin_k": "95",
    "allergies": "milk",
    "dislikes": "liver",
    "name": "Anna",
    "activity": "low",
    "t_scores": "lumbar spine=-1.8",
    "last_dxa": "10 February 2026",
    "fractures": "wrist 2019 fall",
    "risk_factors": "a parent broke a hip",
    "supplements": "vitamin D 1000 IU breakfast",
    "pattern": "vegetarian",
    "meals": "breakfast 8, no snack, dinner 7 pm",
    "level": "beginner",
    "equipment": "chair",
    "free": "mon wed 7-8",
    "measures": "metric",
    "timezone": "Europe/London",
}
"""An answer for every question, as its flag shows it."""


def _flags(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every question; lists take theirs again and again."""
    for question in reversed(QUESTIONS):
        command = click.option(
            question.option,
            question.key,
            metavar="TEXT",
            multiple=True,
            help=f'{question.label}, such as "{SAMPLES[question.key]}"{"; repeatable" if question.many else ""}.',
        )(command)
    return command


@click.command(
    name="init",
    cls=Page,
    exits={0: "written", 1: "not written, as you wished", 130: "stopped, and the answers kept"},
    examples=(
        "boneplan init anna.yaml",
        "boneplan init anna.yaml --height '5 ft 4 in' --weight '150 lb'",
    ),
)
@click.argument("path", metavar="[PROFILE]", default="profile.yaml", type=click.Path(path_type=Path))
@click.option("--non-interactive", is_flag=True, help="Ask nothing: the flags below have to say all that is needed.")
@click.option("--force", is_flag=True, help="Write over a profile that is there already.")
@_flags
@click.pass_context
def init(context: click.Context, /, path: Path, non_interactive: bool, force: bool, **flags: tuple[str, ...]) -> None:
    """Asks for a profile, one question at a time, and writes it.

    PROFILE is the file to write, profile.yaml by default. Enter takes what stands in brackets, ? tells why we ask,
    back goes back one question, and Ctrl-C keeps the answers for the next time. Answers take the units you know: 5 ft
    4 in or 163 cm, 150 lb or 68 kg. Flags answer questions beforehand, in the same words. In a profile that is there
    already single answers can be changed.
    """
    _ready(path)
    form = Form(dt.date.today(), _given(flags))
    _check_flags(form, non_interactive)
    exists = os.path.lexists(path)
    if non_interactive:
        if exists and not force:
            raise InputError(
                f"{escaped(str(path))}: is there already: give --force to write over it, or another name"
            )
        form.take_guesses()
        unsaid = [question for question in QUESTIONS if question.key in UNSAID.keys() - form.answers.keys()]
        _write(path, form, [question.key for question in unsaid])
        for question in unsaid:
            told = f"{question.label}: taken as none, since {question.option} does not say"
            click.echo(f"Warning: {told}: give it, with none where there are none", err=True)
        click.echo(f"Next:    boneplan plan {shlex.quote(str(path))}")
        return
    if sys.stdin is None:
        raise InputError("the answers: there is nothing to read them from: give --non-interactive and flags")
    draft, begun = draft_path(path), None
    try:
        if exists and not force:
            say(f"{escaped(str(path))} is there already.")
            known = _known(path, form)
            if known is None and not _may_replace():
                context.exit(ANSWER_IS_NO)
            form = known or form
        begun = _resume(form, draft, flags)
        Dialogue(form, begun, partial(save_draft, draft, form.answers, begun)).run()
        if not (exists or force) and os.path.lexists(path):
            say(f"{escaped(str(path))} was written meanwhile.")
            if not _may_replace():
                _keep(form, begun, draft, path)
                context.exit(ANSWER_IS_NO)
    except (click.Abort, KeyboardInterrupt):
        _keep(form, begun, draft, path)
        context.exit(INTERRUPTED)
    _write(path, form)
    remove_draft(draft)
    _offer_plan(context, path)


def _ready(path: Path) -> None:
    """Raises InputError where no file can be written at `path`: before anything is asked."""
    shown, folder = escaped(str(path)), path.parent
    try:
        os.lstat(draft_path(path) if path.name else path)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise InputError(f"{shown}: cannot be a profile ({error.strerror}): choose another name") from None
    if not path.name or path.is_dir():
        raise InputError(f"{shown}: is a folder: name a file, such as anna.yaml")
    if not folder.is_dir():
        raise InputError(f"{escaped(str(folder))}: no such folder: make it first, or choose another")
    if not os.access(folder, os.W_OK):
        raise InputError(f"{escaped(str(folder))}: cannot write here: choose a folder you may write to")
    if path.is_symlink() and not _leads_to_a_folder(path):
        raise InputError(f"{shown}: is a link that leads nowhere: choose another name")
    if path.exists() and not path.is_file():
        raise InputError(f"{shown}: is no plain file: choose another name")


def _leads_to_a_folder(link: Path) -> bool:
    """Whether a file can be where a link leads to: not where links go round, or the folder is missing."""
    try:
        return link.resolve().parent.is_dir() and not link.resolve().is_symlink()
    except (OSError, RuntimeError):  # how Python says that links go round: before 3.13, and since
        return False


def _given(flags: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The answers that flags hold, by question; entries of a list on lines of their own.

    Raises InputError where a flag is given twice that takes one answer.
    """
    problems = [
        f"{question.option}: is given {len(flags[question.key])} times: give it once"
        for question in QUESTIONS
        if not question.many and len(flags[question.key]) > 1
    ]
    if problems:
        raise InputError(problems)
    return {key: "\n".join(texts) for key, texts in flags.items() if texts}


def _check_flags(form: Form, all_needed: bool) -> None:
    """Raises InputError with a line for each flag that needs mending, and with `all_needed` each that is missing."""
    problems = []
    told = set()
    for question, outcome in form.walk():
        told.add(question.key)
        if isinstance(outcome, Again):
            problems += [f"{question.option}: {line}" for line in str(outcome).splitlines()]
        elif outcome is None and all_needed and form.default(question) is None:
            problems.append(f"{question.option}: is missing: {question.asks}")
    for question in QUESTIONS if not problems else ():
        if question.key in form.answers and question.key not in told:
            problems.append(f"{question.option}: does not go with the other answers: leave it out")
    if problems:
        raise InputError(problems)


def _known(path: Path, given: Form) -> Form | None:
    """The answers of the profile that is there, those `given` by flags before them; None to begin anew."""
    try:
        form = form_of(load_profile(path), given.today)
    except InputError as error:
        say(f"It is no profile that holds: {error.lines[0]}")
        return None
    if not confirm("Change answers in it? n begins anew"):
        return None
    if fixed := [question.option for question in QUESTIONS if question.key in form.kept & given.answers.keys()]:
        raise InputError(
            f"{' and '.join(fixed)}: change it in {escaped(str(path))}, where it says more than an answer"
        )
    say("All else in it stays, but for comments of your own.")
    form.answers.update(given.answers)
    return form


def _may_replace() -> bool:
    while True:
        typed = tidy(prompt("", "Write over it at the end? [y/N]"))
        if typed in ("y", "yes"):
            return True
        if typed in ("", "n", "no"):
            say("Nothing was changed. Name another file: boneplan init NAME.yaml")
            return False


def _resume(form: Form, draft: Path, flags: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Takes over the answers of a draft if the person wants to go on with it; `flags` count before them.

    Returns what the draft holds of answers that were begun.
    """
    try:
        kept = load_draft(draft)
    except InputError as error:
        aside = set_aside(draft)
        say(f"{error}. It was set aside as {escaped(str(aside))}; we begin anew.")
        kept = None
    if kept:
        saved = dt.datetime.fromtimestamp(draft.stat().st_mtime)
        when = f"{spoken_date(str(saved.date()))} at {saved:%H:%M}"
        say(f"There is a draft with {len(kept.answers)} answers, kept on {when}.")
        if confirm("Go on with it? n begins anew"):
            form.answers.update({key: text for key, text in kept.answers.items() if not flags.get(key)})
            return kept.begun
    say("Enter takes what stands in brackets; ? tells why we ask; back goes back one.\nCtrl-C keeps your answers.")
    return {}


def _keep(form: Form, begun: dict[str, str] | None, draft: Path, path: Path) -> None:
    """Keeps the answers for the next time; `begun` is None where no question has been asked yet."""
    click.echo()
    if not form.answers and not begun:
        say("Stopped. Nothing was answered, and nothing was written.")
        return
    if begun is not None or not os.path.lexists(draft):  # never flags alone over the answers of an earlier run
        save_draft(draft, form.answers, begun)
    say(f"Stopped. Your answers are kept in {escaped(str(draft))}")
    click.echo(f"Go on with: boneplan init {shlex.quote(str(path))}")


def _write(path: Path, form: Form, unsaid: Collection[str] = ()) -> None:
    write_text_atomic(path.resolve(), profile_yaml(form.profile(), unsaid))
    click.echo(f"Written: {escaped(str(path))}")


def _offer_plan(context: click.Context, path: Path) -> None:
    click.echo(f"Next:    boneplan plan {shlex.quote(str(path))}")
    try:
        wanted = confirm("Plan the week now?")
    except (click.Abort, KeyboardInterrupt):
        click.echo()
        return
    if wanted:
        from boneplan.cli.plan import plan

        context.invoke(plan, profile_file=path)
