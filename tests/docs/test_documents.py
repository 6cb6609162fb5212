"""What the documents show is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.docs.examples import refresh
from typer.main import get_command

from kithkin.cli.app import app

ROOT = refresh.ROOT
DOCUMENTS = refresh.documents()
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)\s]*)?\)")
_FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)


_SHELL = re.compile(r"^ *```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def shown_only(document: Path) -> list[list[str]]:
    """The words of each `kithkin` and `make` command in a `sh` block, which is shown and not run."""
    blocks = _SHELL.findall(document.read_text("utf-8"))
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    commands = [
        shlex.split(line.removeprefix("$ ").strip().removeprefix(".venv/bin/"), comments=True) for line in lines
    ]
    return [words for words in commands if words and words[0] in {"kithkin", "make"}]


def unknown(words: list[str]) -> list[str]:
    """What of a command the program, or the Makefile, does not know."""
    program, *rest = words
    if program == "make":
        return [word for word in rest if "=" not in word and word not in refresh.targets()]
    command: Any = get_command(app)
    while rest and hasattr(command, "commands"):
        if rest[0] not in command.commands:
            return [word for word in rest[:1] if word not in options(command)]
        command = command.commands[rest.pop(0)]
    return [word for word in rest if word.startswith("--") and word.partition("=")[0] not in options(command)]


def options(command: Any) -> set[str]:
    """Every way to write an option of the command."""
    return {"--help"}.union(*(parameter.opts for parameter in command.params))


def links(document: Path) -> set[Path]:
    """The files and folders of this project that a document links to."""
    text = _FENCED.sub("", document.read_text("utf-8"))
    return {(document.parent / target).resolve() for target in _LINK.findall(text)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_print_what_the_document_says(document, tmp_path, request):
    text = document.read_text("utf-8")
    if refresh.needs_data(text):
        (tmp_path / "data").symlink_to(request.getfixturevalue("data_folder"))
    assert refresh.replayed(text, tmp_path) == text, "run: python docs/refresh.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_are_only_shown_exist(document):
    assert [(words, wrong) for words in shown_only(document) if (wrong := unknown(words))] == []


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("kithkin analyze scores FILE --score a --metric nps --json", []),
        ("kithkin analyze scores FILE --scores a", ["--scores"]),
        ("kithkin analyse scores FILE", ["analyse"]),
        ("kithkin --version", []),
        ("make demo test", []),
        ("make absent", ["absent"]),
    ],
)
def test_command_that_does_not_exist_is_seen(command, wrong):
    assert unknown(command.split()) == wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    assert sorted(str(path) for path in links(document) if not path.exists()) == []


def test_index_names_every_page():
    pages = {path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")}
    decisions = {path for path in pages if path.parent.name == "decisions"}
    index = ROOT / "docs" / "index.md"
    assert pages - decisions - {index} - links(index) == set()
