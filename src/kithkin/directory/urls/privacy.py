"""Duplicates, consent, handing over and erasing."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views.privacy import consent, duplicates, erasure, purposes

urlpatterns = [
    path("people/duplicates/", duplicates.duplicates, name="duplicates"),
    path("people/duplicates/<int:first>/<int:second>/", duplicates.pair, name="duplicate_pair"),
    path("people/duplicates/<int:first>/<int:second>/merge/", duplicates.merge, name="merge_people"),
    path("people/duplicates/<int:first>/<int:second>/apart/", duplicates.apart, name="tell_apart"),
    path("people/merges/", duplicates.merges, name="merges"),
    path("people/merges/<int:pk>/undo/", duplicates.undo, name="undo_merge"),
    path("people/<int:pk>/consent/", consent.record, name="record_consent"),
    path("people/<int:pk>/data/", erasure.data, name="person_data"),
    path("people/<int:pk>/erase/", erasure.erase, name="erase_person"),
    path("settings/purposes/", purposes.purposes, name="purposes"),
    path("settings/purposes/new/", purposes.add_purpose, name="add_purpose"),
    path("settings/purposes/<int:pk>/", purposes.edit_purpose, name="edit_purpose"),
]
