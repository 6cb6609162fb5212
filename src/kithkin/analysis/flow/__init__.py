"""Where requests wait, return and breach their promise, from an event log."""

from kithkin.analysis.flow.analysis import analyse
from kithkin.analysis.flow.counted import report_of
from kithkin.analysis.flow.parts import Part
from kithkin.analysis.flow.report import FlowReport, GroupFlow, GroupsTouched, HandOver, Waiting
from kithkin.analysis.flow.times import ParsedTimes, ReadAs, Refused, TimesReader, parse_times
from kithkin.analysis.flow.traces import Legs, Log, PromiseReader
from kithkin.analysis.flow.waits import Waits

__all__ = [
    "FlowReport",
    "GroupFlow",
    "GroupsTouched",
    "HandOver",
    "Legs",
    "Log",
    "ParsedTimes",
    "Part",
    "PromiseReader",
    "ReadAs",
    "Refused",
    "TimesReader",
    "Waiting",
    "Waits",
    "analyse",
    "parse_times",
    "report_of",
]
