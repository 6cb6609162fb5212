"""LSS, LSG and LSQ: database tables as XML. From version 4 texts lie in tables of their own, before in each row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

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
    Texts,
)

Row = dict[str, str]
_READ = {
    "surveys", "surveys_languagesettings", "groups", "group_l10ns", "questions", "subquestions", "question_l10ns",
    "subquestion_l10ns", "answers", "answer_l10ns", "question_attributes", "defaultvalues", "defaultvalue_l10ns",
    "conditions", "quota", "quota_members", "quota_languagesettings", "assessments", "themes", "themes_inherited",
    "surveymenu_entries",
}  # fmt: skip
"""Tables that are read, and those of looks alone."""
KINDS = {"Survey", "Group", "Question"}


def kind_of(root: Element) -> str:
    """Survey, Group or Question; empty where it is no file of LimeSurvey."""
    return (root.findtext("LimeSurveyDocType") or "").strip()


def survey(root: Element) -> Survey:
    """The structure in the tables. Raises FormatError where it is of another kind."""
    kind = kind_of(root)
    if kind not in KINDS:
        raise FormatError("/LimeSurveyDocType", f"This holds {kind[:40]!r}, no survey.", "Export the survey (.lss).")
    found = Survey(languages=[each.text.strip() for each in root.iterfind("languages/language") if each.text])
    for row in _rows(root, "surveys"):
        found.settings |= row
    found.language = found.settings.get("language") or (found.languages or ["en"])[0]
    for row in _rows(root, "surveys_languagesettings"):
        language = row.get("surveyls_language") or found.language
        for name, value in row.items():
            found.texts.setdefault(name, {})[language] = value
    groups = _groups(root)
    if kind == "Question" and not groups:
        groups = {"": Group("")}
    found.groups = sorted(groups.values(), key=lambda group: group.order)
    _questions(root, groups)
    found.conditions = [_condition(row) for row in _rows(root, "conditions")]
    found.quotas = _quotas(root)
    found.assessments = _assessments(root)
    found.unread = [each.tag for each in root if each.tag not in _READ and each.find("rows/row") is not None]
    return found


def _rows(root: Element, *tables: str) -> Iterator[Row]:
    for table in tables:
        for row in root.iterfind(f"{table}/rows/row"):
            yield {field.tag: field.text or "" for field in row}


def _order(row: Row, name: str) -> float:
    try:
        found = float(row.get(name) or 0)
    except ValueError:
        return 0
    return found if math.isfinite(found) else 0


def _texts(rows: Iterable[Row], key: str, *names: str) -> dict[str, dict[str, Texts]]:
    """key → name → language → text."""
    found: dict[str, dict[str, Texts]] = {}
    for row in rows:
        inner = found.setdefault(row.get(key, ""), {})
        for name in names:
            if name in row:
                inner.setdefault(name, {})[row.get("language", "")] = row[name]
    return found


def _groups(root: Element) -> dict[str, Group]:
    said = _texts(_rows(root, "groups", "group_l10ns"), "gid", "group_name", "description")
    found: dict[str, Group] = {}
    for row in _rows(root, "groups"):
        gid = row.get("gid", "")
        if gid not in found:
            found[gid] = Group(
                gid,
                _said(said, gid, "group_name"),
                _said(said, gid, "description"),
                row.get("grelevance", ""),
                row.get("randomization_group", "").strip(),
                order=_order(row, "group_order"),
            )
    return found


def _said(said: dict[str, dict[str, Texts]], key: str, name: str) -> Texts:
    return {language: text for language, text in said.get(key, {}).get(name, {}).items() if text}


def _questions(root: Element, groups: dict[str, Group]) -> None:
    tables = ("questions", "subquestions", "question_l10ns", "subquestion_l10ns")
    said = _texts(_rows(root, *tables), "qid", "question", "help", "script")
    asked: dict[str, Asked] = {}
    subquestions: dict[str, Row] = {}
    for row in _rows(root, "questions", "subquestions"):
        qid = row.get("qid", "")
        if row.get("parent_qid", "0") not in {"", "0"}:
            subquestions.setdefault(qid, row)
        elif qid not in asked:
            asked[qid] = _asked(row, said)
            gid = row.get("gid", "")
            groups.setdefault(gid if gid in groups else next(iter(groups), gid), Group(gid)).questions.append(
                asked[qid]
            )
    for qid, row in subquestions.items():
        parent = asked.get(row.get("parent_qid", ""))
        if parent:
            parent.parts.append(_subquestion(row, _said(said, qid, "question")))
    _answers(root, asked)
    _attributes(root, asked)
    _defaults(root, asked, {qid: row.get("title", "") for qid, row in subquestions.items()})
    for group in groups.values():
        group.questions.sort(key=lambda each: each.order)
    for each in asked.values():
        each.parts.sort(key=lambda part: part.order)
        each.answers.sort(key=lambda part: part.order)


def _asked(row: Row, said: dict[str, dict[str, Texts]]) -> Asked:
    qid = row.get("qid", "")
    return Asked(
        row.get("title", ""),
        row.get("type", ""),
        qid,
        _said(said, qid, "question"),
        _said(said, qid, "help"),
        _said(said, qid, "script"),
        row.get("other") == "Y",
        row.get("mandatory") or "N",
        row.get("relevance", ""),
        row.get("preg", ""),
        order=_order(row, "question_order"),
    )


def _subquestion(row: Row, texts: Texts) -> Part:
    return Part(
        row.get("title", ""),
        texts,
        row.get("scale_id") or "0",
        row.get("relevance", ""),
        id=row.get("qid", ""),
        order=_order(row, "question_order"),
    )


def _answers(root: Element, asked: dict[str, Asked]) -> None:
    said = _texts(_rows(root, "answer_l10ns"), "aid", "answer")
    found: dict[tuple[str, str, str], Part] = {}
    for row in _rows(root, "answers"):
        qid, code, scale = row.get("qid", ""), row.get("code", ""), row.get("scale_id") or "0"
        key = (qid, scale, code)
        if key not in found and qid in asked:
            texts = _said(said, row.get("aid", ""), "answer")
            part = Part(code, texts, scale, points=row.get("assessment_value", ""), order=_order(row, "sortorder"))
            found[key] = part
            asked[qid].answers.append(part)
        if key in found and "answer" in row:
            found[key].texts[row.get("language", "")] = row["answer"]


def _attributes(root: Element, asked: dict[str, Asked]) -> None:
    for row in _rows(root, "question_attributes"):
        if row.get("qid") in asked and row.get("attribute"):
            named = asked[row["qid"]].attributes.setdefault(row["attribute"], {})
            named[row.get("language", "")] = row.get("value", "")


def _defaults(root: Element, asked: dict[str, Asked], codes: dict[str, str]) -> None:
    said = _texts(_rows(root, "defaultvalue_l10ns"), "dvid", "defaultvalue")
    found: dict[tuple[str, str, str], Default] = {}
    for row in _rows(root, "defaultvalues"):
        qid = row.get("qid", "")
        if qid not in asked:
            continue
        part = codes.get(row.get("sqid", ""), "")
        key = (qid, part, row.get("specialtype", ""))
        if key not in found:
            found[key] = Default(_said(said, row.get("dvid", ""), "defaultvalue"), part, row.get("specialtype", ""))
            asked[qid].defaults.append(found[key])
        if row.get("defaultvalue"):
            found[key].texts[row.get("language", "")] = row["defaultvalue"]


def _condition(row: Row) -> Condition:
    return Condition(
        row.get("qid", ""),
        row.get("cfieldname", ""),
        row.get("method", "").strip(),
        row.get("value", ""),
        row.get("scenario") or "1",
    )


def _quotas(root: Element) -> list[Quota]:
    found: dict[str, Quota] = {}
    for row in _rows(root, "quota"):
        found[row.get("id", "")] = Quota(
            row.get("name", ""), row.get("qlimit", ""), row.get("action") or "1", row.get("active", "1") != "0"
        )
    for row in _rows(root, "quota_members"):
        if row.get("quota_id") in found:
            found[row["quota_id"]].members.append((row.get("qid", ""), row.get("code", "")))
    for row in _rows(root, "quota_languagesettings"):
        quota = found.get(row.get("quotals_quota_id", ""))
        if quota:
            quota.messages[row.get("quotals_language", "")] = row.get("quotals_message", "")
            quota.url = quota.url or row.get("quotals_url", "")
    return list(found.values())


def _assessments(root: Element) -> list[Assessment]:
    found: dict[str, Assessment] = {}
    for row in _rows(root, "assessments"):
        each = found.setdefault(
            row.get("id", ""),
            Assessment(row.get("scope") or "T", row.get("gid", ""), row.get("minimum", ""), row.get("maximum", "")),
        )
        each.names[row.get("language", "")] = row.get("name", "")
        each.messages[row.get("language", "")] = row.get("message", "")
    return list(found.values())
