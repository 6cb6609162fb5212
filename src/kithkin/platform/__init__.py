"""What every room of the product stands on: users and roles, audit, events, jobs, imports, registries, the look."""
