"""`python -m boneplan` is the `boneplan` command."""

from boneplan.cli.main import run

if __name__ == "__main__":
    run()
