"""The problems that the study names, measured from records and questionnaires: one module a problem."""
