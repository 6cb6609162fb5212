"""Questionnaires: begun, and published version by version."""

from kithkin.forms.services.publishing import FieldChanged, NotPublishable, create_questionnaire, publish_version

__all__ = ["FieldChanged", "NotPublishable", "create_questionnaire", "publish_version"]
