"""The HTML report: `write(path, page)`, and one function per result that makes the page."""

from kithkin.cli.report.drivers import drivers_page
from kithkin.cli.report.flow import flow_page
from kithkin.cli.report.page import Column, Fact, Page, Point, Section, Table
from kithkin.cli.report.score_findings import Breakdown
from kithkin.cli.report.scores import scores_page
from kithkin.cli.report.weak_link import weak_link_page
from kithkin.cli.report.writing import html, write

__all__ = [
    "Breakdown",
    "Column",
    "Fact",
    "Page",
    "Point",
    "Section",
    "Table",
    "drivers_page",
    "flow_page",
    "html",
    "scores_page",
    "weak_link_page",
    "write",
]
