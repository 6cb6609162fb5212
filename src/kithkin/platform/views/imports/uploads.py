"""Taking an upload as a stream: counted, hashed and cut off at the limit, never held in memory."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.utils.translation import gettext as _

_AROUND = 1 << 16


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes the file to a temporary one. `refused` says why it was cut off; then nothing of it is left."""

    chunk_size = 1 << 20

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.refused = ""
        self._hash = hashlib.sha256()
        self._length = 0

    @property
    def sha256(self) -> str:
        """Of all that came."""
        return self._hash.hexdigest()

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Before a byte is read: what says itself that it is too long is not read at all."""
        if content_length > settings.UPLOAD_LIMIT_BYTES + _AROUND:
            self.refused = _too_large()
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count, hash, write."""
        self._length += len(raw_data)
        if self._length > settings.UPLOAD_LIMIT_BYTES:
            self.refused = _too_large()
            self._drop()
            raise StopUpload(connection_reset=False)
        self._hash.update(raw_data)
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self.refused = _("There is no room left on the server's disk. Nothing was kept; tell your administrator.")
            self._drop()
            raise StopUpload(connection_reset=False) from None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, written to its end."""
        try:
            return super().file_complete(file_size)
        except OSError:
            self.refused = _("There is no room left on the server's disk. Nothing was kept; tell your administrator.")
            self._drop()
            return None

    def _drop(self) -> None:
        try:
            self.file.close()
        except OSError:
            return


def _too_large() -> str:
    most = settings.UPLOAD_LIMIT_BYTES >> 20
    return _("The file is larger than %(most)s MB. Cut it in two, or save it as Parquet.") % {"most": most}
