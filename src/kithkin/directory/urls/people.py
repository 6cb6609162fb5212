"""Addresses of people, accounts and attributes."""

from __future__ import annotations

from django.urls import path

from kithkin.directory.views import accounts, attributes
from kithkin.directory.views.people import belonging, person, writing
from kithkin.directory.views.people import list as listed

urlpatterns = [
    path("people/", listed.people, name="people"),
    path("people/add/", writing.add, name="add_person"),
    path("people/alike/", writing.alike, name="people_alike"),
    path("people/me/", listed.me, name="my_profile"),
    path("people/suggest/", listed.suggest_people, name="suggest_people"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/change/", writing.change, name="change_person"),
    path("people/<int:pk>/attributes/", writing.attributes, name="person_attributes"),
    path("people/<int:pk>/ties/add/", belonging.tie, name="add_tie"),
    path("people/<int:pk>/ties/<int:tie_pk>/end/", belonging.end, name="end_tie"),
    path("people/<int:pk>/work/add/", belonging.join, name="join_unit"),
    path("people/<int:pk>/work/<int:stay_pk>/end/", belonging.leave, name="leave_unit"),
    path("people/<int:pk>/work/<int:stay_pk>/title/", belonging.title, name="change_title"),
    path("people/<int:pk>/purchases/add/", belonging.purchase, name="add_purchase"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.add, name="add_account"),
    path("accounts/suggest/", accounts.suggest_accounts, name="suggest_accounts"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/change/", accounts.change, name="change_account"),
    path("settings/attributes/", attributes.attributes, name="attributes"),
    path("settings/attributes/add/", attributes.add, name="add_attribute"),
    path("settings/attributes/<int:pk>/", attributes.change, name="change_attribute"),
    path("settings/attributes/<int:pk>/retire/", attributes.retire, name="retire_attribute"),
    path("settings/attributes/<int:pk>/bring-back/", attributes.bring_back, name="bring_back_attribute"),
    path("settings/attributes/<int:pk>/clear/", attributes.clear, name="clear_attribute"),
]
