"""Imports, the only writers of them: take a file in, match its columns, check, run, undo, forget."""

from kithkin.platform.services.imports.erasing import erase_from_imports
from kithkin.platform.services.imports.forgetting import forget_import, forget_old_imports
from kithkin.platform.services.imports.steps import check_import, resume_import, run_import, undo_import
from kithkin.platform.services.imports.uploading import take_upload
from kithkin.platform.services.imports.working import resume_stalled_imports, work_on_import

__all__ = [
    "check_import",
    "erase_from_imports",
    "forget_import",
    "forget_old_imports",
    "resume_import",
    "resume_stalled_imports",
    "run_import",
    "take_upload",
    "undo_import",
    "work_on_import",
]
