//! Why an archive is not taken, and the limits that keep it from taking over the machine.

/// An archive that is refused as a whole, before anything of it is used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Rejection {
    /// The readable name of the kind: `zip-framing`, `unsafe-name`, `archive-limit`, …
    pub code: &'static str,
    /// For people; names out of the archive are escaped in it.
    pub message: String,
}

impl Rejection {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The archive is larger than a limit.
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new("archive-limit", message)
    }
}

/// Something about an accepted archive that people should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    pub code: &'static str,
    pub message: String,
}

/// What an archive may have at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Members; the largest real wheels have some ten thousand.
    pub entries: u64,
    /// Bytes of all members together.
    pub total: u64,
    /// Unpacked bytes a packed byte may give, once `ratio_from` bytes are unpacked: deflate gives up to 1,032.
    pub ratio: u64,
    pub ratio_from: u64,
    /// Bytes of METADATA, WHEEL, RECORD and the like, which are read into memory.
    pub text: u64,
    /// Whether symbolic links of a source distribution to its own files are read as copies, instead of refused.
    pub sdist_links: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 100_000,
            total: 4 << 30,
            ratio: 200,
            ratio_from: 64 << 20,
            text: 16 << 20,
            sdist_links: false,
        }
    }
}

impl Limits {
    /// Judges how much `packed` bytes have become.
    pub fn check(&self, packed: u64, unpacked: u64) -> Result<(), Rejection> {
        if unpacked > self.total {
            return Err(Rejection::limit(format!("the archive unpacks to more than {} bytes", self.total)));
        }
        if unpacked > self.ratio_from && unpacked / self.ratio > packed {
            let message = format!("the archive unpacks to more than {} times its {packed} bytes", self.ratio);
            return Err(Rejection::limit(message));
        }
        Ok(())
    }
}
