"""Expressions against survey-core in Node, warm: worked out in at most twice its time, read in at most eight times."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.questionnaire.expressions.survey_core import installed

from bench.timing import ratio
from kithkin.questionnaire.expressions import Functions, Scope, compile_expression
from kithkin.questionnaire.expressions.parsing import Parsed
from kithkin.questionnaire.expressions.syntax import Reader

WORKING, READING = 2.0, 8.0
ROUNDS = 40
TEXTS = [
    "{q1} > 3",
    "{q2} = 'yes' and {q3} notempty",
    "{chosen} contains 'a' or {chosen} anyof ['x', 'b']",
    "iif({q4} > 2, {q5} + {q6} * 2, 0)",
    "sumInArray({panel}, 'x', {y} = 'a')",
    "{panel[3].x} + {panel.length}",
    "age('1990-05-05') >= 18",
    "{missing} empty",
    "!({q7} = 5) && {q8} <> 6",
    "sum({q9}, {q10}, {q11}) / 3",
]
VALUES: dict[str, Any] = {f"q{place}": place % 7 if place % 3 else str(place) for place in range(100)}
VALUES |= {"panel": [{"x": place, "y": "a"} for place in range(10)], "chosen": ["a", "b"]}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) of working out and of reading; nothing where there is no Node."""
    if not (shutil.which("node") and shutil.which("npm")):
        print("  no Node here to measure survey-core in: apt-get install nodejs npm")
        return []
    work = json.dumps({"texts": TEXTS, "values": VALUES, "rounds": ROUNDS})
    script = Path(__file__).with_suffix(".js")
    with subprocess.Popen(
        ["node", script, installed(), work], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as node:
        assert node.stdin is not None
        assert node.stdout is not None
        sent, said = node.stdin, node.stdout

        def theirs(name: str) -> None:
            sent.write(f"{name}\n")
            sent.flush()
            said.readline()

        measured = [
            ("expressions worked out, over survey-core", ratio(work_out, lambda: theirs("working"), turns=25), WORKING),
            ("expressions read, over survey-core", ratio(read, lambda: theirs("reading")), READING),
        ]
        sent.close()
    return measured


def work_out() -> None:
    functions, expressions = Functions(), [compile_expression(text) for text in TEXTS]
    for _ in range(ROUNDS):
        scope = Scope(VALUES)
        for expression in expressions:
            expression.evaluate(scope, functions=functions, now=NOW)


def read() -> None:
    for _ in range(ROUNDS):
        for text in TEXTS:
            found = Parsed(Reader(text).root())
            assert found.names is not None
            assert found.work is not None
