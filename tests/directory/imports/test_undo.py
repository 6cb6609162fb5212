"""An import is taken back as a whole."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kithkin.directory.models import Account, Membership, Person, Purchase, Tie
from kithkin.platform.models import AuditEntry, Event, ImportRow, ImportState
from tests.cast import make_kith
from tests.directory.imports.files import bring, counts, undo, upload


def kept(one) -> list[tuple[int, str]]:
    rows = ImportRow.objects.filter(of=one, action="kept").order_by("number")
    return [(row.number, problem[2]) for row in rows for problem in row.problems]


@pytest.fixture
def kim(cast):
    return make_kith("Kim", external_id="K-1", phone="+49 30 123456", language="de", attributes={"size": 3})


def test_what_was_made_goes_and_what_was_changed_is_as_it_was(cast, kim):
    Account.objects.create(name="Acme", number="C-1")
    before = Person.objects.filter(pk=kim.pk).values().get()
    one = bring(cast.alice, "number,name,phone,language,account\nK-1,Kim B,,fr,Acme\nK-2,Lee,+49 30 1234567,en,Acme\n")
    assert (counts(one), Tie.objects.count()) == ({"created": 1, "changed": 1}, 2)
    one = undo(one)
    after = Person.objects.filter(pk=kim.pk).values().get()
    assert (one.state, one.counts["undo"]) == (ImportState.UNDONE, {"undone": 2, "kept": 0})
    untold = ("version", "changed_at")
    assert {key: after[key] for key in after if key not in untold} == {
        key: before[key] for key in before if key not in untold
    }
    assert (after["version"], Person.objects.filter(external_id="K-2").count(), Tie.objects.count()) == (3, 0, 0)
    assert ImportRow.objects.filter(of=one).count() == 0
    fact = Event.objects.get(kind="platform.ImportUndone").facts
    assert fact == {"import_id": one.pk, "import_kind": "people", "count": 2}


def test_undoing_leaves_a_trail_once_for_each_row(cast, kim):
    one = bring(cast.alice, "number,name\nK-1,Kim B\nK-2,Lee\n")
    lee = Person.objects.get(external_id="K-2").pk
    undo(one)
    trail = AuditEntry.objects.filter(content_type__model="person", object_id__in=[kim.pk, lee]).order_by("id")
    assert [(entry.object_id, entry.action, entry.path) for entry in trail][1:] == [
        (kim.pk, 1, "import"),
        (lee, 0, "import"),
        (lee, 2, "import"),
        (kim.pk, 1, "import"),
    ]


def test_what_changed_since_stays_and_is_listed(cast, kim):
    one = bring(cast.alice, "number,name\nK-1,Kim B\nK-2,Lee\nK-3,Max\n")
    for number, name in (("K-1", "Kim C"), ("K-2", "Lee C")):
        person = Person.objects.get(external_id=number)
        person.name = name
        person.save()
    one = undo(one)
    assert one.counts["undo"] == {"undone": 1, "kept": 2}
    assert kept(one) == [(2, "“Kim C” was changed since."), (3, "“Lee C” was changed since.")]
    assert set(Person.objects.filter(is_kith=True).values_list("name", flat=True)) == {"Kim C", "Lee C"}


def test_somebody_who_was_given_more_since_stays_with_all_of_it(cast):
    acme = Account.objects.create(name="Acme", number="C-1")
    one = bring(cast.alice, "number,name,account\nK-2,Lee,Acme\nK-3,Max,Acme\n")
    lee = Person.objects.get(external_id="K-2")
    Purchase.objects.create(person=lee, at=datetime(2024, 1, 1, tzinfo=UTC), what="Book")
    one = undo(one)
    assert kept(one) == [(2, "“Lee” has been given more since: purchase.")]
    assert list(Tie.objects.values_list("person", "account")) == [(lee.pk, acme.pk)]
    assert Purchase.objects.count() == 1


def test_what_was_deleted_since_is_said_or_is_done_already(cast, kim):
    one = bring(cast.alice, "number,name\nK-1,Kim B\nK-2,Lee\n")
    Person.objects.filter(external_id__in=["K-1", "K-2"]).delete()
    one = undo(one)
    assert (one.counts["undo"], kept(one)) == ({"undone": 1, "kept": 1}, [(2, "It was deleted since.")])


def test_the_same_file_after_its_undoing_makes_everybody_again(cast):
    content = "number,name\nK-1,Kim\nK-2,Lee\n"
    undo(bring(cast.alice, content))
    assert counts(bring(cast.alice, content)) == {"created": 2}


def test_a_purchase_counts_no_versions_and_is_known_by_what_it_holds(cast, kim):
    content = "order,buyer,date,what,amount\nP-1,K-1,2024-03-01 14:05,Book,12.5\nP-2,K-1,2024-03-02,Pen,3\n"
    one = bring(cast.alice, content, kind="purchases")
    assert counts(one) == {"created": 2}
    assert counts(bring(cast.alice, content, kind="purchases")) == {"unchanged": 2}
    Purchase.objects.filter(number="P-2").update(amount=Decimal(4))
    one = undo(one)
    assert (one.counts["undo"], kept(one)) == ({"undone": 1, "kept": 1}, [(3, "“Pen” was changed since.")])


def test_kin_leave_with_their_membership(cast):
    before = Membership.objects.count()
    one = bring(cast.alice, "number,name,unit\nK-1,Kim,IT\n", side="kin")
    assert Membership.objects.count() == before + 1
    undo(one)
    assert Membership.objects.count() == before


def test_undoing_twice_or_before_the_run_does_nothing(cast):
    one = upload(cast.alice, "number,name\nK-1,Kim\n")
    assert undo(one).state == ImportState.MATCHING
    one = undo(bring(cast.alice, "number,name\nK-1,Kim\n"))
    assert undo(one).counts["undo"] == {"undone": 1, "kept": 0}
    assert Person.objects.filter(external_id="K-1").count() == 0


def test_many_lines_go_in_chunks(cast, settings):
    settings.IMPORT_CHUNK_LINES = 100
    one = bring(cast.alice, "number,name\n" + "".join(f"K-{i},Kim {i}\n" for i in range(750)))
    assert counts(one) == {"created": 750}
    assert undo(one).counts["undo"] == {"undone": 750, "kept": 0}
    assert Person.objects.filter(is_kith=True).count() == 0
