"""Where requests wait, return and breach their promise, from an event log."""

from kithkin.analysis.flow.analysis import analyse
from kithkin.analysis.flow.report import FlowReport, GroupFlow, GroupsTouched, HandOver, Waiting
from kithkin.analysis.flow.times import ParsedTimes, ReadAs, Refused, parse_times

__all__ = [
    "FlowReport",
    "GroupFlow",
    "GroupsTouched",
    "HandOver",
    "ParsedTimes",
    "ReadAs",
    "Refused",
    "Waiting",
    "analyse",
    "parse_times",
]
