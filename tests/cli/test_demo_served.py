"""The simulated company as a running product."""

from __future__ import annotations

from tests.installations import MIGRATE, Installation

LOAD = "from kithkin.cli.demo.serving import Asked, loaded; print('\\n'.join(loaded(Asked())))"


def test_company_moves_in_once_and_names_a_log_in_for_each_role(fresh):
    one: Installation = fresh()
    one.python(MIGRATE)
    first = one.python(LOAD).splitlines()
    roles = ["Administrator", "Program manager", "Analyst", "Department head", "Agent", "Employee"]
    assert (first[0], first[-1]) == ("Log in as", "with “kithkin demo”.")
    assert [line.strip().rpartition("  ")[0].strip() for line in first[1:-1]] == roles
    assert one.python(LOAD).splitlines() == first
