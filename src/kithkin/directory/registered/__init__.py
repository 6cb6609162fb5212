"""What the directory brings to the platform's registries: importing a module here is what fills them."""

from kithkin.directory.registered import api, organisation, people  # noqa: F401 (importing it is what fills)
