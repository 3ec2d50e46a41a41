"""The `boneplan` command: its subcommands, each imported only when it runs, and what errors look like.

Exit status: 0 done; 1 the answer is no; 2 bad input or usage; 3 a fault of boneplan; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from boneplan import __version__
from boneplan.cli.pages import write_examples
from boneplan.errors import BoneplanError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("boneplan.cli.init:init", "Asks for a profile, one question at a time, and writes it."),
    "plan": ("boneplan.cli.plan:plan", "Plans menus and exercise for a week or more."),
    "next": ("boneplan.cli.next:following", "Plans the weeks after a plan, from what was recorded of it."),
    "batch": ("boneplan.cli.batch:batch", "Plans for many people at once, into one folder each."),
    "verify": ("boneplan.cli.verify:verify", "Checks a plan again, from the food and exercise tables alone."),
    "targets": ("boneplan.cli.targets:targets", "Shows every bound with its rule and its source."),
    "rules": ("boneplan.cli.rules:rules", "Shows what a dietitian's rules change for a person."),
    "explain": (
        "boneplan.cli.explain:explain",
        "Shows which bounds of a plan bind, what each costs, and which foods carry each nutrient.",
    ),
    "whatif": (
        "boneplan.cli.whatif:whatif",
        "Moves a target or the budget step by step, and shows what each step costs.",
    ),
    "why": ("boneplan.cli.why:why", "Shows a rule with its source, and what it did to a plan."),
    "swap": ("boneplan.cli.swap:swap", "Puts another meal in the place of one; all others stay."),
    "add": ("boneplan.cli.add:add", "Puts a food into a meal, and pins it there in the plan's rules."),
    "ban": ("boneplan.cli.ban:ban", "Takes a food out of a plan, and bans it in the plan's rules."),
    "lock": ("boneplan.cli.lock:lock", "Keeps a day, a meal or a food as it is when the plan is changed."),
    "unlock": ("boneplan.cli.lock:unlock", "Lets a day, a meal or a food that was locked change again."),
    "diff": (
        "boneplan.cli.diff:diff",
        "Shows what plan B has otherwise than plan A: foods, amounts, sessions, rules.",
    ),
    "export": (
        "boneplan.cli.export:export",
        "Writes a plan as a calendar, a page, a shopping list, a table or JSON.",
    ),
    "foods": ("boneplan.cli.foods:foods", "Searches the foods, shows one, or says why a person is not offered it."),
    "exercises": (
        "boneplan.cli.exercises:exercises",
        "Lists the exercises, shows one, or says why a person may do it.",
    ),
    "log": ("boneplan.cli.log:log", "Records what became of a session, or lists them all."),
    "schema": ("boneplan.cli.schema:schema", "Prints the JSON Schema of a profile, a rules file or a plan."),
    "completion": (
        "boneplan.cli.completion:completion",
        "Prints what makes the tab key of a shell complete boneplan's words.",
    ),
}
"""Name -> (module:attribute, the line that `boneplan --help` shows: the command's own short help)."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "Begin": ("init", "plan", "next", "log"),
    "Change": ("swap", "add", "ban", "lock", "unlock"),
    "Explain": ("why", "explain", "whatif", "diff", "verify"),
    "Rules and tables": ("targets", "rules", "foods", "exercises"),
    "Files": ("export", "batch", "schema", "completion"),
}
"""Heading of `boneplan --help` -> the commands below it, in the order in which people come to need them."""

EXAMPLES = (
    "boneplan plan --example",
    "boneplan init anna.yaml",
    "boneplan plan anna.yaml --out anna-plan",
    "boneplan swap anna-plan/plan.json --day friday --meal dinner",
    "boneplan log anna-plan/plan.json",
)

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""System errors of a full or broken disk: the person can mend them."""

COMPLETING = "_BONEPLAN_COMPLETE"
"""The variable by which the script of `boneplan completion` asks what comes next."""
BAD_INPUT, FAULT, INTERRUPTED = 2, 3, 130
PIPE_CLOSED = 1  # as click itself answers it


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean {close[0]}?" if close else f"use one of {', '.join(COMMANDS)}"
            ctx.fail(f"no such command {args[0]!r}: {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, COMMANDS[name][1]) for name in names])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        write_examples(formatter, EXAMPLES)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        offers = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return offers or click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="boneplan %(version)s")
@click.option("--debug", is_flag=True, help="Show where a fault of boneplan happened; goes with every command.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:  # noqa: ARG001 - `main` takes it out
    """Weekly menus and exercise for people on aromatase inhibitors, every number with its source.

    boneplan plans inside the rules it can cite. It is no medical advice. `boneplan COMMAND --help` tells of each
    command. Exit status: 0 done; 1 the answer is no; 2 the input needs mending; 3 a fault of boneplan.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(BAD_INPUT)


def run() -> NoReturn:
    """Entry of the console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit status. Errors are lines on stderr, without a traceback.

    `--debug`, anywhere before a bare `--`, lets the traceback of an error be printed too.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    arguments, debug = _without_debug(list(arguments))
    if os.environ.get(COMPLETING):
        return _complete()
    try:
        answer = cli.main(args=arguments, prog_name="boneplan", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone; Python's own flush at exit must not complain about it.
        _discard_stdout()
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted")
        return INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _report(error)
    return answer if isinstance(answer, int) else 0


def _complete() -> int:
    """Answers a shell that asks what comes next, in the words of its script. Nothing goes wrong aloud."""
    with contextlib.suppress(Exception, SystemExit, KeyboardInterrupt), contextlib.redirect_stderr(io.StringIO()):
        cli.main(args=[], prog_name="boneplan", complete_var=COMPLETING)
    try:
        sys.stdout.flush()
    except (OSError, AttributeError):
        _discard_stdout()
    return 0


def _without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--debug"]
    return kept + arguments[end:], len(kept) < end


def _report(error: Exception) -> int:
    """Says on stderr what went wrong and returns the exit status that goes with it."""
    if isinstance(error, BoneplanError):
        for line in error.lines:
            _say(f"Error: {line}")
        return error.exit_status
    if isinstance(error, click.ClickException):
        _say(f"Error: {_one_line(error.format_message())}{_usage_hint(error)}")
        return BAD_INPUT
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        _discard_stdout()
        _say(f"Error: {error.filename or 'the output'}: {error.strerror}: make room or choose another place")
        return BAD_INPUT
    fault = f"{type(error).__name__}: {_one_line(str(error))}".removesuffix(": ")
    _say(f"Error: boneplan met a fault of its own: {fault}; run again with --debug to see where")
    return FAULT


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if isinstance(context, click.Context) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _say(line: str) -> None:
    # Nobody can be told where stderr is closed.
    with contextlib.suppress(OSError, AttributeError):
        print(line, file=sys.stderr, flush=True)


def _discard_stdout() -> None:
    with contextlib.suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
