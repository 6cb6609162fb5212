"""What stands in the installation's home while the company in it is a simulated one: which, and how far it got."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from kithkin.demo.size import WHOLE, Size


class Stage(StrEnum):
    """How far the load got. The directory is loaded at one go, all that follows goes on where it stopped."""

    DIRECTORY = "directory"
    ROOMS = "rooms"
    LOADED = "loaded"


@dataclass(frozen=True)
class Mark:
    """Which company it is: with this, every row of it can be made again."""

    seed: int
    weak_link: str | None
    today: date
    size: Size = WHOLE
    stage: Stage = Stage.DIRECTORY

    @property
    def truth(self) -> str:
        """In words, for whoever starts it again."""
        weak = f"weak link {self.weak_link}" if self.weak_link else "no weak link"
        return f"seed {self.seed}, {weak}"


def place() -> Path:
    """The file. Pages say that the company is simulated as long as it is there."""
    path: Path = settings.SIMULATED
    return path


def read() -> Mark | None:
    """The mark, where there is one."""
    try:
        told = json.loads(place().read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Mark(
        seed=told["seed"],
        weak_link=told["weak_link"],
        today=date.fromisoformat(told["today"]),
        size=Size(**told["size"]),
        stage=Stage(told["stage"]),
    )


def write(mark: Mark) -> Mark:
    """Put it there, whole or not at all."""
    beside = place().with_suffix(".new")
    beside.write_text(json.dumps({**asdict(mark), "today": mark.today.isoformat()}, ensure_ascii=False), "utf-8")
    beside.replace(place())
    return mark


def advance(mark: Mark, stage: Stage) -> Mark:
    """It got so far."""
    return write(replace(mark, stage=stage))


def remove() -> None:
    """The company is no longer a simulated one."""
    place().unlink(missing_ok=True)
