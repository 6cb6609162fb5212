"""Questions that are asked again: for each row of a matrix, for each panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.replaying.begun import Begun
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.leftovers import refuse_leftovers
from kithkin.questionnaire.replaying.names import PREVIOUS
from kithkin.questionnaire.replaying.options import Option, spelled
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.session import Inside
from kithkin.questionnaire.replaying.state import Item, State
from kithkin.questionnaire.replaying.storable import Refused, mapping
from kithkin.questionnaire.replaying.taken_back import keep_taken_back

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.settling import Settling


def repeat(settling: Settling, question: model.Repeated, raw: Any, path: str, state: State) -> Any:
    """Ask again for each row or panel. Raises Refused where the answer is no list, or no object, at all."""
    state.items = []
    if isinstance(question, model.NamedRows):
        return _named_rows(settling, question, raw, path, state)
    assert isinstance(question, model.Growing)
    return _growing(settling, question, raw, path, state)


def _named_rows(settling: Settling, question: model.NamedRows, raw: Any, path: str, state: State) -> Any:
    given = mapping({} if is_empty(raw) else raw)
    rows = state.rows.entries if state.rows else ()
    found: dict[str, Any] = {}
    settling.values[question.key] = found
    for place, option in enumerate(rows):
        name = spelled(option.choice.value)
        names = {"rowIndex": place + 1, "rowName": name, "rowValue": name, "item": option.choice.value}
        begun = state.begun.at(name)
        item = _item(settling, question, given.get(name), f"{path}.{name}", state, names, begun, option=option)
        if item.values:
            found[name] = item.values
    known = {spelled(option.choice.value) for option in rows}
    for name in list(given)[:100]:
        if name not in known:
            settling.session.refuse(f"{path}.{name[:80]}", Reason.UNKNOWN)
    del settling.values[question.key]
    return found or None


def _growing(settling: Settling, question: model.Growing, raw: Any, path: str, state: State) -> Any:
    shared = settling.values.get(question.key)
    given = settling.given.get(question.key) if shared is not None else raw
    given = [] if is_empty(given) else given
    if not isinstance(given, list):
        raise Refused(Reason.WRONG_TYPE)
    if len(given) > question.most and shared is None:
        settling.session.refuse(path, Reason.TOO_MANY)
    base: list[dict[str, Any]] = shared if isinstance(shared, list) else []
    count = len(base) if base else min(max(len(given), question.fewest), question.most)
    if raw is None and shared is None:  # nothing was said, not even that there are none
        count = min(max(question.first, question.fewest), question.most)
    if (room := settling.session.room_for(count)) < count:
        count = room
        settling.session.refuse(path, Reason.TOO_MANY)
    found: list[dict[str, Any]] = []
    shown = 0
    begun = state.begun.anywhere()
    settling.session.look(len(begun.said))
    settling.values[question.key] = found
    for place in range(count):
        one = given[place] if place < len(given) else None
        fixed = base[place] if base and isinstance(base[place], dict) else {}
        if fixed and not _begins(one, fixed):
            one = next((each for each in given[: question.most] if _begins(each, fixed)), None)
        names = {f"{question.scope}Index": place if question.scope == "panel" else place + 1}
        names["visiblePanelIndex"] = shown
        shown += _item(settling, question, one, f"{path}[{place}]", state, names, begun, into=found, fixed=fixed).shown
    del settling.values[question.key]
    return found if any(found) or given or question.scope == "panel" else None


def _begins(handed_in: Any, fixed: Mapping[str, Any]) -> bool:
    """Whether what counts of a row or panel already stands in what was handed in."""
    return isinstance(handed_in, Mapping) and fixed.items() <= handed_in.items()


def _item(  # noqa: PLR0917
    settling: Settling,
    question: model.Repeated,
    raw: Any,
    path: str,
    state: State,
    names: dict[str, Any],
    begun: Begun,
    *,
    option: Option | None = None,
    into: list[dict[str, Any]] | None = None,
    fixed: Mapping[str, Any] | None = None,
) -> Item:
    settling.session.ask()
    values: dict[str, Any] = dict(fixed or {})
    if into is not None:
        into.append(values)
    if not is_empty(raw) and not isinstance(raw, Mapping):
        settling.session.refuse(path, Reason.WRONG_TYPE)
        raw = None
    word = question.scope if isinstance(question, model.Growing) else "row"
    before = next((each.values for each in reversed(state.items) if each.shown), {})
    names |= {word: values, PREVIOUS + word: before}
    scope = Inside(names, settling.scope, settling.session, settling.level.inner[question])
    condition = question.item_visible_if if isinstance(question, model.Growing) else None
    shown = settling.session.holds(condition, scope)
    able = state.enabled and (option is None or option.enabled)
    inner = settling.inside(
        question, {} if is_empty(raw) else raw, values, scope, f"{path}.", enabled=able, begun=begun
    )
    if shown:
        inner.run()
    refuse_leftovers(inner)
    keep_taken_back(inner)
    item = Item(path, scope, inner, shown, values, option)
    state.items.append(item)
    return item
