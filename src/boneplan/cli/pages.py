"""How the help of a command is laid out: what it does, its options, its exit statuses, and command lines to copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

WHOLE = 200  # characters: more than the first line of any command has
BAD_INPUT = "the input or the command line needs mending: a line for each problem"


class Page(click.Command):
    """A command whose help ends with its exit statuses and with examples, each on a line of its own."""

    def __init__(
        self, *arguments: Any, exits: Mapping[int, str] | None = None, examples: Sequence[str] = (), **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.exits = {**(exits or {}), 2: BAD_INPUT}
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the exit statuses and the examples; these are never wrapped, so that they can be copied."""
        with formatter.section("Exit status"):
            formatter.write_dl([(str(status), meaning) for status, meaning in sorted(self.exits.items())])
        write_examples(formatter, self.examples)
        super().format_epilog(ctx, formatter)


class Pages(Page, click.Group):
    """A group of commands with such a help, which lists each command with all of its first line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Writes the commands, each with what it does."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(WHOLE)) for name, one in sorted(self.commands.items())])


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Writes whole command lines, each on a line of its own however long it is."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")
