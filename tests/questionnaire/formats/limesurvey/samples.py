"""Surveys as LimeSurvey writes them, from a few words: with texts in tables of their own, or in the rows as before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from kithkin.questionnaire.formats import read


@dataclass
class Question:
    """A question: rows and columns are pairs of code and text, answers too, with points as a third."""

    code: str
    type: str
    text: Any = "What?"
    rows: tuple = ()
    columns: tuple = ()
    answers: tuple = ()
    second: tuple = ()
    relevance: str = "1"
    mandatory: str = "N"
    other: str = "N"
    help: Any = ""
    preg: str = ""
    row_relevance: dict = field(default_factory=dict)
    attributes: dict = field(default_factory=dict)
    default: Any = None


@dataclass
class Group:
    """A group."""

    questions: tuple
    name: Any = "Group"
    description: Any = ""
    relevance: str = ""
    random: str = ""


def _table(name: str, rows: list[dict[str, Any]]) -> str:
    def field_of(key: str, value: Any) -> str:
        return f"<{key}><![CDATA[{value}]]></{key}>" if value != "" else f"<{key}/>"

    written = "".join(
        "<row>" + "".join(field_of(key, value) for key, value in row.items() if value is not None) + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{written}</rows></{name}>"


def _said(text: Any, languages: list[str]) -> dict[str, str]:
    return text if isinstance(text, dict) else {languages[0]: text}


class _Tables:
    def __init__(self, languages: list[str], *, modern: bool) -> None:
        self.languages, self.modern = languages, modern
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, key: str, fixed: dict[str, Any], said: dict[str, Any], texts: str) -> None:
        """A row, and its texts beside it or in it."""
        by_language = {
            language: {name: _said(text, self.languages).get(language, "") for name, text in said.items()}
            for language in self.languages
        }
        if self.modern:
            self.rows.setdefault(table, []).append(fixed)
        for language, spoken in by_language.items():
            row = {key: fixed[key], **spoken, "language": language}
            target = texts if self.modern else table
            self.rows.setdefault(target, []).append(row if self.modern else {**fixed, **spoken, "language": language})


def survey(
    *groups: Group,
    languages: tuple[str, ...] = ("en",),
    modern: bool = True,
    kind: str = "Survey",
    settings: dict[str, str] | None = None,
    said: dict[str, Any] | None = None,
    tables: dict[str, list[dict[str, Any]]] | None = None,
) -> bytes:
    """An LSS file. Questions have the numbers 101, 102 …, groups 11, 12 …, the survey 7."""
    spoken = list(languages)
    tables_ = _Tables(spoken, modern=modern)
    number, sub, aid = 100, 1000, 5000
    for place, group in enumerate(groups):
        gid = 11 + place
        fixed = {
            "gid": gid,
            "sid": 7,
            "group_order": place,
            "randomization_group": group.random,
            "grelevance": group.relevance,
        }
        tables_.add("groups", "gid", fixed, {"group_name": group.name, "description": group.description}, "group_l10ns")
        for order, each in enumerate(group.questions):
            number += 1
            fixed = {
                "qid": number, "parent_qid": 0, "sid": 7, "gid": gid, "type": each.type, "title": each.code,
                "preg": each.preg, "other": each.other, "mandatory": each.mandatory, "question_order": order,
                "scale_id": 0, "relevance": each.relevance,
            }  # fmt: skip
            tables_.add("questions", "qid", fixed, {"question": each.text, "help": each.help}, "question_l10ns")
            for scale, parts in ((0, each.rows), (1, each.columns)):
                for place_, (code, text) in enumerate(parts):
                    sub += 1
                    fixed = {
                        "qid": sub, "parent_qid": number, "gid": gid, "title": code, "type": "T", "scale_id": scale,
                        "question_order": place_, "relevance": each.row_relevance.get(code, ""),
                    }  # fmt: skip
                    tables_.add("subquestions", "qid", fixed, {"question": text}, "question_l10ns")
            for scale, parts in ((0, each.answers), (1, each.second)):
                for place_, (code, text, *points) in enumerate(parts):
                    aid += 1
                    fixed = {
                        "aid": aid, "qid": number, "code": code, "sortorder": place_, "scale_id": scale,
                        "assessment_value": points[0] if points else 0,
                    }  # fmt: skip
                    tables_.add("answers", "aid", fixed, {"answer": text}, "answer_l10ns")
            for name, value in each.attributes.items():
                row = {"qid": number, "attribute": name, "value": value, "language": ""}
                tables_.rows.setdefault("question_attributes", []).append(row)
            if each.default is not None:
                fixed = {"dvid": number, "qid": number, "scale_id": 0, "sqid": 0, "specialtype": ""}
                tables_.add("defaultvalues", "dvid", fixed, {"defaultvalue": each.default}, "defaultvalue_l10ns")
    rows = {**tables_.rows, **(tables or {})}
    rows["surveys"] = [{"sid": 7, "language": spoken[0], "format": "G", **(settings or {})}]
    rows["surveys_languagesettings"] = [
        {
            "surveyls_language": language,
            **{f"surveyls_{name}": _said(text, spoken).get(language, "") for name, text in (said or {}).items()},
        }
        for language in spoken
    ]
    listed = "".join(f"<language>{escape(language)}</language>" for language in spoken)
    body = "".join(_table(name, listed_) for name, listed_ in rows.items())
    head = f"<LimeSurveyDocType>{kind}</LimeSurveyDocType><DBVersion>{600 if modern else 184}</DBVersion>"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{start}<document>{head}<languages>{listed}</languages>{body}</document>".encode()


def asked(*questions: Question, **settings: Any) -> Any:
    """Questions of one group, as they come in."""
    return read(survey(Group(questions), **settings))


def elements(*questions: Question, **settings: Any) -> list[dict[str, Any]]:
    """The elements that questions of one group become."""
    return asked(*questions, **settings).questionnaire.to_json()["body"]["pages"][0]["elements"]


def told(imported: Any, *kinds: str) -> list[tuple[str, str, str]]:
    """What is not the same any more."""
    wanted = kinds or ("approximated", "lost")
    return [(each.kind.value, each.where, each.reason) for each in imported.losses if each.kind.value in wanted]
