"""What later rooms tell the directory: each registry is filled in `AppConfig.ready`, then only read."""
