//! One project: setup.py, setup.cfg and pyproject.toml merged, each field with its origin.
