"""What the paper says of each countermeasure."""
