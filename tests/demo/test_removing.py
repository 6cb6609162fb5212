"""One click removes the simulated company, so that a real one can begin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from kithkin.demo import mark
from kithkin.demo.mark import Mark
from tests.installations import Installation

LOAD = "from kithkin.demo.loading import load_company; from kithkin.demo.size import SMALL"
STATIC = "from kithkin.platform.upgrade import collect_static_files; collect_static_files()"
VISIT = """
import json
from django.apps import apps
from django.conf import settings
from django.test import Client
from kithkin.demo import mark
browser, other = Client(), Client()
for who, email in ((browser, "administrator"), (other, "analyst")):
    assert who.login(username=email + "@harbourstreet.example", password="kithkin demo")
asked = browser.get("/settings/simulated/")
done = browser.post("/settings/simulated/", follow=True)
left = {m._meta.label: m._base_manager.count() for m in apps.get_models(include_auto_created=True) if not m._meta.proxy}
print(json.dumps({
    "asked": asked.status_code,
    "done": [done.status_code, done.redirect_chain[-1][0]],
    "left": {name: count for name, count in left.items() if count},
    "others": other.get("/").status_code,
    "again": browser.post("/settings/simulated/", follow=True).redirect_chain[-1][0],
    "simulated": mark.read() is not None or "is simulated" in browser.get("/").content.decode(),
    "warehouse": [str(one) for one in settings.HOME.glob("warehouse/**/*")],
}))
"""


def test_one_click_leaves_nothing_but_the_administrator_who_clicked(fresh):
    one: Installation = fresh()
    one.migrate().python(f"{LOAD}\nload_company(size=SMALL)")
    assert any(one.home.glob("warehouse/**/*.parquet"))
    removed = json.loads(
        one.python(f"from django.conf import settings; settings.ALLOWED_HOSTS = ['*']\n{STATIC}\n{VISIT}")
    )
    assert (removed["asked"], removed["done"]) == (200, [200, "/settings/me/"])
    made_by_migrations = {"auth.Permission", "contenttypes.ContentType", "django_q.Schedule"}
    assert {name: count for name, count in removed["left"].items() if name not in made_by_migrations} == {
        "platform.User": 1,
        "platform.RoleGrant": 1,
        "platform.AuditEntry": 1,
        "sessions.Session": 1,
        "usersessions.UserSession": 1,
    }
    assert (removed["warehouse"], removed["simulated"]) == ([], False)
    assert removed["others"] == 302, "everybody else is logged out"
    assert removed["again"] == "/", "what is gone cannot be removed again"


@pytest.fixture
def simulated() -> Iterator[None]:
    mark.write(Mark(seed=1, weak_link=None, today=date(2026, 11, 26)))
    yield
    mark.remove()


def test_every_page_says_that_the_company_is_simulated(visit, simulated):
    sentence = b"This company is simulated"
    assert all(sentence in visit("bob").get(page).content for page in ("/", "/settings/me/"))
    assert sentence in Client().get("/log-in/", follow=True).content


def test_only_administrators_are_offered_to_remove_it(visit, simulated):
    offered = {name: b"/settings/simulated/" in visit(name).get("/").content for name in ("alice", "percy", "bob")}
    assert offered == {"alice": True, "percy": False, "bob": False}


def test_a_company_that_is_not_simulated_says_nothing_of_it_and_is_never_removed(visit, cast):
    assert b"simulated" not in visit("alice").get("/").content
    assert visit("alice").get("/settings/simulated/").status_code == 404
    answer = visit("alice").post("/settings/simulated/", follow=True)
    assert b"nothing was removed" in answer.content
    assert type(cast.users["bob"]).objects.filter(pk=cast.users["bob"].pk).exists()
