"""Quotas: who belongs to them, said as a condition."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import all_of, answer, any_of, literal
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.structure import Asked, Quota, Survey
from kithkin.questionnaire.formats.limesurvey.variables import Variables
from kithkin.questionnaire.formats.limesurvey.wording import Wording
from kithkin.questionnaire.formats.losses import Losses

_ACTIONS = {"1": "", "2": "nobody is led back to change answers: it ends"}
_SINGLE = "LO!GYI5*NS"


def quotas(
    survey: Survey, names: dict[int, str], variables: Variables, wording: Wording, losses: Losses
) -> list[dict[str, Any]]:
    """Every quota that is switched on."""
    by_id = {asked.id or asked.code: asked for asked in survey.questions()}
    by_id |= {asked.code: asked for asked in survey.questions() if asked.code not in by_id}
    found = []
    for place, quota in enumerate(survey.quotas):
        where, what = f"/quota {place + 1}", f"quota {quota.name}"
        losses.element(where, what)
        if not quota.active:
            losses.lost(where, what, "it is switched off")
            continue
        try:
            members = {qid: by_id[qid] for qid, _ in quota.members if qid in by_id}
            when, limit = _when(quota, members, names, variables), int(quota.limit or 0)
        except (Untranslatable, ValueError) as error:
            losses.lost(where, what, str(error))
            continue
        name = quota.name or f"quota {place + 1}"
        raw: dict[str, Any] = {"name": name, "when": when, "limit": max(0, min(limit, 10**9)), "then": "end"}
        if message := wording.html(quota.messages, where, what):
            raw["message"] = message
        if reason := _ACTIONS.get(quota.action, "when it is full, it ends"):
            losses.approximated(f"{where}/action", what, reason)
        if quota.url:
            losses.lost(f"{where}/url", f"the address of {what}", "nobody is sent elsewhere by a quota")
        found.append(raw)
    return found


def _when(quota: Quota, members: dict[str, Asked], names: dict[int, str], variables: Variables) -> str:
    """Answers to one question are alternatives; questions must all fit."""
    parts: dict[str, list[str | None]] = {}
    for qid, code in quota.members:
        asked = members.get(qid)
        if asked is None:
            raise Untranslatable("it counts answers to a question that is not in the file")
        parts.setdefault(qid, []).append(_member(asked, code, names[id(asked)], variables))
    if not parts:
        raise Untranslatable("it counts nobody")
    return all_of(any_of(each) for each in parts.values()) or "true"


def _member(asked: Asked, code: str, name: str, variables: Variables) -> str:
    if asked.type in {"M", "P"}:
        variable = variables.get(f"{asked.code}_{code}")
        if variable and variable.chosen:
            return variable.chosen
    elif asked.type in {"A", "B"} and "-" in code:
        row, _, value = code.partition("-")
        return f"{answer(name, row)} = {literal(value)}"
    elif asked.type in _SINGLE:
        return f"{answer(name)} = {literal('other' if code == '-oth-' else code)}"
    raise Untranslatable(f"it counts answers {code[:30]!r} to {asked.code}")
