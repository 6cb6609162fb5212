"""Publishing a version: its questions become fields, which keep their numbers through all versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kithkin.forms.asked import Asked, asked
from kithkin.forms.events import VersionPublished
from kithkin.forms.models import Field, FieldKind, Questionnaire, QuestionnaireVersion
from kithkin.platform.events import publish
from kithkin.platform.models import User
from kithkin.questionnaire import Questionnaire as Body
from kithkin.questionnaire import QuestionnaireError

LONGEST_NAME = 200
MOST_FIELDS = 3_000


class NotPublishable(Exception):
    """The version cannot be asked; its message says why and what to do."""


class FieldChanged(NotPublishable):
    """A known question would become another one: its answers could no longer be counted together."""


@transaction.atomic
def create_questionnaire(*, title: str) -> Questionnaire:
    """A questionnaire that asks nothing yet."""
    return Questionnaire.objects.create(title=title)


@transaction.atomic
def publish_version(
    *, questionnaire: Questionnaire, body: Mapping[str, Any] | str | bytes, by: User | None
) -> QuestionnaireVersion:
    """Ask this from now on. `body` is JSON of `kithkin.questionnaire`, or a bare SurveyJS questionnaire.

    The same body as that of the last version makes no new one. A question that is known keeps its number; it may be
    said otherwise and be given more choices, but not become of another kind or scale. One that is no longer asked stays
    a field, since there are answers to it.
    """
    read = _read(body)
    document = read.to_json()
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    last = questionnaire.versions.order_by("-number").first()
    if last is not None and last.body == document:
        return last
    _write_fields(questionnaire, asked(read))
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=last.number + 1 if last else 1, body=document, by=by
    )
    publish(VersionPublished(questionnaire_id=questionnaire.pk, number=version.number))
    return version


def _read(body: Mapping[str, Any] | str | bytes) -> Body:
    try:
        return Body.from_json(body)
    except QuestionnaireError as error:
        raise NotPublishable(str(error)) from None


def _write_fields(questionnaire: Questionnaire, fields: Sequence[Asked]) -> None:
    if len(fields) > MOST_FIELDS:
        said = _("It asks %(count)s things; %(most)s can be counted at most. Ask fewer, or make two programs of it.")
        raise NotPublishable(said % {"count": len(fields), "most": MOST_FIELDS})
    known = {field.name: field for field in Field.objects.filter(questionnaire=questionnaire)}
    highest = Field.objects.filter(questionnaire=questionnaire).aggregate(Max("number"))["number__max"] or 0
    made, kept = [], []
    for position, one in enumerate(fields):
        if len(one.name) > LONGEST_NAME:
            said = _("The name “%(name)s…” is longer than %(most)s letters. Give the question a shorter one.")
            raise NotPublishable(said % {"name": one.name[:40], "most": LONGEST_NAME})
        field = known.get(one.name)
        if field is None:
            highest += 1
            field = Field(questionnaire=questionnaire, number=highest, name=one.name, kind=one.kind)
            field.low, field.high = one.low, one.high
            made.append(field)
        else:
            _check_same(field, one)
            kept.append(field)
        field.title, field.position = one.title[:500], position
        field.choices = _with_former(one.choices, field.choices)
        field.measures, field.dimension = one.measures, one.dimension[:80]
    Field.objects.bulk_create(made, batch_size=200)
    Field.objects.bulk_update(kept, ["title", "position", "choices", "measures", "dimension"], batch_size=100)
    gone = known.keys() - {one.name for one in fields}
    questionnaire.fields.filter(name__in=gone).update(position=len(fields))


def _check_same(field: Field, one: Asked) -> None:
    if field.kind != one.kind:
        said = _("“%(name)s” was a %(before)s and would become a %(after)s. Ask it under another name.")
        kinds = {"before": field.get_kind_display(), "after": one.kind.label}
        raise FieldChanged(said % {"name": field.name, **kinds})
    if field.kind == FieldKind.SCORE and (field.low, field.high) != (one.low, one.high):
        said = _("“%(name)s” was asked from %(low)s to %(high)s: on another scale it needs another name.")
        raise FieldChanged(said % {"name": field.name, "low": f"{field.low:g}", "high": f"{field.high:g}"})


def _with_former(now: Sequence[tuple[str, str]], former: Sequence[Sequence[str]]) -> list[list[str]]:
    """The choices as they are said now, and after them those that are no longer offered: they were answered."""
    offered = {value for value, _label in now}
    return [*(list(pair) for pair in now), *(list(pair) for pair in former if pair[0] not in offered)]
