//! User names and passwords for indexes: from addresses, netrc, and the user's `keyring` command. Never shown.

use crate::system::os;
use std::fmt;
use std::path::{Path, PathBuf};
use url::Url;

/// Text that is never printed: `Debug` and `Display` are `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for a request's header.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A user name, which for tokens is itself secret, and a password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credentials {
    user: Secret,
    password: Option<Secret>,
}

impl Credentials {
    pub(super) fn new(user: &str, password: Option<&str>) -> Self {
        Self { user: Secret::new(user), password: password.map(Secret::new) }
    }

    /// Takes the credentials out of an address: what is left may be shown, cached and compared.
    pub(super) fn take(url: &mut Url) -> Option<Self> {
        let decode = |text: &str| percent_decode(text);
        let user = decode(url.username());
        let password = url.password().map(decode);
        if user.is_empty() && password.is_none() {
            return None;
        }
        // Both only fail for addresses that cannot have credentials, such as `file:` and `data:`.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Some(Self { user: Secret(user), password: password.map(Secret) })
    }

    pub(super) fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// The value of an `Authorization` header (RFC 7617).
    pub(super) fn header(&self) -> Secret {
        use base64::Engine;
        let password = self.password.as_ref().map_or("", Secret::reveal);
        let pair = format!("{}:{password}", self.user.reveal());
        Secret(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)))
    }

    /// Asks the user's `keyring` command for the password of this user, by the address and then by the host, as pip does.
    pub(super) fn ask_keyring(&self, url: &Url) -> Option<Self> {
        let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        [url.as_str(), &host].into_iter().find_map(|service| {
            let output = os::output_of("keyring", &["get", service, self.user.reveal()])?;
            let password = output.trim_end_matches(['\r', '\n']);
            (!password.is_empty())
                .then(|| Self { user: self.user.clone(), password: Some(Secret::new(password)) })
        })
    }
}

pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let escape = escape.filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let decoded = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(decoded.unwrap_or(bytes[at]));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The largest netrc that is read, in bytes.
const MAX_NETRC: u64 = 1024 * 1024;

/// The entries of the user's netrc file.
#[derive(Clone, Debug, Default)]
pub struct Netrc {
    /// Host (`None` is `default`) and its credentials, in the file's order.
    entries: Vec<(Option<String>, Credentials)>,
}

impl Netrc {
    /// Reads the file that `NETRC` names, else `~/.netrc`, else `~/_netrc`; one that cannot be read is as if it were not there.
    pub fn of_user(environment: &dyn Fn(&str) -> Option<String>, home: Option<&Path>) -> Self {
        let candidates: Vec<PathBuf> = match environment("NETRC") {
            Some(named) => vec![PathBuf::from(named)],
            None => home.iter().flat_map(|home| [home.join(".netrc"), home.join("_netrc")]).collect(),
        };
        candidates
            .iter()
            .find_map(|path| os::read_followed(path, MAX_NETRC).ok())
            .map(|content| Self::parse(&String::from_utf8_lossy(&content)))
            .unwrap_or_default()
    }

    /// Reads `machine`, `default`, `login`, `password`, `account` and `macdef`; an unknown word ends the reading, as a
    /// password could stand anywhere after it.
    pub fn parse(text: &str) -> Self {
        let mut entries: Vec<(Option<String>, Credentials)> = Vec::new();
        let mut lines = text.lines();
        let mut words: std::collections::VecDeque<String> = std::collections::VecDeque::new();
        loop {
            while words.is_empty() {
                match lines.next() {
                    Some(line) => words.extend(tokens(line)),
                    None => return Self { entries },
                }
            }
            let mut next = |words: &mut std::collections::VecDeque<String>| loop {
                if let Some(word) = words.pop_front() {
                    return Some(word);
                }
                words.extend(tokens(lines.next()?));
            };
            let Some(word) = words.pop_front() else { continue };
            match word.as_str() {
                "machine" => match next(&mut words) {
                    Some(host) => entries.push((Some(host.to_lowercase()), Credentials::new("", None))),
                    None => return Self { entries },
                },
                "default" => entries.push((None, Credentials::new("", None))),
                "login" | "user" | "password" | "account" => {
                    let (Some(value), Some((_, credentials))) = (next(&mut words), entries.last_mut()) else {
                        return Self { entries };
                    };
                    match word.as_str() {
                        "password" => credentials.password = Some(Secret(value)),
                        "account" => {}
                        _ => credentials.user = Secret(value),
                    }
                }
                // A macro goes on to the next empty line.
                "macdef" => {
                    words.clear();
                    while lines.next().is_some_and(|line| !line.trim().is_empty()) {}
                }
                _ => return Self { entries },
            }
        }
    }

    pub(super) fn credentials(&self, host: &str) -> Option<&Credentials> {
        let named = self.entries.iter().find(|(of, _)| of.as_deref() == Some(host));
        let found = named.or_else(|| self.entries.iter().find(|(of, _)| of.is_none()));
        found.map(|(_, credentials)| credentials).filter(|c| !c.user.reveal().is_empty() || c.has_password())
    }
}

/// The words of a line: quotes group, a backslash takes the next character as it is, `#` starts a comment between words.
fn tokens(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut characters = line.chars().peekable();
    loop {
        while characters.next_if(|c| c.is_whitespace()).is_some() {}
        match characters.peek() {
            None => return words,
            // A password may start with `#`: only a line's first word is a comment's start.
            Some('#') if words.is_empty() => return words,
            Some(_) => {}
        }
        let quoted = characters.next_if_eq(&'"').is_some();
        let mut word = String::new();
        while let Some(c) = characters.next() {
            match c {
                '\\' => word.extend(characters.next()),
                '"' if quoted => break,
                c if c.is_whitespace() && !quoted => break,
                c => word.push(c),
            }
        }
        words.push(word);
    }
}

/// An address as messages may show it: without credentials, query and fragment, which may hold signatures and tokens.
pub fn shown(url: &Url) -> String {
    let mut url = url.clone();
    Credentials::take(&mut url);
    let query = if url.query().is_some() { "?…" } else { "" };
    url.set_query(None);
    url.set_fragment(None);
    format!("{url}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let mut url = Url::parse("https://me:p%40ss@example.org/simple/?token=t#f").unwrap();
        assert_eq!(shown(&url), "https://example.org/simple/?…");
        let credentials = Credentials::take(&mut url).unwrap();
        assert_eq!(url.as_str(), "https://example.org/simple/?token=t#f");
        assert_eq!(format!("{credentials:?}"), "Credentials { user: ***, password: Some(***) }");
        // `me:p@ss`
        assert_eq!(credentials.header().reveal(), "Basic bWU6cEBzcw==");
    }

    #[test]
    fn netrc_entries_are_found_by_host() {
        let text = "# mine\nmachine A.org\n  login \"a b\"\n  password #x\\\"y\n\nmacdef init\nmachine evil.org login x\n\n\
                    machine b.org login b account c password d default login e password f";
        let netrc = Netrc::parse(text);
        let found = |host: &str| {
            let credentials = netrc.credentials(host).unwrap();
            (credentials.user.reveal(), credentials.password.as_ref().map(Secret::reveal))
        };
        assert_eq!(found("a.org"), ("a b", Some("#x\"y")));
        assert_eq!(found("b.org"), ("b", Some("d")));
        assert_eq!(found("evil.org"), ("e", Some("f")));
        assert!(Netrc::parse("login x").credentials("a").is_none());
        assert!(Netrc::parse("machine a login").credentials("a").is_none());
        assert!(Netrc::parse("machine a login x bogus password").credentials("a").is_some());
    }
}
