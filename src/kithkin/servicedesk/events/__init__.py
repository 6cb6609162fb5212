"""What happened on the desk."""

from kithkin.servicedesk.events.requests import RequestsRecorded, RequestsRemoved

__all__ = ["RequestsRecorded", "RequestsRemoved"]
