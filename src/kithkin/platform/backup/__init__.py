"""Backup and restore: one file that holds a whole installation, and the same installation out of it."""

from kithkin.platform.backup.making import make_backup
from kithkin.platform.backup.refusals import Refused
from kithkin.platform.backup.restoring import finish_restore, restore_backup

__all__ = ["Refused", "finish_restore", "make_backup", "restore_backup"]
