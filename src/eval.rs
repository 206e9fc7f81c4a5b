//! The interpreter of setup.py: values that may be unknown, statements, calls, budgets.
