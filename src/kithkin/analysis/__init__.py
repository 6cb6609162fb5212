"""Pure statistics: numbers in, frozen results with n and an interval out. No files, no database, no network."""
