"""Text of other tools, which is often HTML: made plain, or rebuilt from the few tags that do no harm.

Nothing of the HTML that came in goes out again: what is written is written here, from a closed list of tags, each with
at most one address that was looked at. Scripts, styles, frames, forms and events therefore cannot pass.
"""

from __future__ import annotations

import re
from html import escape, unescape

LONGEST = 200_000
DEEPEST = 32
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
_TAG = re.compile(
    r"<(?:[!?][^<>]*+>|(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>)"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*+)\s*+(?:=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++))?")
_HUGE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
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


_SEEN = {
    "emphasis": {"b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "mark", "small"}, "links": {"a"},
    "pictures": {"img", "svg", "canvas"}, "headings": {"h1", "h2", "h3", "h4", "h5", "h6"}, "lists": {"ul", "ol"},
    "tables": {"table"}, "sounds and films": {"audio", "video"}, "what is embedded": {"iframe", "object", "embed"},
    "what can be filled in": {"form", "input", "textarea", "select", "button"},
}  # fmt: skip


def left_plain(html: str) -> list[str]:
    """What a reader would have seen in HTML beside its words, and does not when it is made plain.

    >>> left_plain('<p>Go <a href="https://example.org">there</a>, <b>now</b></p>')
    ['emphasis', 'links']
    """
    tags = {found["tag"].lower() for found in _TAG.finditer(_without_comments(html[:LONGEST])) if found["tag"]}
    return [what for what, known in _SEEN.items() if tags & known]


def pictures(html: str) -> int:
    """How many pictures stand in it."""
    return html.lower().count("<img")


class _Reader:
    """Reads tags one after another, in time that grows with the text and no more; what is no tag is text."""

    def __init__(self, html: str, *, plain: bool, with_pictures: bool = True) -> None:
        self._plain, self._with_pictures = plain, with_pictures
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent, self._depth = "", 0
        self.left_out: list[str] = []
        last = 0
        text = _without_comments(html)
        for found in _TAG.finditer(text):
            self._data(text[last : found.start()])
            last = found.end()
            tag = found["tag"].lower() if found["tag"] else ""
            if found["slash"]:
                self._end(tag)
            elif tag:
                self._start(tag, _attributes(found["attributes"]))
        self._data(text[last:])

    def written(self) -> str:
        """The text, or the HTML with every open tag closed."""
        closing = [] if self._plain else [f"</{tag}>" for tag in reversed(self._open)]
        return "".join([*self._parts, *closing])

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._silent:
            self._depth += tag == self._silent
            return
        if tag in _SILENT:
            self._silent, self._depth = tag, 1
            self._miss(f"<{tag}>")
            return
        self._note(attributes)
        if self._plain:
            self._parts.append("\n" if tag in _BLOCKS or tag == "br" else "")
        elif tag in _VOID:
            self._parts.append(f"<{tag}>")
        elif tag == "img":
            self._picture(attributes)
        elif tag == "a" and _LINK.fullmatch(attributes.get("href", "")):
            self._begin(tag, f' href="{escape(attributes["href"])}"')
        elif tag in _KEPT:
            self._begin(tag, "")

    def _end(self, tag: str) -> None:
        """A tag ends; those within it that were left open end too."""
        if self._silent:
            self._depth -= tag == self._silent
            self._silent = self._silent if self._depth else ""
        elif self._plain:
            self._parts.append("\n" if tag in _BLOCKS else "")
        elif tag in self._open:
            ended = ""
            while ended != tag:
                ended = self._open.pop()
                self._parts.append(f"</{ended}>")

    def _data(self, data: str) -> None:
        if data and not self._silent:
            text = unescape(_HUGE.sub("", data))
            self._parts.append(_SPACE.sub(" ", text).replace("\n", " ") if self._plain else escape(text, quote=False))

    def _begin(self, tag: str, attribute: str) -> None:
        if len(self._open) < DEEPEST:
            self._open.append(tag)
            self._parts.append(f"<{tag}{attribute}>")

    def _picture(self, attributes: dict[str, str]) -> None:
        address, said = attributes.get("src", ""), attributes.get("alt", "")
        if self._with_pictures and _PICTURE.fullmatch(address):
            self._parts.append(f'<img src="{escape(address)}" alt="{escape(said)}">')
        elif said:
            self._parts.append(escape(said, quote=False))

    def _note(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name.startswith("on"):
                self._miss("what happens on events")
            elif value.strip().lower().startswith(("javascript:", "vbscript:", "data:")):
                self._miss("addresses that run or embed something")

    def _miss(self, what: str) -> None:
        if what not in self.left_out and len(self.left_out) < 20:
            self.left_out.append(what)


def _attributes(written: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written or ""):
        quoted = value[:1] in {'"', "'"}
        found.setdefault(name.lower(), unescape(_HUGE.sub("", value[1:-1] if quoted else value)))
    return found


def _without_comments(html: str) -> str:
    """The text without comments; one that does not end takes the rest with it, as in a browser."""
    parts, at = [], 0
    while (begun := html.find("<!--", at)) >= 0:
        parts.append(html[at:begun])
        ended = html.find("-->", begun + 2)
        if ended < 0:
            return "".join(parts)
        at = ended + 3
    return "".join([*parts, html[at:]])
