//! The interpreter of setup.py: values that may be unknown, statements, calls, budgets.

pub mod float_text;
pub mod format_error;
pub mod format_spec;
pub mod percent_format;
pub mod repr;
pub mod str_format;
