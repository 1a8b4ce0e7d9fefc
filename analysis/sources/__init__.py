"""Files as received to checked tables: every value is looked at once, here, and trusted afterwards."""

from analysis.sources.files import Source
from analysis.sources.tables import Tables, read_tables

__all__ = ["Source", "Tables", "read_tables"]
