"""Somebody of the cast who asks by a token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from kithkin.platform.models import User
from kithkin.platform.services.tokens import make_token

BOTH = tuple(f"{room}:{kind}" for room in ("directory", "servicedesk", "surveys") for kind in ("read", "write"))


@dataclass
class Asker:
    """Sends JSON with a token; `Asker.of(cast.alice).post("/people", {"name": "Kim"})`."""

    text: str
    client: Client

    @classmethod
    def of(cls, user: User, scopes: tuple[str, ...] = BOTH) -> Asker:
        made = make_token(user=user, name="test", scopes=scopes, days=1, made_by=user)
        return cls(made.text, Client(raise_request_exception=False))

    def send(self, method: str, path: str, body: Any = None, **headers: str):
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {"Authorization": f"Bearer {self.text}", **headers}
        kind = named.pop("Content-Type", "application/json")
        return self.client.generic(method, f"/api/v1{path}", data, kind, headers=named)

    def get(self, path: str, **headers: str):
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str):
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str):
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str):
        return self.send("DELETE", path)


def kind_of(response) -> str:
    """The cause that a problem document names."""
    assert response.headers["Content-Type"] == "application/problem+json"
    return str(response.json()["type"]).removeprefix("urn:kithkin:problem:")
