"""By what it is told that pages of figures would be others: what was loaded, released, worked out and asked."""

from __future__ import annotations

from collections.abc import Hashable

from django.db.models import Count, Max

from kithkin.forms.models import Field, QuestionnaireVersion
from kithkin.insights.models import Loaded, Release, Study
from kithkin.platform.registries.state import State, states


def _now() -> Hashable:
    """A field is changed only by a new version, whose number the database never gives again."""
    return (
        tuple(Loaded.objects.order_by("pk").values_list("table", "table_version", "loaded_at")),
        Release.objects.aggregate(Max("pk"))["pk__max"],
        tuple(Study.objects.aggregate(Max("made_at"), Count("pk")).values()),
        QuestionnaireVersion.objects.aggregate(Max("pk"))["pk__max"],
    )


states.add(State("insights", frozenset({Loaded, Release, Study, Field, QuestionnaireVersion}), _now))
