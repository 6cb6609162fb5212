"""survey-core itself, of one version, in Node: installed from npm outside the project, once for all sessions."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.browsers import missing

VERSION = "3.1.1"
INTEGRITY = "sha512-DCIjC//kSA5ldAjCNqWH8MPz7Rf1v713RYDcilOTCpagj5oJqp++z9/VV4WSliiKV97VaGJ4YHLZodm0Ki24Dw=="
ANSWERING = Path(__file__).with_name("answering.js")
AT_ONCE = 2000


def cache() -> Path:
    """Where packages of npm may lie, outside the project."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kithkin" / f"survey-core-{VERSION}"


def installed() -> Path:
    """The folder of the package; skips, or fails where nothing may be missing, when it cannot be had."""
    if not (shutil.which("node") and shutil.which("npm")):
        missing("no Node here to run survey-core in: apt-get install nodejs npm")
    folder = cache()
    package = folder / "node_modules" / "survey-core"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            command = ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run([*command, f"survey-core@{VERSION}"], capture_output=True, text=True, check=False)
            if done.returncode:
                missing(f"survey-core cannot be installed: {' '.join(command)} survey-core@{VERSION}\n{done.stderr}")
            listed = json.loads((folder / "node_modules" / ".package-lock.json").read_text("utf-8"))
            assert listed["packages"]["node_modules/survey-core"]["integrity"] == INTEGRITY
            (folder / "whole").touch()
    return package


@dataclass(frozen=True)
class Question:
    """An expression, or a text that `pipes` answers; the answers, the present in milliseconds since 1970, the zone."""

    text: str
    values: Any
    at: int = 1_767_614_705_678  # 2026-01-05T12:05:05.678Z
    zone: str = "UTC"
    pipes: bool = False


class SurveyCore:
    """One process of Node that answers many questions."""

    def __init__(self, package: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(ANSWERING), str(package)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()

    def ask(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """An answer for each question."""
        return [
            one for start in range(0, len(questions), AT_ONCE) for one in self._ask(questions[start : start + AT_ONCE])
        ]

    def _ask(self, questions: Sequence[Question]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        given: dict[int, int] = {}
        values: list[Any] = []
        asked = []
        for question in questions:
            if id(question.values) not in given:
                given[id(question.values)] = len(values)
                values.append(question.values)
            asked.append({**vars(question), "values": given[id(question.values)]})
        self._process.stdin.write(json.dumps({"questions": asked, "given": values}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())
