"""On whom do you depend? Employees propose, heads decide."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Proposal, ServiceLink
from kithkin.directory.queries.proposals import waiting_for
from kithkin.directory.services.proposals import (
    AlreadyDecided,
    accept_proposal,
    decline_proposal,
    propose_relation,
)
from kithkin.directory.services.relations import AlreadyServed, RelationRefused
from kithkin.platform.models import ChangedMeanwhile, Event
from tests.directory.relations.making import serves


def said(cast, what: str = "transport") -> Proposal:
    return propose_relation(by=cast.bob, receiver=cast.it, provider=cast.logistics, what=what)


def answer(cast, what: str = "transport") -> dict[str, str]:
    return {"receiver": f"unit-{cast.it.pk}", "provider": f"unit-{cast.logistics.pk}", "what": what}


def test_an_employees_answer_waits_for_the_head_of_the_unit_that_is_served(cast, visit):
    visit("bob").post("/serve/mine/propose/", answer(cast))
    waiting = {name: waiting_for(user).count() for name, user in cast.users.items()}
    assert (ServiceLink.objects.count(), waiting) == (
        0,
        dict.fromkeys(cast.users, 0) | {"alice": 1, "percy": 1, "dora": 1},
    )


def test_the_answer_of_a_head_and_of_a_manager_is_a_relation_at_once(cast, visit):
    visit("dora").post("/serve/mine/propose/", answer(cast))
    visit("percy").post("/serve/mine/propose/", answer(cast, "storage"))
    assert sorted(map(str, ServiceLink.objects.all())) == ["Logistics → IT: storage", "Logistics → IT: transport"]
    assert Proposal.objects.count() == 0


def test_an_employee_speaks_for_their_own_unit_only(cast, visit):
    page = visit("charlie").post("/serve/mine/propose/", answer(cast))
    assert (page.status_code, Proposal.objects.count()) == (200, 0)
    assert "Select a valid choice" in page.content.decode()


def test_the_head_accepts_with_one_click_and_the_map_has_it(cast, visit):
    proposal = said(cast)
    visit("dora").post(f"/serve/proposals/{proposal.pk}/", {"decision": "accept"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, str(proposal.link)) == (
        "accepted",
        cast.dora,
        "Logistics → IT: transport",
    )


@pytest.mark.parametrize("name", ["bob", "donald"])
def test_nobody_else_decides(cast, visit, name):
    proposal = said(cast)
    answered = visit(name).post(f"/serve/proposals/{proposal.pk}/", {"decision": "accept"})
    assert (answered.status_code, ServiceLink.objects.count()) == ({"bob": 403, "donald": 404}[name], 0)


def test_it_waits_on_the_heads_home_page_until_it_is_decided(cast, visit):
    proposal = said(cast)
    before = visit("dora").get("/").content.decode()
    decline_proposal(proposal=proposal, by=cast.dora)
    after = visit("dora").get("/").content.decode()
    sentence = "IT depends on Logistics for transport"
    assert (before.count(sentence), after.count(sentence)) == (1, 0)


def test_a_double_click_proposes_once_and_decides_once(cast, visit):
    for _ in range(2):
        visit("bob").post("/serve/mine/propose/", answer(cast))
    proposal = Proposal.objects.get()
    for _ in range(2):
        visit("dora").post(f"/serve/proposals/{proposal.pk}/", {"decision": "accept"})
    assert (ServiceLink.objects.count(), Event.objects.filter(kind="directory.ProposalDecided").count()) == (1, 1)


def test_of_two_who_decide_the_second_is_told(cast):
    said(cast)
    first, second = Proposal.objects.get(), Proposal.objects.get()
    accept_proposal(proposal=first, by=cast.dora)
    with pytest.raises(AlreadyDecided):
        decline_proposal(proposal=first, by=cast.dora)
    with pytest.raises(ChangedMeanwhile):
        decline_proposal(proposal=second, by=cast.alice)


def test_what_is_on_the_map_is_not_proposed_again(cast):
    serves(cast.logistics, cast.it, "Transport")
    with pytest.raises(AlreadyServed):
        said(cast)
    with pytest.raises(RelationRefused):
        propose_relation(by=cast.bob, receiver=cast.it, provider=cast.it, what="all")


def test_what_came_onto_the_map_meanwhile_is_what_is_accepted(cast):
    proposal = said(cast)
    link = serves(cast.logistics, cast.it, "transport")
    assert accept_proposal(proposal=proposal, by=cast.dora) == link


@pytest.mark.parametrize("what", ["\x00", "x" * 121, " "])
def test_what_cannot_be_kept_is_said_at_the_form(cast, visit, what):
    page = visit("bob").post("/serve/mine/propose/", answer(cast, what))
    assert (page.status_code, Proposal.objects.count()) == (200, 0)
