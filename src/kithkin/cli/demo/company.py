"""Write the simulated company's files, ask them the four questions, and bind the answers into one report."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path

from kithkin.analysis.linkage.report import WeakLinkReport
from kithkin.cli.answer import Answer, write_report
from kithkin.cli.demo.truths import truth
from kithkin.cli.drivers import measure as drivers
from kithkin.cli.failures import CommandError
from kithkin.cli.flow import measure as flow
from kithkin.cli.options import Ranges
from kithkin.cli.report import Fact, Page
from kithkin.cli.scores import measure as scores
from kithkin.cli.screen import Screen
from kithkin.cli.weak_link import measure as weak_link_files
from kithkin.cli.weak_link.answer import WeakLink
from kithkin.demo.company import Company, simulate
from kithkin.tables import write

FILES = ("links", "outcomes", "service_map", "responses", "engagement", "revenue", "requests")
ENGAGEMENT = ("trust", "recognition", "growth", "equipment", "workload", "canteen")


def run(directory: Path, *, seed: int, weak_link: str | None, units: int, periods: int, open_report: bool) -> None:
    """Do it all, and say where everything is."""
    company = simulate(seed=seed, units=units, periods=periods, weak_link=truth(weak_link))
    write_files(company, directory)
    answers = analyses(directory)
    report = directory / "report.html"
    write_report(bound([answer.page() for answer in answers], company), report)
    _say(company, directory, answers, Screen())
    Screen().say(f"Report: {report}")
    if open_report and _has_display():
        webbrowser.open(report.resolve().as_uri())


def write_files(company: Company, directory: Path) -> None:
    """One CSV per table of the company."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CommandError(f"{directory}: this is a file. Name a directory, or one that can be made.") from None
    for name in FILES:
        write(directory / f"{name}.csv", getattr(company, name))


def analyses(directory: Path) -> list[Answer]:
    """The four questions, asked of the files as anybody would ask them: `commands` gives the same answers."""
    csv = {name: directory / f"{name}.csv" for name in FILES}
    return [
        weak_link_files.measure(csv["links"], csv["outcomes"], csv["service_map"]),
        scores.measure([csv["responses"]], scores.Question("score", "nps", by=("touchpoint",))),
        drivers.measure(csv["engagement"], drivers.Question("engagement", ENGAGEMENT, Ranges((1.0, 5.0)), "weight")),
        flow.measure(csv["requests"], flow.Question("request", "group", "at", "kept", closed=("state", "Closed"))),
    ]


def commands(directory: Path) -> list[str]:
    """The same questions as they are typed."""
    csv = {name: shlex.quote(str(directory / f"{name}.csv")) for name in FILES}
    columns = "--case request --group group --at at --met kept --closed state=Closed"
    questions = [
        f"weak-link --links {csv['links']} --outcomes {csv['outcomes']} --map {csv['service_map']}",
        f"scores {csv['responses']} --score score --metric nps --by touchpoint",
        f"drivers {csv['engagement']} --outcome engagement --driver {' '.join(ENGAGEMENT)} --valid 1:5 --weight weight",
        f"flow {csv['requests']} {columns}",
    ]
    return [f"{program(sys.argv[0])} analyze {question}" for question in questions]


def program(called: str) -> str:
    """How to call the command again: by its name where that finds it, else as it was called."""
    found = shutil.which("kithkin")
    path = Path(called)
    if path.stem != "kithkin" or not path.is_file() or (found and path.samefile(found)):
        return "kithkin"
    return shlex.quote(called)


def bound(pages: list[Page], company: Company) -> Page:
    """One page: the first one's finding leads, the sections of all follow in order."""
    first, *others = pages
    facts = [Fact("Company", _made(company)), *first.facts]
    for page in others:
        facts += [replace(fact, name=f"{page.kind}: {fact.name}") for fact in page.facts if fact.name != "Intervals"]
    sections = list(first.sections)
    for page in others:
        opening, *rest = page.sections
        sections += [replace(opening, heading=page.title), *rest]
    refused = tuple(line for page in pages for line in page.refused)
    return replace(first, kind="A simulated company", sections=tuple(sections), facts=tuple(facts), refused=refused)


def _made(company: Company) -> str:
    weak = f"the weak link is {company.weak_link}" if company.weak_link else "there is no weak link"
    size = f"{len(company.units)} branches × {len(company.periods)} months"
    return f"Simulated, seed {company.seed}, {size}. In truth {weak}."


def _say(company: Company, directory: Path, answers: list[Answer], screen: Screen) -> None:
    search = next(answer for answer in answers if isinstance(answer, WeakLink))
    screen.title(search.report.sentences[0])
    screen.say()
    screen.say(f"{_made(company)} {verdict(search.report, company.weak_link)}")
    screen.say(f"{len(FILES)} files are in {directory}. Ask them yourself:")
    for command in commands(directory):
        sys.stdout.write(f"  {command}\n")


def verdict(report: WeakLinkReport, truth: str | None) -> str:
    """What the analysis made of the truth, in a sentence."""
    named = report.weakest.link if report.weakest else None
    if named == truth:
        return "The analysis says so, too." if truth else "The analysis stays silent, as it should."
    if truth is None:
        return "The analysis names one all the same."
    return "The analysis names another." if named else "The analysis cannot tell it from these data."


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
