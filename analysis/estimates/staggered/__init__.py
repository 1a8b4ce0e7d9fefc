"""Effects of a treatment that is adopted at different times and never given up."""
