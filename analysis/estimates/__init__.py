"""Estimators: one a module, columns of a data frame in, a frozen result out."""
