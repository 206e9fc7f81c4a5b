//! The vocabulary of Python packaging, by its PEPs: no I/O, no spans.

pub mod classifiers;
pub mod core_metadata;
pub mod entry_point;
pub mod git_archival;
pub mod license;
pub mod marker;
pub mod name;
pub mod platform_choice;
pub mod record;
pub mod requirement;
pub mod requirement_text;
pub mod sdist_filename;
mod specifier_length;
pub mod specifiers;
pub mod tags;
pub mod target;
pub mod wheel_filename;

pub use core_metadata::CoreMetadata;
pub use marker::{Marker, MarkerError};
pub use name::Name;
pub use pep440_rs::{Version, VersionSpecifiers};
pub use platform_choice::PlatformChoice;
pub use requirement::{Requirement, RequirementError};
pub use sdist_filename::{SdistFilename, SdistFormat};
pub use tags::{Environment, Machine, WheelTags};
pub use target::{Platform, Python, Target};
pub use wheel_filename::{BuildTag, InvalidFilename, WheelFilename};
