"""How the command fails: one message that says what, where and what to do, exit status 2, and no traceback."""

from __future__ import annotations

import errno
import functools
import os
from collections.abc import Callable
from typing import ParamSpec

import typer

from kithkin.analysis.errors import AnalysisError
from kithkin.cli.text import printable

P = ParamSpec("P")


class CommandError(Exception):
    """What was asked of the command cannot be done as it was asked."""


def answering(command: Callable[P, None]) -> Callable[P, None]:
    """Turn every refusal of the rooms below into a message on stderr and exit status 2.

    A broken pipe passes: whoever reads our output has read enough, and `main` says nothing about it.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (AnalysisError, CommandError) as error:
            fail(str(error))
        except ValueError as error:
            from kithkin.tables import TableError  # loads Arrow, which a help text does not need

            if not isinstance(error, TableError):
                raise
            fail(str(error))
        except MemoryError:
            fail("There is not enough memory for this. Fewer columns, fewer --by or fewer --bootstrap need less.")
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(about_file(error))

    return run


def fail(message: str) -> None:
    """Say on stderr why nothing was done, and leave with exit status 2."""
    typer.echo(f"kithkin: {printable(message)}", err=True)
    raise typer.Exit(2)


def about_file(error: OSError) -> str:
    """An operating system's error as a sentence with the file and what to do about it."""
    what = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "the output"
    if error.errno == errno.ENOSPC:
        return f"{what}: there is no space left on the disk. Free some, or write elsewhere."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{what}: permission denied. Change its permissions, or choose another place."
    return f"{what}: {error.strerror or error}."
