"""Effects beyond the mean: conditional and unconditional quantiles, inequality, poverty at the line."""
