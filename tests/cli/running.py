"""How the tests call the command: inside this process, and as people do."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from kithkin.cli.app import app

KITHKIN = Path(sysconfig.get_path("scripts")) / "kithkin"


@dataclass(frozen=True)
class Outcome:
    """What came out of a call."""

    status: int
    out: str
    err: str


def kithkin(*words: object, width: int = 80, **environment: str) -> Outcome:
    """The command run in this process."""
    runner = CliRunner(env={"COLUMNS": str(width), **environment})
    result = runner.invoke(app, [str(word) for word in words], prog_name="kithkin")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr)


def analyze(*words: object, **how: Any) -> Outcome:
    """`kithkin analyze …`."""
    return kithkin("analyze", *words, **how)


def refusal(outcome: Outcome) -> str:
    """The message of a call that was refused: status 2, nothing on stdout, no traceback, one message."""
    assert outcome.status == 2, outcome
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert outcome.err.startswith("kithkin: ")
    return outcome.err.removeprefix("kithkin: ").strip()


def process(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """The installed command run as a process of its own."""
    environment = {**os.environ, "COLUMNS": "80", **options.pop("env", {})}
    return subprocess.run(
        [str(KITHKIN), *map(str, words)],
        env=environment, text=True, encoding="utf-8", timeout=60, check=False,
        **(options or {"capture_output": True}),
    )  # fmt: skip
