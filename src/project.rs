//! One project: setup.py, setup.cfg and pyproject.toml merged, each field with its origin.

mod attribute;
pub mod command_class;
mod distribution_class;
mod elsewhere;
pub mod file_list;
pub mod fold;
mod from_setup;
pub mod glob;
pub mod json;
pub mod metadata;
pub mod normalise;
mod orders;
pub mod packages;
pub mod pbr;
pub mod pyproject;
pub mod read;
pub mod refusals;
mod scm;
mod separators;
pub mod setup_cfg;
#[cfg(test)]
mod tests;
mod text_files;
mod validity;
pub mod variants;
pub mod vocabulary;
mod wheel_options;

pub use metadata::{Field, FieldValue, Metadata, Place, Unknown};
pub use read::{Evaluation, Project, Reading, Scope, read, read_whole};
pub use refusals::Artifact;
pub use variants::Variant;
pub use wheel_options::{WheelOptions, Written};
