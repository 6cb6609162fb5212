"""What the search for the weak link says, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.analysis.linkage.report import Check, LinkVerdict, RankedLink, WeakLinkReport
from kithkin.insights import wording

VERDICTS = {
    LinkVerdict.WEAKEST: gettext_lazy("the weak link"),
    LinkVerdict.LIKELY: gettext_lazy("matters, but is not told apart from others"),
    LinkVerdict.OPEN: gettext_lazy("cannot be told yet"),
    LinkVerdict.NO_REACH: gettext_lazy("does not reach the customer"),
    LinkVerdict.AT_TARGET: gettext_lazy("at its target"),
}
CHECKS = {
    "lead placebo": (
        gettext_lazy("Is the arrow the right way round?"),
        gettext_lazy("Tomorrow’s service does not predict today’s score."),
        gettext_lazy("Tomorrow’s service predicts today’s score: the arrow may point the other way."),
    ),
    "permuted labels": (
        gettext_lazy("Could it be chance?"),
        gettext_lazy("Among shuffled companies hardly any looked as strong."),
        gettext_lazy("Shuffled companies look as strong too often."),
    ),
    "leave one unit out": (
        gettext_lazy("Does one branch carry it?"),
        gettext_lazy("It stays the worst whichever unit is left out."),
        gettext_lazy("Without one of the units another relation is the worst."),
    ),
    "robustness": (
        gettext_lazy("Could something unseen explain it?"),
        gettext_lazy("Something unseen would have to move both scores strongly."),
        gettext_lazy("Something unseen that moves both scores a little would explain it."),
    ),
    "collinear links": (
        gettext_lazy("Can it be told from its neighbours?"),
        gettext_lazy("The other relations do not move along with it."),
        gettext_lazy("Other relations move along with it, so they cannot be told apart."),
    ),
    "measurement": (
        gettext_lazy("Are the scores inside reliable?"),
        gettext_lazy("Each unit’s average is reliable."),
        gettext_lazy("Some units’ averages rest on too few answers."),
    ),
}
NOT_TRIED = gettext_lazy("There is too little to try this on.")


@dataclass(frozen=True)
class CheckSaid:
    """One check in words."""

    question: str
    said: str
    passed: bool | None


def checks_said(checks: tuple[Check, ...]) -> list[CheckSaid]:
    """Every check as a question and its answer."""
    found = []
    for check in checks:
        if check.name not in CHECKS:
            continue
        question, held, failed = CHECKS[check.name]
        said = NOT_TRIED if check.passed is None else held if check.passed else failed
        found.append(CheckSaid(str(question), str(said), check.passed))
    return found


def finding(report: WeakLinkReport | None) -> str:
    """The title: the weak link by name, or that there is none to name."""
    if report is None or report.weakest is None:
        return _("Which department lets your customers down cannot be told yet")
    if " → " not in report.weakest.link:  # see readers.as_told
        return _("What lets your customers down most lies between two other departments")
    return _("%(link)s lets your customers down most") % {"link": called(report.weakest.link)}


def called(link: str) -> str:
    """A relation as a sentence begins: "IT’s till support for Branches"."""
    ends, _colon, service = link.partition(": ")
    provider, arrow, receiver = ends.partition(" → ")
    if not (arrow and service):
        return link[:1].upper() + link[1:]
    said = _("%(provider)s’s %(service)s for %(receiver)s") % {
        "provider": provider, "service": service, "receiver": receiver,
    }  # fmt: skip
    return said[:1].upper() + said[1:]


def points(value: float) -> str:
    """Points of the outside score."""
    return wording.signed(value, 1)


def cost_said(link: RankedLink, score: str) -> str:
    """What the weak link costs."""
    return _(
        "It costs about %(gain)s points of %(score)s (95 %% interval: %(low)s to %(high)s), and is the worst of all "
        "with a probability of %(chance)s."
    ) % {
        "gain": points(link.gain),
        "score": score,
        "low": points(link.low),
        "high": points(link.high),
        "chance": wording.chance(link.probability_worst),
    }


def silence_said(report: WeakLinkReport | None, why_not: str = "") -> str:
    """Why nothing is named, and what it would take."""
    if report is None:
        if why_not == "nothing":
            return _("There are no scores of relations and of customers for the same units and months yet.")
        return why_not or _("Nothing was worked out yet.")
    first = report.ranked[0] if report.ranked else None
    parts = []
    if first is not None:
        parts.append(
            _("Nearest is %(link)s, the worst with a probability of %(chance)s; 90 %% is asked for, and more.")
            % {"link": first.link, "chance": wording.chance(first.probability_worst)}
        )
    if report.needed:
        months = -(-report.needed // max(report.units, 1))
        parts.append(
            ngettext(
                "About %(n)d more month with as many units would tell, if a relation is weak.",
                "About %(n)d more months with as many units would tell, if a relation is weak.",
                months,
            ) % {"n": months}
        )  # fmt: skip
    elif report.needed == 0:
        parts.append(_("More of the same would not help: see what did not hold below."))
    return " ".join(parts)


def basis_said(report: WeakLinkReport) -> str:
    """On what it rests."""
    return _("%(units)d units, %(periods)d months from %(first)s to %(last)s; %(n)d pairs of unit and month.") % {
        "units": report.units,
        "periods": report.periods,
        "first": wording.month_name(report.first_period),
        "last": wording.month_name(report.last_period),
        "n": report.n,
    }
