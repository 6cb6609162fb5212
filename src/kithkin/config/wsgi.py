"""What the web server calls."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithkin.config.settings")
application = get_wsgi_application()
PAGES = len(get_resolver().url_patterns)  # loads what pages are made of, so that nobody waits for it on the first
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not halt pages to walk through it
