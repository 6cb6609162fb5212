"""Any file a company has, as Arrow, with what was refused and why."""
