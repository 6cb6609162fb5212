"""`kithkin manage`: Django's own commands on this installation."""

from __future__ import annotations

import os

import typer

from kithkin.cli.installation import SETTINGS

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def manage(context: typer.Context) -> None:
    """Hand over to Django's commands, such as `kithkin manage check` or `kithkin manage shell`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.management import ManagementUtility

    ManagementUtility(["kithkin manage", *context.args]).execute()
