"""An import in sentences: what will happen, what happened, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportState
from kithkin.platform.registries.imports import ImportKind, kind_of


@dataclass(frozen=True)
class Figure:
    """One count with its words."""

    count: str
    words: str


@dataclass(frozen=True)
class Shown:
    """What a page says of one import."""

    title: str
    figures: Sequence[Figure]
    rows: Sequence[str]
    reasons: Sequence[tuple[str, int]]
    refused: int
    doing: int
    done: int
    total: int
    """Chunks done of how many, where a worker is at it."""
    brought: Sequence[tuple[str, str | Promise]] = ()
    """Addresses, and words, of lists of what came in."""


def shown(one: Import) -> Shown:
    """The sentences of the state it is in."""
    dry = one.state in (ImportState.CHECKING, ImportState.CHECKED)
    tally = Tally.kept(one.counts.get("check" if dry else "run", {}))
    kind = kind_of(one.kind)
    labels = kind.labels if kind else ()
    undoing = one.state in (ImportState.UNDOING, ImportState.UNDONE)
    done, total = (_undone(one, tally)) if undoing else (one.cursor, one.chunks)
    return Shown(
        title=_title(one, tally),
        figures=_figures(tally, dry=dry) if not undoing else _undo_figures(one),
        rows=[] if undoing else [_row(model, found) for model, found in tally.rows_in_order(labels)],
        reasons=[] if undoing else tally.reasons.most_common(8),
        refused=tally.refused,
        doing=tally.doing,
        done=done,
        total=total,
        brought=_brought(one),
    )


def _brought(one: Import) -> Sequence[tuple[str, str | Promise]]:
    kind = kind_of(one.kind)
    there = one.state == ImportState.DONE and not one.forgotten_at
    return kind.brought(one) if kind and kind.brought and there else ()


def kind_label(one: Import) -> str:
    """What is in the file, in a word."""
    kind: ImportKind | None = kind_of(one.kind)
    return str(kind.label) if kind else one.kind


def outcome(one: Import) -> str:
    """A line about how it stands, for lists."""
    tally = Tally.kept(one.counts.get("run" if one.state in _RAN else "check", {}))
    if one.failure:
        return one.failure
    if one.state == ImportState.MATCHING:
        return _("Its columns wait to be matched.")
    if one.is_working:
        return _("%(percent)s %% done.") % {"percent": percent(one)}
    if one.state == ImportState.UNDONE:
        return _("Taken back.")
    figures = _figures(tally, dry=one.state not in _RAN)
    return ", ".join(f"{figure.count} {figure.words}" for figure in figures if figure.count != "0")


_RAN = (ImportState.RUNNING, ImportState.DONE, ImportState.UNDOING, ImportState.UNDONE)


def percent(one: Import) -> int:
    """How far a worker has come."""
    tally = Tally.kept(one.counts.get("run", {}))
    done, total = _undone(one, tally) if one.state == ImportState.UNDOING else (one.cursor, one.chunks)
    return min(99, round(100 * done / total)) if total else 0


def _undone(one: Import, tally: Tally) -> tuple[int, int]:
    undo = one.counts.get("undo", {})
    return undo.get("undone", 0) + undo.get("kept", 0), tally.doing


def _title(one: Import, tally: Tally) -> str:
    said = {
        ImportState.CHECKING: _("“%(name)s” is being checked"),
        ImportState.RUNNING: _("“%(name)s” is coming in"),
        ImportState.UNDOING: _("“%(name)s” is being taken back"),
        ImportState.UNDONE: _("“%(name)s” was taken back"),
        ImportState.CHECKED: _title_of_report(tally),
        ImportState.DONE: _title_of_result(tally),
    }.get(ImportState(one.state), "%(name)s")
    return said % {"doing": intcomma(tally.doing), "refused": intcomma(tally.refused), "name": one.name}


def _title_of_report(tally: Tally) -> str:
    if not tally.doing and not tally.refused:
        return _("Everything in the file is here already")
    if not tally.doing:
        return ngettext(
            "Nothing can come in: %(refused)s line is refused",
            "Nothing can come in: %(refused)s lines are refused",
            tally.refused,
        )
    if not tally.refused:
        return ngettext(
            "%(doing)s line can come in, none is refused", "%(doing)s lines can come in, none is refused", tally.doing
        )
    return ngettext(
        "%(doing)s line can come in, %(refused)s refused",
        "%(doing)s lines can come in, %(refused)s refused",
        tally.doing,
    )


def _title_of_result(tally: Tally) -> str:
    if not tally.doing and not tally.refused:
        return _("Nothing changed: everything in the file was here already")
    return ngettext("%(doing)s line came in", "%(doing)s lines came in", tally.doing)


def _figures(tally: Tally, *, dry: bool) -> list[Figure]:
    if dry:
        words = ((tally.created, _("would be new")), (tally.changed, _("would change")))
    else:
        words = ((tally.created, _("new")), (tally.changed, _("changed")))
    shown = (*words, (tally.unchanged, _("as they were")), (tally.refused, _("refused")))
    return [Figure(str(intcomma(count)), word) for count, word in shown]


def _undo_figures(one: Import) -> list[Figure]:
    undo = one.counts.get("undo", {})
    words = ((undo.get("undone", 0), _("taken back")), (undo.get("kept", 0), _("left, since they changed later")))
    return [Figure(str(intcomma(count)), word) for count, word in words]


def _row(model: str, found: dict[str, Any]) -> str:
    try:
        label = str(apps.get_model(model)._meta.verbose_name_plural)
    except LookupError:
        label = model
    parts = [_("%(count)s new") % {"count": intcomma(found["created"])}] if found.get("created") else []
    parts += [_("%(count)s changed") % {"count": intcomma(found["changed"])}] if found.get("changed") else []
    return f"{label}: {', '.join(parts)}"
