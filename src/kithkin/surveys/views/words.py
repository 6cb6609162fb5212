"""What a program promises, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.forms.models import Field
from kithkin.surveys.forms.programs import LABELS
from kithkin.surveys.models import Identity, Program


def promise(program: Program) -> list[str]:
    """What respondents are promised, and what that means for whoever reads."""
    floor = {"floor": program.floor}
    if program.identity == Identity.IDENTIFIED:
        found = [_("Respondents know that their name stands with what they say.")]
        if program.floor is None:
            found.append(_("Any group can be looked at, however small, with its interval."))
        else:
            found.append(_("Groups of fewer than %(floor)s people are never shown.") % floor)
        return [*found, *_cut(program)]
    who = (
        _("Who answered is not kept: neither name nor address nor hour.")
        if program.identity == Identity.ANONYMOUS
        else _("Who answered is kept, and shown to nobody.")
    )
    return [
        who,
        _("Groups of fewer than %(floor)s people are never shown, nor can they be worked out from others.") % floor,
        _("Single responses are shown to nobody."),
        *_cut(program),
    ]


def _cut(program: Program) -> list[str]:
    if program.floor is None:
        return []
    if not program.dimensions:
        return [_("By what results are cut is locked at the launch.")]
    own = {field.column: str(field) for field in Field.objects.filter(questionnaire=program.questionnaire_id)}
    cuts = [str(LABELS[name]) if name in LABELS else own.get(name, name) for name in program.dimensions]
    said = _("Results are cut by %(cuts)s, and by nothing else; that is locked.")
    if program.launched_at is None:
        said = _("Results are to be cut by %(cuts)s, and by nothing else; that is locked at the launch.")
    return [said % {"cuts": ", ".join(cuts)}]
