"""A person's data: handed over whole, or erased everywhere."""

from kithkin.directory.services.erasure.erase import CannotErase, erase_person, left_in_segments
from kithkin.directory.services.erasure.hand_over import hand_over
from kithkin.directory.services.erasure.replay import replay_erasures

__all__ = ["CannotErase", "erase_person", "hand_over", "left_in_segments", "replay_erasures"]
