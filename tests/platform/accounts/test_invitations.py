"""Asking people to join, and joining."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kithkin.directory.models import Person
from kithkin.directory.services.erasure.erase import erase_person
from kithkin.directory.services.log_ins import tie_person_of_address
from kithkin.platform.events import dispatch
from kithkin.platform.models import AuditEntry, Invitation, Role, RoleGrant, User
from kithkin.platform.queries.users import hash_of
from kithkin.platform.services.invitations import invite, write_link
from kithkin.platform.tasks.invitations import send_invitation
from tests.cast import make_kin, make_kith
from tests.platform.accounts.browser import link_in, log_in, said

INVITE = "/settings/users/invite/"
PASSWORD = "a good long battery"
CHOSEN = {"name": "Kim Berg", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def ask(client: Client, people: str, *, roles: tuple[str, ...] = (), over: str = "all", language: str = "en"):
    return client.post(INVITE, {"people": people, "roles": roles, "over": over, "language": language}, follow=True)


def letter_to(invitation: Invitation) -> mail.EmailMessage:
    send_invitation(invitation.pk, "https://kithkin.example/")
    return mail.outbox[-1]


@pytest.fixture
def kim(cast, visit):
    ask(visit("alice"), "Kim Berg <Kim@company.example>", roles=("analyst",), over=str(cast.it.pk))
    return Invitation.objects.get()


def test_the_invited_choose_a_password_and_are_in_with_their_roles(cast, kim):
    client = Client()
    link = link_in(letter_to(kim))
    assert "kim@company.example" in said(client.get(link))
    assert client.post(link, CHOSEN).url == "/"
    user = User.objects.get(email="kim@company.example")
    assert client.get("/settings/me/").status_code == 200
    assert (user.name, list(user.grants.values_list("role", "scope_id"))) == ("Kim Berg", [("analyst", cast.it.pk)])
    assert log_in(Client(), "kim@company.example", PASSWORD).status_code == 302


def test_the_link_works_once(kim):
    link = link_in(letter_to(kim))
    Client().post(link, CHOSEN)
    again = Client().post(link, {**CHOSEN, "name": "Mallory"})
    assert (again.status_code, User.objects.filter(name="Mallory").count()) == (410, 0)


def test_the_link_works_for_seven_days(kim):
    link = link_in(letter_to(kim))
    kim.refresh_from_db()
    assert timedelta(days=6, hours=23) < kim.expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now())
    assert (Client().get(link).status_code, Client().post(link, CHOSEN).status_code) == (410, 410)


def test_only_a_hash_of_the_link_is_kept(kim):
    token = link_in(letter_to(kim)).split("/")[-2]
    kim.refresh_from_db()
    assert kim.token_hash == hash_of(token)
    assert token not in str(list(Invitation.objects.values()))


def test_a_letter_that_is_sent_again_makes_the_earlier_link_worthless(cast, visit, kim):
    first = link_in(letter_to(kim))
    visit("alice").post(f"{INVITE}{kim.pk}/resend/")
    second = link_in(letter_to(kim))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)


def test_a_withdrawn_invitation_lets_nobody_in_and_is_mailed_no_more(visit, kim):
    link = link_in(letter_to(kim))
    visit("alice").post(f"{INVITE}{kim.pk}/withdraw/")
    send_invitation(kim.pk, "https://kithkin.example/")
    assert (Client().get(link).status_code, len(mail.outbox)) == (410, 1)
    assert "kim@company.example" not in said(visit("alice").get(INVITE)).replace("kim@company.example can no", "")


def test_the_letter_is_in_the_language_that_was_chosen_for_them(cast, visit):
    ask(visit("alice"), "kim@company.example", language="de")
    letter_to(Invitation.objects.get())
    assert '<html lang="de">' in mail.outbox[-1].alternatives[0][0]


def test_many_addresses_are_pasted_at_once_and_each_is_told_of(cast, visit):
    text = 'Kim <kim@company.example>, lee@company.example; "Berg, Jo" <jo@company.example>\nbob@company.example'
    page = said(ask(visit("alice"), text, roles=("agent",)))
    assert "3 letters go out." in page
    assert "Has a log-in already: bob@company.example." in page
    assert dict(Invitation.objects.values_list("email", "name")) == {
        "kim@company.example": "Kim",
        "lee@company.example": "",
        "jo@company.example": "Berg, Jo",
    }
    assert RoleGrant.objects.filter(user=cast.bob, role=Role.AGENT).exists()


def test_who_was_asked_already_is_not_asked_twice(visit, kim):
    assert "Was asked already: kim@company.example." in said(ask(visit("alice"), "KIM@company.example"))
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("nonsense", ["", "nobody", "a@b, c", "\x00@x.example", "x" * 50_000, "<>", "@@@"])
def test_what_is_no_address_is_named_and_nobody_is_asked(cast, visit, nonsense):
    assert ask(visit("alice"), nonsense).status_code == 200
    assert not Invitation.objects.exists()


def test_who_administers_a_unit_invites_into_it_only(cast):
    ida = make_kin("Ida", cast.it, grants=((Role.ADMINISTRATOR, cast.it),))
    client = Client()
    client.force_login(ida, backend="django.contrib.auth.backends.ModelBackend")
    ask(client, "a@company.example", roles=("agent",), over="all")
    ask(client, "b@company.example", roles=("agent",), over=str(cast.logistics.pk))
    ask(client, "c@company.example", over=str(cast.it.pk))
    ask(client, "d@company.example", roles=("agent",), over=str(cast.support.pk))
    assert list(Invitation.objects.values_list("email", flat=True)) == ["d@company.example"]


def test_who_administers_a_unit_touches_no_invitation_beyond_it(cast, kim):
    make_kin("Ida", cast.logistics, grants=((Role.ADMINISTRATOR, cast.logistics),))
    client = Client()
    log_in(client, "ida@company.example")
    assert "kim@company.example" not in said(client.get(INVITE))
    assert [client.post(f"{INVITE}{kim.pk}/{what}/").status_code for what in ("resend", "withdraw")] == [404, 404]


def test_who_was_invited_by_somebody_who_may_no_longer_give_the_role_joins_without_it(cast, kim):
    link = link_in(letter_to(kim))
    RoleGrant.objects.create(user=cast.bob, role=Role.ADMINISTRATOR)
    RoleGrant.objects.filter(user=cast.alice).delete()
    Client().post(link, CHOSEN)
    assert list(User.objects.get(email="kim@company.example").grants.all()) == []


def test_a_weak_password_is_refused_at_the_form(kim):
    link = link_in(letter_to(kim))
    page = Client().post(link, {"name": "Kim", "password1": "kim@company", "password2": "kim@company"})
    assert page.status_code == 200
    assert not User.objects.filter(email="kim@company.example").exists()


def test_the_person_of_that_address_is_tied_to_the_user(cast, kim):
    person = make_kith("Kim", is_kin=True)
    Person.objects.filter(pk=person.pk).update(email="Kim@Company.example", email_normal="kim@company.example")
    Client().post(link_in(letter_to(kim)), CHOSEN)
    dispatch()
    person.refresh_from_db()
    assert person.user == User.objects.get(email="kim@company.example")


def test_of_several_people_with_the_address_the_only_one_who_works_here_is_tied(cast):
    user = User.objects.create_user("kim@company.example", name="Kim")
    outside, inside = (Person.objects.create(name="Kim", email=user.email, is_kin=kin) for kin in (False, True))
    for _ in range(2):
        assert tie_person_of_address(user=user) == inside
    outside.refresh_from_db()
    assert outside.user is None


def test_two_who_ask_the_same_address_at_once_make_one_invitation(cast):
    invite(by=cast.alice, people=[("kim@company.example", "")], grants=[], language="en")
    asked = invite(by=cast.alice, people=[("kim@company.example", "")], grants=[], language="en")
    assert (asked.waiting, Invitation.objects.count()) == (["kim@company.example"], 1)


def test_a_logged_in_reader_who_joins_becomes_the_invited(visit, kim):
    token = write_link(invitation=kim)
    client = visit("bob")
    client.post(f"/invitation/{token}/", CHOSEN)
    assert "kim@company.example" in said(client.get("/settings/me/"))


def test_an_erased_person_leaves_no_invitation_behind(cast, kim):
    Client().post(link_in(letter_to(kim)), CHOSEN)
    person = Person.objects.create(name="Kim Berg", email="kim@company.example", is_kin=True)
    invite(by=cast.alice, people=[("lee@company.example", "Lee")], grants=[], language="en")
    dispatch()
    erase_person(person=Person.objects.get(pk=person.pk))
    assert list(Invitation.objects.values_list("email", flat=True)) == ["lee@company.example"]
    assert not User.objects.filter(email="kim@company.example").exists()
    assert "kim" not in str(list(AuditEntry.objects.values_list("object_repr", "changes"))).lower()


def test_where_no_letter_leaves_the_page_says_so_and_does_not_call_it_sent(visit, kim, settings):
    letter_to(kim)
    assert "letter sent" in said(visit("alice").get(INVITE))
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/home/kithkin/mail"
    page = said(visit("alice").get(INVITE))
    assert "No letter leaves yet" in page
    assert "letter written to the folder" in page
    assert "letter sent" not in page


def test_the_list_of_users_says_how_many_were_asked_and_have_not_come(cast, visit, kim):
    assert "1 person was asked and has not come yet" in said(visit("alice").get("/settings/users/"))
    Client().post(link_in(letter_to(kim)), CHOSEN)
    assert "has not come yet" not in said(visit("alice").get("/settings/users/"))
