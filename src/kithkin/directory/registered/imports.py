"""What can be imported of the directory."""

from __future__ import annotations

from kithkin.directory.imports.accounts import ACCOUNTS
from kithkin.directory.imports.organisation.managers import MANAGERS
from kithkin.directory.imports.organisation.units import UNITS
from kithkin.directory.imports.people import PEOPLE
from kithkin.directory.imports.purchases import PURCHASES
from kithkin.platform.registries.imports import imports

imports.add(PEOPLE, ACCOUNTS, PURCHASES, UNITS, MANAGERS)
