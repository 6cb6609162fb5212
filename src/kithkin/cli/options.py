"""Options that several commands share, and how a command takes several values after one flag."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand

from kithkin.cli.failures import CommandError

Range = tuple[float, float]

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON (see docs/reference/json.md).")]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="OUT", help="Write a report with charts, one file, to OUT.")
]
Valid = Annotated[
    str | None,
    typer.Option(
        "--valid", metavar="LO:HI", help="Leave out answers outside this range, such as 0:10; they are counted."
    ),
]
Weight = Annotated[str | None, typer.Option("--weight", metavar="COL", help="Column of weights.")]


def parse_range(text: str | None) -> Range | None:
    """The two ends of `LO:HI`.

    >>> parse_range("0:10")
    (0.0, 10.0)
    """
    if text is None:
        return None
    advice = f"--valid {text!r}: write the lowest and the highest valid answer with a colon between, such as 0:10."
    ends = text.split(":")
    if len(ends) != 2:
        raise CommandError(advice)
    try:
        low, high = (float(end) for end in ends)
    except ValueError:
        raise CommandError(advice) from None
    if not (math.isfinite(low) and math.isfinite(high)):
        raise CommandError(advice)
    if low > high:
        raise CommandError(f"--valid {text!r}: the lowest must not be above the highest. {advice.partition(': ')[2]}")
    return low, high


def parse_pair(flag: str, text: str | None) -> tuple[str, str] | None:
    """Column and value of `COL=VALUE`.

    >>> parse_pair("--closed", "state=Closed")
    ('state', 'Closed')
    """
    if text is None:
        return None
    column, _, value = (part.strip() for part in text.partition("="))
    if not column or not value:
        raise CommandError(f"{flag} {text!r}: write a column, an equals sign and a value, such as state=Closed.")
    return column, value


@dataclass(frozen=True)
class Ranges:
    """Which answers count: a range for every column, and one for those that a name or glob means; those win."""

    every: Range | None = None
    named: tuple[tuple[str, Range], ...] = ()

    @classmethod
    def parse(cls, texts: Sequence[str]) -> Ranges:
        """The ranges of `LO:HI` and `COL_OR_GLOB=LO:HI`. Raises CommandError for two of one kind.

        >>> Ranges.parse(["1:5", "NETPRO=0:10"])
        Ranges(every=(1.0, 5.0), named=(('NETPRO', (0.0, 10.0)),))
        """
        every: list[Range] = []
        named: dict[str, Range] = {}
        for text in texts:
            pattern, equals, ends = text.rpartition("=")
            pattern, found = pattern.strip(), parse_range(ends)
            if found is None or (equals and not pattern):
                raise CommandError(f"--valid {text!r}: write COL=LO:HI, such as NETPRO=0:10.")
            if pattern in named or (not equals and every):
                raise CommandError(
                    f"--valid {text!r}: {'this column' if equals else 'every column'} has a range already."
                )
            if equals:
                named[pattern] = found
            else:
                every.append(found)
        return cls(every[0] if every else None, tuple(named.items()))


class ListingCommand(TyperCommand):
    """A command whose `listing` options take several values: `--by A B` means `--by A --by B`.

    A word that names a file that exists is taken as a file, so that `--by A survey.csv` reads as people mean it.
    """

    listing: ClassVar[frozenset[str]] = frozenset()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Spell the lists out, then parse as Typer does."""
        return super().parse_args(ctx, self.spelled_out(args))

    def spelled_out(self, args: list[str]) -> list[str]:
        """The arguments with the flag repeated before each further value."""
        result: list[str] = []
        flag, awaited = None, False
        for place, word in enumerate(args):
            if word == "--":
                return [*result, *args[place:]]
            if word.startswith("-") and len(word) > 1 and not awaited:
                name = word.partition("=")[0]
                flag = name if name in self.listing else None
                awaited = flag is not None and "=" not in word
            elif flag and not awaited and not Path(word).is_file():
                result.append(flag)
            elif not awaited:
                flag = None
            else:
                awaited = False
            result.append(word)
        return result
