"""Whom the company serves and who serves whom: people, accounts, organisation, relations, touchpoints, journeys."""
