"""What stands around people and relations: journeys, stakeholders, needs, segments."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from kithkin.demo.loading.log_ins import address
from kithkin.demo.loading.relations import Links
from kithkin.demo.roster import JOURNEYS, NEEDS, STAKEHOLDERS
from kithkin.directory.models import NeedState, Touchpoint
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.services.journeys import add_journey, add_stage, place_touchpoint
from kithkin.directory.services.needs import NeedDraft, add_evidence, answer_need, write_need
from kithkin.directory.services.segments import add_segment
from kithkin.directory.services.stakeholders import Stake, add_stakeholder
from kithkin.platform.models import Role, User

SEGMENTS = (
    (
        "Customers who came back",
        {
            "all": [
                {"field": "side", "operator": "is", "value": "kith"},
                {"field": "purchases.number", "operator": "more", "value": 1},
            ]
        },
    ),
    (
        "Expects an answer within four hours",
        {"all": [{"field": "attribute.expected_answer_hours", "operator": "less", "value": 5}]},
    ),
)


@transaction.atomic
def load(links: Links, today: date) -> None:
    """All of it, looked after by those who have a log-in."""
    owners = {role: User.objects.get(email=address(role)) for role in Role}
    touchpoints = {one.name: one for one in Touchpoint.objects.all()}
    for journey in JOURNEYS:
        drawn = add_journey(name=journey.name, side=journey.side, outcome=journey.outcome)
        for plan in journey.stages:
            stage = add_stage(journey=drawn, name=plan.name, expectation=plan.expectation, is_lost=plan.is_lost)
            for name in plan.touchpoints:
                place_touchpoint(stage=stage, touchpoint=touchpoints[name])
    manager = owners[Role.PROGRAM_MANAGER]
    for one in STAKEHOLDERS:
        due = None if one.due_in_days is None else today + timedelta(days=one.due_in_days)
        add_stakeholder(
            stake=Stake(
                name=one.name,
                group=one.group,
                kind=one.kind,
                strength=one.strength,
                power=one.power,
                interest=one.interest,
                owner=manager if one.next_step else None,
                next_step=one.next_step,
                next_step_due=due,
            )
        )
    _needs(links, today, owners[Role.DEPARTMENT_HEAD])
    for name, rule in SEGMENTS:
        add_segment(name=name, rule=parse(rule), owner=owners[Role.ANALYST])


def _needs(links: Links, today: date, owner: User) -> None:
    by_ends = {(provider, receiver): link for (provider, receiver, _about), link in links.items()}
    for plan in NEEDS:
        link = by_ends.get(plan.relation) if plan.relation else None
        draft = NeedDraft(problem=plan.problem, side=plan.side, wished_for=plan.wished_for, audience=None, link=link)
        need = write_need(draft=draft, owner=owner if plan.owned else None)
        for days, (text, source, n) in enumerate(plan.evidence, start=3):
            add_evidence(need=need, text=text, at=today - timedelta(days=days), source=source, n=n)
        if plan.state != NeedState.OPEN:
            answer_need(need=need, state=plan.state, answer=plan.answer)
