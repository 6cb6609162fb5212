"""Bringing a file."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kithkin.platform.access import allowed
from kithkin.platform.forms.imports import UploadForm
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.models import Import, User
from kithkin.platform.registries.imports import kind_of, kinds_for
from kithkin.platform.rules.imports import may_import
from kithkin.platform.services.imports import take_upload
from kithkin.platform.views.imports.uploads import LimitedUpload


@csrf_exempt
@allowed(may_import)
def new_import(request: HttpRequest) -> HttpResponse:
    """The form; a file that is sent is streamed to the disk, which must be arranged before the token is looked for."""
    handler = LimitedUpload(request)
    request.upload_handlers = [handler]
    try:
        return _taken(request, handler)
    except UnreadablePostError:
        handler.lost()
        form = UploadForm(kinds_for(cast("User", request.user)))
        return _page(request, form, 400)


@csrf_protect
def _taken(request: HttpRequest, handler: LimitedUpload) -> HttpResponse:
    user = cast("User", request.user)
    kinds = kinds_for(user)
    if request.method != "POST":
        return _page(request, UploadForm(kinds, initial={"kind": request.GET.get("kind") or kinds[0].key}))
    form = UploadForm(kinds, request.POST, request.FILES)
    if handler.refused:
        form.errors.pop("file", None)
        form.add_error(None if "file" not in form.fields else "file", handler.refused)
        return _page(request, form, 422)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        return redirect("import_page", _import(user, form, handler).pk)
    except NotImportable as error:
        form.add_error("file", str(error))
    except OSError:
        form.add_error("file", _("The server could not keep the file: its disk may be full. Tell your administrator."))
    return _page(request, form, 422)


def _import(user: User, form: UploadForm, handler: LimitedUpload) -> Import:
    upload = form.cleaned_data["file"]
    assert isinstance(upload, TemporaryUploadedFile)
    kind = kind_of(form.cleaned_data["kind"])
    assert kind
    name = "".join(letter for letter in str(upload.name) if letter.isprintable())[-200:] or "file"
    return take_upload(
        by=user,
        kind=kind,
        path=Path(upload.temporary_file_path()),
        name=name,
        sha256=handler.sha256,
        size=int(upload.size or 0),
        once=form.cleaned_data["once"],
    )


def _page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    kinds = kinds_for(cast("User", request.user))
    return render(request, "platform/imports/new.html", {"form": form, "kinds": kinds}, status=status)
