"""What the company itself wants to know: typed, retired, and gone when its time is over."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django_q.models import OrmQ

from kithkin.directory.models import AttributeDefinition, Person
from kithkin.directory.models.days import today
from kithkin.directory.services.attributes import AttributeRetired, clear_values, set_attributes
from kithkin.directory.services.definitions import (
    AttributeInUse,
    change_attribute,
    define_attribute,
    retire_attribute,
)
from kithkin.directory.services.duplicates import merge_people, undo_merge
from kithkin.directory.tasks.people import clear_old_values, clear_values_of, months_before
from kithkin.directory.values import ValueNotAllowed, value_of
from kithkin.platform.models import AuditEntry, ChangedMeanwhile, Event
from tests.cast import make_kith
from tests.platform.accounts.browser import said

KEPT = {
    "text": [(" tea ", "tea"), ("", None), (None, None), ("0", "0")],
    "number": [("12", 12), ("3.50", 3.5), (7.0, 7), ("", None), (0, 0)],
    "date": [("2026-02-28", "2026-02-28"), (date(2026, 2, 28), "2026-02-28")],
    "yes_no": [("Yes", True), ("0", False), (True, True), ("nein", False), (1.0, True)],
    "choice": [("red", "Red"), ("Blue", "Blue"), (" ", None)],
}
REFUSED = {
    "text": ["a\x00b", "x" * 501],
    "number": ["twelve", "nan", "inf", "1e400", True, "9" * 5000, []],
    "date": ["28.02.2026", "2026-02-30", 7],
    "yes_no": ["perhaps", 2],
    "choice": ["green", "Red; DROP TABLE"],
}


def definition(kind: str = "text", **fields) -> AttributeDefinition:
    choices = ["Red", "Blue"] if kind == "choice" else []
    return define_attribute(**{"key": f"of_{kind}", "label": kind, "kind": kind, "choices": choices, **fields})


@pytest.mark.parametrize(("kind", "given", "kept"), [(kind, *pair) for kind, pairs in KEPT.items() for pair in pairs])
def test_values_are_kept_by_their_kind(kind, given, kept):
    made = AttributeDefinition(kind=kind, choices=["Red", "Blue"])
    assert (value_of(made, given), type(value_of(made, given))) == (kept, type(kept))


@pytest.mark.parametrize(("kind", "given"), [(kind, one) for kind, many in REFUSED.items() for one in many])
def test_what_is_no_value_is_refused(kind, given):
    with pytest.raises(ValueNotAllowed):
        value_of(AttributeDefinition(kind=kind, label="It", choices=["Red", "Blue"]), given)


def test_values_and_when_they_were_told_are_written_together(db):
    kim, tea, age = make_kith("Kim"), definition(), definition("number")
    set_attributes(person=kim, values={tea: "green", age: "40"}, told_on=date(2026, 1, 2))
    set_attributes(person=kim, values={tea: ""})
    found = Person.objects.get(pk=kim.pk)
    assert (found.attributes, found.attribute_dates) == ({"of_number": 40}, {"of_number": "2026-01-02"})
    told = [entry.changes for entry in AuditEntry.objects.filter(changes__has_key="attributes.of_text").order_by("id")]
    assert told == [
        {"attributes.of_text": ["", "green"], "attributes.of_number": ["", "40"]},
        {"attributes.of_text": ["green", ""]},
    ]
    assert [event.facts["definition_ids"] for event in Event.objects.order_by("id")] == [[tea.pk, age.pk], [tea.pk]]


def test_the_same_value_told_again_is_as_young_as_that(db):
    kim, tea = make_kith("Kim"), definition()
    set_attributes(person=kim, values={tea: "green"}, told_on=date(2025, 1, 2))
    set_attributes(person=kim, values={tea: "green"}, told_on=date(2026, 1, 2))
    assert Person.objects.get(pk=kim.pk).attribute_dates == {"of_text": "2026-01-02"}
    assert Event.objects.count() == 1


def test_a_sensitive_value_never_stands_in_the_trail(db):
    kim, faith = make_kith("Kim"), definition(sensitivity="sensitive")
    set_attributes(person=kim, values={faith: "secret"})
    assert AuditEntry.objects.get(changes__has_key="attributes.of_text").changes == {"attributes.of_text": ["", "***"]}
    assert "secret" not in json.dumps([*AuditEntry.objects.values_list("changes", flat=True)])


def test_of_two_who_set_values_the_second_is_told(db):
    kim, tea = make_kith("Kim"), definition()
    other = Person.objects.get(pk=kim.pk)
    set_attributes(person=kim, values={tea: "green"})
    with pytest.raises(ChangedMeanwhile):
        set_attributes(person=other, values={tea: "black"})


def test_key_kind_and_used_choices_stay_once_somebody_has_a_value(db):
    colour = definition("choice")
    change_attribute(definition=colour, key="colour", choices=["Red", "Blue", "Green"])
    set_attributes(person=make_kith("Kim"), values={colour: "Red"})
    for change in ({"key": "tint"}, {"kind": "text"}, {"choices": ["Blue", "Green"]}):
        with pytest.raises(AttributeInUse):
            change_attribute(definition=AttributeDefinition.objects.get(), **change)
    change_attribute(definition=AttributeDefinition.objects.get(), label="Favourite", choices=["Red", "Green"])
    assert AttributeDefinition.objects.get().label == "Favourite"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Not a key"},
        {"key": "x\n"},
        {"label": ""},
        {"kind": "colour"},
        {"kind": "choice", "choices": ["one"]},
        {"kind": "choice", "choices": ["One", "one"]},
        {"kind": "choice", "choices": ["a\x00", "b"]},
        {"sensitivity": "none"},
        {"retention_months": -1},
    ],
)
def test_an_attribute_that_cannot_be_is_refused(db, wrong):
    with pytest.raises(ValidationError):
        definition(**{"key": "good", "label": "Good", **wrong})


def test_a_retired_attribute_takes_no_values_and_loses_those_it_has(db):
    kim, tea = make_kith("Kim"), definition()
    set_attributes(person=kim, values={tea: "green"})
    retire_attribute(definition=tea)
    with pytest.raises(AttributeRetired):
        set_attributes(person=kim, values={tea: "black"})
    clear_values_of(tea.pk)
    assert Person.objects.get(pk=kim.pk).attributes == {}


def test_values_go_when_their_time_is_over_and_from_the_trail_too(db):
    tea, age = definition(retention_months=6), definition("number")
    old, young = make_kith("Old"), make_kith("Young")
    for person, told_on in ((old, months_before(today(), 7)), (young, today())):
        set_attributes(person=person, values={tea: f"green {person.name}", age: 40}, told_on=told_on)
    clear_old_values()
    assert OrmQ.objects.count() == 1
    clear_values_of(tea.pk, months_before(today(), 6).isoformat())
    found = {person.name: person.attributes for person in Person.objects.all()}
    assert found == {"Old": {"of_number": 40}, "Young": {"of_text": "green Young", "of_number": 40}}
    trail = json.dumps([*AuditEntry.objects.values_list("changes", flat=True)])
    assert ("green Old" in trail, "green Young" in trail) == (False, True)
    cleared = Event.objects.get(kind="directory.AttributeValuesCleared")
    assert cleared.facts == {"definition_id": tea.pk, "person_ids": [old.pk]}


def test_values_of_unknown_age_count_from_the_day_the_person_was_written_down(db):
    tea = definition()
    make_kith("Kim", attributes={"of_text": "green"})
    assert clear_values(definition=tea, older_than=today()) is None
    assert clear_values(definition=tea, older_than=date(2999, 1, 1)) is not None
    assert Person.objects.get().attributes == {}


def test_clearing_goes_batch_by_batch_and_to_those_merged_away(db):
    tea = definition()
    people = [make_kith(f"P{number}", attributes={"of_text": "x"}) for number in range(5)]
    Person.objects.filter(pk=people[1].pk).update(merged_into=people[0])
    first = clear_values(definition=tea, limit=2)
    assert first == people[1].pk
    assert clear_values(definition=tea, after_id=first, limit=2) == people[3].pk
    assert clear_values(definition=tea, after_id=people[3].pk, limit=2) == people[4].pk
    assert clear_values(definition=tea, after_id=people[4].pk, limit=2) is None
    assert not Person.objects.filter(attributes__has_key="of_text").exists()


def test_an_attribute_may_be_called_like_a_lookup(db):
    odd = definition(key="contains", retention_months=1)
    kim = make_kith("Kim")
    set_attributes(person=kim, values={odd: "x"}, told_on=date(2020, 1, 1))
    clear_values(definition=odd, older_than=today())
    assert Person.objects.get().attributes == {}


def test_values_whose_time_is_over_do_not_stay_in_the_books_of_merges(cast):
    tea = define_attribute(key="tea", label="Tea", kind="text")
    kept, gone = make_kith("Kim"), make_kith("Kim Lee")
    set_attributes(person=gone, values={tea: "Lapsang"})
    merge = merge_people(kept=kept, gone=gone)
    clear_values(definition=tea)
    merge.refresh_from_db()
    assert "Lapsang" not in json.dumps([merge.before, merge.after, merge.moved, merge.dropped])
    undone = undo_merge(merge=merge)
    assert (undone.kept.attributes, undone.gone.attributes, undone.left) == ({}, {}, ())


def test_a_value_says_since_when_it_is_known(cast, visit):
    kim, age = make_kith("Kim"), definition("number")
    set_attributes(person=kim, values={age: "1947"}, told_on=date(2026, 1, 2))
    assert "1947 told in January 2026" in said(visit("alice").get(f"/people/{kim.pk}/"))
