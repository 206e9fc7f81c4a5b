//! What can go wrong between spx and an index: each error names the file, the address without credentials, and the setting.

use std::fmt;
use std::time::Duration;

/// What was asked for, where, and which setting led there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// A file's name, or `the page of NAME`.
    pub what: String,
    /// Without credentials and query.
    pub url: String,
    /// As the user knows it: `--index-url`, `PIP_INDEX_URL`, `/etc/pip.conf`.
    pub setting: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at `{}` (from {})", self.what, self.url, self.setting)
    }
}

/// Why one exchange with a server failed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// No connection came about: unknown host, refused, no route.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// A connection broke.
    #[error("the connection failed: {0}")]
    Connection(String),
    #[error("the server did not go on for {} seconds", .0.as_secs())]
    Silent(Duration),
    #[error("the server sent less than {floor} bytes a second for {} seconds", .window.as_secs())]
    Slow { floor: u64, window: Duration },
    #[error("the connection ended after {received} bytes, before the end of the file")]
    Truncated { received: u64 },
    #[error("its certificate is not trusted: {0}")]
    Certificate(String),
    #[error("the server answered {0}")]
    Status(u16),
    #[error("the server asks to wait {} before the next request, longer than the {} seconds that spx waits", wait_text(*.0), .1.as_secs())]
    Throttled(Duration, Duration),
    #[error("{0} redirects")]
    Redirects(u32),
    #[error("it redirects to `{to}`, {why}")]
    RedirectRefused { to: String, why: &'static str },
    #[error("http without encryption to a host that is not trusted")]
    Insecure,
    #[error("the answer breaks the protocol: {0}")]
    Protocol(String),
    #[error("it has more than {limit} bytes{}", if *.decoded { " after decoding" } else { "" })]
    TooLarge { limit: u64, decoded: bool },
}

fn wait_text(wait: Duration) -> String {
    match wait.as_secs() {
        seconds if seconds < 120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// Why an index or a file of it cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IndexError {
    /// No index and no `--find-links` place has the project: an answer, not a failure.
    #[error("no index has a project `{name}`; looked in {places}")]
    NotFound { name: String, places: String },
    #[error("{setting}: {problem}")]
    Setting { setting: String, problem: String },
    #[error("cannot get {place}: {fault}")]
    Transfer { place: Box<Place>, fault: Fault },
    #[error("cannot read {place}: {problem}")]
    Malformed { place: Box<Place>, problem: String },
    #[error(
        "{place} is not the file that the index promised: its {algorithm} is {actual}, expected {expected}"
    )]
    Hash { place: Box<Place>, algorithm: &'static str, expected: String, actual: String },
    #[error("{place} has no hash, and it comes over http without encryption")]
    NoHash { place: Box<Place> },
    #[error("{place} contradicts the metadata that the index gave for it: {problem}")]
    Metadata { place: Box<Place>, problem: String },
    #[error("{what} is not in the cache, and spx is offline")]
    Offline { what: String },
    #[error("cannot use `{path}`: {problem}")]
    Disk { path: String, problem: String },
}

impl IndexError {
    pub(super) fn setting(setting: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Setting { setting: setting.into(), problem: problem.into() }
    }

    pub(super) fn malformed(place: &Place, problem: impl Into<String>) -> Self {
        Self::Malformed { place: Box::new(place.clone()), problem: problem.into() }
    }

    pub(super) fn disk(path: &std::path::Path, problem: impl fmt::Display) -> Self {
        Self::Disk { path: path.display().to_string(), problem: problem.to_string() }
    }

    /// What to do next.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::NotFound { .. } => "check the name's spelling, or name its index with `--extra-index-url`",
            Self::Setting { .. } => return None,
            Self::Transfer { fault, .. } => return fault.help(),
            Self::Malformed { .. } => {
                "check that the address is that of a simple repository index (it often ends in `/simple/`)"
            }
            Self::Hash { .. } => "do not use the file; report it to whoever runs the index",
            Self::NoHash { .. } => "use https, or an index that gives hashes",
            Self::Metadata { .. } => "do not use the file; report it to whoever runs the index",
            Self::Offline { .. } => "run once without `--offline`, so that the cache has it",
            Self::Disk { .. } => "free some space or name another place with `--cache-dir`",
        };
        Some(text.to_owned())
    }
}

impl Fault {
    /// Whether the next attempt may do better.
    pub(super) fn is_temporary(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::Connection(_)
            | Self::Silent(_)
            | Self::Slow { .. }
            | Self::Truncated { .. } => true,
            Self::Status(status) => matches!(status, 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether the server never answered at all, so that an older answer may stand in.
    pub(super) fn is_unreachable(&self) -> bool {
        self.is_temporary() || matches!(self, Self::Certificate(_) | Self::Throttled(..))
    }

    fn help(&self) -> Option<String> {
        let text = match self {
            Self::Unreachable(_) | Self::Connection(_) => {
                "check the address, the network, and the proxy settings"
            }
            Self::Silent(_) => "try again later, or raise the limit with `--timeout`",
            Self::Slow { .. } | Self::Truncated { .. } => "try again later",
            Self::Certificate(_) => "name the certificates to trust with `--cert FILE` or `PIP_CERT`",
            Self::Status(401) => {
                "give a user name and password in `~/.netrc`, in the address, or with `--keyring-provider subprocess`"
            }
            Self::Status(403) => {
                "the index refuses these credentials; spx does not look for the name elsewhere, where anybody could have taken it"
            }
            Self::Status(404 | 410) => {
                "the index lists a file that it does not have; try again with `--refresh`"
            }
            Self::Status(_) | Self::Throttled(..) => "try again later",
            Self::Redirects(_) | Self::RedirectRefused { .. } => {
                "check the address; name the place it leads to if you trust that"
            }
            Self::Insecure => {
                "use https, or name the host with `--trusted-host` if nobody else can reach that network"
            }
            Self::Protocol(_) => "check that a web server answers there, and the proxy settings",
            Self::TooLarge { .. } => return None,
        };
        Some(text.to_owned())
    }
}
