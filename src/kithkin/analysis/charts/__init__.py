"""Pictures of results: each function takes a result and returns a `Picture`, a pure Altair spec wide and narrow."""
