"""The addresses of people's own settings, and of what administrators look after."""

from __future__ import annotations

from django.urls import path

from kithkin.platform.views import audit, invitations, me, users

urlpatterns = [
    path("settings/me/", me.me, name="me"),
    path("settings/me/notifications/", me.choose_notifications, name="choose_notifications"),
    path("settings/users/", users.user_list, name="users"),
    path("settings/users/invite/", invitations.invite, name="invite"),
    path("settings/users/invite/<int:pk>/resend/", invitations.resend_invitation, name="resend_invitation"),
    path("settings/users/invite/<int:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("settings/users/<int:pk>/", users.user, name="user"),
    path("settings/users/<int:pk>/roles/give/", users.give_role, name="give_user_role"),
    path("settings/users/<int:pk>/roles/<int:grant_pk>/take/", users.take_role, name="take_user_role"),
    path("settings/users/<int:pk>/switch/", users.switch_user, name="switch_user"),
    path("settings/users/<int:pk>/log-out/", users.log_out_user, name="log_out_user"),
    path("settings/users/<int:pk>/second-factor/reset/", users.reset_second_factor, name="reset_second_factor"),
    path("settings/audit/", audit.trail, name="audit"),
    path("settings/audit/<int:pk>/", audit.entry, name="audit_entry"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
