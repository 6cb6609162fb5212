"""Two records become one and can be two again, with nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from kithkin.directory.models import Account, Consent, Membership, Merge, Person, Purchase, Purpose, Tie
from kithkin.directory.queries.duplicates import Likeness, alike, duplicates_visible_to
from kithkin.directory.services.consent import record_consent
from kithkin.directory.services.duplicates import CannotMerge, CannotUndo, merge_people, tell_apart, undo_merge
from kithkin.platform.models import Event, User
from tests.cast import make_kith, make_unit


def everything() -> dict[str, list[Any]]:
    """Every row of the directory, but for counters of versions and times of change, and the book of merges."""
    told = {}
    for model in apps.get_app_config("directory").get_models():
        if model is Merge:
            continue
        rows = serializers.serialize("python", model.objects.order_by("pk"))
        for row in rows:
            row["fields"] = {k: v for k, v in row["fields"].items() if k not in {"version", "changed_at"}}
        told[model._meta.label_lower] = rows
    return told


@pytest.fixture
def pair(db):
    """Two records of one person, each with something that the other lacks, and some that both have."""
    account = Account.objects.create(name="Harbour Bakery")
    kept = make_kith("Kim Berg", attributes={"visits": 3}, attribute_dates={"visits": "2025-03-01"})
    gone = Person.objects.create(
        name="BERG, Kim",
        phone="+493012345",
        is_kin=True,
        attributes={"visits": 9, "shoe": 41},
        attribute_dates={"visits": "2026-01-01", "shoe": "2024-05-06"},
    )
    unit = make_unit("IT")
    Membership.objects.create(person=gone, unit=unit, since=date(2024, 1, 1))
    for one in (kept, gone):
        Tie.objects.create(person=one, kind="buyer", account=account)
    Tie.objects.create(person=gone, kind="payer", account=account)
    Tie.objects.create(person=kept, kind="family", other=gone)
    Purchase.objects.create(person=gone, at=timezone.now(), what="Lamp")
    return kept, gone


def test_the_kept_record_has_what_either_had(pair):
    kept, gone = pair
    merge_people(kept=kept, gone=gone)
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.phone) == ("Kim Berg", "kim.berg@customer.example", "+493012345")
    assert (kept.is_kith, kept.is_kin, kept.attributes) == (True, True, {"visits": 3, "shoe": 41})
    assert kept.attribute_dates == {"visits": "2025-03-01", "shoe": "2024-05-06"}
    assert sorted(kept.ties.values_list("kind", flat=True)) == ["buyer", "payer"]
    assert (kept.purchases.count(), kept.memberships.count()) == (1, 1)


def test_undoing_it_gives_back_every_row_as_it_was(pair):
    before = everything()
    merge = merge_people(kept=pair[0], gone=pair[1])
    assert everything() != before
    undone = undo_merge(merge=merge)
    assert everything() == before
    assert undone.left == ()


def test_what_changed_since_stays_and_is_listed(pair):
    kept, gone = pair
    merge = merge_people(kept=kept, gone=gone)
    kept.refresh_from_db()
    kept.phone = "+49 30 99999"
    kept.save()
    payer = kept.ties.get(kind="payer")
    payer.until = date(2026, 1, 1)
    payer.save()
    kept.purchases.all().delete()
    undone = undo_merge(merge=merge)
    assert len(undone.left) == 3
    assert (Person.objects.get(pk=kept.pk).phone, Tie.objects.get(pk=payer.pk).person_id) == ("+49 30 99999", gone.pk)
    assert Tie.objects.get(pk=payer.pk).until == date(2026, 1, 1)


def test_of_two_decisions_the_later_one_holds_and_both_are_kept(pair):
    kept, gone = pair
    news = Purpose.objects.create(name="News")
    record_consent(person=kept, purpose=news, given=True)
    Consent.objects.update(at=timezone.now() - timedelta(days=3))
    record_consent(person=gone, purpose=news, given=False)
    before = everything()
    merge = merge_people(kept=kept, gone=gone)
    assert [(one.given, one.is_current) for one in kept.consents.order_by("at")] == [(True, False), (False, True)]
    undo_merge(merge=merge)
    assert everything() == before


def test_a_value_that_stays_takes_no_day_from_the_other_record(db):
    kept = make_kith("Kim Berg", attributes={"shoe": 40})
    gone = make_kith("Kim Berg", attributes={"shoe": 41}, attribute_dates={"shoe": "2019-01-01"})
    merge_people(kept=kept, gone=gone)
    kept = Person.objects.get(pk=kept.pk)
    assert (kept.attributes, kept.attribute_dates) == ({"shoe": 40}, {})


def test_merged_people_are_merged_and_undone_in_turn(pair):
    kept, gone = pair
    third = make_kith("Kim B")
    before = everything()
    first = merge_people(kept=gone, gone=third)
    second = merge_people(kept=kept, gone=gone)
    with pytest.raises(CannotUndo, match="Undo that first"):
        undo_merge(merge=first)
    undo_merge(merge=second)
    undo_merge(merge=first)
    assert everything() == before


@pytest.mark.parametrize("again", ["same", "merged", "both log in"])
def test_what_cannot_become_one_is_refused_with_the_reason(pair, again):
    kept, gone = pair
    if again == "same":
        gone = kept
    elif again == "merged":
        merge_people(kept=kept, gone=gone)
    else:
        for one in pair:
            one.user = User.objects.create_user(f"{one.pk}@company.example", name=one.name)
            one.save()
    with pytest.raises(CannotMerge):
        merge_people(kept=kept, gone=gone)


def test_a_log_in_goes_with_the_record_and_comes_back(pair):
    kept, gone = pair
    gone.user = User.objects.create_user("kim@company.example", name="Kim")
    gone.save()
    merge = merge_people(kept=kept, gone=gone)
    assert User.objects.get().person.pk == kept.pk
    undo_merge(merge=merge)
    assert User.objects.get().person.pk == gone.pk


def test_undoing_twice_is_refused(pair):
    merge = merge_people(kept=pair[0], gone=pair[1])
    undo_merge(merge=merge)
    with pytest.raises(CannotUndo):
        undo_merge(merge=merge)


def test_a_merge_is_an_event_with_ids_alone(pair):
    merge = merge_people(kept=pair[0], gone=pair[1])
    event = Event.objects.get(kind="directory.PeopleMerged")
    assert event.facts == {"merge_id": merge.pk, "kept_id": pair[0].pk, "gone_id": pair[1].pk}


def test_duplicates_are_found_by_address_phone_and_name_with_account(cast):
    account = Account.objects.create(name="Mill Workshop")
    anna = make_kith("Anna Müller", phone="030 1234567", country="DE")
    shouting = Person.objects.create(name="A. Müller", email=" ANNA.MÜLLER@customer.example".strip(), is_kith=True)
    turned = Person.objects.create(name="MÜLLER, Anna", is_kith=True)
    phoning = Person.objects.create(name="Unknown", phone="+49 30 1234567", is_kith=True)
    for one in (anna, turned):
        Tie.objects.create(person=one, kind="buyer", account=account)
    found = [(p.first.pk, p.second.pk, p.likenesses) for p in duplicates_visible_to(cast.alice)]
    assert found == [
        (anna.pk, shouting.pk, (Likeness.EMAIL,)),
        (anna.pk, turned.pk, (Likeness.NAME_AND_ACCOUNT,)),
        (anna.pk, phoning.pk, (Likeness.PHONE,)),
    ]
    assert {pair.second.pk for pair in alike(anna, cast.alice)} == {shouting.pk, turned.pk, phoning.pk}


def test_the_same_name_is_no_likeness_without_a_shared_account(cast):
    kim = make_kith("Kim Berg", phone="+4930111")
    Person.objects.create(name="Berg, Kim", phone="+49 30 111", is_kith=True)
    assert [pair.likenesses for pair in alike(kim, cast.alice)] == [(Likeness.PHONE,)]


def test_who_was_told_apart_is_not_shown_again(cast):
    first, second = make_kith("Jo", phone="+4930111"), make_kith("Jo's mother", phone="+4930111")
    assert len(duplicates_visible_to(cast.alice)) == 1
    tell_apart(one=second, other=first)
    tell_apart(one=first, other=second)
    assert (duplicates_visible_to(cast.alice), alike(first, cast.alice)) == ([], [])


def test_nobody_is_shown_a_double_of_people_they_do_not_see(cast):
    make_kith("Jo", phone="+4930111")
    make_kith("Jo B", phone="+4930111")
    assert duplicates_visible_to(cast.dora) == []


def test_looking_for_duplicates_costs_the_same_for_one_pair_and_for_fifty(cast, django_assert_num_queries):
    for number in range(2):
        make_kith(f"Jo {number}", phone="+4930111")
    duplicates_visible_to(cast.alice)  # her grants are read once
    with django_assert_num_queries(6):
        assert len(duplicates_visible_to(cast.alice)) == 1
    for number in range(100):
        make_kith(f"Kim {number}", phone=f"+49302{number // 2:03d}")
    with django_assert_num_queries(6):
        assert len(duplicates_visible_to(cast.alice)) == 51


def test_times_survive_being_left_out_and_made_again(pair):
    kept, gone = pair
    when = datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
    Tie.objects.filter(kind="buyer", person=gone).update(created_at=when)
    undo_merge(merge=merge_people(kept=kept, gone=gone))
    assert Tie.objects.get(kind="buyer", person=gone).created_at == when


def test_what_went_to_somebody_else_since_stays_there_and_is_listed(pair):
    kept, gone = pair
    merge = merge_people(kept=kept, gone=gone)
    third = make_kith("Third")
    lamp = kept.purchases.get()
    lamp.person = third
    lamp.save()
    undone = undo_merge(merge=merge)
    assert (Purchase.objects.get().person_id, len(undone.left)) == (third.pk, 1)


def test_a_list_that_is_cut_says_that_there_are_more(cast, visit):
    for number in range(51):
        for name in ("Kim", "Kimmy"):
            Person.objects.create(name=f"{name} {number}", is_kith=True, email=f"kim{number}@example.com")
    page = visit("alice").get("/people/duplicates/").content.decode()
    assert "More than 50 pairs may be one person each" in page
