"""Around every request: its id, its line in the log, the headers of its answer, and what machines ask."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from structlog.testing import capture_logs

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: sorted(part.split()[1:]) for part in policy.split(";")}


@pytest.mark.parametrize("path", ["/", "/people/", "/settings/operations/", "/no-such-page/", "/log-in/login/"])
def test_every_page_forbids_foreign_code_and_frames(visit, path):
    headers = visit("alice").get(path, follow=path == "/log-in/login/").headers
    assert directives(headers["Content-Security-Policy"]) == directives(POLICY)
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert (headers["Referrer-Policy"], headers["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")


def test_request_has_an_id_of_its_own(db):
    first, second = (Client().get("/healthz").headers["X-Request-Id"] for _ in range(2))
    assert (len(first), first != second) == (32, True)


@pytest.mark.parametrize(
    ("given", "kept"), [("abcdef-0123456789", True), ("short", False), ("a" * 37, False), ("a\nb: injected", False)]
)
def test_good_id_of_a_proxy_is_kept_and_no_other(db, given, kept):
    answered = Client(headers={"X-Request-Id": given}).get("/healthz").headers["X-Request-Id"]
    assert (answered == given) is kept


def test_request_leaves_one_line_in_the_log(visit):
    with capture_logs() as lines:
        visit("alice").get("/search/?q=secret")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert {name: line[name] for name in ("method", "path", "status")} == {
        "method": "GET", "path": "/search/", "status": 200,
    }  # fmt: skip
    assert "secret" not in str(lines)


@pytest.mark.parametrize("path", ["/first-start/", "/invitation/"])
def test_address_that_opens_a_door_is_not_logged_whole(db, path):
    with capture_logs() as lines:
        Client().get(f"{path}very-secret/")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["path"] == f"{path}…"


def test_probes_of_machines_are_not_logged(db):
    with capture_logs() as lines:
        Client().get("/healthz")
    assert lines == []


def test_log_as_json_carries_the_id_of_the_request():
    code = (
        "import logging, structlog\nfrom kithkin.config.logs import logging_config\nlogging_config('json', 'INFO')\n"
        "structlog.contextvars.bind_contextvars(request_id='r1')\n"
        "structlog.get_logger('a').info('happened', number=1)\nlogging.getLogger('b').warning('plain %s', 'line')"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ})
    ours, foreign = map(json.loads, ran.stderr.splitlines())
    assert {name: ours[name] for name in ("event", "number", "request_id", "level", "logger")} == {
        "event": "happened", "number": 1, "request_id": "r1", "level": "info", "logger": "a",
    }  # fmt: skip
    assert (foreign["event"], foreign["request_id"], foreign["level"]) == ("plain line", "r1", "warning")


def test_process_says_that_it_lives_without_asking_the_database():
    assert Client().get("/healthz").json() == {"status": "ok"}


READY = (
    "from django.db import connection; from django.test import Client; connection.cursor().execute({!r})\n"
    "answer = Client(headers={{'host': 'localhost'}}).get('/readyz')\n"
    "print(answer.status_code, answer.content.decode())"
)


def test_ready_once_the_database_is_of_this_release(fresh):
    with fresh().migrate().forking("import kithkin.config.urls") as one:
        assert one.python(READY.format("SELECT 1")) == '200 {"status": "ok", "database": "ok"}\n'
        later = "DELETE FROM django_migrations WHERE app = 'usersessions'"
        status, _, said = one.python(READY.format(later)).partition(" ")
        assert (status, json.loads(said)["status"]) == ("503", "unavailable")
        assert json.loads(said)["database"].endswith("migrations to run")
        broken = "ALTER TABLE django_migrations RENAME COLUMN name TO called"
        assert one.python(READY.format(broken)) == '503 {"status": "unavailable", "database": "no answer"}\n'
