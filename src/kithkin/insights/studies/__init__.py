"""Panels over units and months, and what is worked out of them: the weak link, and the chain to revenue."""
