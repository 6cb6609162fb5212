"""Replays that are broken on purpose, each in one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest import MonkeyPatch  # noqa: PT013

from kithkin.questionnaire.replaying import accepting, judging, offering, options, plan, repeating
from kithkin.questionnaire.replaying.judging import Judge
from kithkin.questionnaire.replaying.options import Options
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.settling import UNSET, Settling
from kithkin.questionnaire.replaying.showing import Showing

Breaking = Callable[[MonkeyPatch], None]


def put(where: Any, name: str, instead: Any) -> Breaking:
    """Put something else in the place of a function."""
    return lambda patch: patch.setattr(where, name, instead)


def _keeps_hidden(patch: MonkeyPatch) -> None:
    decide = Settling._question

    def question(self: Settling, node: Any, asked: Any) -> None:
        decide(self, node, asked)
        if not self.states[asked].shown and asked.key in self.given:
            self.values[asked.key] = self.given[asked.key]

    patch.setattr(Settling, "_question", question)


def _takes_disabled(patch: MonkeyPatch) -> None:
    enabled = Settling._given

    def given(self: Settling, node: Any, asked: Any, path: str, state: Any) -> Any:
        was, state.enabled = state.enabled, True
        try:
            return enabled(self, node, asked, path, state)
        finally:
            state.enabled = was

    patch.setattr(Settling, "_given", given)


def _brings_back(patch: MonkeyPatch) -> None:
    given = Settling._given

    def again(self: Settling, node: Any, asked: Any, path: str, state: Any) -> Any:
        if self.given.get(asked.key) is None:
            return self._suggested(node, asked, path, state)
        return given(self, node, asked, path, state)

    patch.setattr(Settling, "_given", again)


def _keeps_hidden_choices(patch: MonkeyPatch) -> None:
    find = Options.find
    patch.setattr(Options, "find", lambda self, value: _known(find(self, value), value))


def _known(found: Any, value: Any) -> Any:
    return options.Option(options.Choice("", value)) if found in {Reason.HIDDEN, Reason.DISABLED} else found


def _reads_in_order(patch: MonkeyPatch) -> None:
    patch.setattr(plan, "in_order", lambda needs: (list(range(len(needs))), []))


def _counts_from(start: int) -> Breaking:
    def breaking(patch: MonkeyPatch) -> None:
        less = judging._is_less

        def off(value: Any, bound: Any, **more: Any) -> bool:
            shifted = value - start if isinstance(value, int) and isinstance(bound, int) else value
            return less(shifted, bound, **more)

        patch.setattr(judging, "_is_less", off)

    return breaking


def _trigger_first(self: Settling, node: Any) -> Any:
    """Acts whatever its condition."""
    return node.sets[0].value if node.sets else UNSET


BROKEN: dict[str, Breaking] = {
    "shows what is hidden": put(Settling, "_shown", lambda _self, _node, element: element.visible),
    "hides whatever has a condition": put(Settling, "_shown", lambda _self, _node, one: one.visible_if is None),
    "forgets that a hidden panel hides": put(
        Settling, "_shown",
        lambda self, _node, one: one.visible_if is None or self.session.true(one.visible_if, self.scope),
    ),
    "never skips": put(Settling, "_comes_to", lambda _self, _end: False),
    "skips from pages that nobody saw": put(Settling, "_was_shown", lambda *_: True),
    "skips to what is hidden": put(Settling, "_may_be_shown", lambda *_: True),
    "needs nothing more than always": put(Judge, "is_required", lambda _self, element, _state: element.required),
    "needs nothing": put(Judge, "is_required", lambda *_: False),
    "needs everything": put(Judge, "is_required", lambda *_: True),
    "needs nothing of panels": put(Showing, "_judge_container", lambda *_: None),
    "is content with one row": put(Judge, "_matrix", lambda *_: iter(())),
    "enables everything": put(Settling, "_enabled", lambda *_: True),
    "enables nothing": put(Settling, "_enabled", lambda *_: False),
    "forgets that a disabled page disables": put(
        Settling, "_enabled",
        lambda self, _node, one: one.enable_if is None or self.session.true(one.enable_if, self.scope),
    ),
    "has no bounds": put(Judge, "_bounds", lambda *_: iter(())),
    "draws sliders anywhere": put(Judge, "_slider", lambda *_: iter(())),
    "is off by one below": _counts_from(1),
    "is off by one above": _counts_from(-1),
    "takes any step": put(judging, "_in_steps", lambda *_: True),
    "takes any number of choices": put(Judge, "_choose", lambda *_: iter(())),
    "lets go unsaid what else": put(judging, "is_unsaid", lambda *_: False),
    "takes over no words of others": put(options, "_own_word", lambda *_: []),
    "shows what offers nothing": put(offering, "_offers", lambda *_: True),
    "takes any length": put(accepting, "text", lambda value, _longest: value),
    "has no triggers": put(Settling, "_set", lambda *_: UNSET),
    "lets every trigger act": put(Settling, "_set", _trigger_first),
    "suggests nothing": put(Settling, "_suggested", lambda *_: None),
    "computes nothing": put(Settling, "_compute", lambda *_: None),
    "takes whatever breaks a rule": put(Judge, "_by_rules", lambda *_: iter(())),
    "lets rows be alike": put(Judge, "doubles", lambda *_: {}),
    "tells capitals apart in rows": put(judging, "_alike", lambda _question, value: str(value)),
    "blames the first panel too": put(judging, "_is_panel", lambda _question: False),
    "shows every choice": put(options, "_holds", lambda *_: True),
    "takes over no choices": put(options, "_taken_over", lambda *_: ([], False)),
    "forgets rows": put(repeating, "_named_rows", lambda *_: None),
    "forgets panels": put(repeating, "_growing", lambda *_: None),
    "keeps hidden answers": _keeps_hidden,
    "keeps answers to what is disabled": _takes_disabled,
    "brings back what was taken back": _brings_back,
    "keeps choices that are hidden": _keeps_hidden_choices,
    "reads from the first to the last": _reads_in_order,
}  # fmt: skip
