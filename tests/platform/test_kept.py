"""What is kept is made once, by one of those who ask for it at one moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kithkin.platform.kept import key_of, once


def test_of_several_who_ask_at_one_moment_one_makes_it():
    start, made = threading.Barrier(4), []

    def make() -> str:
        made.append(threading.get_ident())
        return "picture"

    def ask(_number: int) -> str:
        start.wait()
        return once("one", make)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == ["picture"] * 4
    assert len(made) == 1


def test_where_it_failed_the_next_tries_for_themselves():
    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once("one", fail)
    assert once("one", lambda: "picture") == "picture"


def test_nothing_is_something_to_keep():
    assert once("one", lambda: None) is None
    assert once("one", lambda: "another") is None


def test_a_key_is_of_all_that_it_is_told():
    assert key_of("home", (1, "de")) == key_of("home", (1, "de"))
    assert len({key_of("home", 1), key_of("home", "1"), key_of("home", 1, None), key_of("homes", 1)}) == 4
