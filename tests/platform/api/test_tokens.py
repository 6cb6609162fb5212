"""Tokens open what their scopes say, as their user, until they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kithkin.platform.models import Token
from kithkin.platform.services.tokens import (
    UnknownScope,
    make_service_token,
    make_token,
    revoke_token,
    token_of,
)
from tests.platform.accounts.browser import link_in, log_in, said

PEOPLE = "/api/v1/people"


def ask(text: str, path: str = PEOPLE, **headers: str):
    return Client().get(path, headers={"Authorization": f"Bearer {text}", **headers})


def made(cast, name="alice", scopes=("directory:read",), days=1):
    user = cast.users[name]
    return make_token(user=user, name="test", scopes=scopes, days=days, made_by=user)


def test_a_token_reads_what_its_user_may_see(cast):
    assert {row["name"] for row in ask(made(cast).text).json()["items"]} == {user.name for user in cast.users.values()}
    assert {row["name"] for row in ask(made(cast, "bob").text).json()["items"]} == {"Bob", "Dora", "Gus"}


def test_the_text_of_a_token_is_kept_nowhere(cast):
    new = made(cast)
    assert [value for value in Token.objects.values_list().get() if new.text in str(value)] == []


@pytest.mark.parametrize("text", ["", "kk_", "kk_nobody-has-this-one", "Ünicode", "a" * 10_000])
def test_what_is_no_token_is_answered_with_how_to_send_one(db, text):
    response = ask(text)
    assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["type"] == "urn:kithkin:problem:not-authenticated"


def test_an_ended_token_opens_nothing(cast):
    revoked, over, gone = made(cast), made(cast), made(cast, "bob")
    revoke_token(token=revoked.token)
    Token.objects.filter(pk=over.token.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    cast.bob.is_active = False
    cast.bob.save()
    assert [ask(one.text).status_code for one in (revoked, over, gone)] == [401, 401, 401]


def test_a_scope_that_is_missing_is_named(cast):
    response = ask(made(cast, scopes=("directory:write",)).text)
    assert (response.status_code, response.json()["type"]) == (403, "urn:kithkin:problem:scope-missing")
    assert "directory:read" in response.json()["detail"]


def test_a_scope_that_nobody_offers_is_refused(cast):
    with pytest.raises(UnknownScope, match="directory:read"):
        made(cast, scopes=("everything",))
    with pytest.raises(UnknownScope):
        made(cast, scopes=())


def test_no_token_lives_longer_than_a_year(cast):
    assert made(cast, days=100_000).token.ends_at < timezone.now() + timedelta(days=367)


def test_a_service_may_nothing_until_its_user_has_a_role(cast):
    new = make_service_token(name="till", scopes=["directory:read"], days=1, made_by=cast.alice)
    assert (ask(new.text).json()["items"], new.token.is_service, new.token.user.has_usable_password()) == (
        [],
        True,
        False,
    )


def test_use_is_noted_once_a_day(cast, django_assert_num_queries):
    text = made(cast).text
    token_of(text)
    assert Token.objects.get().last_used_on == timezone.now().date()
    with django_assert_num_queries(1):
        token_of(text)


def test_the_page_shows_a_new_token_once(visit):
    browser = visit("bob")
    page = browser.post("/settings/tokens/new/", {"name": "My script", "scopes": ["directory:read"], "days": "30"})
    text = page.context["text_once"]
    assert ask(text).status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert text not in browser.get("/settings/tokens/").content.decode()


def test_somebody_logged_in_may_ask_without_a_token(visit):
    assert visit("alice").get(PEOPLE).status_code == 200


def test_pages_follow_one_another_without_a_gap(cast):
    text, seen, after = made(cast).text, [], ""
    while after is not None:
        page = ask(text, f"{PEOPLE}?limit=3&after={after}").json()
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
    assert seen == sorted(seen)
    assert len(seen) == len(cast.users)


@pytest.mark.parametrize("query", ["after=!!", "after=LTE", "after=" + "OTk5" * 50, "limit=0", "limit=9999", "limit=x"])
def test_a_cursor_of_somebody_else_is_a_problem_not_a_fault(cast, query):
    response = ask(made(cast).text, f"{PEOPLE}?{query}")
    assert response.status_code in {400, 422}
    assert response.headers["Content-Type"] == "application/problem+json"


def by_mail(email: str, password: str = "another good battery") -> None:
    """A new password through the mailed link."""
    Client().post("/log-in/password/reset/", {"email": email})
    client = Client()
    form = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def elsewhere(cast, visit) -> None:
    """The reader's own "Log out everywhere else"."""
    visit("bob").post("/log-in/sessions/")


def by_administrator(cast, visit) -> None:
    visit("alice").post(f"/settings/users/{cast.bob.pk}/log-out/")


@pytest.mark.parametrize(
    "end",
    [lambda _cast, _visit: by_mail("bob@company.example"), elsewhere, by_administrator],
    ids=["password by mail", "everywhere else", "by an administrator"],
)
def test_the_tokens_of_somebody_end_when_others_may_have_got_in_and_no_others(cast, visit, end):
    own, theirs = made(cast, "bob").text, made(cast, "gus").text
    service = make_service_token(name="till", scopes=["directory:read"], days=1, made_by=cast.bob).text
    end(cast, visit)
    assert [ask(text).status_code for text in (own, theirs, service)] == [401, 200, 200]


def test_a_service_whose_user_is_logged_out_keeps_its_token(cast, visit):
    new = make_service_token(name="till", scopes=["directory:read"], days=1, made_by=cast.alice)
    visit("alice").post(f"/settings/users/{new.token.user_id}/log-out/")
    assert ask(new.text).status_code == 200


def test_the_pages_say_that_tokens_end(cast, visit):
    log_in(there := Client(), "bob@company.example")
    log_in(Client(), "bob@company.example")
    assert "Your tokens end with it" in said(there.get("/log-in/sessions/"))
    assert "every token of theirs" in said(visit("alice").get(f"/settings/users/{cast.bob.pk}/"))
    assert "Yours end when you choose a new password by mail" in said(there.get("/settings/tokens/"))
