"""The programs by which the simulated company listens, with what they ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kithkin.demo.records.engagement import ITEMS
from kithkin.demo.records.outside import DRIVERS
from kithkin.demo.records.service import DIMENSIONS
from kithkin.directory.models import Side
from kithkin.forms.models import Field
from kithkin.forms.services import create_questionnaire, publish_version
from kithkin.surveys.models import Identity, Program
from kithkin.surveys.services import ProgramDraft, create_program, launch_program

FLOOR = 5
Text = dict[str, str]


@dataclass(frozen=True)
class ProgramPlan:
    """A program, what it asks, and which question is its main score."""

    draft: ProgramDraft
    body: dict[str, Any]
    headline: str
    dimensions: tuple[str, ...]


def _rating(name: str, english: str, german: str, low: int, high: int) -> dict[str, Any]:
    title = {"default": english, "de": german}
    return {"type": "rating", "name": name, "title": title, "rateMin": low, "rateMax": high}


def _asking(elements: list[dict[str, Any]], metrics: list[dict[str, str]], identity: Identity) -> dict[str, Any]:
    return {
        "format": "kithkin.questionnaire",
        "version": 1,
        "body": {"pages": [{"name": "all", "elements": elements}]},
        "kithkin": {"identity": str(identity), "metrics": metrics},
    }


_DRIVER_WORDS = {
    "waiting": ("The time you waited", "Wie lange Sie gewartet haben"),
    "staff": ("The people who served you", "Die Menschen, die Sie bedient haben"),
    "product": ("What you got", "Was Sie bekommen haben"),
    "price": ("What you paid", "Was Sie bezahlt haben"),
}
_ITEM_WORDS = {
    "trust": ("I trust those who lead us", "Ich vertraue denen, die uns führen"),
    "recognition": ("Good work is noticed here", "Gute Arbeit wird hier bemerkt"),
    "growth": ("I learn something and get on", "Ich lerne dazu und komme weiter"),
    "equipment": ("I have what I need to do my work", "Ich habe, was ich für meine Arbeit brauche"),
    "workload": ("My work can be done in the time I have", "Meine Arbeit ist in der Zeit zu schaffen"),
}
_DIMENSION_WORDS = {
    "communication": ("They tell us what we need to know", "Sie sagen uns, was wir wissen müssen"),
    "responsiveness": ("They answer quickly", "Sie antworten schnell"),
    "quality": ("What they do is well done", "Was sie tun, ist gut gemacht"),
    "reliability": ("They keep what they promise", "Sie halten, was sie zusagen"),
}
OUTSIDE = ProgramPlan(
    ProgramDraft(name="Customers of Harbour Street", side=Side.KITH, identity=Identity.IDENTIFIED),
    _asking(
        [
            _rating("recommend", "How likely are you to recommend us?", "Würden Sie uns weiterempfehlen?", 0, 10),
            _rating("satisfaction", "How satisfied are you?", "Wie zufrieden sind Sie?", 1, 5),
            _rating("effort", "It was easy to get what I wanted", "Es war leicht, zu bekommen, was ich wollte", 1, 7),
            *(_rating(name, *_DRIVER_WORDS[name], 1, 5) for name in DRIVERS),
            {"type": "comment", "name": "comment", "title": {"default": "In your own words", "de": "In Ihren Worten"}},
        ],
        [
            {"question": "recommend", "measures": "nps"},
            {"question": "satisfaction", "measures": "csat"},
            {"question": "effort", "measures": "ces"},
        ],
        Identity.IDENTIFIED,
    ),
    "recommend",
    (),
)
ENGAGEMENT = ProgramPlan(
    ProgramDraft(name="Working at Harbour Street", side=Side.KIN, identity=Identity.CONFIDENTIAL, floor=FLOOR),
    _asking(
        [
            _rating("engagement", "I like to give my best here", "Ich gebe hier gern mein Bestes", 1, 5),
            _rating(
                "recommend", "Would you recommend working here?", "Würden Sie uns als Arbeitgeber empfehlen?", 0, 10
            ),
            *(_rating(name, *_ITEM_WORDS[name], 1, 5) for name in ITEMS),
        ],
        [
            {"question": "engagement", "measures": "engagement"},
            {"question": "recommend", "measures": "enps"},
            *({"question": name, "measures": "engagement", "dimension": name} for name in ITEMS),
        ],
        Identity.CONFIDENTIAL,
    ),
    "engagement",
    ("unit", "wave"),
)
SERVICE = ProgramPlan(
    ProgramDraft(name="Who serves us", side=Side.KIN, identity=Identity.CONFIDENTIAL, floor=FLOOR),
    _asking(
        [
            _rating("service", "How well are you served?", "Wie gut werden Sie bedient?", 0, 10),
            _rating("recommend", "Would you recommend them to a colleague?", "Würden Sie sie empfehlen?", 0, 10),
            *(_rating(name, *_DIMENSION_WORDS[name], 0, 10) for name in DIMENSIONS),
        ],
        [
            {"question": "service", "measures": "service"},
            {"question": "recommend", "measures": "inps"},
            *({"question": name, "measures": "service", "dimension": name} for name in DIMENSIONS),
        ],
        Identity.CONFIDENTIAL,
    ),
    "service",
    ("unit", "month", "link"),
)


@transaction.atomic
def listening(plan: ProgramPlan) -> Program:
    """The program, launched; the one that is there already, where there is one."""
    found = Program.objects.filter(name=plan.draft.name).first()
    if found is not None:
        return found
    questionnaire = create_questionnaire(title=plan.draft.name)
    publish_version(questionnaire=questionnaire, body=plan.body, by=None)
    program = create_program(draft=plan.draft, questionnaire=questionnaire)
    headline = Field.objects.get(questionnaire=questionnaire, name=plan.headline)
    return launch_program(program=program, dimensions=plan.dimensions, headline=headline)
