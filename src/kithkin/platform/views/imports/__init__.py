"""The pages of imports: a list, a file, its columns, the report, the run, the result."""
