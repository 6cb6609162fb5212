"""The pages of segments, without JavaScript."""

from __future__ import annotations

import pytest

from kithkin.directory.models import AttributeDefinition, Person, Segment, Sensitivity
from kithkin.platform.models import Role, RoleGrant
from tests.cast import make_kith
from tests.directory.segments.making import KITH, make_segment

ADD = "/understand/segments/add/"
ROW = {"r.mode": "all", "r.0.field": "country", "r.0.operator": "is", "r.0.value": "DE"}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_first_row_is_there_to_fill_in(visit):
    page = text_of(visit("anna").get(ADD))
    assert 'name="r.0.field"' in page
    assert 'name="r.1.field"' not in page


def test_it_is_counted_while_it_is_built_and_read_as_a_sentence(visit):
    make_kith("Kim", country="DE")
    page = text_of(visit("anna").post(ADD, {**ROW, "do": "count"}))
    assert "1 of 9 people" in page
    assert "Everybody with: Country is “DE”." in page
    assert Segment.objects.count() == 0


def test_rows_and_groups_are_added_and_removed_by_buttons(visit):
    anna = visit("anna")
    page = text_of(anna.post(ADD, {**ROW, "do": "group r"}))
    assert 'name="r.1.mode"' in page
    sent = {**ROW, "r.1.mode": "none", "r.1.0.field": "name", "r.1.0.operator": "contains", "r.1.0.value": "kim"}
    page = text_of(anna.post(ADD, {**sent, "do": "add r.1"}))
    assert 'name="r.1.1.field"' in page
    page = text_of(anna.post(ADD, {**sent, "do": "remove r.0"}))
    assert "Everybody with: not (Name contains “kim”)." in page


def test_half_done_is_said_at_the_row_and_nothing_is_lost(visit):
    page = text_of(visit("anna").post(ADD, {**ROW, "r.0.value": "nowhere", "name": "G", "kept": "live", "do": "save"}))
    assert "Condition 1 (Country): give a code as in “DE” or “de”." in page
    assert 'value="nowhere"' in page
    assert 'value="G"' in page
    assert Segment.objects.count() == 0


def test_it_is_kept_with_its_owner(visit, cast):
    response = visit("anna").post(ADD, {**ROW, "name": "Germans", "kept": "static", "do": "save"})
    segment = Segment.objects.get()
    assert response.url == f"/understand/segments/{segment.pk}/"
    assert (segment.name, segment.owner, segment.is_live) == ("Germans", cast.anna, False)
    assert segment.rule == {"all": [{"field": "country", "operator": "is", "value": "DE"}]}


def test_a_name_taken_is_said_at_the_name(visit):
    make_segment("Germans")
    page = text_of(visit("anna").post(ADD, {**ROW, "name": "Germans", "kept": "live", "do": "save"}))
    assert "Another segment is called “Germans”. Choose another name." in page


def test_the_second_writer_sees_both_rules_in_words_and_loses_nothing(visit):
    segment = make_segment("Customers")
    Segment.objects.get().save()
    url = f"/understand/segments/{segment.pk}/change/"
    sent = {**ROW, "name": "X", "kept": "live", "do": "save"}
    response = visit("percy").post(url, {**sent, "version": "1"})
    assert (response.status_code, Segment.objects.get().name) == (409, "Customers")
    page = response.content.decode()
    assert "<td>Everybody with: Country is “DE”.</td><td>Everybody with: Side is kith.</td>" in page
    assert ("<td>X</td><td>Customers</td>" in page, 'name="r.0.value" type="text" value="DE"' in page) == (True, True)
    assert 'name="version" value="2"' in page
    assert visit("percy").post(url, {**sent, "version": "2"}).status_code == 302


def test_a_sensitive_attribute_cannot_be_counted_by_who_may_not_see_it(visit):
    AttributeDefinition.objects.create(key="faith", label="Faith", sensitivity=Sensitivity.SENSITIVE)
    make_kith("Kim", attributes={"faith": "x"})
    sent = {"r.mode": "all", "r.0.field": "attribute.faith", "r.0.operator": "known", "do": "count"}
    assert "1 of 9 people" in text_of(visit("alice").post(ADD, sent))
    page = text_of(visit("anna").post(ADD, sent))
    assert "there is no field" in page
    assert "of 9 people" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {"r.0.field": "\x00", "r.0.operator": "\x00", "r.0.value": "\x00"},
        {"r.mode": "x", "r.999.field": "name", "r.999.operator": "contains", "r.999.value": "^(a+)+$"},
        {"r.mode": "all", **{f"r.{n}.field": "side" for n in range(300)}},
        {"r.mode": "all", "r.0.mode": "all", "r.0.0.mode": "all", "r.0.0.0.mode": "all", "r.0.0.0.0.mode": "all"},
        {"do": "remove r"},
        {"do": "add r.7.7"},
        {"do": "group r.0.0.0.0"},
        {"r.mode": "all", "r.0.field": "unit", "r.0.operator": "within", "r.0.value": "99999999999999999999"},
        {"r.mode": "all", "r.0.field": "purchases.number", "r.0.operator": "more", "r.0.value": "1e999"},
    ],
)
def test_whatever_is_sent_a_page_answers(visit, sent):
    assert visit("anna").post(ADD, sent).status_code == 200


def test_fields_without_end_are_refused_and_break_nothing(visit):
    sent = {f"r.{number}.field": "side" for number in range(1200)}
    assert visit("anna").post(ADD, sent).status_code == 400


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_takes_as_many_statements_for_one_as_for_fifty(visit, many, django_assert_max_num_queries):
    for number in range(many):
        make_segment(f"S{number:02}", KITH)
    anna = visit("anna")
    anna.get("/understand/segments/")
    with django_assert_max_num_queries(20):
        assert anna.get("/understand/segments/?size=50").status_code == 200


def test_a_member_is_listed_by_name_with_the_way_to_them(visit):
    make_kith("Kim")
    segment = make_segment("Customers")
    page = text_of(visit("anna").get(f"/understand/segments/{segment.pk}/"))
    assert "Customers: 1 of 9 people" in page
    assert f'<th scope="row"><a href="/people/{Person.objects.get(name="Kim").pk}/">Kim</a></th>' in page


def test_segments_are_found_by_their_name(visit):
    make_segment("Customers")
    assert "/understand/segments/" in text_of(visit("anna").get("/search/?q=custom"))
    assert "Customers" not in text_of(visit("bob").get("/search/?q=custom"))


def test_a_rule_that_waits_for_its_value_is_not_called_wrong(visit):
    page = text_of(visit("anna").get(ADD))
    assert "Give every condition a value" in page
    assert 'class="error"' not in page


def test_a_rule_that_is_sent_without_its_value_is(visit):
    page = text_of(visit("anna").post(ADD, {**ROW, "r.0.field": "side", "r.0.value": "", "do": "save", "name": "S"}))
    assert "Condition 1 (Side): give one of" in page


@pytest.fixture
def over_it(cast):
    """Gus manages programs, but only over IT."""
    RoleGrant.objects.create(user=cast.gus, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    return cast.gus


def of_units(*units) -> dict[str, object]:
    return {"any": [{"field": "unit", "operator": "is", "value": str(unit.pk)} for unit in units]}


def test_who_manages_programs_of_a_part_changes_their_own_segments_and_those_wholly_there(visit, cast, over_it):
    segments = {
        "theirs": make_segment("Of kith", owner=over_it),
        "wholly there": make_segment("Of IT", of_units(cast.it)),
        "kept, wholly there": make_segment("Kept of IT", of_units(cast.it), is_live=False),
        "partly there": make_segment("Of both", of_units(cast.it, cast.logistics)),
        "elsewhere": make_segment("Of Logistics", of_units(cast.logistics)),
        "without members": make_segment("Of nobody", {"field": "country", "operator": "is", "value": "DE"}),
    }
    gus = visit("gus")
    answers = {}
    for name, segment in segments.items():
        page = f"/understand/segments/{segment.pk}/"
        offered = "change/" in text_of(gus.get(page))
        retired = gus.post(f"{page}retire/").status_code
        answers[name] = (gus.get(f"{page}change/").status_code if retired != 302 else 200, retired, offered)
    yes, no = (200, 302, True), (403, 403, False)
    assert answers == {
        "theirs": yes, "wholly there": yes, "kept, wholly there": yes,
        "partly there": no, "elsewhere": no, "without members": no,
    }  # fmt: skip


def test_who_manages_programs_everywhere_changes_every_segment(visit):
    segment = make_segment("Of nobody", {"field": "country", "operator": "is", "value": "DE"})
    assert visit("percy").get(f"/understand/segments/{segment.pk}/change/").status_code == 200
