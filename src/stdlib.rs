//! The Python modules that setup.py files use, one file each.
