"""The `kithkin` command: what people type at a terminal.

`main` is the entry point. A bare `kithkin`, `--help` and `--version` are answered before Typer is imported
(see docs/decisions/0003-stored-help.md); everything else is handed to the Typer application in `kithkin.cli.app`.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command on `sys.argv`; the exit status is returned, and nothing is ever left half said."""
    _stand_in_for_closed_streams()
    try:
        if (answer := _quick_answer(sys.argv[1:])) is not None:
            sys.stdout.write(answer)
            sys.stdout.flush()
            return 0
        from kithkin.cli.app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _forget_output()
        return 1
    except OSError as error:
        _forget_output()
        sys.stderr.write(f"kithkin: cannot write the output: {error.strerror or error}.\n")
        return 2


def _quick_answer(arguments: list[str]) -> str | None:
    if arguments in ([], ["--help"]) and _columns() >= 80:
        from kithkin.cli.stored_help import HELP

        return HELP
    if arguments == ["--version"]:
        from kithkin.cli.version import version_line

        return version_line() + "\n"
    return None


def _columns() -> int:
    try:
        return int(os.environ["COLUMNS"]) or 80
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 80
    except (OSError, ValueError):
        return 80


def _stand_in_for_closed_streams() -> None:
    """Where stdout is closed (`>&-`), writing fails as it does elsewhere; where stderr is, messages go nowhere."""
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _forget_output() -> None:
    """Point stdout at nothing, so that the interpreter does not complain about it when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (lives until the process ends)
