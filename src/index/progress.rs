//! How downloads tell how far they are; the command line draws it.

/// Told of each transfer that is worth showing. Called from several threads.
pub trait Progress: Send + Sync {
    /// A transfer starts; `total` in bytes when known.
    fn start(&self, name: &str, total: Option<u64>) -> Box<dyn Transfer>;
}

/// One running transfer; dropped when it is over, whichever way.
pub trait Transfer: Send {
    /// How many bytes there are by now; less than before when it had to start again.
    fn advance(&self, bytes: u64);
    /// It is complete.
    fn finish(&self);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn start(&self, _name: &str, _total: Option<u64>) -> Box<dyn Transfer> {
        Box::new(Self)
    }
}

impl Transfer for Quiet {
    fn advance(&self, _bytes: u64) {}
    fn finish(&self) {}
}
