"""Two records of one person: merged, taken apart again, or told to be two people."""

from kithkin.directory.services.duplicates.judge import tell_apart
from kithkin.directory.services.duplicates.merge import CannotMerge, merge_people
from kithkin.directory.services.duplicates.undo import CannotUndo, Undone, undo_merge

__all__ = ["CannotMerge", "CannotUndo", "Undone", "merge_people", "tell_apart", "undo_merge"]
