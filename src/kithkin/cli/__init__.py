"""The `kithkin` command."""
