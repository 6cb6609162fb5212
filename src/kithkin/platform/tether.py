"""A child process that does not outlive its parent, however that one ends.

Linux kills the child when the parent dies. A fork loses the tether, so every fork of a tethered process is tethered
again. Elsewhere nothing happens.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_forking = 0


def tether(parent: int) -> None:
    """Die when the parent, whose process id this is, dies; so will all that this process forks."""
    _tie(parent)
    os.register_at_fork(before=_remember, after_in_child=_tie_fork)


def _remember() -> None:
    global _forking  # noqa: PLW0603 (handed to the child that is being made)
    _forking = os.getpid()


def _tie_fork() -> None:
    _tie(_forking)


def _tie(parent: int) -> None:
    if _library is None:
        return
    _library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the tether held
        os.kill(os.getpid(), signal.SIGKILL)
