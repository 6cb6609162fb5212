"""The structure as tab-separated text: a row for each group, question, subquestion and answer in each language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.limesurvey.structure import (
    Asked,
    Assessment,
    Condition,
    Default,
    Group,
    Part,
    Quota,
    Survey,
)
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened

Row = dict[str, str]
MOST_ROWS = 500_000
MOST_COLUMNS = 5_000
"""LimeSurvey writes some hundreds: one for each attribute of a question that its themes know."""
OWN = {
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "same_script", "script", "modulename",
}  # fmt: skip


NAMED_ONLY = frozenset("O|")
"""Types whose subquestions only say what the comment, or the number of files, is called."""
_MARKS = b"\xef\xbb\xbf\xff\xfe"


def is_structure(opened: Opened) -> bool:
    """Whether the first line names the columns that LimeSurvey writes."""
    line = opened.content[:8192].lstrip(_MARKS).replace(b"\0", b"").split(b"\n")[0]
    head = {name.strip() for name in line.replace(b'"', b"").split(b"\t")}
    return {b"class", b"type/scale", b"text"} <= head


def survey(text: str, losses: Losses) -> Survey:
    """The structure. Raises FormatError where rows cannot be told apart."""
    return _Reading(losses).survey(_rows(text.removeprefix("\ufeff")))


def _rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(10_000_000)
    try:
        rows = filter(None, csv.reader(_lines(text), delimiter="\t"))
        names = [name.strip() for name in next(rows, [])]
        for place, row in enumerate(rows):
            if place >= MOST_ROWS:
                raise FormatError("", f"More than {MOST_ROWS:,} rows.", "Divide the questionnaire.")
            yield {name: _unmasked(value) for name, value in zip(names, row, strict=False)}
    except csv.Error as error:
        raise FormatError("", f"The rows cannot be read: {error}.", "Export the structure anew.") from None


def _lines(text: str) -> Iterator[str]:
    for place, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count("\t") >= MOST_COLUMNS:
            raise FormatError("", f"Line {place} has more than {MOST_COLUMNS:,} columns.", "Export the structure anew.")
        yield line


def _unmasked(value: str) -> str:
    """A value without the apostrophe that keeps spreadsheets from reading it as a formula."""
    return value[1:] if value.startswith("'=") else value


class _Reading:
    """Rows follow those that they belong to; the same thing in another language comes again."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._found = Survey()
        self._groups: dict[str, Group] = {}
        self._asked: dict[tuple[str, str], Asked] = {}
        self._quotas: dict[str, Quota] = {}
        self._members: list[tuple[str, str, str]] = []
        self._assessments: dict[str, Assessment] = {}
        self._of_language: dict[str, int] = {}
        self._languages: dict[str, None] = {}
        self._parts: dict[tuple[int, str, str], Part] = {}
        self._defaults: dict[tuple[int, str], Default] = {}
        self._group: Group | None = None
        self._question: Asked | None = None

    def survey(self, rows: Iterator[Row]) -> Survey:
        found = self._found
        makers = {
            "S": self._setting, "SL": self._said, "G": self._grouped, "Q": self._questioned, "SQ": self._part,
            "A": self._answer, "C": self._condition, "QTA": self._quota, "QTAM": self._member, "QTALS": self._message,
            "AS": self._assessment,
        }  # fmt: skip
        for place, row in enumerate(rows):
            maker = makers.get(row.get("class", "").strip())
            if maker:
                maker(row)
            elif any(row.values()):
                what = f"a row of the class {row.get('class', '')[:20]!r}"
                self._losses.lost(f"/row {place + 2}", what, "no such class is known here")
        if not found.groups:
            raise FormatError("", "There are no groups in this.", "Export the structure of a survey anew.")
        for quota, question, code in self._members:
            if quota in self._quotas:
                self._quotas[quota].members.append((question, code))
        further = found.settings.get("additional_languages", "").split()
        found.languages = list(dict.fromkeys([found.language, *further, *self._languages]))
        return found

    def _language(self, row: Row) -> str:
        said = row.get("language", "").strip() or self._found.language
        self._languages[said] = None
        return said

    def _setting(self, row: Row) -> None:
        self._found.settings[row.get("name", "")] = row.get("text", "")
        if row.get("name") == "language" and row.get("text"):
            self._found.language = row["text"].strip()

    def _said(self, row: Row) -> None:
        self._found.texts.setdefault(row.get("name", ""), {})[self._language(row)] = row.get("text", "")

    def _grouped(self, row: Row) -> None:
        language = self._language(row)
        place = self._of_language[language] = self._of_language.get(language, 0) + 1
        key = row.get("id", "").strip() or f"{place}"
        if key not in self._groups:
            self._groups[key] = Group(key, relevance=row.get("relevance", ""), random=row.get("random_group", ""))
            self._found.groups.append(self._groups[key])
        self._group, self._question = self._groups[key], None
        self._group.names[language] = row.get("name", "")
        self._group.descriptions[language] = row.get("text", "")

    def _questioned(self, row: Row) -> None:
        code, language = row.get("name", ""), self._language(row)
        if self._group is None:
            raise FormatError(f"/{code[:40]}", "A question stands in no group.", "Export the structure anew.")
        asked = self._asked.get((self._group.id, code))
        if asked is None or (language in asked.texts):
            asked = Asked(
                code,
                row.get("type/scale", ""),
                row.get("id", "").strip(),
                other=row.get("other") == "Y",
                mandatory=row.get("mandatory") or "N",
                relevance=row.get("relevance", ""),
                pattern=row.get("validation", ""),
            )
            self._asked[self._group.id, code] = asked
            self._group.questions.append(asked)
        self._question = asked
        asked.texts[language] = row.get("text", "")
        if row.get("help"):
            asked.helps[language] = row["help"]
        self._default(asked, "", row, language)
        for name, value in row.items():
            if name not in OWN and value:
                asked.attributes.setdefault(name, {})[language] = value

    def _default(self, asked: Asked, part: str, row: Row, language: str, special: str = "") -> None:
        if row.get("default"):
            known = self._defaults.get((id(asked), part))
            if known is None:
                known = self._defaults[id(asked), part] = Default({}, part, special)
                asked.defaults.append(known)
            known.texts[language] = row["default"]

    def _part(self, row: Row) -> None:
        if self._question is None:
            return
        code, scale = row.get("name", ""), row.get("type/scale", "").strip() or "0"
        if self._question.type in NAMED_ONLY:
            return
        if code == "other" and self._question.other:
            self._default(self._question, "other", row, self._language(row), special="other")
            return
        parts = self._question.parts
        part = self._known(parts, code, scale, row)
        part.relevance = part.relevance or row.get("relevance", "")
        self._default(self._question, code, row, self._language(row))

    def _answer(self, row: Row) -> None:
        if self._question is None:
            return
        code, scale = row.get("name", ""), row.get("type/scale", "").strip() or "0"
        part = self._known(self._question.answers, code, scale, row)
        part.points = part.points or row.get("assessment_value") or row.get("relevance", "")

    def _known(self, parts: list[Part], code: str, scale: str, row: Row) -> Part:
        part = self._parts.get((id(parts), code, scale))
        if part is None:
            part = self._parts[id(parts), code, scale] = Part(code, scale=scale, id=row.get("id", ""))
            parts.append(part)
        part.texts[self._language(row)] = row.get("text", "")
        return part

    def _condition(self, row: Row) -> None:
        of = self._question.id if self._question else ""
        if not row.get("text"):
            code = self._question.code if self._question else ""
            what = f"a condition of {code} on {row.get('name', '')[:60]}"
            self._losses.lost(f"/condition {row.get('id', '')}", what, "with what it compares is not in the file")
            return
        condition = Condition(
            of, row.get("name", ""), row.get("relevance", "").strip(), row.get("text", ""), row.get("type/scale") or "1"
        )
        self._found.conditions.append(condition)

    def _quota(self, row: Row) -> None:
        quota = Quota(row.get("name", ""), row.get("mandatory", ""), row.get("other") or "1", row.get("default") != "0")
        self._quotas[row.get("id", "")] = quota
        self._found.quotas.append(quota)

    def _member(self, row: Row) -> None:
        """A row under the question whose answer it counts; the quota itself may come later."""
        if self._question is not None:
            question = self._question.id or self._question.code
            self._members.append((row.get("related_id", ""), question, row.get("name", "")))

    def _message(self, row: Row) -> None:
        quota = self._quotas.get(row.get("related_id", ""))
        if quota:
            quota.messages[self._language(row)] = row.get("relevance", "")
            quota.url = quota.url or row.get("text", "")

    def _assessment(self, row: Row) -> None:
        key = row.get("id", "") or str(len(self._assessments))
        each = self._assessments.get(key)
        if each is None:
            each = Assessment(
                row.get("type/scale") or "T",
                row.get("related_id", ""),
                row.get("min_num_value", ""),
                row.get("max_num_value", ""),
            )
            self._assessments[key] = each
            self._found.assessments.append(each)
        language = self._language(row)
        each.names[language], each.messages[language] = row.get("name", ""), row.get("text", "")
