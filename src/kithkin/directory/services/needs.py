"""What customers of either side need: written down, shown by evidence, handed to who can meet it, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.needs import EvidenceAdded, NeedAnswered, NeedChanged, NeedHandedOver, NeedWritten
from kithkin.directory.models import Audience, Evidence, Need, NeedState, ServiceLink
from kithkin.platform.events import publish
from kithkin.platform.models import User


class AnswerIncomplete(Exception):
    """An answer lacks its reason, or somebody who stands for it; the message says which."""


@dataclass(frozen=True)
class NeedDraft:
    """What a need says: the problem, apart from the solution that was wished for; whose it is."""

    problem: str
    side: str
    wished_for: str = ""
    audience: Audience | None = None
    link: ServiceLink | None = None


@transaction.atomic
def write_need(*, draft: NeedDraft, owner: User | None = None) -> Need:
    """Write a need down; with an owner it is handed over at once. The same problem of a relation is written once."""
    known = Need.objects.filter(
        problem=draft.problem, side=draft.side, link=draft.link, audience=draft.audience, state=NeedState.OPEN
    ).first()
    if known is not None:
        return known
    need = Need(
        problem=draft.problem,
        side=draft.side,
        wished_for=draft.wished_for,
        audience=draft.audience,
        link=draft.link,
        owner=owner,
    )
    need.save()
    publish(NeedWritten(need_id=need.pk))
    if owner is not None:
        publish(NeedHandedOver(need_id=need.pk, owner_id=owner.pk))
    return need


@transaction.atomic
def change_need(*, need: Need, draft: NeedDraft) -> Need:
    """Put it otherwise."""
    need.problem, need.side, need.wished_for = draft.problem, draft.side, draft.wished_for
    need.audience, need.link = draft.audience, draft.link
    need.save()
    publish(NeedChanged(need_id=need.pk))
    return need


@transaction.atomic
def hand_over_need(*, need: Need, owner: User | None) -> Need:
    """To somebody who can meet it; a need that cannot be met keeps somebody who stands for that."""
    if owner is None and need.state == NeedState.CANNOT:
        raise AnswerIncomplete(_("Somebody must stand for “cannot be met”: name an owner."))
    if need.owner != owner:
        need.owner = owner
        need.save()
        if owner is not None:
            publish(NeedHandedOver(need_id=need.pk, owner_id=owner.pk))
    return need


@transaction.atomic
def answer_need(*, need: Need, state: str, answer: str) -> Need:
    """What comes of it. "Cannot" has its reason and its owner."""
    answer = answer.strip()
    if state == NeedState.CANNOT and not answer:
        raise AnswerIncomplete(_("Say why it cannot be met: those who need it are owed a reason."))
    if state == NeedState.CANNOT and need.owner is None:
        raise AnswerIncomplete(_("Somebody must stand for “cannot be met”: name an owner first."))
    need.state, need.answer = state, answer
    need.save()
    publish(NeedAnswered(need_id=need.pk, state=state))
    return need


@transaction.atomic
def add_evidence(
    *, need: Need, text: str, at: date, source: str = "", n: int | None = None, by: User | None = None
) -> Evidence:
    """Something that shows the need; the very same twice is once."""
    said, fresh = Evidence.objects.get_or_create(
        need=need, text=text, source=source, n=n, at=at, defaults={"recorded_by": by}
    )
    if fresh:
        publish(EvidenceAdded(need_id=need.pk, evidence_id=said.pk))
    return said
