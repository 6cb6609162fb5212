"""Two writers of one record: the second is told, and nothing is overwritten."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _


class ChangedMeanwhile(Exception):
    """Somebody else changed the record since it was read."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(
            _(
                "“%(record)s” was changed by somebody else in the meantime. Nothing was overwritten: "
                "look at the record as it is now, and make your change again."
            )
            % {"record": record}
        )
        self.record = record


class GoneMeanwhile(ChangedMeanwhile):
    """Somebody else deleted the record since it was read; saving it must not bring it back."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(record)
        self.args = (_("“%(record)s” was deleted by somebody else in the meantime.") % {"record": record},)


class Versioned(models.Model):
    """A record that counts its changes. `save` writes only over the version that was read, else `ChangedMeanwhile`.

    A page that edits carries the version it was drawn from: `record.expect(version)` before changing it.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True

    def expect(self, version: int | str | None) -> None:
        """Raise `ChangedMeanwhile` unless the record still is at `version`, as a form remembers it."""
        if str(version) != str(self.version):
            raise ChangedMeanwhile(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the next version; an `update_fields` is widened by what changes with every version."""
        if not self._state.adding and not kwargs.get("force_insert"):
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "changed_at"}
        super().save(*args, **kwargs)

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> bool:
        """Update where the version is the one before: else another writer was faster, and Django must not insert."""
        done = super()._do_update(base_qs.filter(version=self.version - 1), using, pk_val, values, *rest)
        if not done and not self._state.adding:
            self.version -= 1
            raise ChangedMeanwhile(self) if base_qs.filter(pk=pk_val).exists() else GoneMeanwhile(self)
        return bool(done)
