"""A page becomes one HTML file that needs no network and, by its own policy, can use none."""

from __future__ import annotations

import base64
import functools
import hashlib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import vl_convert
from markupsafe import Markup

from kithkin.analysis.charts.picture import Form, Picture
from kithkin.analysis.charts.script import drawing, schemes
from kithkin.analysis.charts.theme import DARK, FONT, LIGHT, Tokens
from kithkin.cli.report.page import Page
from kithkin.cli.version import version_line


def write(path: Path, page: Page, *, made: date | None = None) -> None:
    """Write `page` as one self-contained HTML file. `made` is the day it names, today where None is given."""
    path.write_bytes(html(page, made=made).encode("utf-8", "replace"))


def html(page: Page, *, made: date | None = None) -> str:
    """`page` as the text of an HTML file: style, script, specs and still pictures inside, hashes in its policy."""
    style, script = _style(), _script()
    pictures = {number: section.picture for number, section in enumerate(page.sections) if section.picture}
    return _template().render(
        page=page,
        version=version_line(),
        made=f"{made or date.today():%-d %B %Y}",  # noqa: DTZ011 (the reader's day)
        style=Markup(style),  # noqa: S704 (our own file, no data in it)
        style_hash=_hash(style),
        script=Markup(script),  # noqa: S704 (the bundle and our own file, no data in it)
        script_hash=_hash(script),
        charts={"theme": schemes(), "charts": {str(number): _forms(picture) for number, picture in pictures.items()}},
        stills={number: _stills(picture) for number, picture in pictures.items()},
    )


def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_own("page.html.j2"))


def _own(name: str) -> str:
    return resources.files("kithkin.cli.report").joinpath(name).read_text("utf-8")


def _style() -> str:
    def block(tokens: Tokens) -> str:
        return "".join(f"{name}:{colour};" for name, colour in tokens.css().items())

    return (
        f":root{{--font:{FONT};{block(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme: dark){{:root{{{block(DARK)}}}}}\n{_own('page.css')}"
    )


@functools.cache
def _script() -> str:
    bundle: str = vl_convert.javascript_bundle(f"{drawing()}\n{_own('page.js')}")
    if "</script" in bundle.lower() or "<!--" in bundle:
        raise AssertionError("the chart library cannot stand inside a script element")
    return bundle


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _forms(picture: Picture) -> dict[str, Any]:
    return {form.value: picture.spec(form) for form in Form}


def _stills(picture: Picture) -> dict[str, str]:
    return {
        name: base64.b64encode(picture.svg(tokens).encode()).decode()
        for name, tokens in (("light", LIGHT), ("dark", DARK))
    }
