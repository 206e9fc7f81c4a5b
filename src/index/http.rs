//! HTTP with manners: bounded time and bytes, careful redirects and credentials. One exchange here; retries in [`super::patience`].

use super::credentials::{Credentials, Secret, shown};
use super::error::{Fault, IndexError, Place};
use super::names::Names;
use super::once::locked;
use super::patience::{Failure, Patience, retry_after};
use super::settings::{IndexLocation, Limits, LinksPlace, Settings};
use crate::system::os;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::HeaderMap;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;
use url::{Host, Url};

/// As curl and browsers have it, or below; a chain of more is a loop.
const MAX_REDIRECTS: u32 = 10;

/// Exchanges at a time, whoever asks for them: more gain little and annoy servers.
const MAX_EXCHANGES: usize = 24;

/// The most bytes of a response's headers: some indexes send many.
const MAX_HEADERS: usize = 256 * 1024;

/// The largest bundle of certificate authorities that is read, in bytes.
const MAX_BUNDLE: u64 = 16 * 1024 * 1024;

/// What to ask for.
pub(super) struct Get<'a> {
    pub url: &'a Url,
    pub accept: &'a str,
    /// Whether the body may come gzipped.
    pub compressed: bool,
    pub headers: Vec<(&'static str, String)>,
}

/// The client's side of all connections.
pub(super) struct Http {
    settings: Arc<Settings>,
    /// By proxy, and by whether certificates are checked.
    agents: Mutex<BTreeMap<(Option<String>, bool), ureq::Agent>>,
    /// The platform has no certificate authorities: the built-in ones serve.
    built_in_roots: AtomicBool,
    requests: AtomicUsize,
    /// Hosts that never answered, so that the next project need not wait for them too.
    dead: Mutex<BTreeMap<String, Fault>>,
    /// Credentials of single archives, by their whole address.
    given: Mutex<BTreeMap<String, Credentials>>,
    /// Exchanges that are under way, bodies included.
    open: Arc<(Mutex<usize>, Condvar)>,
    /// What `keyring` said, by origin.
    keyring: Mutex<BTreeMap<String, Option<Credentials>>>,
}

/// Scheme, host and port: the reach of credentials.
fn origin(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}

impl Http {
    pub(super) fn new(settings: Arc<Settings>) -> Self {
        Self {
            settings,
            agents: Mutex::default(),
            built_in_roots: AtomicBool::new(false),
            requests: AtomicUsize::new(0),
            dead: Mutex::default(),
            given: Mutex::default(),
            open: Arc::default(),
            keyring: Mutex::default(),
        }
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// Runs `attempt` until it succeeds, fails for good, or patience is over.
    pub(super) fn retrying<T>(
        &self,
        place: &Place,
        url: &Url,
        mut attempt: impl FnMut(&mut Patience) -> Result<T, Failure>,
    ) -> Result<T, IndexError> {
        let failed = |fault| IndexError::Transfer { place: Box::new(place.clone()), fault };
        let origin = origin(url);
        if let Some(fault) = locked(&self.dead).get(&origin) {
            return Err(failed(fault.clone()));
        }
        let mut patience = Patience::new(&self.settings.limits);
        loop {
            let failure = match attempt(&mut patience) {
                Ok(value) => return Ok(value),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Fault { fault, wait }) => patience.again(fault, wait),
            };
            if let Err(fault) = failure {
                if !patience.answered && fault.is_temporary() {
                    locked(&self.dead).insert(origin, fault.clone());
                }
                return Err(failed(fault));
            }
        }
    }

    /// One exchange, redirects followed. Statuses that are no success and not in `expected` are faults.
    pub(super) fn exchange(
        &self,
        get: &Get<'_>,
        expected: &[u16],
        patience: &mut Patience,
    ) -> Result<Answer, Failure> {
        let home = origin(get.url);
        let authorization = self.credentials(get.url).map(|credentials| credentials.header());
        let mut url = get.url.clone();
        let turn = Turn::wait(&self.open);
        for _ in 0..=MAX_REDIRECTS {
            self.check_encrypted(&url)?;
            // Another host, port or scheme never gets to see the credentials.
            let authorization = authorization.as_ref().filter(|_| origin(&url) == home);
            let authorization = authorization.map(Secret::reveal);
            let response = self.send(get, &url, authorization, patience)?;
            patience.answered = true;
            let status = response.status().as_u16();
            let location = response.headers().get("location").and_then(|value| value.to_str().ok());
            if let (301 | 302 | 303 | 307 | 308, Some(location)) = (status, location) {
                url = redirected(&url, location)?;
                continue;
            }
            if status == 429 || status == 503 {
                let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
                let wait = header.and_then(|value| retry_after(value, os::now()));
                return Err(Failure::Fault { fault: Fault::Status(status), wait });
            }
            if !(200..300).contains(&status) && !expected.contains(&status) {
                return Err(Fault::Status(status).into());
            }
            return Ok(Answer::new(status, url, response, &self.settings.limits, patience.left(), turn));
        }
        Err(Fault::Redirects(MAX_REDIRECTS + 1).into())
    }

    fn send(
        &self,
        get: &Get<'_>,
        url: &Url,
        authorization: Option<&str>,
        patience: &Patience,
    ) -> Result<ureq::http::Response<ureq::Body>, Failure> {
        let mut address = url.clone();
        address.set_fragment(None);
        let limits = &self.settings.limits;
        let mut fell_back = false;
        loop {
            let agent = self.agent(url)?;
            let mut request = agent.get(address.as_str()).header("Accept", get.accept);
            request = request.header("Accept-Encoding", if get.compressed { "gzip" } else { "identity" });
            for (name, value) in &get.headers {
                request = request.header(*name, value);
            }
            if let Some(authorization) = authorization {
                request = request.header("Authorization", authorization);
            }
            // Only where patience runs out sooner: settings of one request cost a new TLS set-up.
            let left = patience.left();
            if left < limits.timeout {
                let left = Some(left.max(Duration::from_millis(1)));
                request = request
                    .config()
                    .timeout_resolve(left)
                    .timeout_connect(left)
                    .timeout_recv_response(left)
                    .timeout_per_read(left)
                    .build();
            }
            self.requests.fetch_add(1, Ordering::Relaxed);
            match request.call() {
                Ok(response) => return Ok(response),
                Err(error) if !fell_back && no_platform_roots(&error) => {
                    fell_back = true;
                    self.built_in_roots.store(true, Ordering::Relaxed);
                    locked(&self.agents).clear();
                }
                Err(error) => {
                    return Err(match fault(error, limits.timeout.min(left)) {
                        Fault::Unreachable(text) if self.settings.proxies.of(url).is_some() => {
                            Fault::Unreachable(format!("{text}, through the proxy that the settings name"))
                        }
                        fault => fault,
                    }
                    .into());
                }
            }
        }
    }

    /// Plain http only where nobody stands between: this machine, or a host that the user named for it.
    fn check_encrypted(&self, url: &Url) -> Result<(), Fault> {
        match url.scheme() {
            "https" => Ok(()),
            "http" if self.is_trusted(url) => Ok(()),
            "http" => Err(Fault::Insecure),
            _ => Err(Fault::Protocol("the address is neither http nor https".to_owned())),
        }
    }

    /// Whether nobody on the way can change what comes from there, or the user said so.
    pub(super) fn is_trusted(&self, url: &Url) -> bool {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        loopback || url.scheme() == "https" || self.settings.trusts(url)
    }

    fn agent(&self, url: &Url) -> Result<ureq::Agent, Failure> {
        let proxy = self.settings.proxies.of(url).map(|proxy| proxy.reveal().to_owned());
        let checked = !self.settings.trusts(url);
        let mut agents = locked(&self.agents);
        if let Some(agent) = agents.get(&(proxy.clone(), checked)) {
            return Ok(agent.clone());
        }
        let agent = self.new_agent(proxy.as_deref(), checked).map_err(Failure::Final)?;
        agents.insert((proxy, checked), agent.clone());
        Ok(agent)
    }

    fn new_agent(&self, proxy: Option<&str>, checked: bool) -> Result<ureq::Agent, IndexError> {
        let tls = TlsConfig::builder().root_certs(self.roots()?).disable_verification(!checked).build();
        let wrong = |problem| IndexError::setting("the proxy setting", problem);
        let proxy = match proxy {
            None => None,
            Some(text) if text.starts_with("socks") => {
                return Err(wrong("spx knows http and https proxies only"));
            }
            Some(text) => Some(ureq::Proxy::new(text).map_err(|_| wrong("is not the address of a proxy"))?),
        };
        let timeout = Some(self.settings.limits.timeout);
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEADERS)
            .max_idle_connections(2 * MAX_EXCHANGES)
            .max_idle_connections_per_host(MAX_EXCHANGES)
            .user_agent(concat!("spx/", env!("CARGO_PKG_VERSION")))
            .proxy(proxy)
            .tls_config(tls)
            .timeout_resolve(timeout)
            .timeout_connect(timeout)
            .timeout_recv_response(timeout)
            .timeout_per_read(timeout)
            .timeout_per_write(timeout)
            .build();
        Ok(ureq::Agent::with_parts(config, DefaultConnector::default(), Names::default()))
    }

    /// The bundle that the settings name, else the platform's store, else the built-in certificate authorities.
    fn roots(&self) -> Result<RootCerts, IndexError> {
        let Some((path, setting)) = &self.settings.cert else {
            let built_in = self.built_in_roots.load(Ordering::Relaxed);
            return Ok(if built_in { RootCerts::WebPki } else { RootCerts::PlatformVerifier });
        };
        let wrong = |problem: String| IndexError::setting(setting, format!("`{}` {problem}", path.display()));
        let bundle =
            os::read_followed(path, MAX_BUNDLE).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        let certificates: Vec<_> = parse_pem(&bundle)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(wrong("has no certificate in PEM form".to_owned()));
        }
        Ok(RootCerts::from(certificates))
    }

    /// Keeps the credentials that an archive's own address had.
    pub(super) fn remember(&self, url: &Url, credentials: Credentials) {
        locked(&self.given).insert(url.to_string(), credentials);
    }

    /// The credentials for an address: its own, those that a setting gives for its origin, else netrc's for its host.
    fn credentials(&self, url: &Url) -> Option<Credentials> {
        if let Some(given) = locked(&self.given).get(url.as_str()) {
            return Some(given.clone());
        }
        let home = origin(url);
        let same = |of: &Url| origin(of) == home;
        let settings = &self.settings;
        let of_index = settings.indexes.iter().find_map(|IndexLocation { url, credentials, .. }| {
            credentials.as_ref().filter(|_| same(url)).map(|credentials| (credentials, url))
        });
        let of_links = settings.find_links.iter().find_map(|links| match &links.place {
            LinksPlace::Page(url, Some(credentials)) if same(url) => Some((credentials, url)),
            _ => None,
        });
        let Some((named, address)) = of_index.or(of_links) else {
            return settings.netrc.credentials(url.host_str()?).cloned();
        };
        if named.has_password() || !settings.keyring {
            return Some(named.clone());
        }
        let mut answers = locked(&self.keyring);
        let answer = answers.entry(home).or_insert_with(|| named.ask_keyring(address));
        Some(answer.clone().unwrap_or_else(|| named.clone()))
    }
}

/// Where a redirect leads, when it may be followed.
fn redirected(from: &Url, location: &str) -> Result<Url, Fault> {
    let mut to = from.join(location).map_err(|_| Fault::Protocol("it redirects to no address".to_owned()))?;
    // Credentials in a redirect are the server's idea, not the user's.
    Credentials::take(&mut to);
    let refused = |why| Fault::RedirectRefused { to: shown(&to), why };
    match (from.scheme(), to.scheme()) {
        (_, "https") | ("http", "http") => Ok(to),
        ("https", "http") => Err(refused("from https to http without encryption")),
        _ => Err(refused("which is neither http nor https")),
    }
}

fn no_platform_roots(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Rustls(inner) if inner.to_string().contains("No CA certificates were loaded"))
}

/// What ureq's error means. Texts that could hold an address with credentials are left out.
fn fault(error: ureq::Error, timeout: Duration) -> Fault {
    use ureq::{Error, Timeout};
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Fault::Unreachable(format!("nothing answered in {} seconds", timeout.as_secs().max(1)))
        }
        Error::Timeout(_) => Fault::Silent(timeout),
        Error::HostNotFound => Fault::Unreachable("the host is unknown".to_owned()),
        Error::Io(error) => io_fault(&error),
        Error::Rustls(error) => Fault::Certificate(error.to_string()),
        Error::Tls(text) => Fault::Certificate(text.to_owned()),
        Error::LargeResponseHeader(..) => {
            Fault::Protocol(format!("more than {MAX_HEADERS} bytes of headers"))
        }
        Error::Protocol(error) => Fault::Protocol(error.to_string()),
        Error::ConnectProxyFailed(_) => Fault::Unreachable("the proxy refused".to_owned()),
        Error::ConnectionFailed => Fault::Unreachable("no address of the host answers".to_owned()),
        _ => Fault::Protocol("the request could not be made".to_owned()),
    }
}

fn io_fault(error: &io::Error) -> Fault {
    use io::ErrorKind;
    let text = error.to_string();
    match error.kind() {
        ErrorKind::InvalidData => Fault::Certificate(text),
        ErrorKind::UnexpectedEof => Fault::Connection("the server closed it without an answer".to_owned()),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            Fault::Connection(text)
        }
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::Connection("it timed out".to_owned()),
        _ => Fault::Unreachable(text),
    }
}

/// The right to be one of the few exchanges that are under way.
struct Turn(Arc<(Mutex<usize>, Condvar)>);

impl Turn {
    fn wait(open: &Arc<(Mutex<usize>, Condvar)>) -> Self {
        let mut count = locked(&open.0);
        while *count >= MAX_EXCHANGES {
            count = open.1.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
        *count += 1;
        Self(Arc::clone(open))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *locked(&self.0.0) -= 1;
        self.0.1.notify_one();
    }
}

/// A response whose body has not been read.
pub(super) struct Answer {
    pub status: u16,
    /// After redirects.
    pub url: Url,
    headers: HeaderMap,
    body: Metered,
}

impl Answer {
    fn new(
        status: u16,
        url: Url,
        response: ureq::http::Response<ureq::Body>,
        limits: &Limits,
        left: Duration,
        turn: Turn,
    ) -> Self {
        let (parts, body) = response.into_parts();
        let body = Metered {
            body: body.into_reader(),
            timeout: limits.timeout,
            floor: limits.floor,
            window: limits.floor_window.min(left),
            since: Instant::now(),
            in_window: 0,
            received: 0,
            _turn: turn,
        };
        Self { status, url, headers: parts.headers, body }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What the server announces, as bytes on the wire.
    pub(super) fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    pub(super) fn is_encoded(&self) -> bool {
        self.header("content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
    }

    /// The body, decoded; its errors are [`Fault`]s inside [`io::Error`], for [`read_fault`].
    pub(super) fn into_reader(self) -> Result<Box<dyn Read>, Fault> {
        match self.header("content-encoding").map(str::to_ascii_lowercase).as_deref() {
            None | Some("identity" | "") => Ok(Box::new(self.body)),
            Some("gzip" | "x-gzip") => Ok(Box::new(flate2::read::MultiGzDecoder::new(self.body))),
            Some(other) => {
                Err(Fault::Protocol(format!("the encoding `{}` was not asked for", other.escape_debug())))
            }
        }
    }

    /// The whole body, decoded, of at most `limit` bytes.
    pub(super) fn read(self, limit: u64) -> Result<Vec<u8>, Fault> {
        let decoded = self.is_encoded();
        if self.length().is_some_and(|length| length > limit) {
            return Err(Fault::TooLarge { limit, decoded: false });
        }
        let mut content = Vec::new();
        self.into_reader()?.take(limit + 1).read_to_end(&mut content).map_err(|error| read_fault(&error))?;
        if content.len() as u64 > limit {
            return Err(Fault::TooLarge { limit, decoded });
        }
        Ok(content)
    }
}

/// What an error from a body's reader means.
pub(super) fn read_fault(error: &io::Error) -> Fault {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        Some(fault) => fault.clone(),
        // From the gzip decoder.
        None => Fault::Protocol(format!("the body is not what its encoding says: {error}")),
    }
}

/// A body that must keep coming at some speed.
struct Metered {
    /// Held until the body was read.
    _turn: Turn,
    body: ureq::BodyReader<'static>,
    timeout: Duration,
    floor: u64,
    window: Duration,
    since: Instant,
    in_window: u64,
    received: u64,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.body.read(buffer).map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
            let fault = match (inner, error.kind()) {
                (Some(ureq::Error::Timeout(_)), _) => Fault::Silent(self.timeout.min(self.window)),
                (None, io::ErrorKind::UnexpectedEof) => Fault::Truncated { received: self.received },
                (None, _) => io_fault(&error),
                (Some(other), _) => Fault::Protocol(other.to_string()),
            };
            io::Error::other(fault)
        })?;
        self.received += count as u64;
        self.in_window += count as u64;
        if count > 0 && self.since.elapsed() >= self.window {
            let needed = self.window.as_secs_f64() * self.floor as f64;
            if (self.in_window as f64) < needed {
                return Err(io::Error::other(Fault::Slow { floor: self.floor, window: self.window }));
            }
            self.since = Instant::now();
            self.in_window = 0;
        }
        Ok(count)
    }
}
