//! One project: setup.py, setup.cfg and pyproject.toml merged, each field with its origin.

pub mod fold;
pub mod metadata;

pub use metadata::{Field, FieldValue, Metadata, Place, Unknown};
