"""`boneplan schema`: the JSON Schema of a profile, a rules file or a plan."""

from __future__ import annotations

from pathlib import Path

import click

from boneplan.cli.pages import Page
from boneplan.schemas import NAMES, schema_text


@click.command(
    name="schema",
    cls=Page,
    exits={0: "printed or written"},
    examples=(
        "boneplan schema profile --out profile.schema.json",
        "boneplan schema plan",
    ),
)
@click.argument("what", type=click.Choice(NAMES))
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file instead of the screen."
)
def schema(what: str, out: Path | None) -> None:
    """Prints the JSON Schema of a profile, a rules file or a plan.

    Other programs can check a file by it (draft 2020-12). Editors complete and check a YAML file by it where the file
    begins with this line:

    \b
      # yaml-language-server: $schema=profile.schema.json
    """
    text = schema_text(what)
    if out is None:
        click.echo(text, nl=False)
        return
    from boneplan.plan_io import write_text_atomic

    write_text_atomic(out, text)
    click.echo(f"Written: {out}")
