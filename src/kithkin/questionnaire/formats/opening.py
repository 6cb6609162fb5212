"""A file on its way in: bounded, decoded strictly, and nothing in it opened that could open something else."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kithkin.questionnaire.errors import QuestionnaireError
from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.source import LARGEST, plain

DEEPEST = 64
MOST_NODES = 2_000_000
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_MEMBERS = 2_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError)
_FED = 1 << 22
"""Bytes given to the parser at once: it begins a tag anew with each, so that small ones make a giant tag slow."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Opened:
    """A file's bytes, and what they are when read as text, as JSON, as XML or as an archive: each at most once."""

    def __init__(self, content: bytes, name: str = "") -> None:
        if len(content) > LARGEST:
            advice = "Move pictures out of the questionnaire, or divide it."
            raise FormatError("", f"The file has more than {LARGEST // 2**20} MB.", advice)
        if not content.strip(b"\0 \t\r\n"):
            raise FormatError("", "The file is empty.", "Export the questionnaire anew.")
        self.content, self.name = content, name

    @classmethod
    def of(cls, source: str | Path | bytes | bytearray | memoryview) -> Opened:
        """A path's file, or bytes. A file that cannot be read raises OSError."""
        if isinstance(source, bytes | bytearray | memoryview):
            return cls(bytes(source))
        path = Path(source)
        with path.open("rb") as file:
            return cls(file.read(LARGEST + 1), path.name)

    @property
    def head(self) -> bytes:
        """The first bytes, by which formats are told apart."""
        return self.content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")

    @property
    def is_archive(self) -> bool:
        """Whether it is a ZIP file, as workbooks are."""
        return self.content.startswith(b"PK\x03\x04")

    @cached_property
    def text(self) -> str:
        """Its text: UTF-8, or UTF-16 with a mark. Raises FormatError where it is something else."""
        encoding = next((name for mark, name in _MARKS if self.content.startswith(mark)), "utf-8")
        try:
            found = self.content.decode(encoding)
        except UnicodeDecodeError as error:
            what = f"This is not text in UTF-8 (byte {error.start + 1})."
            raise FormatError("", what, "Save or export the file as UTF-8.") from None
        if "\0" in found:
            raise FormatError("", "There are NUL characters in the text.", "Export the file anew.")
        return found

    @cached_property
    def json(self) -> dict[str, Any]:
        """Its JSON object. Raises FormatError."""
        try:
            return plain(self.content)
        except QuestionnaireError as error:
            raise FormatError(error.where, error.what, error.advice) from None

    @cached_property
    def xml(self) -> Element:
        """The root of its XML. Document types, entities of its own and external ones are refused."""
        parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
        try:
            for start in range(0, len(self.content), _FED):
                parser.feed(self.content[start : start + _FED])
            root: Element = parser.close()
        except DefusedXmlException:
            what = "The XML defines a document type or entities of its own, which can exhaust or disclose."
            raise FormatError("", what, "Export the file anew, without them.") from None
        except ParseError as error:
            if b"encoding=" not in self.content[:200] or b'"UTF-8"' in self.content[:200].upper():
                _ = self.text  # which says so, where it is no UTF-8
            line, column = error.position
            what = f"This is not XML that can be read (line {line}, column {column + 1})."
            raise FormatError("", what, "The file may be cut short; export it anew.") from None
        except (LookupError, ValueError) as error:
            if isinstance(error, FormatError):
                raise
            what = f"The XML names an encoding that is not known here: {str(error)[:80]}."
            raise FormatError("", what, "Export the file as UTF-8.") from None
        return root

    @contextmanager
    def archive(self) -> Iterator[zipfile.ZipFile]:
        """The ZIP archive, after a look at what it says of its members. They are read, never unpacked to a disk."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as found:
                _check_members(found.infolist())
                yield found
        except FormatError:
            raise
        except _DAMAGE as error:
            what = f"The archive cannot be read: {str(error)[:120]}."
            raise FormatError("", what, "It may be cut short or locked with a password; export it anew.") from None


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise FormatError("", f"The archive holds more than {MOST_MEMBERS:,} files.", "Export the file anew.")
    for member in members:
        steps = member.filename.replace("\\", "/").split("/")
        if ".." in steps or member.filename.startswith(("/", "\\")) or ":" in steps[0]:
            what = f"The archive names a file outside itself: {member.filename[:80]!r}."
            raise FormatError(member.filename[:80], what, "Do not trust this file; export it anew.")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        what = f"The archive unpacks to more than {LARGEST_UNPACKED // 2**20} MB."
        raise FormatError("", what, "Divide the questionnaire.")


class _Bounded(TreeBuilder):
    """Builds the tree, and refuses one that is too deep or too large while it grows."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Mapping[Any, Any], /) -> Element:
        """An element begins."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise FormatError("", f"More than {DEEPEST} levels of nesting.", "Export the file anew.")
        if self._count > MOST_NODES:
            raise FormatError("", f"More than {MOST_NODES:,} elements.", "Divide the questionnaire.")
        return super().start(tag, dict(attrs))

    def end(self, tag: str, /) -> Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)
