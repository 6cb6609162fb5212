"""Reads the whole: the envelope, or a bare SurveyJS questionnaire, and what happens on the way through it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithkin.questionnaire.errors import Malformed, NewerVersion, pointer
from kithkin.questionnaire.expressions import literal
from kithkin.questionnaire.model.ours import Completion, Ours
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION, Body, Calculated, Kept, Trigger
from kithkin.questionnaire.model.text import NOTHING, Localised
from kithkin.questionnaire.reading.elements import Reader
from kithkin.questionnaire.reading.ours import ours
from kithkin.questionnaire.reading.props import Props
from kithkin.questionnaire.vocabulary import CALCULATED, CONDITION, ENVELOPE, SURVEY, TRIGGERS

_OPERATORS = {
    "equal": "=", "notequal": "<>", "contains": "contains", "notcontains": "notcontains", "greater": ">", "less": "<",
    "greaterorequal": ">=", "lessorequal": "<=", "anyof": "anyof", "allof": "allof", "empty": "empty",
    "notempty": "notempty",
}  # fmt: skip


def read(document: Mapping[str, Any]) -> Body:
    """What a document says. `document` holds plain JSON values, as `source.plain` gives them."""
    reader = Reader()
    whole = Props(document, "", reader.kept)
    if document.get("format") == FORMAT or ("body" in document and "pages" not in document):
        return _body(_opened(whole), reader, ours(whole.inner("kithkin")))
    return _body(whole, reader, Ours())


def _opened(whole: Props) -> Props:
    if whole.value("format") != FORMAT:
        raise Malformed("/format", "The envelope does not say what it is.", f'Write "format": "{FORMAT}".')
    version = whole.whole("version", default=0)
    if version > VERSION:
        raise NewerVersion("/version", f"Version {version}; this release knows {VERSION}.", "Upgrade Kithkin.")
    if version < 1:
        raise Malformed("/version", "The version is missing.", f'Write "version": {VERSION}.')
    if not isinstance(whole.value("body"), Mapping):
        raise Malformed("/body", "There are no questions.", "Put the questionnaire, with its pages, under `body`.")
    whole.know(ENVELOPE, "the envelope")
    return whole.inner("body")


def _body(body: Props, reader: Reader, own: Ours) -> Body:
    body.know(SURVEY, "the questionnaire")
    html, urls = body.objects("completedHtmlOnCondition"), body.objects("navigateToUrlOnCondition")
    pages = reader.pages(body)
    return Body(
        where=body.where,
        title=body.localised("title"),
        language=body.text("locale") or "en",
        pages=pages,
        calculated=tuple(_calculated(inner) for inner in body.objects("calculatedValues")),
        triggers=tuple(found for inner in body.objects("triggers") if (found := _trigger(inner)) is not None),
        completion=(
            *own.completion,
            *(_ending(inner, inner.localised("html"), "") for inner in html),
            *(_ending(inner, NOTHING, inner.text("url")) for inner in urls),
            Completion(
                body.where,
                None,
                NOTHING,
                body.localised("completedHtml"),
                pointer(body.where, "completedHtml"),
                body.text("navigateToUrl"),
            ),
        ),
        order=body.word("questionsOrder", ("initial", "random"), "initial"),
        longest_text=body.whole("maxTextLength", default=0),
        longest_comment=body.whole("maxCommentLength", "maxOthersLength", default=0),
        read_only=body.flag("readOnly") or body.value("mode") == "display",
        other_apart=body.value("storeOthersAsComment") is not False,
        required_text=body.localised("requiredErrorText"),
        ours=own,
        kept=tuple(reader.kept),
    )


def _calculated(props: Props) -> Calculated:
    props.know(CALCULATED, "a calculated value")
    return Calculated(props.where, props.text("name"), props.expression("expression"), props.flag("includeIntoResult"))


def _ending(props: Props, html: Localised, url: str) -> Completion:
    props.know(CONDITION, "a condition")
    where = pointer(props.where, "html")
    return Completion(props.where, props.expression("expression") or "false", NOTHING, html, where, url)


def _trigger(props: Props) -> Trigger | None:
    kind = props.text("type").removesuffix("trigger")
    if kind not in TRIGGERS or kind == "visible":
        props.kept.append(Kept(props.where, f"trigger {kind[:80]!r}"))
        return None
    props.know(TRIGGERS[kind].properties, f"a {kind} trigger")
    return Trigger(
        props.where,
        kind,
        props.expression("expression") or _compared(props),
        target=props.text("gotoName" if kind == "skip" else "setToName"),
        value=props.value("setValue"),
        source=props.text("fromName"),
        run=props.expression("runExpression"),
        variable=props.flag("isVariable"),
    )


def _compared(props: Props) -> str | None:
    """The expression of a trigger in the older form: a name, an operator and a value."""
    name, operator = props.text("name"), _OPERATORS.get(props.text("operator", default="equal"))
    if not name or operator is None:
        return None
    if operator in {"empty", "notempty"}:
        return f"{{{name}}} {operator}"
    return f"{{{name}}} {operator} {literal(props.value('value'))}"
