"""Imports: a file on its way in, what it did line by line, and how to take it back."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is. In those that end in -ing a worker is at it, or will be."""

    MATCHING = "matching", _("columns to match")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("ready to run")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


WORKING = (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)


class Import(models.Model):
    """One file of one kind of thing.

    `folder` is a directory under MEDIA_ROOT with the file and what was made of it; it goes after thirty days, or
    earlier on demand, and with it the refused lines and the way back: `forgotten_at` says since when. `cursor` counts
    the chunks that are done of what is being done now; `total` the file's lines, once they were counted. `lease_until`
    and `lease` keep a second worker away. `failure` says why it stopped, and what to do.
    """

    once = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """Made with the page that uploads, so that two clicks make one import."""
    kind = models.CharField(_("kind"), max_length=40)
    name = models.CharField(_("file"), max_length=200)
    folder = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(_("size"))
    signature = models.CharField(max_length=64)
    """Of the column names: the next file with the same ones is matched alike."""
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    """Column → the field's key; a column left out is not in it."""
    options = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.MATCHING)
    total = models.PositiveIntegerField(null=True)
    chunks = models.PositiveIntegerField(default=0)
    cursor = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    failure = models.TextField(blank=True, default="")
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often a worker took it up since anything of it was last done."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports")
    uploaded_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        indexes: ClassVar = [
            models.Index(fields=["by", "-id"], name="imports_of_user"),
            models.Index(fields=["signature", "-id"], name="imports_alike"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its files are."""
        return Path(settings.MEDIA_ROOT) / self.folder

    @property
    def is_working(self) -> bool:
        """Whether a worker is at it, or should be."""
        return self.state in WORKING and not self.failure


class RowAction(models.TextChoices):
    """What became of a line, or what a line did to one row."""

    REFUSED = "refused", _("refused")
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    KEPT = "kept", _("not undone")


class ImportRow(models.Model):
    """A refused line with its reasons, or one row that a line made or changed, with what it takes to undo that.

    `mark` is the row's version after the import, or a digest of its fields where it counts no versions: what bears
    another mark was changed since. `before` holds the fields that were changed, as they were.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=RowAction.choices)
    problems = models.JSONField(default=list)
    """Each [column, value, reason, remedy]."""
    model = models.CharField(max_length=60, blank=True, default="")
    """Of a refused line: empty, or `ONLY_LINKS` where the line came in and only what it says of others did not."""
    target_id = models.BigIntegerField(null=True)
    mark = models.CharField(max_length=32, blank=True, default="")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    subject_id = models.BigIntegerField(null=True)
    """The person whom the line is about."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["of", "action", "number"], name="import_rows_by_action"),
            models.Index(fields=["of", "number"], name="import_rows_by_number"),
            models.Index(fields=["of", "model", "target_id"], name="import_row_of_target"),
            models.Index(fields=["subject_id"], name="import_rows_about", condition=Q(subject_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}:{self.number} {self.action}"
