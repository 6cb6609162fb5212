"""How forms write expressions."""

from __future__ import annotations

import re

from kithkin.questionnaire.formats.infix import Syntax

SYNTAX = Syntax(
    re.compile(
        r"(?P<number>\d++(?:\.\d++)?|\.\d++)"
        r"|(?P<text>\"[^\"]*\"|'[^']*')"
        r"|(?P<name>\$\{[^{}]+\}|(?:current\(\)|\.|\.\.)?(?:/(?:\.\.|[A-Za-z_][\w.-]*))+|[A-Za-z_][\w.:]*(?:-[A-Za-z_][\w.]*)*|\.\.|\.)"
        r"|(?P<mark><=|>=|!=|[-+*=()<>,])"
    ),
    (
        frozenset({"or"}),
        frozenset({"and"}),
        frozenset({"=", "!=", "<", ">", "<=", ">="}),
        frozenset({"+", "-"}),
        frozenset({"*", "div", "mod"}),
    ),
    prefixes=frozenset({"-"}),
    escapes=False,
)
