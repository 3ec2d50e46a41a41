"""`boneplan completion`: what a shell needs to complete boneplan's commands, options and values."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from boneplan.cli.pages import Page

PLACES = {
    "bash": "boneplan completion bash > ~/.local/share/bash-completion/completions/boneplan",
    "zsh": "boneplan completion zsh > ~/.zfunc/_boneplan, with fpath+=~/.zfunc before compinit in ~/.zshrc",
    "fish": "boneplan completion fish > ~/.config/fish/completions/boneplan.fish",
}
"""Shell -> where its users keep such scripts."""


@click.command(
    name="completion",
    cls=Page,
    exits={0: "printed"},
    examples=(
        "boneplan completion bash > ~/.local/share/bash-completion/completions/boneplan",
        "boneplan completion fish > ~/.config/fish/completions/boneplan.fish",
    ),
)
@click.argument("shell", type=click.Choice(tuple(PLACES)))
def completion(shell: str) -> None:
    """Prints what makes the tab key of a shell complete boneplan's words.

    The shell then offers commands, options, plan files, the days of a plan, foods, rules and exercises. The first
    line of the script says where it belongs; open a new shell afterwards.
    """
    script = completion_script(shell)
    if shell == "zsh":  # it looks at the first line for the command
        head, _, rest = script.partition("\n")
        click.echo(f"{head}\n# Put this into place with: {PLACES[shell]}\n{rest}", nl=False)
    else:
        click.echo(f"# Put this into place with: {PLACES[shell]}\n{script}", nl=False)


def completion_script(shell: str) -> str:
    """click's script for a `shell` of `PLACES`."""
    from boneplan.cli.main import COMPLETING, cli

    made = get_completion_class(shell)
    assert made is not None
    # The base class's own `source`: that of bash runs the bash of this machine to see its version.
    return ShellComplete.source(made(cli, {}, "boneplan", COMPLETING)).strip() + "\n"
