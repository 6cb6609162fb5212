"""What `analyze drivers` answers, on the terminal, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import number
from kithkin.analysis.drivers import DriverReport, DriverShare
from kithkin.analysis.results import plain
from kithkin.cli.answer import Answer
from kithkin.cli.bars import axis_for
from kithkin.cli.leftout import LeftOut, told
from kithkin.cli.screen import Column, Row, Screen

if TYPE_CHECKING:
    from kithkin.cli.drivers.measure import Question
    from kithkin.cli.report import Page

MOST_LISTED = 4


@dataclass(frozen=True)
class Drivers(Answer):
    """Each driver's share of what is explained."""

    schema: ClassVar[str] = "kithkin.analyze.drivers"
    report: DriverReport
    file: str
    question: Question
    left_out: tuple[LeftOut, ...]

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/drivers.json."""
        valid = self.question.valid
        ranges = {"valid": plain(valid.every), "valid_by_column": plain(dict(valid.named))}
        asked = {"file": self.file, **ranges, "weight": self.question.weight}
        return asked | {"left_out": plain(self.left_out)} | self.report.to_dict()

    def show(self, screen: Screen) -> None:
        """What is explained, the drivers by share, and what follows."""
        first, *others = self.report.sentences
        screen.title(first)
        screen.say()
        screen.table(self._columns(), [self._row(driver) for driver in self.report.drivers], self._axis())
        screen.note("Shares of the variance, in per cent; the stroke is the estimate, the shade its 95 % interval.")
        screen.say()
        for sentence in others:
            screen.say(sentence)
        for line in self._omissions():
            screen.note(line)
        if self.question.weight:
            screen.note(f"Weighted by {self.question.weight}.")

    def page(self) -> Page:
        """The report, as `kithkin.cli.report` makes it."""
        from kithkin.cli import report

        facts = [report.Fact("Weights", f"column {self.question.weight}")] if self.question.weight else []
        return report.drivers_page(self.report, source=self.file, facts=facts, refused=tuple(self._omissions()))

    def _axis(self) -> Any:
        return axis_for([100 * driver.high for driver in self.report.drivers], 0.0, (0, 100))

    def _columns(self) -> list[Column]:
        mean = "performance" if self._placed else "mean"
        return [Column("driver", number=False), *map(Column, ("share %", "interval", "r", mean, "n"))]

    @property
    def _placed(self) -> bool:
        return all(driver.performance is not None for driver in self.report.drivers)

    def _row(self, driver: DriverShare) -> Row:
        low, value, high = (100 * share for share in (driver.low, driver.share, driver.high))
        level = driver.performance if self._placed and driver.performance is not None else driver.mean
        cells = (
            driver.name,
            number(value, 1),
            f"{number(low, 1)} to {number(high, 1)}",
            number(driver.correlation, 2),
            number(level, 0 if self._placed else 2),
            f"{driver.n:,}",
        )
        return Row(cells, (value, low, high), faint=driver.weak)

    def _omissions(self) -> Iterator[str]:
        whole = [left for left in self.left_out if not left.in_part]
        if whole:
            more = len(whole) - MOST_LISTED
            tail = f"; and in {more} further columns (--json lists them)" if more > 0 else ""
            yield f"Taken as missing: {'; '.join(map(str, whole[:MOST_LISTED]))}{tail}."
        yield from told("", [left for left in self.left_out if left.in_part])
