//! The budgets of one evaluation, charged before the work is done.

use super::raised::{Limit, Raised};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The largest string, list or other single value, in bytes.
pub const MAX_VALUE: usize = 16 << 20;
/// The largest integer, in bits: CPython's own limit for printing is 4,300 digits, about 14,000 bits.
pub const MAX_INT_BITS: u64 = 4096;
/// All data made in one run, in bytes, freed or not.
const BYTES: u64 = 64 << 20;
/// Expressions and statements evaluated; real files need fewer than 100,000.
const STEPS: u64 = 3_000_000;
/// Rust frames that hold a piece of the script: with 64 MiB of stack each may have 40 KiB.
const DEPTH: u32 = 1_500;
/// Files opened for reading.
const FILES: u32 = 2_000;
/// Directories listed; the largest projects have 5,000.
const DIRECTORIES: u32 = 20_000;
/// Paths that ended and are kept until they join the others.
pub const PATHS: usize = 400;
/// A last resort for what the others do not see, in milliseconds.
const MILLISECONDS: u128 = 4_000;

/// How long whoever asked will wait: for all evaluations of a project together, where [`Budget`] is for each of them.
#[derive(Clone, Debug, Default)]
pub struct Patience {
    pub until: Option<Instant>,
    /// Set when nobody wants the answer any more.
    pub cancelled: Option<Arc<AtomicBool>>,
}

impl Patience {
    pub fn is_over(&self) -> bool {
        self.is_cancelled() || self.until.is_some_and(|until| Instant::now() > until)
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

/// What is left.
#[derive(Clone, Debug)]
pub struct Budget {
    steps: u64,
    bytes: u64,
    depth: u32,
    files: u32,
    directories: u32,
    started: Instant,
    patience: Patience,
}

impl Budget {
    pub fn new(patience: Patience) -> Self {
        Self {
            steps: STEPS,
            bytes: BYTES,
            depth: DEPTH,
            files: FILES,
            directories: DIRECTORIES,
            started: Instant::now(),
            patience,
        }
    }

    /// One unit is about the evaluation of one expression.
    pub fn steps(&mut self, count: u64) -> Result<(), Raised> {
        self.steps = self.steps.checked_sub(count).ok_or(Raised::Exhausted(Limit::Steps))?;
        let look = self.steps & 0xfff < count;
        if look && (self.started.elapsed().as_millis() > MILLISECONDS || self.patience.is_over()) {
            return Err(Raised::Exhausted(Limit::Time));
        }
        Ok(())
    }

    pub fn bytes(&mut self, count: usize) -> Result<(), Raised> {
        self.bytes = self.bytes.checked_sub(count as u64).ok_or(Raised::Exhausted(Limit::Bytes))?;
        self.steps(count as u64 >> 8)
    }

    pub fn file(&mut self) -> Result<(), Raised> {
        self.files = self.files.checked_sub(1).ok_or(Raised::Exhausted(Limit::Files))?;
        Ok(())
    }

    pub fn directory(&mut self) -> Result<(), Raised> {
        self.directories = self.directories.checked_sub(1).ok_or(Raised::Exhausted(Limit::Files))?;
        Ok(())
    }

    pub fn enter(&mut self, weight: u32) -> Result<(), Raised> {
        self.depth = self.depth.checked_sub(weight).ok_or(Raised::Exhausted(Limit::Depth))?;
        Ok(())
    }

    pub fn leave(&mut self, weight: u32) {
        self.depth += weight;
    }
}
