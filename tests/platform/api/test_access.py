"""Every operation by everybody and by nobody, with other people's ids: status and rows. One without a row fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from jsonschema import Draft202012Validator

from kithkin.config.api import api
from kithkin.directory.models import AttributeDefinition, Membership, Need, Person, Segment, SegmentUse
from kithkin.platform.models import Role, RoleGrant
from tests.access.table import ANALYSTS, EVERYBODY, MANAGERS
from tests.cast import Cast
from tests.platform.api.asking import Asker, kind_of
from tests.platform.api.world import make_world

DOCUMENT = api.get_openapi_schema()
World = dict[str, Any]
Body = Callable[[World], Mapping[str, Any]]
HEADS = MANAGERS | {"dora", "donald"}
IT_READERS = ANALYSTS | {"dora", "gus"}
"""Who sees Kim and the account that IT looks after."""
BOBS = IT_READERS | {"bob"}
"""Who sees Bob."""


@dataclass(frozen=True)
class Row:
    """One operation: who may, what the others are answered (`forbidden`: 403, the rest 404), with which body."""

    allowed: frozenset[str] = EVERYBODY
    forbidden: frozenset[str] = frozenset()
    body: Body | None = None
    also: Mapping[str, int] = field(default_factory=dict)
    person: str = "person_id"


def read(allowed: frozenset[str] = EVERYBODY, forbidden: frozenset[str] = frozenset(), **more: Any) -> Row:
    return Row(allowed, forbidden, **more)


def of_kim(body: Body) -> Row:
    return Row(MANAGERS, IT_READERS - MANAGERS, body)


def of_bob(body: Body) -> Row:
    return Row(MANAGERS, BOBS - MANAGERS, body, person="bob")


def managers(body: Body) -> Row:
    return Row(MANAGERS, EVERYBODY - MANAGERS, body)


def heads(body: Body | None, **more: Any) -> Row:
    return Row(HEADS, EVERYBODY - HEADS, body, **more)


def said(**fields: Any) -> Body:
    return lambda _world: fields


def named(new: str) -> Row:
    return managers(said(name=new))


def renamed() -> Row:
    return managers(said(version=1, name="Another"))


PROGRAM_READERS = ANALYSTS | {"dora", "donald"}
"""Who sees programs: IT's own, Donald of Logistics does not."""


def of_program() -> Row:
    return read(PROGRAM_READERS - {"donald"}, EVERYBODY - PROGRAM_READERS)


UNTIL = said(until="2031-01-01")
BOUGHT = said(what="Hat", at="2026-01-01T10:00:00Z", amount="9.50", currency="EUR")
ROWS: dict[str, Row] = {
    "get_me": read(),
    "list_people": read(),
    "add_person": named("Nina"),
    "get_person": read(IT_READERS),
    "change_person": of_kim(said(version=2, name="Kim B.")),
    "get_attributes": read(IT_READERS),
    "change_attributes": of_kim(said(version=2, values={"size": "45"})),
    "list_ties": read(IT_READERS),
    "add_tie": of_kim(said(kind="visitor")),
    "end_tie": of_kim(UNTIL),
    "list_memberships": read(IT_READERS),
    "add_membership": of_kim(lambda world: {"unit": world["unit_id"], "since": "2024-01-01"}),
    "end_membership": of_bob(UNTIL),
    "change_membership_title": of_bob(said(title="Engineer", on="2024-01-01")),
    "list_purchases": read(IT_READERS),
    "record_purchase_of_person": of_kim(BOUGHT),
    "list_purchases_of_account": read(IT_READERS),
    "record_purchase_of_account": of_kim(BOUGHT),
    "list_consents": read(IT_READERS),
    "record_consent": of_kim(lambda world: {"purpose": world["purpose_id"], "given": False}),
    "list_accounts": read(),
    "add_account": named("Mills"),
    "get_account": read(IT_READERS),
    "change_account": of_kim(said(version=1, name="Mills")),
    "list_units": read(),
    "get_unit": read(),
    "open_unit": managers(said(name="New", on="2030-01-01")),
    "rename_unit": managers(said(version=1, name="New", on="2030-01-01")),
    "change_unit_kind": managers(said(version=1, kind="team", on="2030-01-01")),
    "move_unit": managers(lambda world: {"version": 1, "to": world["logistics"], "on": "2030-01-01"}),
    "close_unit": managers(said(version=1, on="2030-01-01")),
    "list_services": read(),
    "get_service": read(),
    "add_service": named("Refunds"),
    "change_service": renamed(),
    "list_touchpoints": read(),
    "get_touchpoint": read(),
    "add_touchpoint": named("Web"),
    "change_touchpoint": renamed(),
    "list_audiences": read(),
    "get_audience": read(),
    "add_audience": named("Shoppers"),
    "change_audience": renamed(),
    "list_partners": read(),
    "get_partner": read(),
    "add_partner": named("Ferries"),
    "change_partner": renamed(),
    "list_relations": read(),
    "get_relation": read(),
    "add_relation": heads(
        lambda world: {
            "provider": {"kind": "unit", "id": world["logistics"]},
            "receiver": {"kind": "unit", "id": world["it"]},
            "service": world["service_id"],
            "since": "2026-01-01",
        }
    ),
    "change_relation": heads(said(version=1, need="Speed")),
    "end_relation": heads(said(version=1, last_day="2031-01-01")),
    "list_roles": read(),
    "add_role": heads(
        lambda world: {"person": world["bob"], "side": "provider", "role": "helper"},
        also={"donald": 422},  # he may, but sees no Bob
    ),
    "remove_role": heads(None),
    "list_needs": read(),
    "get_need": read(),
    "add_need": heads(lambda world: {"problem": "Late", "relation": world["relation_id"]}),
    "change_need": heads(said(version=1, problem="Very late")),
    "answer_need": heads(said(version=1, state="met", answer="Done")),
    "list_evidence": read(),
    "add_evidence": heads(said(text="Ten said so", at="2026-01-01")),
    "list_journeys": read(),
    "get_journey": read(),
    "list_stakeholders": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "get_stakeholder": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "list_segments": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "get_segment": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "get_segment_size": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "list_segment_members": read(ANALYSTS, EVERYBODY - ANALYSTS),
    "list_attribute_definitions": read(),
    "list_purposes": read(),
    "list_programs": read(PROGRAM_READERS, EVERYBODY - PROGRAM_READERS),
    "get_program": of_program(),
    "list_waves": of_program(),
    "list_fields": of_program(),
    "list_queues": read(),
    "get_queue": read(IT_READERS),
    "list_requests": read(),
    "get_request": read(IT_READERS | {"donald"}),
    "record_events": managers(said(events=[{"request": "R-1", "at": "2026-03-14T09:00:00Z", "queue": "Desk"}])),
    "record_responses_of_program": Row(
        MANAGERS,
        EVERYBODY - MANAGERS - {"donald"},
        said(responses=[{"at": "2026-03-14T09:00:00Z", "number": "1", "answers": {"recommend": 9, "words": "Kind"}}]),
    ),
}


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """By id: method, path below /api/v1, and what is said of it."""
    return {
        said["operationId"]: (method.upper(), path.removeprefix("/api/v1"), said)
        for path, methods in DOCUMENT["paths"].items()
        for method, said in methods.items()
    }


OPERATIONS = operations()


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast) | {"it": cast.it.pk, "logistics": cast.logistics.pk}


def call(asker: Asker, name: str, world: World) -> Any:
    """The operation on the world's ids, and nothing of it kept."""
    row, (method, path, _said) = ROWS[name], OPERATIONS[name]
    address = path.format(**{**world, "person_id": world[row.person]})
    with transaction.atomic():
        response = asker.send(method, address, None if row.body is None else row.body(world))
        transaction.set_rollback(True)
    check_described(name, response)
    return response


def check_described(name: str, response: Any) -> None:
    """The answer has a status, a media type and a shape that the description names."""
    described = OPERATIONS[name][2]["responses"][str(response.status_code)]
    if not response.content:
        assert "content" not in described
        return
    ((kind, content),) = described["content"].items()
    assert response.headers["Content-Type"].partition(";")[0] == kind
    Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).validate(response.json())


def test_every_operation_has_a_row():
    assert OPERATIONS.keys() == ROWS.keys()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_operation_is_open_to_the_right_people(name: str, cast: Cast, world: World):
    row = ROWS[name]
    done = next(status for status in ("200", "201", "204") if status in OPERATIONS[name][2]["responses"])
    expected = {
        who: int(done) if who in row.allowed else 403 if who in row.forbidden else 404 for who in cast.users
    } | dict(row.also)
    assert {who: call(Asker.of(user), name, world).status_code for who, user in cast.users.items()} == expected


@pytest.mark.parametrize("name", sorted(ROWS))
def test_operation_is_closed_to_nobody_and_to_the_wrong_scope(name: str, cast: Cast, world: World):
    wrong = "directory:write" if OPERATIONS[name][0] == "GET" else "directory:read"
    nobody, scoped = Asker("kk_nobody", Client()), Asker.of(cast.alice, (wrong,))
    expected = 200 if name == "get_me" else 403
    assert (call(nobody, name, world).status_code, call(scoped, name, world).status_code) == (401, expected)


IT = frozenset({"Dora", "Gus", "Bob"})
ALL = frozenset({"Alice", "Percy", "Anna", "Dora", "Donald", "Gus", "Bob", "Charlie", "Kim"})
COMPANY = {"alice": ALL, "percy": ALL, "anna": ALL}
LISTS: dict[str, dict[str, frozenset[str]]] = {
    "/people": COMPANY
    | {
        "dora": IT | {"Kim"},
        "gus": IT | {"Kim"},
        "bob": IT,
        "donald": frozenset({"Donald", "Charlie"}),
        "charlie": frozenset({"Donald", "Charlie"}),
    },
    "/people?number=C-1": dict.fromkeys(IT_READERS, frozenset({"Kim"})),
    "/people?side=kith": dict.fromkeys(IT_READERS, frozenset({"Kim"})),
    "/people?email=BOB@company.example": dict.fromkeys(BOBS, frozenset({"Bob"})),
    "/people?changed_since=2000-01-01T00:00:00Z": COMPANY
    | {
        "dora": IT | {"Kim"},
        "gus": IT | {"Kim"},
        "bob": frozenset({"Bob"}),
        "donald": frozenset({"Donald", "Charlie"}),
        "charlie": frozenset({"Charlie"}),
    },
    "/accounts": dict.fromkeys(IT_READERS, frozenset({"Engines"})),
}


@pytest.mark.parametrize("path", sorted(LISTS))
def test_lists_hold_what_each_sees(path: str, cast: Cast, world: World):
    seen = {who: Asker.of(user).get(path).json()["items"] for who, user in cast.users.items()}
    names = {who: frozenset(row["name"] for row in rows) for who, rows in seen.items() if rows}
    assert names == LISTS[path]


def test_of_a_colleague_one_sees_name_title_unit_and_email(cast: Cast, world: World):
    Membership.objects.filter(person__name="Gus").update(title="Agent")
    shown = Asker.of(cast.bob).get(f"/people/{cast.gus.person.pk}").json()
    assert {name: value for name, value in shown.items() if value is not None} == {
        "id": cast.gus.person.pk,
        "name": "Gus",
        "email": "gus@company.example",
        "works_in": [{"unit": cast.it.pk, "name": "IT", "title": "Agent"}],
        "profile": False,
    }


def test_a_colleagues_profile_is_forbidden_and_a_strangers_is_not_there(cast: Cast, world: World):
    bob, gus, donald = Asker.of(cast.bob), cast.gus.person.pk, cast.donald.person.pk
    parts = ("attributes", "ties", "purchases", "consents")
    assert [bob.get(f"/people/{gus}/{part}").status_code for part in parts] == [403] * 4
    assert [bob.get(f"/people/{donald}/{part}").status_code for part in parts] == [404] * 4


def test_sensitive_attributes_are_read_and_set_by_those_who_may(cast: Cast, world: World):
    path, keys = f"/people/{world['person_id']}/attributes", {}
    for who in sorted(IT_READERS):
        keys[who] = {row["key"] for row in Asker.of(cast.users[who]).get(path).json()["items"]}
    restricted = {"size", "score"}
    assert keys == {
        "alice": {*restricted, "creed"},
        "percy": restricted,
        "anna": restricted,
        "dora": {"size"},
        "gus": {"size"},
    }
    refused = Asker.of(cast.percy).patch(path, {"version": 2, "values": {"creed": "x", "shoe": 1}})
    assert (refused.status_code, [one["where"] for one in refused.json()["errors"]]) == (
        422,
        ["values.creed", "values.shoe"],
    )
    assert Person.objects.get(pk=world["person_id"]).attributes["creed"] == "none"


def test_attributes_are_described_to_those_who_read_them(cast: Cast, world: World):
    keys = {
        who: {row["key"] for row in Asker.of(user).get("/attributes").json()["items"]}
        for who, user in cast.users.items()
    }
    open_one = {"size"}
    assert keys == {
        "alice": {"size", "score", "creed"},
        "percy": {"size", "score"},
        "anna": {"size", "score"},
        "dora": open_one,
        "donald": open_one,
        "gus": open_one,
        "bob": set(),
        "charlie": set(),
    }


def test_a_customer_in_a_relation_is_named_to_those_who_see_them(cast: Cast, world: World):
    ends = {
        who: {row["receiver"]["name"] for row in Asker.of(user).get("/relations").json()["items"]}
        for who, user in cast.users.items()
    }
    assert ends == {who: {"Logistics", "Kim" if who in IT_READERS else "a customer"} for who in cast.users}
    hidden = Asker.of(cast.bob).get("/relations").json()["items"][1]["receiver"]
    assert (hidden["id"], hidden["kind"]) == (None, "person")


def test_a_need_of_nobodys_relation_is_seen_by_those_who_work_with_scores(cast: Cast, world: World):
    loose = Need.objects.create(problem="Loose")
    assert {who for who, user in cast.users.items() if Asker.of(user).get(f"/needs/{loose.pk}").status_code == 200} == (
        ANALYSTS
    )


def test_a_segment_made_of_what_one_may_not_read_is_not_there(cast: Cast, world: World):

    segment = Segment.objects.create(name="Believers", rule={"all": []}, owner=cast.alice)
    SegmentUse.objects.create(segment=segment, attribute=AttributeDefinition.objects.get(key="creed"))
    statuses = {who: Asker.of(cast.users[who]).get(f"/segments/{segment.pk}").status_code for who in ANALYSTS}
    assert statuses == {"alice": 200, "percy": 404, "anna": 404}


def test_who_manages_a_part_adds_into_that_part_only(cast: Cast, world: World):

    RoleGrant.objects.create(user=cast.bob, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    bob, since = Asker.of(cast.bob), "2024-01-01"
    answers = [
        bob.post("/people", {"name": "A"}),
        bob.post("/people", {"name": "B", "works_in": {"unit": cast.logistics.pk, "since": since}}),
        bob.post("/people", {"name": "C", "works_in": {"unit": cast.support.pk, "since": since}}),
        bob.post("/people", {"name": "D", "buys_for": world["account_id"]}),
        bob.post("/accounts", {"name": "E"}),
        bob.post("/accounts", {"name": "F", "unit": cast.support.pk}),
        bob.post("/units", {"name": "G", "on": since}),
        bob.post("/units", {"name": "H", "on": since, "parent": cast.it.pk}),
        bob.post(f"/units/{cast.logistics.pk}/rename", {"version": 1, "name": "I", "on": since}),
    ]
    assert [one.status_code for one in answers] == [403, 422, 201, 201, 403, 201, 403, 201, 403]


def test_a_session_reads_without_and_writes_with_the_csrf_token(cast: Cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/api/v1/people").status_code == 200
    refused = browser.post("/api/v1/people", {"name": "Kim"}, "application/json")
    assert (refused.status_code, kind_of(refused)) == (403, "csrf-missing")
    browser.get("/settings/tokens/new/")
    token = browser.cookies["kithkin_csrf"].value
    sent = browser.post("/api/v1/people", {"name": "Kim"}, "application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 201


def test_a_stranger_is_asked_for_a_token_even_when_they_write(cast: Cast):
    response = Client(enforce_csrf_checks=True).post("/api/v1/people", {"name": "Kim"}, "application/json")
    assert (response.status_code, kind_of(response)) == (401, "not-authenticated")


def test_no_other_origin_is_let_in(cast: Cast):
    response = Asker.of(cast.alice).get("/people", Origin="https://elsewhere.example")
    assert [name for name in response.headers if name.lower().startswith("access-control")] == []
