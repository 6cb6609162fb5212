"""Queues, requests and their way."""

from kithkin.servicedesk.models.requests import Moment, MomentKind, Queue, Request

__all__ = ["Moment", "MomentKind", "Queue", "Request"]
