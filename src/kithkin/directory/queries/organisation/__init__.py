"""The organisation as it was, is or will be on a day."""

from kithkin.directory.queries.organisation.trees import (
    OrganisationScopes,
    forget_tree_of_today,
    hold_still,
    tree_of_today,
    tree_on,
    whole_history,
)

__all__ = ["OrganisationScopes", "forget_tree_of_today", "hold_still", "tree_of_today", "tree_on", "whole_history"]
