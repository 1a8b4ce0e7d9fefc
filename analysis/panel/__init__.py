"""One household-year panel: income by source, status, treatment histories, every dropped row counted."""
