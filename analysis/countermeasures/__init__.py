"""The proposals of the study, simulated from the estimates and the records: one module a countermeasure."""
