"""Views are kept, renamed, shared as far as one reaches, and shown to each as far as they may see."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kithkin.insights.models import SavedView, Tile
from kithkin.insights.queries.views import views_visible_to
from kithkin.insights.services.views import ViewRefused, add_tile, keep_view, rename_view, share_view

KEEP, LIST = reverse("keep_view"), reverse("saved_views")


@pytest.fixture
def view(cast):
    return keep_view(owner=cast.percy, name="Branches", page="scores", asked="by=unit-site&from=2026-01&to=2026-04")


def seen(cast):
    return {name for name in ("percy", "anna", "dora", "donald", "gus") if views_visible_to(cast.users[name]).exists()}


def test_a_page_is_kept_as_it_was_asked(visit, cast):
    response = visit("anna").post(
        KEEP, {"name": " My  branches ", "page": "scores", "asked": "by=unit-site&x=1&in.unit=3"}
    )
    kept = SavedView.objects.get()
    assert (kept.name, kept.owner, kept.page, kept.asked) == (
        "My branches",
        cast.anna,
        "scores",
        "by=unit-site&in.unit=3",
    )
    assert response.url == "/understand/scores/?by=unit-site&in.unit=3"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "", "page": "scores", "asked": ""}, "Give it a name."),
        ({"name": "x" * 121, "page": "scores", "asked": ""}, "The name is too long: 120 characters are the most."),
        ({"name": "A", "page": "users", "asked": ""}, "This page cannot be kept."),
        ({"name": "A", "page": "scores", "asked": "by=" + "x" * 2000}, "There are too many filters in it to keep it."),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_the_reason(visit, cast, said, why):
    page = visit("anna").post(KEEP, said, follow=True).content.decode()
    assert why in page
    assert not SavedView.objects.exists()


def test_a_name_is_kept_once_by_each(cast, view):
    with pytest.raises(ViewRefused, match="You keep a view called “Branches” already"):
        keep_view(owner=cast.percy, name="Branches", page="chain", asked="")
    other = keep_view(owner=cast.anna, name="Branches", page="chain", asked="")
    assert rename_view(view=other, name="Chain").name == "Chain"


def test_a_view_is_its_owners_until_it_is_shared(cast, view):
    assert seen(cast) == {"percy"}


def test_shared_with_a_unit_it_is_seen_by_those_in_it_and_by_those_who_reach_it(cast, view):
    share_view(view=view, by=cast.percy, unit=cast.it)
    assert seen(cast) == {"percy", "anna", "dora", "gus"}
    share_view(view=view, by=cast.percy, everybody=True)
    assert seen(cast) == {"percy", "anna", "dora", "donald", "gus"}
    share_view(view=view, by=cast.percy)
    assert seen(cast) == {"percy"}


def test_a_department_head_shares_within_their_own_part(cast):
    own = keep_view(owner=cast.dora, name="Mine", page="scores", asked="")
    share_view(view=own, by=cast.dora, unit=cast.support)
    for wider in ({"unit": cast.logistics}, {"everybody": True}):
        with pytest.raises(ViewRefused, match="You can share with the units that you reach"):
            share_view(view=own, by=cast.dora, **wider)
    own.refresh_from_db()
    assert (own.shared_with, own.shared_with_all) == (cast.support, False)


def test_the_form_offers_only_what_one_reaches(visit, cast):
    own = keep_view(owner=cast.dora, name="Mine", page="scores", asked="")
    url = reverse("change_view", args=[own.pk])
    form = visit("dora").get(url).context["form"]
    assert [label for _value, label in form.fields["shared"].choices] == [
        "nobody", "Company › IT", "Company › IT › Support",
    ]  # fmt: skip
    crafted = {"name": "Mine", "shared": str(cast.logistics.pk), "version": own.version}
    assert visit("dora").post(url, crafted).status_code == 422
    visit("dora").post(url, {"name": "IT", "shared": str(cast.it.pk), "version": own.version})
    own.refresh_from_db()
    assert (own.name, own.shared_with) == ("IT", cast.it)


def test_somebody_who_was_faster_is_not_overwritten(visit, view):
    url = reverse("change_view", args=[view.pk])
    assert visit("percy").post(url, {"name": "New", "shared": "", "version": 0}).status_code == 409


def test_taken_back_it_goes_from_the_dashboards_of_others(cast, view):
    share_view(view=view, by=cast.percy, everybody=True)
    add_tile(user=cast.dora, view=view)
    add_tile(user=cast.percy, view=view)
    share_view(view=view, by=cast.percy)
    assert list(Tile.objects.values_list("user", flat=True)) == [cast.percy.pk]


def test_a_view_is_removed(visit, cast, view):
    add_tile(user=cast.percy, view=view)
    visit("percy").post(reverse("remove_view", args=[view.pk]))
    assert (SavedView.objects.count(), Tile.objects.count()) == (0, 0)


def test_the_list_asks_the_database_as_often_for_fifty_as_for_one(visit, cast, view, django_assert_max_num_queries):
    browser = visit("percy")
    browser.get(LIST)
    with django_assert_max_num_queries(20) as few:
        browser.get(LIST)
    for n in range(49):
        keep_view(owner=cast.percy, name=f"View {n}", page="chain", asked="")
    with django_assert_max_num_queries(len(few)):
        assert len(browser.get(LIST, {"size": 50}).context["page"].rows) == 50


def test_whoever_opens_a_shared_view_sees_their_own_part(visit, cast, branches):
    asked = f"program={branches.program.pk}&by=unit-site&from=2026-01&to=2026-08"
    view = keep_view(owner=cast.percy, name="Branches", page="scores", asked=asked)
    share_view(view=view, by=cast.percy, everybody=True)
    addresses = visit("donald").get(LIST).context["addresses"]
    shown = {
        name: len(visit(name).get(addresses[view.pk]).context["answer"].groups) for name in ("anna", "donald", "dora")
    }
    assert shown == {"anna": 9, "donald": 9, "dora": 0}
