"""How fast a survey of another tool is read: 1,000 questions of Qualtrics, beside reading the same JSON alone."""

from __future__ import annotations

import time

from tests.questionnaire.formats.qualtrics.test_hostile import large

from bench.timing import ratio
from kithkin.questionnaire.formats import read
from kithkin.questionnaire.source import plain

SECONDS = 2.0
OVER = 8.0


def run() -> list[tuple[str, float, float]]:
    """(name, measured, budget): seconds, and the ratio to reading the JSON and nothing else."""
    content = large(1_000)
    start = time.perf_counter()
    read(content)
    seconds = time.perf_counter() - start
    return [
        ("seconds to read a survey of 1,000 questions of Qualtrics", seconds, SECONDS),
        ("reading it over reading its JSON alone, bounded", ratio(lambda: read(content), lambda: plain(content)), OVER),
    ]
