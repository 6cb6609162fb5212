"""What the directory brings to the platform's registries."""

from __future__ import annotations
