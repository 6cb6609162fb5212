"""Taking an upload as a stream: counted, hashed and cut off at the limit, never held in memory."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.utils.translation import gettext as _

_AROUND = 1 << 16
_DRAINED = 4
"""Up to how many times the limit a file is read to its end, unkept, so that the browser hears the answer."""


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes the file to a temporary one. `refused` says why it was cut off; then nothing of it is left."""

    chunk_size = 1 << 20

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.refused = ""
        self._hash = hashlib.sha256()
        self._length = self._announced = 0

    @property
    def sha256(self) -> str:
        """Of all that came."""
        return self._hash.hexdigest()

    def handle_raw_input(self, *args: Any, **_kwargs: Any) -> None:
        """Remember how long the request says it is."""
        self._announced = int(args[2])

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Before a byte of the file is kept: what says itself that it is too long is not."""
        if self._announced > settings.UPLOAD_LIMIT_BYTES + _AROUND:
            self.refused = _too_large()
            raise StopUpload(connection_reset=self._announced > _DRAINED * settings.UPLOAD_LIMIT_BYTES)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count, hash, write."""
        self._length += len(raw_data)
        if self._length > settings.UPLOAD_LIMIT_BYTES:
            self._stop(_too_large())
        self._hash.update(raw_data)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._stop(_disk_full())

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, written to its end."""
        try:
            return super().file_complete(file_size)
        except OSError:
            self._drop(_disk_full())
            return None

    def lost(self) -> None:
        """The connection ended in the middle: nothing of the file stays."""
        if hasattr(self, "file"):
            self._drop("")

    def _stop(self, why: str) -> None:
        self._drop(why)
        raise StopUpload(connection_reset=False)

    def _drop(self, why: str) -> None:
        """Closing a temporary file removes it, even where its last bytes found no room."""
        self.refused = why
        try:
            self.file.close()
        except OSError:
            Path(self.file.temporary_file_path()).unlink(missing_ok=True)


def _disk_full() -> str:
    return _("There is no room left on the server's disk. Nothing was kept; tell your administrator.")


def _too_large() -> str:
    most = settings.UPLOAD_LIMIT_BYTES >> 20
    return _("The file is larger than %(most)s MB. Cut it in two, or save it as Parquet.") % {"most": most}
