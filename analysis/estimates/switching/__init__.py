"""Effects of a treatment that switches on and off, with a dose: scheduled terms, switchers, limits, bins."""
