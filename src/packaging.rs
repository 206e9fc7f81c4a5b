//! The vocabulary of Python packaging, by its PEPs: no I/O, no spans.

pub mod entry_point;
pub mod license;
pub mod name;
pub mod record;
pub mod requirement;
pub mod requirement_text;
pub mod target;

pub use name::Name;
pub use pep440_rs::{Version, VersionSpecifiers};
pub use pep508_rs::MarkerTree;
pub use requirement::{Requirement, RequirementError};
pub use target::{Platform, Python, Target};
