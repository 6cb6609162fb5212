"""The requests in docs/how-to/use-the-api.md are answered, with the fields that the page shows."""

from __future__ import annotations

import json
import re
import shlex
from string import Template
from typing import Any

from django.test import Client
from tests.cast import Cast
from tests.docs.examples import refresh
from tests.platform.api.asking import Asker

from kithkin.config.api import api

PAGE = (refresh.ROOT / "docs" / "how-to" / "use-the-api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|json)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def requests() -> list[tuple[str, str | None]]:
    """Each curl command, and the answer shown below its block, if one is."""
    found: list[tuple[str, str | None]] = []
    for (kind, text), (after, shown) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        commands = re.findall(r"^curl .*$", text.replace("\\\n", " "), re.MULTILINE) if kind == "sh" else []
        found += [(one, shown if after == "json" else None) for one in commands]
    return found


def send(command: str, token: str) -> Any:
    """What curl would send."""
    words = shlex.split(Template(command).substitute(TOKEN=token, KITHKIN=""))[1:]
    method, body, headers, url = "", None, {}, ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-d":
            body = words.pop(0)
        elif word == "-H":
            name, _sign, value = words.pop(0).partition(": ")
            headers[name] = value
        else:
            url = word
    kind = headers.pop("Content-Type", "")
    return Client().generic(method or ("GET" if body is None else "POST"), url, body or "", kind, headers=headers)


def shape(value: Any) -> Any:
    """The names in it, without the values."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_every_request_is_answered_as_shown(cast: Cast):
    token = Asker.of(cast.alice).text
    assert len(requests()) > 5
    for command, shown in requests():
        response = send(command, token)
        assert response.status_code in {200, 201}, (command, response.content)
        if shown is not None:
            assert shape(response.json()) == shape(json.loads(shown)), command


def test_the_page_tells_of_every_status():
    described = {
        status
        for methods in api.get_openapi_schema()["paths"].values()
        for said in methods.values()
        for status in said["responses"]
        if status >= "400"
    }
    listed = {status for line in PAGE.splitlines() if line.startswith("| 4") for status in re.findall(r"\b4\d\d", line)}
    assert described == listed
