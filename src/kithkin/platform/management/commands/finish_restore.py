"""`kithkin manage finish_restore`: the second half of a restore, begun with the state that was brought back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kithkin.platform.backup import Refused, finish_restore


class Command(BaseCommand):
    """Called by `kithkin restore`."""

    help = "Finish a restore: migrate, and erase anew who was erased."

    def handle(self, **_: Any) -> None:
        """Say what was done."""
        try:
            for line in finish_restore():
                self.stdout.write(line)
        except Refused as error:
            raise CommandError(str(error)) from error
