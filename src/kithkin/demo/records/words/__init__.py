"""Our own words, in the two languages of the simulated company's customers."""
