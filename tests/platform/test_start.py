"""Starting loads what every process needs, and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.utils.module_loading import import_string

from kithkin.platform.registries import api, imports
from kithkin.platform.registries.later import Later

HEAVY = {"deltalake", "duckdb", "ibis", "openpyxl", "pandas", "pyreadstat", "ruptures", "scipy", "statsmodels"}
STARTED = "import sys, django; django.setup(); print(*sorted(set({heavy}) & set(sys.modules)))"


def test_a_process_that_only_starts_loads_no_statistics():
    code = STARTED.format(heavy=sorted(HEAVY))
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


@pytest.mark.parametrize("path", sorted(Later.named))
def test_what_is_named_for_later_is_there(path):
    assert callable(import_string(path))


def test_what_a_registry_was_told_by_path_is_in_it():
    assert [kind.key for kind in imports.imports] == [
        "people", "accounts", "organisation", "purchases", "managers", "requests", "responses", "figures",
    ]  # fmt: skip
    assert {room.name: bool(room.refusals) for room in api.api_rooms} == {
        "directory": True, "servicedesk": False, "surveys": True,
    }  # fmt: skip
