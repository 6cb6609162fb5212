"""What the documents show is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.examples import refresh

ROOT = refresh.ROOT
DOCUMENTS = refresh.documents()
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)\s]*)?\)")
_FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)


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
def test_links_lead_somewhere(document):
    assert sorted(str(path) for path in links(document) if not path.exists()) == []


def test_index_names_every_page():
    pages = {path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")}
    decisions = {path for path in pages if path.parent.name == "decisions"}
    index = ROOT / "docs" / "index.md"
    assert pages - decisions - {index} - links(index) == set()
