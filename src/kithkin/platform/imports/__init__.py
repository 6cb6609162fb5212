"""Imports without a database: reading values, guessing columns, the file as it is kept, the file to mend.

What an import *does* stands in `services.imports`, what can be imported in `registries.imports`.
"""
