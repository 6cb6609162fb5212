"""The fields that the directory itself brings, each module a part of what it knows about people."""
