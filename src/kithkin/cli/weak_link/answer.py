"""What `analyze weak-link` answers, on the terminal, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted, decimals, number, percent, span
from kithkin.analysis.linkage.report import Check, RankedLink, WeakLinkReport
from kithkin.analysis.results import plain
from kithkin.cli.answer import Answer
from kithkin.cli.bars import axis_for
from kithkin.cli.leftout import LeftOut, told
from kithkin.cli.screen import Column, Row, Screen

if TYPE_CHECKING:
    from kithkin.cli.report import Page

RESULTS = {True: "held", False: "FAILED", None: "not tried"}


@dataclass(frozen=True)
class WeakLink(Answer):
    """The link that costs the outside score most, or that it cannot be told."""

    schema: ClassVar[str] = "kithkin.analyze.weak-link"
    report: WeakLinkReport
    files: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    left_out: tuple[LeftOut, ...]

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/weak-link.json."""
        return {"files": list(self.files), "left_out": plain(self.left_out)} | self.report.to_dict()

    def show(self, screen: Screen) -> None:
        """The verdict, the links by gain, the checks."""
        report = self.report
        first, *others = report.sentences
        screen.title(first)
        screen.say()
        if report.ranked:
            ends = [end for link in report.ranked for end in (link.low, link.gain, link.high)]
            columns = [Column("link", number=False), *map(Column, ("gain", "interval", "P(worst)", "n"))]
            screen.table(columns, [self._row(link) for link in report.ranked], axis_for(ends), colour="red")
            screen.note("Gain: points of the outside score that go with closing the link's gap; shade: 95 % interval.")
            screen.say()
        for sentence in others:
            screen.say(sentence)
        screen.say()
        for check in report.checks:
            screen.say(_check(check))
        for line in self._remarks():
            screen.note(line)

    def page(self) -> Page:
        """The report, as `kithkin.cli.report` makes it."""
        from kithkin.cli import report

        refused = list(told("Left out", self.left_out))
        return report.weak_link_page(
            self.report, source=", ".join(self.files), edges=self.edges, refused=tuple(refused)
        )

    @property
    def _places(self) -> int:
        return min(decimals(max(abs(end) for link in self.report.ranked for end in (link.low, link.high))), 2)

    def _row(self, link: RankedLink) -> Row:
        places = self._places
        interval = f"{number(link.low, places)} to {number(link.high, places)}"
        cells = (
            link.link,
            number(link.gain, places),
            interval,
            _probability(link.probability_worst),
            f"{link.n:,}",
        )
        return Row(cells, (link.gain, link.low, link.high), faint=link is not self.report.weakest)

    def _remarks(self) -> Iterator[str]:
        report = self.report
        periods = f"{counted(report.periods, 'period')} ({span(report.first_period, report.last_period)})"
        yield (
            f"{counted(report.n, 'pair')} of unit and period from {counted(report.units, 'unit')} × {periods}, "
            f"{report.design}, lag {report.lag}, "
            f"{report.draws:,} draws, seed {report.seed}."
        )
        for left in report.excluded:
            yield f"Not judged: {left.link}: {left.reason}"
        yield from told("Left out", self.left_out)


def _probability(share: float) -> str:
    """A probability from resamples is never quite 0 or 1, and is not written as if it were."""
    return percent(min(max(share, 1e-6), 1 - 1e-6))


def _check(check: Check) -> str:
    return f"{RESULTS[check.passed]}: {check.name}. {check.sentence}"
