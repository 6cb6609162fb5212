"""Pages about duplicates, consent, handing data over and erasing it."""
