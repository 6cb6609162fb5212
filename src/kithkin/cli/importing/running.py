"""Taking a file through every step of an import, and saying what came of it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
from django.apps import apps

from kithkin.cli.failures import CommandError
from kithkin.cli.text import printable
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportRow, ImportState, Role, RowAction, User
from kithkin.platform.registries.imports import ImportKind, kind_of
from kithkin.platform.services.imports import check_import, run_import, take_upload, work_on_import
from kithkin.platform.upgrade import NotReady, check_database, missing_migrations

SHOWN = 10
PAUSE = 0.2


def bring(file: Path, *, kind: str, columns: Mapping[str, str], options: Mapping[str, str], user: str | None) -> None:
    """Check the file, bring it in, and say how many lines did what; what was refused goes to stderr."""
    one = uploaded(file, kind, user)
    missing = [column for column in columns if column not in one.columns]
    if missing:
        there = ", ".join(one.columns[:12])
        raise CommandError(f"{file}: there is no column {missing[0]!r}. Its columns are: {there}.")
    carry_through(one, file, mapping=columns, options=options)


def uploaded(file: Path, kind: str, user: str | None) -> Import:
    """The file taken in, in somebody's name."""
    try:
        check_database()
    except NotReady as error:
        raise CommandError(str(error)) from error
    if missing_migrations():
        raise CommandError("There is no installation of this release here yet. Start it once: kithkin up")
    known = kind_of(kind)
    assert known
    return _uploaded(file, known, _user(user, known))


def carry_through(
    one: Import, file: Path, *, mapping: Mapping[str, str], options: Mapping[str, Any], only_check: bool = False
) -> None:
    """Checked, brought in unless only that is wanted, and told."""
    check_import(one=one, mapping=mapping, options=options)
    _finish(one)
    if Tally.kept(one.counts["check"]).doing and not only_check:
        run_import(one=one)
        _finish(one)
    _tell(one, file)


def _user(address: str | None, kind: ImportKind) -> User:
    if address is None:
        administrators = User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR, grants__scope_id=None)
        found = administrators.order_by("pk").first()
        if found is None:
            raise CommandError("Nobody administers this installation yet. Open it in a browser first.")
        return found
    found = User.objects.filter(email__iexact=address, is_active=True).first()
    if found is None or not kind.allowed(found):
        raise CommandError(f"{address}: there is no such user who may bring this in. Name another with --user.")
    return found


def _uploaded(file: Path, kind: ImportKind, user: User) -> Import:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(file, Path(folder) / "upload"))
        try:
            return take_upload(
                by=user,
                kind=kind,
                path=copy,
                name=file.name[-200:],
                sha256=digest,
                size=file.stat().st_size,
                once=uuid.uuid4(),
            )
        except NotImportable as error:
            raise CommandError(str(error)) from error


def _finish(one: Import) -> None:
    """Work until the step is done; where a worker of the installation is faster, wait for it."""
    while True:
        work_on_import(one.pk)
        one.refresh_from_db()
        if one.failure:
            raise CommandError(one.failure)
        if not one.is_working:
            return
        time.sleep(PAUSE)


def _tell(one: Import, file: Path) -> None:
    tally = Tally.kept(one.counts["run" if one.state == ImportState.DONE else "check"])
    if tally.doing:
        parts = [f"{tally.created:,} new"] if tally.created else []
        parts += [f"{tally.changed:,} changed"] if tally.changed else []
        parts += [f"{tally.unchanged:,} as they were"] if tally.unchanged else []
        typer.echo(f"{file}: lines: {', '.join(parts)}.")
        if one.state != ImportState.DONE:
            typer.echo("Nothing was written: they were only checked.")
        kind = kind_of(one.kind)
        in_order = tally.rows_in_order(kind.labels if kind else ())
        rows = ", ".join(_counted(sum(found.values()), model) for model, found in in_order)
        if rows:
            typer.echo(f"That was: {rows}.")
    elif tally.unchanged:
        typer.echo(f"{file}: nothing changed: all of it was here already.")
    if tally.refused:
        _tell_refused(one, tally, file)


def _counted(count: int, model: str) -> str:
    meta = apps.get_model(model)._meta
    return f"{count:,} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"


def _tell_refused(one: Import, tally: Tally, file: Path) -> None:
    typer.echo(f"{file}: {tally.refused:,} {'line is' if tally.refused == 1 else 'lines are'} refused:", err=True)
    rows = ImportRow.objects.filter(of=one, action=RowAction.REFUSED).order_by("number")
    for row in rows[:SHOWN]:
        column, value, reason, remedy = row.problems[0]
        at = f"{column} {value!r}: " if column and value else ""
        typer.echo(printable(f"  line {row.number}: {at}{reason} {remedy}"), err=True)
    if tally.refused > SHOWN:
        typer.echo(f"  and {tally.refused - SHOWN:,} more: see Import in the browser.", err=True)
    if not tally.doing and not tally.unchanged:
        raise CommandError("No line could come in.")
