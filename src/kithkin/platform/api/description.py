"""The OpenAPI description: what ninja writes of itself, and what is true of every operation."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from kithkin.platform.api.access import ByToken, scope_for
from kithkin.platform.api.problems import MEDIA_TYPE, TITLES, Problem

REF = "#/components/schemas/{model}"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


class Api(NinjaAPI):
    """An API that names its operations by their functions and documents its problems, scopes and limits."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """ "list_people": stays when a module moves."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document at /api/v1/openapi.json."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schema = Problem.model_json_schema(ref_template=REF)
        document["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
        rooms = {
            operation.view_func.__name__: auth.room
            for bound in self._get_bound_routers()
            for view in bound.path_operations.values()
            for operation in view.operations
            for auth in operation.auth_callbacks
            if isinstance(auth, ByToken)
        }
        for path, methods in document["paths"].items():
            for method in METHODS & methods.keys():
                _complete(methods[method], path, method, rooms.get(methods[method]["operationId"], ""))
        return document


def _complete(said: dict[str, Any], path: str, method: str, room: str) -> None:
    scope = scope_for(room, method.upper())
    said["security"] = [{"ByToken": [scope] if scope else []}, {"BySession": []}]
    said["summary"] = said["operationId"].replace("_", " ").capitalize()
    statuses = [401, 403, 429]
    if "{" in path:
        statuses += [404]
    if said.get("parameters"):
        statuses += [422]
    if method != "get":
        statuses += [409, 422]
    if "requestBody" in said:
        statuses += [400, 413, 415]
    for status in sorted(set(statuses)):
        said["responses"][status] = {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}},
        }
    said["responses"] = {str(status): said["responses"][status] for status in sorted(said["responses"])}
