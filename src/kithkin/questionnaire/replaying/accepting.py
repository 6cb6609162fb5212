"""Whether an answer is one that the question can have, and the form in which it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Role
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.replaying.beside import is_apart
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.options import Options, is_scalar, spelled
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.session import Session
from kithkin.questionnaire.replaying.storable import Refused, is_written, mapping, number, storable, text

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.state import State

LARGEST_FILE = 50 * 1024 * 1024
MOST_FILES = 100
_PICTURE = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=]+")


def accept(question: Question, raw: Any, path: str, state: State, session: Session) -> Any:
    """The answer in the form in which it is stored; None where there is none. Raises Refused."""
    if is_empty(raw):
        return None
    found = _TAKERS[type(question)](question, raw, path, state, session)
    return None if is_empty(found) else found


def _text(question: model.Text, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    if question.input in {"number", "range"}:
        return number(raw)
    if isinstance(raw, int | float) and question.input == "text":
        return number(raw)
    longest = session.plan.body.longest_text if question.longest is None else question.longest
    found = text(raw, longest)
    if not is_written(found, question.input):
        raise Refused(Reason.WRONG_TYPE)
    return found


def _slider(question: model.Slider, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    if not question.range:
        return number(raw)
    if not isinstance(raw, list) or len(raw) != 2:
        raise Refused(Reason.WRONG_TYPE)
    return sorted(map(number, raw))


def _boolean(question: model.Boolean, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    if not is_scalar(raw):
        raise Refused(Reason.WRONG_TYPE)
    for meant in (question.yes, question.no):
        if spelled(raw).lower() == spelled(meant).lower():
            return meant
    raise Refused(Reason.NOT_A_CHOICE)


def _rating(question: model.Rating, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    return _chosen(_options(state), raw)


def _choose(question: model.Choose, raw: Any, path: str, state: State, session: Session) -> Any:
    if question.multiple:
        return _several(question, raw, path, state, session)
    found = _options(state).find(raw)
    if isinstance(found, Reason):
        if found is Reason.NOT_A_CHOICE and _is_free(question, session):
            return text(raw, session.plan.body.longest_comment) if isinstance(raw, str) else number(raw)
        raise Refused(_gone(found, _options(state)))
    return found.choice.value


def _several(question: model.Choose, raw: Any, path: str, state: State, session: Session) -> Any:
    if not isinstance(raw, list):
        raise Refused(Reason.WRONG_TYPE)
    listed = _options(state)
    if len(raw) > max(1_000, 2 * len(listed.entries)):
        raise Refused(Reason.TOO_MANY)
    values: dict[str, Any] = {}
    alone, own, whole = 0, 1, False
    for each in raw:
        value = each.get(question.value_property) if question.value_property and isinstance(each, dict) else each
        found = listed.find(value)
        if value == "all" and question.choices.select_all and found is Reason.NOT_A_CHOICE:
            if not whole:
                values |= {spelled(one.choice.value): one.choice.value for one in _everything(listed)}
            whole = True
            continue
        if not isinstance(found, Reason):
            values[spelled(found.choice.value)] = found.choice.value
            alone += found.choice.exclusive
        elif found is Reason.NOT_A_CHOICE and isinstance(value, str) and own and _is_free(question, session):
            own -= not question.choices.open
            values[value] = text(value, session.plan.body.longest_comment)
        else:
            session.refuse(path, _gone(found, listed))
    if alone and len(values) > 1:
        raise Refused(Reason.NOT_ALONE)
    if question.value_property:
        return [{question.value_property: value} for value in values.values()]
    return list(values.values())


def _gone(reason: Reason, listed: Options) -> Reason:
    """A choice that was written in a row is hidden once the row is gone."""
    return Reason.HIDDEN if reason is Reason.NOT_A_CHOICE and listed.fleeting else reason


def _everything(listed: Options) -> list[Any]:
    return [
        one for one in listed.entries if one.enabled and one.choice.role is Role.ORDINARY and not one.choice.exclusive
    ]


def _is_free(question: model.Choose, session: Session) -> bool:
    if question.choices.open:
        return True
    return question.choices.of_role(Role.OTHER) is not None and not is_apart(question, session.plan.body)


def _matrix(question: model.Matrix, raw: Any, path: str, state: State, session: Session) -> Any:
    columns = _options(state)

    def cell(value: Any) -> Any:
        if not question.multiple:
            return _chosen(columns, value)
        if not isinstance(value, list) or len(value) > 2 * len(columns.entries):
            raise Refused(Reason.WRONG_TYPE)
        return list({spelled(each): _chosen(columns, each) for each in value}.values())

    return _by_row(raw, path, state, session, cell)


def _by_row(raw: Any, path: str, state: State, session: Session, cell: Callable[[Any], Any]) -> dict[str, Any] | None:
    """An object with an answer per row; whatever cannot stand is refused row by row."""
    given = mapping(raw)
    rows = state.rows.places if state.rows else {}
    known: dict[str, Any] = {}
    for name in sorted(given.keys() & rows.keys(), key=rows.__getitem__):
        value = given[name]
        if is_empty(value):
            continue
        try:
            known[name] = cell(value)
        except Refused as refused:
            session.refuse(f"{path}.{name}", refused.reason)
    _refuse_unknown(given, rows, path, session)
    return known or None


def _refuse_unknown(given: Mapping[str, Any], known: Container[str], path: str, session: Session) -> None:
    for place, name in enumerate(given):
        if name not in known:
            session.refuse(f"{path}.{name[:80]}", Reason.UNKNOWN)
            if place > 100:
                break


def _multiple_text(question: model.MultipleText, raw: Any, path: str, state: State, session: Session) -> Any:
    given = mapping(raw)
    found = {}
    for field in question.fields:
        value = given.get(field.name)
        if is_empty(value):
            continue
        try:
            found[field.name] = _text(field, value, path, state, session)
        except Refused as refused:
            session.refuse(f"{path}.{field.name}", refused.reason)
    _refuse_unknown(given, {field.name for field in question.fields}, path, session)
    return found or None


def _file(question: model.File, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    listed = raw if isinstance(raw, list) else [raw]
    if len(listed) > (min(question.most or MOST_FILES, MOST_FILES) if question.multiple else 1):
        raise Refused(Reason.TOO_MANY)
    return [_one_file(each) for each in listed]


def _one_file(raw: Any) -> dict[str, Any]:
    given = mapping(raw)
    name, kind, content = (given.get(part, "") for part in ("name", "type", "content"))
    if not isinstance(content, str) or len(content) > LARGEST_FILE * 4 // 3:
        raise Refused(Reason.TOO_LONG if isinstance(content, str) else Reason.WRONG_TYPE)
    if re.search(r"[/\\]|^\.\.?$", text(name, 255)):
        raise Refused(Reason.WRONG_TYPE)
    return {"name": name, "type": text(kind, 255), "content": storable(content)}


def _signature(question: Question, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    if not isinstance(raw, str) or len(raw) > 2_000_000 or not _PICTURE.fullmatch(raw):
        raise Refused(Reason.WRONG_TYPE)
    return raw


def _constant_sum(question: Question, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    given = mapping(raw)
    found = {}
    for name, value in given.items():
        option = _options(state).find(name)
        if isinstance(option, Reason):
            session.refuse(f"{path}.{name[:80]}", option)
        elif not is_empty(value):
            found[spelled(option.choice.value)] = number(value)
    places = _options(state).places
    return dict(sorted(found.items(), key=lambda pair: places[pair[0]])) or None


def _maxdiff(question: model.MaxDiff, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    if not isinstance(raw, list) or len(raw) > len(state.sets):
        raise Refused(Reason.WRONG_TYPE)
    found = []
    for each, one in zip(raw, state.sets, strict=False):
        given = mapping(each)
        allowed = {spelled(option.choice.value): option.choice.value for option in one}
        picked = {}
        for part in ("best", "worst"):
            value = given.get(part)
            if value is None:
                continue
            if not is_scalar(value) or spelled(value) not in allowed:
                raise Refused(Reason.NOT_A_CHOICE)
            picked[part] = allowed[spelled(value)]
        if len(picked) == 2 and picked["best"] == picked["worst"]:
            raise Refused(Reason.NOT_ALONE)
        found.append(picked)
    return found if any(found) else None


def _chosen(listed: Options, raw: Any) -> Any:
    found = listed.find(raw)
    if isinstance(found, Reason):
        raise Refused(found)
    return found.choice.value


def _options(state: State) -> Options:
    return state.options or Options(())


def _never(question: Question, raw: Any, path: str, state: State, session: Session) -> Any:  # noqa: ARG001
    raise Refused(Reason.UNKNOWN)


_TAKERS: dict[type[Question], Callable[..., Any]] = {
    model.Text: _text, model.Slider: _slider, model.Boolean: _boolean, model.Rating: _rating, model.Choose: _choose,
    model.Matrix: _matrix, model.MultipleText: _multiple_text, model.File: _file, model.Signature: _signature,
    model.ConstantSum: _constant_sum, model.MaxDiff: _maxdiff,
    model.Unknown: _never, model.Shown: _never, model.Computed: _never,
}  # fmt: skip
