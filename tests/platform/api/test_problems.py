"""Whatever is sent, the answer is a problem document that names the cause: no fault of ours, and nothing written."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

import kithkin.directory.organisation.refusals as organisation
from kithkin.directory import services
from kithkin.directory.api.refusals import REFUSALS
from kithkin.directory.models import Person
from tests.cast import make_kith
from tests.platform.api.asking import Asker, kind_of
from tests.platform.api.world import make_world

DEEP = b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.fixture
def alice(cast) -> Asker:
    return Asker.of(cast.alice)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"name": "a\x00b"}, 422, "not-valid"),
        ({"name": "Kim", "email": "a\x00@b.example"}, 422, "not-valid"),
        (b'{"name": "\\ud800"}', 422, "not-valid"),
        (b'{"\\ud800": 1, "name": "Kim"}', 422, "not-valid"),
        ({"name": "x" * 201}, 422, "not-valid"),
        ({"name": "ﷺ" * 200}, 422, "not-valid"),
        ({"name": "   "}, 422, "not-valid"),
        ({"name": 5}, 422, "not-valid"),
        ({"name": None}, 422, "not-valid"),
        ({"name": "Kim", "is_kith": "yes"}, 422, "not-valid"),
        ({"name": "Kim", "nmae": "Kim"}, 422, "not-valid"),
        ({"name": "Kim", "country": "QQ"}, 422, "not-valid"),
        ({"name": "Kim", "email": "nowhere"}, 422, "not-valid"),
        ({"name": "Kim", "buys_for": 2**63}, 422, "not-valid"),
        ({"name": "Kim", "buys_for": 10**400}, 422, "not-valid"),
        ({"name": "Kim", "buys_for": 2**63 - 1}, 422, "not-valid"),
        ({"name": "Kim", "works_in": {"unit": 1, "since": 5}}, 422, "not-valid"),
        ({"name": "Kim", "works_in": {"unit": 1, "since": "0001-01-01"}}, 422, "not-valid"),
        ([], 422, "not-valid"),
        (b"", 422, "not-valid"),
        (b"null", 422, "not-valid"),
        (b'{"name": "Kim", "name": "Kim"}', 400, "name-twice"),
        (b'{"name": "\xff\xfe"}', 400, "bad-json"),
        (b'{"name": NaN}', 400, "bad-json"),
        (b"\xff\xfe{\x00}\x00", 400, "bad-json"),
        (b"1" * 5000, 400, "bad-json"),
        (b"{", 400, "bad-json"),
        (DEEP, 400, "bad-json"),
        ({"name": "x" * 2**20}, 413, "too-large"),
    ],
)
def test_a_body_that_cannot_be_is_refused_with_its_cause(alice, body, status, kind):
    before = Person.objects.count()
    response = alice.post("/people", body)
    assert (response.status_code, kind_of(response), Person.objects.count()) == (status, kind, before)


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
)
def test_only_json_is_read(alice, kind):
    response = alice.post("/people", b'{"name": "Kim"}', **{"Content-Type": kind})
    assert (response.status_code, kind_of(response)) == (415, "not-json")


def test_json_may_name_its_encoding(alice):
    sent = alice.post("/people", b'{"name": "Kim"}', **{"Content-Type": "application/json; charset=utf-8"})
    assert sent.status_code == 201


@pytest.mark.parametrize(
    "path",
    ["/people/0", "/people/-1", f"/people/{2**63}", f"/people/{'9' * 500}", "/people/abc", "/people/%00", "/people/١"],
)
def test_an_id_that_cannot_be_is_not_valid(alice, path):
    response = alice.get(path)
    assert (response.status_code, kind_of(response)) == (422, "not-valid")


@pytest.mark.parametrize(
    "path", ["/people/9223372036854775807", "/nothing", "/people/", "/people/1/2/3", "/%ff", "/people/a/b"]
)
def test_what_is_not_there_is_a_problem_too(alice, path):
    response = alice.get(path)
    assert (response.status_code, kind_of(response)) == (404, "not-found")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"])
def test_a_method_that_is_not_there_names_those_that_are(alice, method):
    response = alice.send(method, "/people")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, POST")
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "after=!!",
        "after=" + "OTk5" * 50,
        "after=%00",
        "number=%00",
        "email=%ff%00",
        "side=both",
        "changed_since=5",
        "changed_since=2026-02-30T00:00:00Z",
        "changed_since=2026-02-03T00:00:00",
        "changed_since=9999-12-31T23:59:59-12:00",
    ],
)
def test_a_question_that_makes_no_sense_is_not_valid(alice, query):
    response = alice.get(f"/people?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (422, "application/problem+json")


def test_the_next_page_of_another_list_is_refused(alice):
    for number in range(2):
        alice.post("/services", {"name": f"S{number}"})
    after = alice.get("/services?limit=1").json()["next"]
    refused = alice.get(f"/people?after={after}")
    assert (refused.status_code, kind_of(refused)) == (422, "bad-cursor")
    assert [one["name"] for one in alice.get(f"/services?after={after}").json()["items"]] == ["S1"]


def test_faults_are_where_the_caller_wrote_them(alice):
    sent = {"name": "", "works_in": {"unit": "1", "since": "soon"}, "colour": "red"}
    errors = alice.post("/people", sent).json()["errors"]
    assert {one["where"] for one in errors} == {"name", "works_in.unit", "works_in.since", "colour"}


def test_the_number_of_the_request_is_in_the_answer_and_in_the_document(alice):
    response = alice.get("/people/abc")
    assert response.json()["instance"] == f"urn:kithkin:request:{response.headers['X-Request-Id']}"


def test_who_was_slower_is_told_and_nothing_is_overwritten(cast, alice):
    kim = make_kith("Kim")
    path = f"/people/{kim.pk}"
    assert alice.patch(path, {"version": 1, "name": "Kim A."}).json()["version"] == 2
    slower = alice.patch(path, {"version": 1, "name": "Kim B."})
    assert (slower.status_code, kind_of(slower), Person.objects.get(pk=kim.pk).name) == (
        409,
        "changed-meanwhile",
        "Kim A.",
    )


def test_what_is_left_out_stays_and_null_is_no_text(cast, alice):
    kim = make_kith("Kim", phone="+49301234567")
    path = f"/people/{kim.pk}"
    assert alice.patch(path, {"version": 1, "language": "de"}).json()["phone"] == "+49301234567"
    assert alice.patch(path, {"version": 2, "phone": None}).status_code == 422


def test_every_refusal_of_a_service_has_its_row():
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}.")
        if not found.name.startswith(PAGES_ONLY)
    ]
    raised = {
        cause
        for module in [*modules, organisation]
        for _name, cause in inspect.getmembers(module, inspect.isclass)
        if issubclass(cause, Exception) and cause.__module__.startswith("kithkin.directory")
    }
    assert {cause for cause in raised if not any(one in REFUSALS for one in cause.__mro__)} == set()


PAGES_ONLY = ("kithkin.directory.services.duplicates", "kithkin.directory.services.erasure")


@pytest.mark.parametrize(
    ("path", "body", "status", "kind"),
    [
        ("/people", {"name": "Kim", "number": "C-1"}, 409, "number-taken"),
        ("/accounts", {"name": "Mills", "number": "A-1"}, 409, "account-number-taken"),
        ("/accounts", {"name": "ﷺ" * 200}, 422, "not-valid"),
        ("/services", {"name": "Support"}, 409, "name-taken"),
        ("/units", {"name": "IT again", "code": "IT", "on": "2024-01-01"}, 409, "code-taken"),
        ("/units/{it}/close", {"version": 1, "on": "2024-01-01"}, 409, "unit-has-children"),
        ("/units/{it}/move", {"version": 1, "to": "{unit_id}", "on": "2024-01-01"}, 409, "unit-below-itself"),
        ("/units/{it}/rename", {"version": 1, "name": "IT", "on": "2024-01-01"}, 409, "nothing-changes"),
        ("/units/{it}/rename", {"version": 1, "name": "New", "on": "1900-01-01"}, 409, "unit-not-open"),
        ("/units/{it}/rename", {"version": 9, "name": "New", "on": "2024-01-01"}, 409, "changed-meanwhile"),
        ("/people/{person_id}/ties", {"kind": "buyer", "account": "{account_id}"}, 409, "already-tied"),
        ("/people/{person_id}/ties", {"kind": "family"}, 422, "tied-to-nobody"),
        ("/people/{person_id}/ties", {"kind": "family", "other": "{person_id}"}, 422, "tied-to-nobody"),
        ("/people/{bob}/memberships", {"unit": "{it}", "since": "2024-01-01"}, 409, "already-there"),
        (
            "/people/{bob}/memberships",
            {"unit": "{unit_id}", "since": "2024-01-01", "until": "2023-01-01"},
            422,
            "ends-before-it-begins",
        ),
        (
            "/people/{bob}/memberships",
            {"unit": "{unit_id}", "since": "2024-01-01", "manager": "{bob}"},
            422,
            "reports-to-themselves",
        ),
        (
            "/people/{person_id}/purchases",
            {"what": "Hat", "at": "2026-01-01T00:00:00Z", "amount": "5"},
            422,
            "not-valid",
        ),
        (
            "/relations",
            {
                "provider": {"kind": "unit", "id": "{it}"},
                "receiver": {"kind": "unit", "id": "{logistics}"},
                "service": "{service_id}",
                "since": "2024-01-01",
            },
            409,
            "already-served",
        ),
        (
            "/relations",
            {
                "provider": {"kind": "unit", "id": "{it}"},
                "receiver": {"kind": "unit", "id": "{it}"},
                "service": "{service_id}",
                "since": "2024-01-01",
            },
            422,
            "relation-refused",
        ),
        (
            "/relations",
            {
                "provider": {"kind": "person", "id": "{bob}"},
                "receiver": {"kind": "unit", "id": "{it}"},
                "service": "{service_id}",
                "since": "2024-01-01",
            },
            422,
            "relation-refused",
        ),
        ("/relations/{relation_id}/end", {"version": 1, "last_day": "2000-01-01"}, 422, "relation-refused"),
    ],
)
def test_what_a_service_refuses_is_told_by_its_cause(cast, path, body, status, kind):
    world = make_world(cast) | {"it": cast.it.pk, "logistics": cast.logistics.pk}
    response = Asker.of(cast.alice).post(path.format(**world), _filled(body, world))
    assert (response.status_code, kind_of(response)) == (status, kind)
    assert response.json()["detail"]


def _filled(body, world):
    """With ids for "{it}" and its like."""
    if isinstance(body, dict):
        return {name: _filled(value, world) for name, value in body.items()}
    if isinstance(body, str) and body.startswith("{"):
        return world[body.strip("{}")]
    return body


def test_a_service_in_use_is_not_retired(cast, alice):
    world = make_world(cast)
    refused = alice.patch(f"/services/{world['service_id']}", {"version": 1, "retired": True, "name": "Aid"})
    assert (refused.status_code, kind_of(refused)) == (409, "still-in-use")
    assert alice.get(f"/services/{world['service_id']}").json()["name"] == "Support"


def test_a_value_that_an_attribute_cannot_have_is_refused(cast, alice):
    world = make_world(cast)
    path = f"/people/{world['person_id']}/attributes"
    for value in ("x" * 501, "a\x00b", 10**400, [1], {"a": 1}):
        assert alice.patch(path, {"version": 2, "values": {"size": value}}).status_code == 422
    assert alice.patch(path, b'{"version": 2, "values": {"size": "\\udfff"}}').status_code == 422


def test_a_fault_of_ours_is_a_problem_and_in_the_log(cast, alice, monkeypatch, caplog):
    monkeypatch.setattr("kithkin.directory.api.purposes.Purpose", None)
    response = alice.get("/purposes")
    assert (response.status_code, kind_of(response)) == (500, "broken")
    assert "request failed" in caplog.text


@pytest.fixture
def unasked() -> None:
    """Nobody has asked yet: the cache outlives a test."""
    cache.clear()


@override_settings(API_RATE="3/d")
def test_who_asks_too_often_is_told_when_to_come_again(cast, alice, unasked):
    answers = [alice.get("/me") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert kind_of(answers[3]) == "too-many-requests"
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 86_400
    assert Asker.of(cast.alice).get("/me").status_code == 429, "another token of the same user"
    assert Asker.of(cast.bob).get("/me").status_code == 200


def test_no_session_is_counted_twice_and_nobody_is_counted_unknown(cast):
    with override_settings(API_RATE="1/m"):
        answers = [Client().get("/api/v1/me").status_code for _ in range(3)]
    assert answers == [401, 401, 401]
