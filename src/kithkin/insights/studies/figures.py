"""Which of the figures said inside costs one said outside most: from figures that came by file, unit by unit.

It is the search for the weak link with the figures of kin in the place of relations. One period is a cross-section,
from which nothing is named; what would be needed is told.
"""

from __future__ import annotations

import pandas as pd
from django.utils import timezone

from kithkin.analysis.errors import AnalysisError
from kithkin.analysis.linkage import WeakLinkReport, weak_links
from kithkin.directory.models import Side
from kithkin.insights.models import OutcomeMeasure, Study, StudyKind
from kithkin.insights.queries.figures import values_of
from kithkin.insights.studies.reports import report_of

SEED = 0


def sided() -> tuple[list[OutcomeMeasure], list[OutcomeMeasure]]:
    """The figures said inside and those said outside, where more is better."""
    rows = list(OutcomeMeasure.objects.exclude(side="").filter(more_is_better=True).order_by("pk"))
    return [one for one in rows if one.side == Side.KIN], [one for one in rows if one.side == Side.KITH]


def study_figure(outside: OutcomeMeasure) -> Study | None:
    """Work out anew what goes with this outside figure, and keep it; None where nothing is known inside."""
    inside, _outside = sided()
    if not inside:
        return None
    names = {one.pk: one.name for one in inside}
    frame = values_of([*names, outside.pk]).rename(columns={"value": "score", "month": "period"})
    own = frame["measure"] == outside.pk
    links = frame[~own].assign(link=frame[~own]["measure"].map(names))
    columns = ["unit", "period", "score", "n"]
    try:
        report = weak_links(_texts(links)[[*columns, "link"]], _texts(frame[own])[columns], seed=SEED).to_dict()
    except AnalysisError:
        report = None
    study, _made = Study.objects.update_or_create(
        kind=StudyKind.WEAK_LINK,
        about=f"figure {outside.pk}",
        defaults={"body": {"score": outside.name, "report": report, "links": {}}, "made_at": timezone.now()},
    )
    return study


def _texts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(unit=rows["unit"].astype(str))


def kept_study(outside: OutcomeMeasure) -> Study | None:
    """What was worked out last about this figure, if only that nothing can be."""
    return Study.objects.filter(kind=StudyKind.WEAK_LINK, about=f"figure {outside.pk}").first()


def kept_report(outside: OutcomeMeasure) -> WeakLinkReport | None:
    """What it came to."""
    return reported(kept_study(outside))


def reported(study: Study | None) -> WeakLinkReport | None:
    """The report of a study; None where there could be none."""
    return report_of(study.body["report"]) if study is not None and study.body.get("report") else None
