"""Which design answers which question, with the columns it needs from a region's panel and ledgers."""
