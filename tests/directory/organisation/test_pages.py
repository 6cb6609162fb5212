"""The organisation's pages."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kithkin.directory.models import Unit, UnitChange, UnitPeriod
from kithkin.directory.models.days import today
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.services import organisation as services
from kithkin.directory.services.duplicates import merge_people
from kithkin.directory.services.memberships import join_unit
from kithkin.directory.services.organisation import NewUnit
from kithkin.directory.services.people import add_person
from kithkin.platform.models import Role, RoleGrant
from kithkin.platform.registries.search import finders

SOON = today() + timedelta(days=30)
PAST = date(2025, 3, 1)


def words(response) -> str:
    """What the page says, without its markup."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", main.group() if main else response.content.decode())
    return re.sub(r"\s+", " ", text)


def url(unit: Unit, what: str = "") -> str:
    return f"/organisation/{unit.pk}/{what}"


def form(unit: Unit, **filled: object) -> dict[str, object]:
    unit.refresh_from_db()
    return {"version": unit.version, "on": SOON.isoformat(), **filled}


def test_the_tree_says_how_many_work_where(visit):
    page = words(visit("bob").get("/organisation/"))
    assert "8 people work in 4 units" in page
    assert "Company Division · 3 people, 8 in all Below Company IT Department · 3 people" in page


def test_somebody_who_works_in_several_units_is_one_person(cast, visit):
    bob, charlie = cast.bob.person, cast.charlie.person
    join_unit(person=bob, unit=cast.support, since=PAST)
    for unit in (cast.support, cast.it):
        join_unit(person=charlie, unit=unit, since=PAST)
    page = words(visit("bob").get("/organisation/"))
    assert "8 people work in 4 units" in page
    assert "Company Division · 3 people, 8 in all Below Company IT Department · 4 people" in page
    assert "Support Team · 2 people" in page
    assert "4 people work here" in words(visit("bob").get(url(cast.it)))
    assert "in all" not in words(visit("bob").get(url(cast.it)))


def test_people_are_counted_on_the_day_they_begin_and_no_longer_on_the_day_they_end(cast, visit):
    for name, since, until in (
        ("Begins", today(), None),
        ("Ends", PAST, today()),
        ("Ends soon", PAST, today() + timedelta(days=1)),
        ("Begins soon", today() + timedelta(days=1), None),
    ):
        join_unit(person=add_person(name=name, is_kin=True), unit=cast.support, since=since, until=until)
    assert "2 people work here" in words(visit("alice").get(url(cast.support)))


def test_joined_records_of_one_who_works_in_a_unit_are_one_person_there(cast, visit):
    bob, twin = cast.bob.person, add_person(name="Bob", is_kin=True)
    join_unit(person=twin, unit=cast.it, since=PAST, title="Clerk")
    merge_people(kept=bob, gone=twin)
    page = words(visit("alice").get(url(cast.it)))
    assert "3 people work here" in page
    assert (page.count("Bob Clerk"), "Bob employee" in page, "more" in page) == (1, False, False)  # as what, last


def test_a_past_day_shows_its_tree_with_a_note_that_goes_away(cast, visit):
    services.rename_unit(unit=cast.it, name="Technology", on=PAST)
    before = visit("bob").get("/organisation/?on=2025-02-28")
    assert "As of 28 February 2025" in words(before)
    assert ("IT" in words(before), "Technology" in words(before)) == (True, False)
    now = words(visit("bob").get("/organisation/"))
    assert ("Technology" in now, "As of" in now) == (True, False)


def test_links_keep_the_day(cast, visit):
    page = visit("bob").get("/organisation/?on=2025-02-28").content.decode()
    assert f'href="{url(cast.it)}?on=2025-02-28"' in page


def test_a_unit_tells_how_it_came_to_be(cast, visit):
    services.rename_unit(unit=cast.it, name="Technology", on=PAST)
    page = words(visit("bob").get(url(cast.it)))
    assert "1 March 2025 “IT” becomes “Technology”" in page
    assert "1 January 2020 opens as “IT” below “Company”" in page


def test_a_unit_shows_who_works_there_only_to_those_who_may_see_them(cast, visit):
    assert "Dora employee" in words(visit("bob").get(url(cast.it)))
    outside = words(visit("charlie").get(url(cast.it)))
    assert ("Dora" in outside, "3 people work here" in outside) == (False, True)


def test_a_plan_is_shown_and_taken_back_on_the_unit(cast, visit):
    client = visit("percy")
    client.post(url(cast.support, "move/"), form(cast.support, to=cast.logistics.pk))
    assert "moves under “Logistics”" in words(client.get(url(cast.support)))
    change = UnitChange.objects.get()
    answer = client.post(f"/organisation/plans/{change.pk}/take-back/", follow=True)
    assert "Taken back: none of it will happen." in words(answer)
    assert tree_on(SOON).parent(cast.support.pk).name == "IT"


def test_a_plan_that_others_stand_on_says_why_it_stays(cast, visit):
    services.open_unit(new=NewUnit("Security"), parent=cast.it, on=SOON)
    opened = UnitChange.objects.get()
    services.move_unit(unit=cast.support, to=Unit.objects.get(name="Security"), on=SOON)
    answer = visit("percy").post(f"/organisation/plans/{opened.pk}/take-back/", follow=True)
    assert "“Support” would stand below “Security”" in words(answer)


def test_plans_stand_below_the_tree(cast, visit):
    services.move_unit(unit=cast.support, to=cast.logistics, on=SOON)
    services.merge_units(units=[cast.it], into=cast.logistics, on=SOON)
    services.split_unit(unit=cast.logistics, into=[NewUnit("Fleet")], on=SOON, keep=True)
    page = words(visit("percy").get("/organisation/"))
    assert "Support moves under Logistics" in page
    assert "IT go into Logistics" in page
    assert "Fleet is split off" in page


FORMS = {
    "move/": lambda cast: {"to": cast.logistics.pk},
    "rename/": lambda _: {"name": "Help desk"},
    "kind/": lambda _: {"kind": "site"},
    "close/": lambda _: {},
    "merge/": lambda cast: {"others": [cast.logistics.pk], "into": "new", "name": "Operations"},
    "split/": lambda _: {"first": "Left", "second": "Right"},
}


@pytest.mark.parametrize("what", FORMS)
def test_each_form_does_what_it_says(cast, visit, what):
    answer = visit("percy").post(url(cast.support, what), form(cast.support, **FORMS[what](cast)), follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(url(cast.support), 302)])
    assert f"{SOON.day} {SOON:%B %Y}" in words(answer)
    assert UnitChange.objects.count() == 1


@pytest.mark.parametrize("what", FORMS)
def test_the_second_of_two_editors_is_told_on_each_form_what_was_done_and_may_go_on(cast, visit, what):
    posted = form(cast.support, **FORMS[what](cast))
    services.change_kind(unit=cast.support, kind="division", on=SOON)
    answer = visit("percy").post(url(cast.support, what), posted)
    assert (answer.status_code, UnitChange.objects.count()) == (409, 1)
    said = [
        "Somebody changed this while you were writing.",
        "Support changes its kind",
        "Today: Support · Team · below",
    ]
    assert [text in words(answer) for text in said] == [True, True, True]
    again = posted | {"version": str(Unit.objects.get(pk=cast.support.pk).version)}
    assert visit("percy").post(url(cast.support, what), again).status_code == 302


def test_the_second_who_renames_a_unit_sees_both_names(cast, visit):
    posted = form(cast.support, name="Help desk")
    services.rename_unit(unit=cast.support, name="Service desk", on=date(2021, 1, 1))
    answer = visit("percy").post(url(cast.support, "rename/"), posted)
    page = answer.content.decode()
    assert (answer.status_code, "<td>Help desk</td><td>Service desk</td>" in page) == (409, True)
    assert 'value="Help desk"' in page


def test_the_second_is_not_told_of_a_plan_that_was_taken_back(cast, visit):
    posted = form(cast.support, name="Help desk")
    plan = services.rename_unit(unit=cast.support, name="Abandoned", on=today() + timedelta(days=9))
    services.take_back(change=plan)
    answer = visit("percy").post(url(cast.support, "rename/"), posted)
    assert (answer.status_code, "Abandoned" in words(answer)) == (409, False)


def test_a_move_below_oneself_is_refused_at_the_form(cast, visit):
    answer = visit("percy").post(url(cast.it, "move/"), form(cast.it, to=cast.support.pk))
    assert answer.status_code == 200
    assert "“IT” cannot stand below “Support”" in words(answer)


def test_dragging_fills_in_the_form_and_moves_nothing(cast, visit):
    page = visit("percy").get(url(cast.support, "move/"), {"to": cast.logistics.pk}).content.decode()
    assert re.search(rf'<option value="{cast.logistics.pk}" selected>', page)
    assert UnitChange.objects.count() == 0


def test_a_merge_without_a_name_asks_for_it(cast, visit):
    answer = visit("percy").post(url(cast.it, "merge/"), form(cast.it, others=[cast.logistics.pk], into="new", name=""))
    assert "A new unit needs a name." in words(answer)


def test_the_first_unit_is_added_to_an_empty_organisation(db, client, django_user_model):
    user = django_user_model.objects.create_user("ada@company.example", "correct horse battery", name="Ada")
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Add the first unit" in words(client.get("/organisation/"))
    filled = {"name": "Company", "kind": "division", "parent": "top", "on": today().isoformat(), "code": ""}
    assert "“Company” is there from" in words(client.post("/organisation/add/", filled, follow=True))
    assert [node.name for node in tree_on(today()).roots] == ["Company"]


def test_a_manager_of_a_part_changes_only_that_part(cast, visit):
    RoleGrant.objects.create(user=cast.charlie, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    client = visit("charlie")
    assert client.get(url(cast.logistics, "rename/")).status_code == 403
    assert client.post(url(cast.support, "move/"), form(cast.support, to=cast.logistics.pk)).status_code == 200
    assert client.post(url(cast.support, "move/"), form(cast.support, to="top")).status_code == 200
    assert UnitChange.objects.count() == 0
    assert client.post(url(cast.support, "rename/"), form(cast.support, name="Help desk")).status_code == 302


@pytest.mark.parametrize(
    "bad",
    [
        {"on": "2026-02-30"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
        {"on": ""},
        {"on": "\x00"},
        {"to": "999999"},
        {"to": "1 OR 1=1"},
        {"to": ""},
        {"version": "x" * 5000},
        {"version": ""},
    ],
)
def test_bad_input_is_answered_at_the_form(cast, visit, bad):
    answer = visit("percy").post(url(cast.support, "move/"), form(cast.support, to=cast.logistics.pk) | bad)
    assert answer.status_code in {200, 409}
    assert UnitChange.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 201, "x" * 500_000])
def test_a_name_that_is_none_is_answered_at_the_form(cast, visit, name):
    assert visit("percy").post(url(cast.support, "rename/"), form(cast.support, name=name)).status_code == 200
    assert UnitChange.objects.count() == 0


def test_a_hostile_name_is_only_a_name(cast, visit):
    services.rename_unit(unit=cast.it, name="<script>alert(1)</script>%(day)s", on=PAST)
    for page in ("/organisation/", url(cast.it), url(cast.it, "move/"), "/organisation/?q=script"):
        text = visit("percy").get(page).content.decode()
        assert ("<script>alert" in text, "&lt;script&gt;alert(1)&lt;/script&gt;%(day)s" in text) == (False, True)


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 3000, "on=x", "on=0001-01-01", "on=9999-12-31", "q=(("])
def test_nonsense_in_the_address_is_left_aside(visit, query):
    assert visit("bob").get(f"/organisation/?{query}").status_code == 200


def test_a_unit_is_found_by_a_part_of_its_name_with_its_way(visit):
    page = words(visit("bob").get("/organisation/?q=supp"))
    assert "1 unit found Support Company › IT" in page


def test_the_search_over_everything_finds_units(cast):
    (finder,) = [one for one in finders if str(one.label) == "Units"]
    assert [(hit.title, hit.line) for hit in finder.find(cast.bob, "supp", 8)] == [("Support", "Company › IT")]


def count_queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_one_unit_and_for_fifty(cast, visit):
    client = visit("percy")
    services.rename_unit(unit=cast.support, name="Help desk", on=SOON)
    pages = ("/organisation/", url(cast.it), url(cast.it, "move/"), url(cast.it, "below/"), "/organisation/?q=e")
    few = [count_queries(client, page) for page in pages]
    for number in range(50):
        services.open_unit(new=NewUnit(f"Team {number}"), parent=cast.it, on=PAST)
        services.rename_unit(unit=Unit.objects.latest("pk"), name=f"Group {number}", on=SOON)
    assert [count_queries(client, page) for page in pages] == few
    assert max(few) <= 20


def grow(cast, wide: int, deep: int) -> None:
    units = Unit.objects.bulk_create(Unit(name=f"Unit with a rather long name {n}", code=f"U{n}") for n in range(wide))
    parents = [cast.it, cast.logistics, *units]
    UnitPeriod.objects.bulk_create(
        UnitPeriod(unit=unit, name=unit.name, kind="team", parent=parents[n // deep], since=PAST)
        for n, unit in enumerate(units)
    )


@pytest.mark.parametrize("deep", [1, 5, 25])
def test_six_hundred_units_make_small_pages(cast, visit, deep):
    grow(cast, 600, deep)
    client = visit("percy")
    sizes = [len(client.get(page).content) for page in ("/organisation/", url(cast.it), "/organisation/?q=unit")]
    assert max(sizes) < 100_000


def test_what_is_not_drawn_at_first_comes_when_it_is_opened(cast, visit):
    grow(cast, 600, 25)
    page = visit("percy").get("/organisation/").content.decode()
    later = re.findall(r'hx-get="(/organisation/\d+/below/)"', page)
    assert later
    assert "Unit with a rather long name" in words(visit("percy").get(later[0]))
