"""Text of other tools, which is often HTML: made plain, or rebuilt from the few tags that do no harm.

Nothing of the HTML that came in goes out again: what is written is written here, from a closed list of tags, each with
at most one address that was looked at. Scripts, styles, frames, forms and events therefore cannot pass.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

LONGEST = 200_000
_BLOCKS = {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote", "pre", "hr"}
_KEPT = {
    "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "strong", "em", "b", "i", "u", "s",
    "sub", "sup", "code", "table", "thead", "tbody", "tr", "td", "th",
}  # fmt: skip
_VOID = {"br", "hr"}
_SILENT = {"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "head", "title",
           "textarea", "select", "form", "button", "video", "audio", "canvas"}  # fmt: skip
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.ASCII | re.IGNORECASE)
_PICTURE = re.compile(r"https?://[^\s<>\"'`\\]+", re.ASCII | re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")


def is_marked_up(text: str) -> bool:
    """Whether there are tags or references in it."""
    return "<" in text or "&" in text


def plainly(html: str) -> str:
    """HTML as plain text: what a reader sees, with line ends where blocks end.

    >>> plainly("<p>How <b>likely</b>&nbsp;is it?</p><script>alert(1)</script>")
    'How likely is it?'
    """
    if not is_marked_up(html):
        return html.strip()
    text = _Reader(html[:LONGEST], plain=True).written()
    return _MANY.sub("\n\n", _LINES.sub("\n", _SPACE.sub(" ", text))).strip()


def rebuilt(html: str, *, with_pictures: bool = True) -> str:
    """HTML written anew with the tags of the closed list; everything else is left out, its text is kept.

    Without pictures their alternative text stands for them, and nothing is fetched from elsewhere.

    >>> rebuilt('<p onclick="x()">Go <a href="javascript:x()">on</a> <img src=x onerror=y()><b>now</b><svg><p>y</svg>')
    '<p>Go on <b>now</b></p>'
    """
    return _Reader(html[:LONGEST], plain=False, with_pictures=with_pictures).written().strip()


def removed(html: str) -> list[str]:
    """What `rebuilt` leaves out that a reader would have seen or felt, in words, each once."""
    if not is_marked_up(html):
        return []
    reader = _Reader(html[:LONGEST], plain=False)
    reader.written()
    return [*reader.left_out, *(["text beyond 200,000 characters"] if len(html) > LONGEST else [])]


def pictures(html: str) -> int:
    """How many pictures stand in it."""
    return html.lower().count("<img")


class _Reader(HTMLParser):
    def __init__(self, html: str, *, plain: bool, with_pictures: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self._plain, self._with_pictures = plain, with_pictures
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []
        self.left_out: list[str] = []
        self.feed(html)
        self.close()

    def written(self) -> str:
        """The text, or the HTML with every open tag closed."""
        closing = [] if self._plain else [f"</{tag}>" for tag in reversed(self._open)]
        return "".join([*self._parts, *closing])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in _SILENT:
            self._silent.append(tag)
            self._miss(f"<{tag}>")
        if self._silent:
            return
        self._note(attrs)
        if self._plain:
            self._parts.append("\n" if tag in _BLOCKS or tag == "br" else "")
        elif tag in _VOID:
            self._parts.append(f"<{tag}>")
        elif tag == "img":
            self._picture(dict(attrs))
        elif tag == "a" and _LINK.fullmatch(dict(attrs).get("href") or ""):
            self._begin(tag, f' href="{escape(dict(attrs)["href"] or "")}"')
        elif tag in _KEPT and len(self._open) < 32:
            self._begin(tag, "")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends; those within it that were left open end too."""
        if self._silent:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
            return
        if self._plain:
            self._parts.append("\n" if tag in _BLOCKS else "")
            return
        if tag not in self._open:
            return
        while True:
            ended = self._open.pop()
            self._parts.append(f"</{ended}>")
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._silent:
            self._parts.append(_SPACE.sub(" ", data).replace("\n", " ") if self._plain else escape(data, quote=False))

    def _begin(self, tag: str, attribute: str) -> None:
        self._open.append(tag)
        self._parts.append(f"<{tag}{attribute}>")

    def _picture(self, attrs: dict[str, str | None]) -> None:
        address, said = attrs.get("src") or "", attrs.get("alt") or ""
        if self._with_pictures and _PICTURE.fullmatch(address):
            self._parts.append(f'<img src="{escape(address)}" alt="{escape(said)}">')
        elif said:
            self._parts.append(escape(said, quote=False))

    def _note(self, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on"):
                self._miss("what happens on events")
            elif (value or "").strip().lower().startswith(("javascript:", "vbscript:", "data:")):
                self._miss("addresses that run or embed something")

    def _miss(self, what: str) -> None:
        if what not in self.left_out and len(self.left_out) < 20:
            self.left_out.append(what)
