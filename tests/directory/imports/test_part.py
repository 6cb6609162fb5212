"""Petra manages programs in IT only: she imports its people and those of its accounts, and learns of nobody else."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kithkin.directory.models import Account, AttributeDefinition, Membership, Person, Tie
from kithkin.platform.models import Import, ImportRow, Role, RoleGrant
from kithkin.platform.registries.imports import kinds_for
from kithkin.platform.services.imports import run_import
from tests.cast import LONG_AGO, make_kin, make_kith
from tests.directory.imports.files import bring, check, counts, refused, run, undo, upload, work

NO_NUMBER = "Nobody in your part of the organisation has this number."
NO_PLACE = "Your role is over a part of the organisation: name a unit, or an account, of it."


@pytest.fixture
def petra(cast):
    return make_kin("Petra", cast.it, grants=((Role.PROGRAM_MANAGER, cast.it),))


@pytest.fixture
def accounts(cast):
    """Ours is looked after by Support, below IT; Theirs by Logistics; Nobody's by no unit."""
    for name, unit in (("Ours", cast.support), ("Theirs", cast.logistics), ("Nobodys", None)):
        Account.objects.create(name=name, number=f"C-{name}", unit=unit)


@pytest.fixture
def outsiders(cast, accounts):
    """Lotte works in Logistics, Theo buys for an account that Logistics looks after."""
    lotte = Person.objects.create(name="Lotte", external_id="L-1", email="lotte@x.example", is_kin=True)
    Membership.objects.create(person=lotte, unit=cast.logistics, since=LONG_AGO)
    theo = make_kith("Theo", external_id="T-1", phone="+49 30 111111")
    Tie.objects.create(person=theo, kind="buyer", account=Account.objects.get(name="Theirs"))
    return Person.objects.filter(pk__in=[lotte.pk, theo.pk]).order_by("pk")


def insider(cast, name="Ina", **fields):
    person = Person.objects.create(name=name, is_kin=True, **fields)
    Membership.objects.create(person=person, unit=cast.support, since=LONG_AGO)
    return person


def told_whole(one) -> list[list[str]]:
    rows = ImportRow.objects.filter(of=one, action="refused").order_by("number")
    return [[column, reason, remedy] for row in rows for column, _value, reason, remedy in row.problems]


def told(one) -> list[tuple[str, str]]:
    return [(column, reason) for _line, column, reason in refused(one)]


def test_she_changes_kin_of_her_units_and_adds_to_them(cast, petra):
    ina = insider(cast, external_id="I-1")
    one = bring(petra, "number,name,unit,side\nI-1,Ina Berg,Support,kin\n,Ian,IT,kin\n")
    assert counts(one) == {"created": 1, "changed": 1}
    ina.refresh_from_db()
    assert (ina.name, Membership.objects.get(person__name="Ian").unit) == ("Ina Berg", cast.it)


def test_she_adds_and_changes_kith_of_accounts_that_her_units_look_after(cast, petra, accounts):
    content = "name,email,account\nKim,kim@x.example,C-Ours\n"
    assert counts(bring(petra, content)) == {"created": 1}
    assert counts(bring(petra, content.replace("Kim", "Kim Berg"))) == {"changed": 1}


def test_her_file_again_changes_nothing(cast, petra, accounts):
    content = "name,email,account,unit,side\nKim,kim@x.example,Ours,,kith\nIan,ian@x.example,,IT,kin\n"
    bring(petra, content)
    assert counts(bring(petra, content)) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("number,name,side", ("L-1,Lotte,kin", "L-9,Lotte,kin")),
        ("number,name,side", ("T-1,Theo,kith", "T-9,Theo,kith")),
        ("number,name,unit,side", ("L-1,Lotte,IT,kin", "L-9,Lotte,IT,kin")),
        ("number,name,account", ("T-1,Theo,Ours", "T-9,Theo,Ours")),
        ("email,name,side", ("lotte@x.example,Lotte,kin", "lotta@x.example,Lotte,kin")),
        ("name,phone,side", ("Theo,+49 30 111111,kith", "Theo,+49 30 222222,kith")),
        ("name,account", ("Kim,Theirs", "Kim,Nowhere")),
        ("name,account", ("Kim,C-Theirs", "Kim,C-Nowhere")),
        ("name,account", ("Kim,Nobodys", "Kim,Nowhere")),
        ("name,account,tied to,tied as", ("Kim,Ours,T-1,payer", "Kim,Ours,T-9,payer")),
        ("name,account,tied to,tied as", ("Kim,Ours,lotte@x.example,payer", "Kim,Ours,lotta@x.example,payer")),
    ],
)
def test_a_line_about_somebody_outside_reads_as_one_about_nobody(cast, petra, outsiders, header, lines):
    before = list(outsiders.values())
    found = []
    for line in lines:
        one = check(upload(petra, f"{header}\n{line}\n"))
        checked = told_whole(one)
        run_import(one=one)
        found.append((checked, told_whole(work(one))))
        Person.objects.filter(name="Kim").delete()
    assert found[0] == found[1] != ([], [])
    assert list(outsiders.values()) == before


@pytest.mark.parametrize("line", ["lotte@x.example,Lotte,IT,kin", "lotta@x.example,Lotte,IT,kin"])
def test_an_address_of_somebody_outside_means_nobody(cast, petra, outsiders, line):
    """Two people may have one address: Petra's is new, as it were if nobody had it."""
    before = list(outsiders.values())
    assert counts(bring(petra, f"email,name,unit,side\n{line}\n")) == {"created": 1}
    assert list(outsiders.values()) == before


def test_numbers_are_not_hers_to_give(cast, petra):
    """Else a number that somebody outside has could be told from a free one."""
    insider(cast, email="ina@x.example")
    one = check(
        upload(petra, "number,name,email,unit,side\nI-1,Ina,ina@x.example,,kin\n,Ian,,IT,kin\nI-2,Jo,,IT,kin\n")
    )
    assert refused(one) == [(2, "number", NO_NUMBER), (4, "number", NO_NUMBER)]


def test_she_moves_nobody_out_and_brings_nobody_nowhere(cast, petra):
    insider(cast, email="ina@x.example")
    one = check(upload(petra, "name,email,unit,side\nIna,ina@x.example,Logistics,kin\nJo,,,kin\nKim,,,kith\n"))
    assert refused(one) == [
        (2, "unit", "This unit is outside your part of the organisation."),
        (3, "", NO_PLACE),
        (4, "", NO_PLACE),
    ]


def test_a_number_of_somebody_merged_away_leads_to_nobody_outside(cast, petra, outsiders):
    gone = Person.objects.create(name="Gone", external_id="G-1", is_kin=True, merged_into=outsiders[0])
    assert gone.merged_into_id
    one = check(upload(petra, "number,name,side,unit\nG-1,Kim,kin,IT\n"))
    assert told(one) == [("number", NO_NUMBER)]


def test_what_she_may_not_see_she_cannot_fill(cast, petra):
    AttributeDefinition.objects.create(key="blood", label="Blood", sensitivity="sensitive")
    one = upload(petra, "name,blood,unit,side\nKim,A,IT,kin\n")
    page = check(one, {"name": "name", "blood": "attribute:blood", "unit": "unit", "side": "side"})
    assert "removed since" in page.failure


def test_only_people_and_answers_are_hers_to_import(cast, petra):
    assert [kind.key for kind in kinds_for(petra)] == ["people", "responses"]


@pytest.mark.parametrize("kind", ["accounts", "purchases", "organisation", "managers"])
def test_another_kind_is_refused_at_the_page(cast, petra, visit, client, kind):
    client.force_login(petra, backend="django.contrib.auth.backends.ModelBackend")
    data = {"kind": kind, "once": str(uuid.uuid4()), "file": SimpleUploadedFile("x.csv", b"name\nKim\n")}
    assert client.post("/settings/imports/new/", data).status_code == 422
    assert client.get(f"/settings/imports/sample/{kind}.csv").status_code == 404
    assert Import.objects.count() == 0


def test_her_file_goes_through_the_pages(cast, petra, client):
    client.force_login(petra, backend="django.contrib.auth.backends.ModelBackend")
    content = b"name,unit,side\nIan,IT,kin\nLot,Logistics,kin\n"
    data = {"kind": "people", "once": str(uuid.uuid4()), "file": SimpleUploadedFile("x.csv", content)}
    place = client.post("/settings/imports/new/", data).url
    client.post(f"{place}columns/", {"column-0": "name", "column-1": "unit", "column-2": "side", "empty": "keep"})
    one = work(Import.objects.get())
    assert "1 line can come in, 1 refused" in client.get(place).content.decode()
    client.post(f"{place}run/")
    assert counts(work(one)) == {"created": 1, "refused": 1}
    assert f">{'Ian'}</a>" in client.get(f"/people/?import={one.pk}-new").content.decode()


def test_imports_of_others_are_not_hers_to_see(cast, petra, client):
    one = check(upload(cast.percy, "name,side\nKim,kith\n"))
    client.force_login(petra, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/settings/imports/{one.pk}/").status_code == 404
    assert client.post(f"/settings/imports/{one.pk}/run/").status_code == 404


def test_that_the_same_file_came_in_by_somebody_else_is_not_told(cast, petra, client):
    """Else she could guess a file about somebody outside, and be told."""
    content = "name,side,unit\nKim,kin,IT\n"
    bring(cast.percy, content)
    one = upload(petra, content)
    client.force_login(petra, backend="django.contrib.auth.backends.ModelBackend")
    assert "came in before" not in client.get(f"/settings/imports/{one.pk}/columns/").content.decode()


def test_when_her_role_ends_the_run_stops(cast, petra):
    one = check(upload(petra, "name,unit,side\nIan,IT,kin\n"))
    RoleGrant.objects.filter(user=petra).delete()
    run_import(one=one)
    one = work(one)
    assert one.failure.startswith("Whoever began this import may no longer do so.")
    assert Person.objects.filter(name="Ian").count() == 0


def test_a_run_whose_user_is_gone_reaches_nobody(cast, petra):
    one = check(upload(petra, "name,unit,side\nIan,IT,kin\n"))
    run_import(one=one)
    Import.objects.filter(pk=one.pk).update(by=None)
    assert work(one).failure.startswith("Whoever began this import may no longer do so.")


def test_taking_back_names_nobody_who_has_left_her_part(cast, petra):
    one = bring(petra, "name,unit,side\nIan,IT,kin\n")
    ian = Person.objects.get(name="Ian")
    Membership.objects.filter(person=ian).update(unit=cast.logistics)
    ian.name = "Ian Secret"
    ian.save()
    one = undo(one)
    rows = ImportRow.objects.filter(of=one, action="kept").exclude(problems=[])
    assert [row.problems[0][2] for row in rows] == ["“–” was changed since."]


def press_undo(user, one) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/settings/imports/{one.pk}/undo/")
    one.refresh_from_db()
    return str(one.state)


def test_she_takes_her_import_back_while_all_of_it_is_within_her_part(cast, petra):
    one = bring(petra, "name,unit,side\nIan,IT,kin\n")
    assert press_undo(petra, one) == "undoing"


def test_who_has_left_her_part_since_is_not_hers_to_take_back(cast, petra, accounts):
    one = bring(petra, "name,email,account\nKim,kim@x.example,Ours\n")
    Account.objects.filter(name="Ours").update(unit=cast.logistics)
    assert [press_undo(user, one) for user in (petra, cast.alice)] == ["done", "undoing"]


def test_what_was_imported_with_a_wider_role_is_not_taken_back_with_a_narrower_one(cast):
    people = bring(cast.percy, "name,unit,side\nZed,Logistics,kin\n")
    accounts = run(check(upload(cast.percy, "name\nMill\n", kind="accounts")))
    RoleGrant.objects.filter(user=cast.percy).update(scope_id=cast.it.pk)
    assert [press_undo(cast.percy, one) for one in (people, accounts)] == ["done", "done"]
