"""What people do with segments."""

from __future__ import annotations

import pytest
from django.db import transaction

from kithkin.directory.models import (
    AttributeDefinition,
    Audience,
    LawfulBasis,
    Person,
    Segment,
    SegmentMember,
    Sensitivity,
)
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.queries.segments import members_of, size_of, sizes_of, why_empty
from kithkin.directory.segmentation.parsing import parse
from kithkin.directory.segmentation.refusals import RuleInCircle
from kithkin.directory.services.consent import change_purpose, define_purpose, record_consent
from kithkin.directory.services.segments import (
    SegmentInUse,
    SegmentNameTaken,
    change_segment,
    freeze_segment,
    retire_segment,
)
from kithkin.platform.models import ChangedMeanwhile, Event, Role, RoleGrant
from tests.cast import make_kith
from tests.directory.segments.making import KITH, make_segment, of


def names(segment: Segment, user=None) -> list[str]:
    return sorted(members_of(segment, user).values_list("name", flat=True))


def rule(*conditions):
    return parse({"all": list(conditions)})


def test_a_live_segment_grows_as_people_come(cast):
    segment = make_segment("Customers")
    assert names(segment) == []
    make_kith("Kim")
    assert names(segment) == ["Kim"]


def test_a_static_segment_stays_as_it_was(cast):
    make_kith("Kim")
    segment = make_segment("Customers", is_live=False)
    make_kith("Lee")
    assert names(segment) == ["Kim"]


def test_freezing_writes_down_who_is_in_it_and_says_how_many(cast):
    make_kith("Kim")
    segment = make_segment("Customers")
    assert freeze_segment(segment=segment) == 1
    make_kith("Lee")
    assert (names(segment), freeze_segment(segment=segment), names(segment)) == (["Kim"], 2, ["Kim", "Lee"])
    frozen = Event.objects.filter(kind="directory.SegmentFrozen").order_by("pk")
    assert list(frozen.values_list("facts__size", flat=True)) == [1, 2]


def test_whose_consent_a_purpose_rests_on_is_in_a_segment_only_with_a_consent(cast):
    kim, lee = make_kith("Kim"), make_kith("Lee")
    news = define_purpose(name="News", lawful_basis=LawfulBasis.LEGITIMATE)
    field = f"consent.{news.pk}"
    for person, given in ((kim, True), (lee, False)):
        record_consent(person=person, purpose=news, given=given)
    agreed = make_segment("Agreed", {"field": field, "operator": "is", "value": "given"})
    against = make_segment("Against", {"field": field, "operator": "is", "value": "withdrawn"})
    assert (names(agreed), names(against)) == (["Kim"], ["Lee"])
    change_purpose(purpose=news, name="News", description="", lawful_basis=LawfulBasis.CONSENT)
    assert (names(agreed), names(against)) == ([], ["Lee"])


def test_a_static_segment_made_live_again_forgets_its_members(cast):
    make_kith("Kim")
    segment = make_segment("Customers", is_live=False)
    change_segment(segment=segment, name="Customers", rule=rule(KITH), is_live=True)
    make_kith("Lee")
    assert (names(segment), SegmentMember.objects.count(), segment.frozen_at) == (["Kim", "Lee"], 0, None)


def test_who_was_merged_into_somebody_is_no_member_of_either_kind(cast):
    kim, lee = make_kith("Kim"), make_kith("Lee")
    live, static = make_segment("Live"), make_segment("Static", is_live=False)
    Person.objects.filter(pk=lee.pk).update(merged_into=kim)
    assert (names(live), names(static)) == (["Kim"], ["Kim"])


def test_a_segment_of_segments_is_in_step_with_both(cast):
    make_kith("Kim", country="DE")
    make_kith("Lee", country="AT")
    germans = make_segment("Germans", {"field": "country", "operator": "is", "value": "DE"})
    others = make_segment("Others", KITH, of(germans, "is_not"))
    assert (names(germans), names(others)) == (["Kim"], ["Lee"])


def test_a_segment_cannot_be_made_of_itself_however_far_around(cast):
    first = make_segment("First")
    second = make_segment("Second", of(first))
    third = make_segment("Third", of(second))
    with pytest.raises(RuleInCircle) as refused, transaction.atomic():
        change_segment(segment=first, name="First", rule=rule(of(third)))
    assert str(refused.value) == "A segment cannot be made of itself: “First” → “Third” → “Second” → “First”."
    assert names(third) == []
    assert Segment.objects.get(pk=first.pk).rule == {"all": [KITH]}


def test_a_name_is_taken_once(cast):
    make_segment("Customers")
    with pytest.raises(SegmentNameTaken):
        make_segment("Customers")


def test_a_segment_in_use_is_not_retired_and_the_users_are_named(cast):
    segment = make_segment("Customers")
    make_segment("Inner", of(segment))
    Audience.objects.create(name="Shoppers", segment=segment)
    with pytest.raises(SegmentInUse) as refused:
        retire_segment(segment=segment)
    assert str(refused.value) == "“Customers” is used by “Inner”, “Shoppers”. Change those first, then retire it."


def test_a_retired_segment_is_offered_to_nobody(cast):
    segment = make_segment("Customers")
    retire_segment(segment=segment)
    retire_segment(segment=segment)
    assert list(segments_visible_to(cast.alice)) == []
    assert Event.objects.filter(kind="directory.SegmentRetired").count() == 1


def test_the_second_of_two_writers_is_told(cast):
    segment = make_segment("Customers")
    first, second = Segment.objects.get(pk=segment.pk), Segment.objects.get(pk=segment.pk)
    change_segment(segment=first, name="A", rule=rule(KITH))
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        change_segment(segment=second, name="B", rule=rule(KITH))
    assert Segment.objects.get().name == "A"


def test_a_rule_about_an_attribute_that_is_gone_reaches_nobody_and_says_so(cast):
    AttributeDefinition.objects.create(key="shoe", label="Shoe")
    make_kith("Kim", attributes={"shoe": "42"})
    segment = make_segment("Shoes", {"none": [{"field": "attribute.shoe", "operator": "unknown"}]})
    assert names(segment) == ["Kim"]
    AttributeDefinition.objects.all().delete()
    assert names(segment) == []
    assert why_empty(segment) == "Condition 1.1: there is no field “attribute.shoe” for you. Choose one of the list."


def test_a_segment_by_a_sensitive_attribute_and_what_is_made_of_it_is_shown_to_administrators_only(cast):
    AttributeDefinition.objects.create(key="faith", label="Faith", sensitivity=Sensitivity.SENSITIVE)
    inner = make_segment("Inner", {"field": "attribute.faith", "operator": "known"})
    outer = make_segment("Outer", of(inner))
    make_segment("Outmost", of(outer, "is_not"))
    make_segment("Plain")
    seen = {who: sorted(segments_visible_to(cast.users[who]).values_list("name", flat=True)) for who in cast.users}
    everything = ["Inner", "Outer", "Outmost", "Plain"]
    nothing = {who: [] for who in ("dora", "donald", "gus", "bob", "charlie")}
    assert seen == {"alice": everything, "percy": ["Plain"], "anna": ["Plain"], **nothing}


def test_an_attribute_that_becomes_sensitive_takes_its_segments_along(cast):
    shoe = AttributeDefinition.objects.create(key="shoe", label="Shoe")
    make_segment("Shoes", {"field": "attribute.shoe", "operator": "known"})
    shoe.sensitivity = Sensitivity.SENSITIVE
    shoe.save()
    assert list(segments_visible_to(cast.anna)) == []


def test_members_are_those_within_the_reach_of_who_asks(cast):
    RoleGrant.objects.create(user=cast.gus, role=Role.ANALYST, scope_id=cast.it.pk)
    everybody = make_segment("Everybody", {"field": "side", "operator": "known"})
    assert names(everybody, cast.gus) == ["Bob", "Dora", "Gus"]
    assert size_of(everybody, cast.bob) == 0


def test_a_unit_is_meant_with_all_that_lies_below_it(cast):
    inside = {"field": "unit", "operator": "within", "value": str(cast.company.pk)}
    assert size_of(make_segment("All", inside)) == 8


def test_sizes_of_many_are_counted_in_one_statement(cast, django_assert_max_num_queries):
    make_kith("Kim")
    made = [make_segment(f"S{number}", KITH) for number in range(20)]
    made.append(make_segment("Nested", of(made[0])))
    with django_assert_max_num_queries(20):
        assert sizes_of(made) == {one.pk: 1 for one in made}
