"""Hostile, cut and wrongly encoded files are refused in bounded time and memory."""

import io
import zipfile

import pytest

from kithkin.questionnaire.formats import FormatError
from kithkin.questionnaire.formats.opening import Opened

BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>"""


def archive(*names, content=b"x"):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return written.getvalue()


def opened_archive(content):
    with Opened(content).archive() as found:
        return found.namelist()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("grüß".encode(), "grüß"),
        ("\ufeffgrüß".encode(), "grüß"),
        ("grüß".encode("utf-16"), "grüß"),
    ],
)
def test_text_is_read_with_its_mark(content, text):
    assert Opened(content).text == text


def test_text_in_another_encoding_is_refused_with_the_byte():
    with pytest.raises(FormatError, match=r"not text in UTF-8 \(byte 3\)"):
        _ = Opened("grüß".encode("latin-1")).text


def test_xml_is_read_in_the_encoding_that_it_names():
    root = Opened('<?xml version="1.0" encoding="ISO-8859-1"?><a>grüß</a>'.encode("latin-1")).xml
    assert (root.tag, root.text) == ("a", "grüß")


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, b"<!DOCTYPE html><a/>"], ids=["bomb", "external", "doctype"])
def test_xml_with_entities_of_its_own_is_refused(content):
    with pytest.raises(FormatError, match="document type or entities"):
        _ = Opened(content).xml


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<a><b></a>", "not XML that can be read"),
        (b"<a>", "not XML that can be read"),
        (b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>', "not text in UTF-8"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b"<a>" * 100_000, "levels of nesting"),
    ],
)
def test_xml_that_is_broken_is_refused(content, what):
    with pytest.raises(FormatError, match=what):
        _ = Opened(content).xml


def test_xml_with_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr("kithkin.questionnaire.formats.opening.MOST_NODES", 100)
    with pytest.raises(FormatError, match="More than 100 elements"):
        _ = Opened(b"<a>" + b"<b/>" * 200 + b"</a>").xml


def test_archive_is_opened():
    assert opened_archive(archive("survey.qsf", "pictures/a.png")) == ["survey.qsf", "pictures/a.png"]


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/passwd", "..\\evil", "C:\\evil"])
def test_archive_that_names_a_file_outside_itself_is_refused(name):
    with pytest.raises(FormatError, match="outside itself"):
        opened_archive(archive(name))


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("kithkin.questionnaire.formats.opening.LARGEST_UNPACKED", 1000)
    with pytest.raises(FormatError, match="unpacks to more"):
        opened_archive(archive("a", content=b"\0" * 2000))


def test_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr("kithkin.questionnaire.formats.opening.MOST_MEMBERS", 2)
    with pytest.raises(FormatError, match="more than 2 files"):
        opened_archive(archive("a", "b", "c"))


def test_archive_that_is_cut_short_is_refused():
    with pytest.raises(FormatError, match="cannot be read"):
        opened_archive(archive("a", "b")[:-30])


@pytest.mark.parametrize("head", [b'<?xml version="1.0" encoding="UTF-8"?>', b""])
def test_xml_that_is_no_utf_8_though_it_should_be_says_so(head):
    with pytest.raises(FormatError, match="not text in UTF-8"):
        _ = Opened(head + "<a>ä</a>".encode("latin-1")).xml
