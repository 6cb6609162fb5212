"""The first picture: the weak link worked out while the company is loaded; all other tables follow as jobs."""

from __future__ import annotations

from datetime import date

from kithkin.demo.loading.programs import ENGAGEMENT, OUTSIDE, SERVICE, listening
from kithkin.demo.loading.telling import Tell
from kithkin.insights.services.releases import release_program
from kithkin.insights.studies.links import study_links
from kithkin.insights.tasks.studies import release_one, work_out_chain_of
from kithkin.platform.jobs import enqueue

PART = "Weak link"


def load_weak_link(today: date, tell: Tell) -> None:
    """Release the scores of relations, search, and leave the rest to the workers."""
    tell(PART, 0, 2)
    service = listening(SERVICE)
    headline = service.headline
    release_program(service, today=today, scores=[headline] if headline else [])
    tell(PART, 1, 2)
    study_links(listening(OUTSIDE))
    for plan in (SERVICE, ENGAGEMENT):
        enqueue(release_one, listening(plan).pk)
    enqueue(work_out_chain_of, listening(OUTSIDE).pk)
    tell(PART, 2, 2)
