"""What `analyze flow` answers, on the terminal, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted, number
from kithkin.analysis.flow import FlowReport, GroupFlow, GroupsTouched, HandOver, Waiting
from kithkin.analysis.flow.report import per_cent
from kithkin.analysis.results import Estimate, plain
from kithkin.cli.answer import Answer
from kithkin.cli.bars import Axis
from kithkin.cli.leftout import LeftOut, told
from kithkin.cli.screen import Column, Row, Screen

if TYPE_CHECKING:
    from kithkin.cli.flow.measure import Question
    from kithkin.cli.report import Page

MOST_ROWS = 15


@dataclass(frozen=True)
class Flow(Answer):
    """Volume, waiting, breaches and returns per group and hand-over."""

    schema: ClassVar[str] = "kithkin.analyze.flow"
    report: FlowReport
    file: str
    question: Question
    left_out: tuple[LeftOut, ...]
    read_as: str

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/flow.json."""
        closed = None if self.question.closed is None else "=".join(self.question.closed)
        asked = {
            "file": self.file,
            "closed": closed,
            "dates_read_as": self.read_as,
            "left_out_values": plain(self.left_out),
        }
        return asked | self.report.to_dict()

    def show(self, screen: Screen) -> None:
        """The finding, then groups, hand-overs and the number of groups touched."""
        report = self.report
        first, *others = report.sentences
        screen.title(first)
        screen.say()
        self._table(screen, "group", "requests", [self._group(group) for group in report.groups])
        self._table(screen, "hand-over", "times", [self._hand_over(over) for over in report.handovers])
        if report.breach is not None:
            self._touched(screen)
        for sentence in others:
            screen.say(sentence)
        for line in self._remarks():
            screen.note(line)

    def page(self) -> Page:
        """The report, as `kithkin.cli.report` makes it."""
        from kithkin.cli import report

        facts = [report.Fact("Dates", f"read as {self.read_as}")]
        refused = list(told("Left out", self.left_out))
        return report.flow_page(self.report, source=self.file, facts=facts, refused=tuple(refused))

    def _table(self, screen: Screen, name: str, volume: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        headings = [volume, "median h", "interval", *self._if_known("breach %", "interval"), "returns"]
        columns = [Column(name, number=False), *map(Column, headings)]
        screen.table(columns, rows[:MOST_ROWS], Axis(0, 100))
        if len(rows) > MOST_ROWS:
            screen.note(f"The first {MOST_ROWS} of {len(rows):,}; --json and --html hold all.")
        screen.say()

    def _touched(self, screen: Screen) -> None:
        columns = [Column("groups touched", number=False), *map(Column, ("requests", "breach %", "interval", "n"))]
        screen.table(columns, [self._by_number(row) for row in self.report.by_groups_touched], Axis(0, 100))
        screen.note("The bar is the share of requests that broke their promise; shade: 95 % interval.")
        screen.say()

    def _if_known(self, *cells: str) -> tuple[str, ...]:
        return cells if self.report.breach is not None else ()

    def _group(self, group: GroupFlow) -> Row:
        return self._row(group.group, group.traces, group.waiting, group.breach, group.returns)

    def _hand_over(self, over: HandOver) -> Row:
        name = f"{over.from_group} → {over.to_group}"
        return self._row(name, over.volume, over.waiting, over.breach, over.returns)

    def _row(self, name: str, volume: int, waiting: Waiting, breach: Estimate | None, returns: int) -> Row:
        known = self._if_known(*_share(breach))
        cells = (name, f"{volume:,}", _hours(waiting.median), _hours_interval(waiting), *known, f"{returns:,}")
        return Row(cells, _figure(breach))

    def _by_number(self, row: GroupsTouched) -> Row:
        n = "" if row.breach is None else f"{row.breach.n:,}"
        return Row((row.groups, f"{row.traces:,}", *_share(row.breach), n), _figure(row.breach))

    def _remarks(self) -> Iterator[str]:
        report = self.report
        yield f"{counted(report.traces, 'request')}, {counted(report.events, 'event')}; dates read as {self.read_as}."
        yield from told("Left out", self.left_out)


def _hours(hours: float) -> str:
    return number(hours, 1)


def _hours_interval(waiting: Waiting) -> str:
    return "" if waiting.low is None or waiting.high is None else f"{_hours(waiting.low)} to {_hours(waiting.high)}"


def _share(share: Estimate | None) -> tuple[str, str]:
    if share is None:
        return "–", ""
    value, low, high = per_cent(share)
    return value, f"{low} to {high}"


def _figure(share: Estimate | None) -> tuple[float, float, float] | None:
    return None if share is None else (100 * share.value, 100 * share.low, 100 * share.high)
