"""The addresses of programs."""

from __future__ import annotations

from django.urls import path

from kithkin.surveys.views import imports, programs, responses, running

urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", running.add, name="add_program"),
    path("programs/<int:pk>/", programs.program, name="program"),
    path("programs/<int:pk>/questions/", programs.program_questions, name="program_questions"),
    path("programs/<int:pk>/change/", running.change, name="change_program"),
    path("programs/<int:pk>/launch/", running.launch, name="launch_program"),
    path("programs/<int:pk>/close/", running.close, name="close_program"),
    path("programs/<int:pk>/open-again/", running.reopen, name="reopen_program"),
    path("programs/<int:pk>/waves/new/", running.new_wave, name="add_wave"),
    path("programs/waves/<int:pk>/", running.edit_wave, name="change_wave"),
    path("programs/<int:pk>/responses/", responses.responses, name="program_responses"),
    path("programs/imports/<int:pk>/", imports.response_columns, name="response_columns"),
    path("programs/imports/<int:pk>/columns/<int:place>/", imports.response_column, name="response_column"),
    path("programs/responses/<int:pk>/", responses.response, name="program_response"),
]
