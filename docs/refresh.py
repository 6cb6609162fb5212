"""Run every example of the documents, and write what it prints now in place of what they say.

`python docs/refresh.py [DOCUMENT …]` rewrites; `replayed` gives the text as it must be, so that a test can hold the
documents to it. An example is a fenced block:

- `console`: lines that begin with `$ ` are commands, the lines below them their output. A lone `…` stands for any
  lines. Commands are `kithkin …` and `python …`; a `make` target or a script of this folder must only be there.
- `python` with `>>>`: a doctest. Without: the file that its first line names (`# reshape.py`), or else it is run.

All examples of a document share one empty folder. `data/…` in it leads to the real data, where there are any.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KITHKIN_DATA") or ROOT.parent / "shared" / "data")
ANY = "…"
PATIENCE = 600

_FENCE = r"^(?P<indent> *)```(?P<kind>console|python)\n(?P<body>.*?)^(?P=indent)```$"
_BLOCK = re.compile(_FENCE, re.MULTILINE | re.DOTALL)
_REAL_DATA = re.compile(r"(?<![\w./-])data/\w")
_NAMED = re.compile(r"# ([\w-]+\.py)\n")
_REFUSED = 2


class WrongDocument(Exception):
    """An example that cannot be run, or a doctest that fails."""


def documents() -> list[Path]:
    """Every document whose examples must be true."""
    top = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    return [path for path in [*top, *sorted((ROOT / "docs").rglob("*.md"))] if path.is_file()]


def needs_data(text: str) -> bool:
    """Whether an example reads the real data."""
    return any(_REAL_DATA.search(block["body"]) for block in _BLOCK.finditer(text))


def replayed(text: str, folder: Path) -> str:
    """The text with the output that its commands print now, run in the folder. Raises WrongDocument."""
    session = Session(folder)

    def anew(block: re.Match[str]) -> str:
        indent, kind = block["indent"], block["kind"]
        lines = [line.removeprefix(indent) for line in block["body"].splitlines()]
        if kind == "python":
            session.python("\n".join(lines) + "\n")
            return block[0]
        body = "".join(f"{indent}{line}".rstrip() + "\n" for line in session.console(lines))
        return f"{indent}```{kind}\n{body}{indent}```"

    return _BLOCK.sub(anew, text)


@dataclass
class Step:
    """A command as it is written, over several lines where they end in a backslash, and its output."""

    written: list[str]
    output: list[str] = field(default_factory=list)

    @property
    def command(self) -> str:
        """The command as a shell takes it."""
        return "\n".join(self.written).removeprefix("$ ")


def steps(lines: list[str]) -> Iterator[Step]:
    """The commands of a console block, each with the output it claims."""
    step: Step | None = None
    for line in lines:
        if line.startswith("$ "):
            if step:
                yield step
            step = Step([line])
        elif step is None:
            raise WrongDocument(f"A console block begins with a command, `$ …`, not with {line!r}.")
        elif not step.output and step.written[-1].endswith("\\"):
            step.written.append(line)
        else:
            step.output.append(line)
    if step:
        yield step


@dataclass
class Session:
    """One document's folder, and the names that its Python blocks have made."""

    folder: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def console(self, lines: list[str]) -> Iterator[str]:
        """The block's lines with the output as it is now; as it was written where the two agree."""
        for step in steps(lines):
            yield from step.written
            yield from step.output if not _to_run(step.command) else self._output(step)

    def _output(self, step: Step) -> list[str]:
        done = subprocess.run(
            step.command, shell=True, cwd=self.folder, env=_environment(), check=False, timeout=PATIENCE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        text = done.stdout.replace(f"{self.folder}{os.sep}", "")
        refused = text.startswith("kithkin: ")
        if done.returncode != (_REFUSED if refused else 0):
            raise WrongDocument(f"$ {step.command}\nends with status {done.returncode} and prints\n{text}")
        printed = [line.rstrip() for line in text.rstrip().splitlines()]
        return step.output if agrees(step.output, printed) else elided(printed, step.output)

    def python(self, code: str) -> None:
        """Run a block, prove its doctests, or write the file it names."""
        named = _NAMED.match(code)
        if named:
            (self.folder / named[1]).write_text(code, "utf-8")
        elif ">>> " not in code:
            with chdir(self.folder):
                exec(compile(code, "<python block>", "exec"), self.names)
        else:
            self._doctest(code)

    def _doctest(self, code: str) -> None:
        test = doctest.DocTestParser().get_doctest(code, self.names, "python block", None, 0)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        report: list[str] = []
        with chdir(self.folder):
            failed = runner.run(test, out=report.append, clear_globs=False).failed
        if failed:
            raise WrongDocument("".join(report))
        self.names.update(test.globs)


def agrees(claimed: list[str], printed: list[str]) -> bool:
    """Whether the claimed lines are the printed ones; a lone `…` stands for any lines, none included."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == ANY else re.escape(line.rstrip()) + r"\n" for line in claimed)
    return re.fullmatch(pattern + r"\n*", "".join(f"{line}\n" for line in printed)) is not None


def elided(printed: list[str], claimed: list[str]) -> list[str]:
    """The printed lines, shortened where the claimed ones were: as many before the first `…`, and after the last."""
    while claimed and not claimed[-1].strip():
        claimed = claimed[:-1]
    places = [number for number, line in enumerate(claimed) if line.strip() == ANY]
    if not places:
        return printed
    head, tail = places[0], len(claimed) - places[-1] - 1
    return [*printed[:head], ANY, *printed[max(head, len(printed) - tail) :]]


def _to_run(command: str) -> bool:
    """Whether a command is to be run; if not, what it names must be there. Raises WrongDocument else."""
    program, *words = command.replace("\\\n", " ").split()
    program = program.removeprefix(".venv/bin/")
    if program == "make":
        absent = [word for word in words if not word.startswith("-") and "=" not in word and word not in targets()]
        if absent:
            raise WrongDocument(f"The Makefile has no target {', '.join(absent)}.")
        return False
    if program not in {"kithkin", "python"}:
        raise WrongDocument(f"$ {command}\nis no kithkin, python or make. Show other commands in a `sh` block.")
    if words and words[0].startswith("docs/"):
        if not (ROOT / words[0]).is_file():
            raise WrongDocument(f"There is no script {words[0]}.")
        return False
    return True


def targets() -> set[str]:
    """What `make` can make."""
    return set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def _environment() -> dict[str, str]:
    scripts = sysconfig.get_path("scripts")
    fixed = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    return {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}", **fixed}


def _refresh(path: Path) -> str:
    text = path.read_text("utf-8")
    if needs_data(text) and not DATA.is_dir():
        return f"left alone, for there is no {DATA}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "data").symlink_to(DATA)
        try:
            fresh = replayed(text, folder)
        except WrongDocument as wrong:
            return f"WRONG\n{wrong}"
    path.write_text(fresh, "utf-8")
    return "as it was" if fresh == text else "written anew"


if __name__ == "__main__":
    chosen = [Path(name).resolve() for name in sys.argv[1:]] or documents()
    said = {path: _refresh(path) for path in chosen}
    for path, outcome in said.items():
        print(f"{path.relative_to(ROOT)}: {outcome}")
    sys.exit(any(outcome.startswith("WRONG") for outcome in said.values()))
