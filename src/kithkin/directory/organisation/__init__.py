"""The organisation as pure values: the tree of a day, the history of all days, and what may be done to it."""
