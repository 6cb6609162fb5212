"""What people do on the desk; the only writers of its tables."""

from kithkin.servicedesk.services.recording import record_requests
from kithkin.servicedesk.services.removing import remove_requests

__all__ = ["record_requests", "remove_requests"]
