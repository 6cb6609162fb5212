"""What the API offers, for people."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI

from kithkin.platform.access import allowed, anybody
from kithkin.platform.registries.api import the_api

START = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked of the API."""

    method: str
    path: str
    summary: str
    description: str


@allowed(anybody)
def api_reference(request: HttpRequest) -> HttpResponse:
    """Every operation, by what it is about, and where the machine-readable description is."""
    return render(request, "platform/api_reference.html", {"things": operations(the_api())})


def operations(api: NinjaAPI) -> dict[str, list[Operation]]:
    """From the API's own OpenAPI description: the first part of each path → its operations."""
    things: dict[str, list[Operation]] = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in METHODS:
            if (said := methods.get(method)) is not None:
                one = Operation(method.upper(), path, said.get("summary", ""), said.get("description", ""))
                things.setdefault(path.removeprefix(START).partition("/")[0], []).append(one)
    return things
