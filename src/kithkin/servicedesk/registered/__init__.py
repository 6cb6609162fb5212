"""What this room brings to the platform's registries: importing a module of this package is what fills them."""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
