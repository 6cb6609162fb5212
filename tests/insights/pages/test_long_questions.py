"""A question that takes long is stopped by whoever asked it; one that cannot be answered says so on its page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.urls import reverse
from ibis import _

from kithkin.insights.asking.waiting import new_ticket, stop, stoppable, ticket_now
from kithkin.insights.engines import Cancelled, engine, table_of
from kithkin.insights.services.views import add_tile, keep_view
from kithkin.insights.views.unanswered import said_of, status_of
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.registries.facts import fact_tables

STOP = reverse("stop_question")
PAGES = ["scores", "drivers"]


@pytest.fixture
def damaged(branches):
    """Its file is not as it was written."""
    for file in open_table(branches.program.table, place()).files:
        Path(file).write_bytes(b"PAR1 not")
    return branches


def asking(program, user, ticket, met):
    """A question that takes for ever, in a thread of its own."""
    one = table_of(fact_tables()[program.table])
    wide = one.cross_join(one.view()).cross_join(one.view()).cross_join(one.view()).cross_join(one.view())

    def ask():
        with stoppable(user, ticket):
            try:
                engine().cells(wide.agg(n=_.f1.sum() + _.key.nunique()), ticket=ticket_now())
            except Cancelled:
                met.append("stopped")

    thread = threading.Thread(target=ask)
    thread.start()
    while not engine()._asked_for and thread.is_alive():
        threading.Event().wait(0.01)
    return thread


def test_whoever_asked_stops_it_and_nobody_else(visit, cast, branches):
    met, ticket = [], new_ticket()
    thread = asking(branches.program, cast.anna, ticket, met)
    assert visit("percy").post(STOP, {"ticket": ticket}).status_code == 204
    thread.join(1.5)
    assert (met, thread.is_alive()) == ([], True)
    assert visit("anna").post(STOP, {"ticket": ticket}).status_code == 204
    thread.join(30)
    assert met == ["stopped"]


def test_each_page_bears_a_ticket_of_its_own(visit, branches):
    browser = visit("anna")
    tickets = {browser.get(reverse(page)).context["ticket"] for page in PAGES}
    assert len(tickets) == 2
    assert 'hx-post="/understand/stop/"' in browser.get(reverse("scores")).content.decode()


@pytest.mark.parametrize("ticket", ["", "x", "a\x00b" * 9, "x" * 100])
def test_what_is_no_ticket_stops_nothing(visit, cast, ticket):
    assert visit("anna").post(STOP, {"ticket": ticket}).status_code == 204
    with stoppable(cast.anna, ticket):
        assert ticket_now() == ""
    stop(cast.anna, ticket)


def test_a_stopped_question_says_so(cast):
    assert said_of(Cancelled("1-x"), cast.anna) == "This question was stopped. Ask for less, or ask it again."
    assert status_of(Cancelled("1-x")) == 422


@pytest.mark.parametrize("page", PAGES)
def test_a_question_that_is_too_large_says_what_to_do(visit, branches, settings, page):
    settings.QUERY_MEMORY_MB = 0
    response = visit("anna").get(reverse(page))
    assert response.status_code == 422
    assert response.context["refused"].startswith("This question is too large to be answered.")


@pytest.mark.parametrize("page", PAGES)
def test_a_warehouse_that_cannot_be_read_is_a_notice(visit, damaged, page):
    answers = {name: visit(name).get(reverse(page)) for name in ("alice", "anna")}
    assert {response.status_code for response in answers.values()} == {503}
    assert "kithkin warehouse rebuild" in answers["alice"].context["refused"]
    assert answers["anna"].context["refused"].startswith("The figures cannot be read at the moment.")


def test_files_tiles_and_the_home_page_say_it_too(visit, cast, damaged):
    file = visit("anna").get(reverse("understand_file", args=["scores", "trend", "csv"]))
    assert (file.status_code, file.content.decode()[:26]) == (503, "The figures cannot be read")
    tile = add_tile(user=cast.anna, view=keep_view(owner=cast.anna, name="A", page="scores", asked=""))
    assert (
        visit("anna").get(reverse("tile", args=[tile.pk])).context["refused"].startswith("The figures cannot be read")
    )
    assert visit("anna").get("/").status_code == 200
