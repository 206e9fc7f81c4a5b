//! Which indexes, with which manners: options over the environment over pip's configuration files.

use super::credentials::{Credentials, Netrc, Secret, shown};
use super::error::IndexError;
use crate::system::os;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// What the caller was told on the command line; empty and `None` mean "not said". No `Debug`: addresses may have passwords.
#[derive(Clone, Default)]
pub struct Options {
    pub index_url: Option<String>,
    /// Asked before `index_url`, so that a private project wins over a public one of its name.
    pub extra_index_urls: Vec<String>,
    /// Directories, pages, files.
    pub find_links: Vec<String>,
    pub no_index: bool,
    /// A PEM file of certificate authorities, in place of the platform's.
    pub cert: Option<PathBuf>,
    /// `host` or `host:port` whose certificate is not checked, and to which plain http is allowed.
    pub trusted_hosts: Vec<String>,
    pub cache: CacheChoice,
    /// Asks the indexes again, however fresh the cache is.
    pub refresh: bool,
    /// Asks nobody: only the cache and local files.
    pub offline: bool,
    /// Seconds without an answer.
    pub timeout: Option<f64>,
    pub retries: Option<u32>,
    pub proxy: Option<String>,
    /// Asks the `keyring` command for passwords (pip's `--keyring-provider subprocess`).
    pub keyring: bool,
    /// All indexes' files count, not only those of the first that has the project.
    pub best_match: bool,
}

/// Where downloads are kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum CacheChoice {
    /// `index` in the user's cache directory of spx.
    #[default]
    User,
    /// Nowhere: a temporary directory that goes with the client.
    None,
    At(PathBuf),
}

/// One option of a pip configuration file, as its parser read it. No `Debug`: addresses may have passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct PipValue {
    /// The file's path, for messages.
    pub file: String,
    pub section: String,
    pub key: String,
    /// Several lines for lists.
    pub value: String,
}

/// An index, and the setting that named it.
#[derive(Clone, Debug)]
pub struct IndexLocation {
    /// Without credentials, ending in `/`.
    pub url: Url,
    pub credentials: Option<Credentials>,
    pub setting: Arc<str>,
}

/// A place of `--find-links`, and the setting that named it.
#[derive(Clone, Debug)]
pub struct LinksLocation {
    pub place: LinksPlace,
    pub setting: Arc<str>,
    /// Named on the command line: then it must be there.
    pub required: bool,
}

#[derive(Clone, Debug)]
pub enum LinksPlace {
    /// A directory of archives, an HTML page, or one archive.
    Path(PathBuf),
    /// A page over http, without credentials.
    Page(Url, Option<Credentials>),
}

/// How long spx waits for servers, and how much it takes from them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// To connect, to the first byte, and between bytes.
    pub timeout: Duration,
    /// Bytes a second, on average over `floor_window`.
    pub floor: u64,
    pub floor_window: Duration,
    /// For one thing with all attempts that bring nothing; a longer timeout raises it.
    pub total: Duration,
    pub retries: u32,
    /// The first pause between attempts; each next one is twice as long.
    pub backoff: Duration,
    /// The longest `Retry-After` that is honoured.
    pub retry_after: Duration,
    /// Bytes of a project page after decoding.
    pub page: u64,
    /// Bytes of a metadata file.
    pub metadata: u64,
    /// Bytes of a distribution.
    pub file: u64,
    /// How long a page is fresh when its server says nothing.
    pub fresh: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(15),
            floor: 1024,
            floor_window: Duration::from_secs(30),
            // So that a minute is not passed with all that goes before and after.
            total: Duration::from_secs(55),
            retries: 5,
            backoff: Duration::from_millis(250),
            retry_after: Duration::from_secs(30),
            page: 64 << 20,
            metadata: 16 << 20,
            file: 4 << 30,
            fresh: Duration::from_mins(10),
        }
    }
}

/// Proxies by the scheme of what is asked for, and the hosts that need none.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    pub http: Option<Secret>,
    pub https: Option<Secret>,
    pub exceptions: Vec<String>,
}

/// Everything that [`super::Client`] goes by.
#[derive(Clone, Debug)]
pub struct Settings {
    /// In the order in which they are asked.
    pub indexes: Vec<IndexLocation>,
    pub find_links: Vec<LinksLocation>,
    /// The PEM file and the setting that named it.
    pub cert: Option<(PathBuf, String)>,
    pub trusted_hosts: Vec<String>,
    pub cache: CacheChoice,
    pub refresh: bool,
    pub offline: bool,
    pub limits: Limits,
    pub proxies: Proxies,
    pub netrc: Netrc,
    pub keyring: bool,
    pub best_match: bool,
}

/// The environment and the configuration files, by pip's names for the options.
struct Sources<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    configuration: &'a [PipValue],
}

impl Sources<'_> {
    /// The value of `index-url` from `PIP_INDEX_URL`, else from `[install]`, else from `[global]` of the last file that has it.
    fn value(&self, key: &str) -> Option<(String, String)> {
        let variable = format!("PIP_{}", key.to_uppercase().replace('-', "_"));
        if let Some(value) = (self.environment)(&variable) {
            return Some((value, format!("`{variable}`")));
        }
        ["install", "global"].into_iter().find_map(|section| {
            // pip reads `index_url` and `--index-url` alike.
            let same = |v: &&PipValue| {
                v.section == section && v.key.trim_start_matches("--").to_lowercase().replace('_', "-") == key
            };
            let found = self.configuration.iter().rev().find(same)?;
            Some((found.value.trim().to_owned(), format!("`{key}` in `{}`", found.file)))
        })
    }

    fn list(&self, key: &str) -> Vec<(String, String)> {
        let Some((value, setting)) = self.value(key) else { return Vec::new() };
        value.split_whitespace().map(|word| (word.to_owned(), setting.clone())).collect()
    }

    fn flag(&self, key: &str) -> Result<bool, IndexError> {
        let Some((value, setting)) = self.value(key) else { return Ok(false) };
        match value.to_lowercase().as_str() {
            "1" | "true" | "yes" | "on" | "y" | "t" => Ok(true),
            "" | "0" | "false" | "no" | "off" | "n" | "f" => Ok(false),
            _ => {
                Err(IndexError::setting(setting, format!("`{}` is neither yes nor no", value.escape_debug())))
            }
        }
    }

    fn number<T: std::str::FromStr>(&self, key: &str) -> Result<Option<(T, String)>, IndexError> {
        let Some((value, setting)) = self.value(key) else { return Ok(None) };
        match value.parse() {
            Ok(number) => Ok(Some((number, setting))),
            Err(_) => {
                Err(IndexError::setting(setting, format!("`{}` is not a number", value.escape_debug())))
            }
        }
    }

    fn first(&self, names: &[&str]) -> Option<(String, String)> {
        names.iter().find_map(|name| Some(((self.environment)(name)?, format!("`{name}`"))))
    }
}

impl Settings {
    /// Composes the settings as pip does: what the options say, then the environment, then the configuration files (of
    /// which later ones win, and `[install]` wins over `[global]`); lists on the command line add to the others.
    pub fn new(
        options: Options,
        environment: &dyn Fn(&str) -> Option<String>,
        configuration: &[PipValue],
    ) -> Result<Self, IndexError> {
        let sources = Sources { environment, configuration };
        let directory = os::current_directory().unwrap_or_else(|_| PathBuf::from("."));
        let typed = |values: &[String], option: &str| -> Vec<(String, String)> {
            values.iter().map(|value| (value.clone(), format!("`{option}`"))).collect()
        };
        let mut indexes = Vec::new();
        if !(options.no_index || sources.flag("no-index")?) {
            let mut named = typed(&options.extra_index_urls, "--extra-index-url");
            named.extend(sources.list("extra-index-url"));
            let main = options.index_url.map(|url| (url, "`--index-url`".to_owned()));
            named.push(main.or_else(|| sources.value("index-url")).unwrap_or_else(default_index));
            for (text, setting) in named {
                indexes.push(index_location(&text, &setting, &directory)?);
            }
        }
        let mut find_links = Vec::new();
        for (text, setting) in typed(&options.find_links, "--find-links") {
            find_links.push(links_location(&text, &setting, true, &directory)?);
        }
        for (text, setting) in sources.list("find-links") {
            find_links.push(links_location(&text, &setting, false, &directory)?);
        }
        let mut trusted_hosts = options.trusted_hosts;
        trusted_hosts.extend(sources.list("trusted-host").into_iter().map(|(host, _)| host));
        let home = os::home_directory();
        let cert = options
            .cert
            .map(|path| (path, "`--cert`".to_owned()))
            .or_else(|| sources.value("cert").map(|(path, setting)| (PathBuf::from(path), setting)))
            .or_else(|| {
                let bundle = sources.first(&["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])?;
                Some((PathBuf::from(bundle.0), bundle.1))
            })
            .map(|(path, setting)| (expand_home(path, home.as_deref()), setting));
        let keyring = options.keyring
            || sources.value("keyring-provider").is_some_and(|(provider, _)| provider == "subprocess");
        Ok(Self {
            indexes,
            find_links,
            cert,
            trusted_hosts: trusted_hosts.iter().map(|host| host.to_lowercase()).collect(),
            cache: options.cache,
            refresh: options.refresh,
            offline: options.offline,
            limits: limits(options.timeout, options.retries, &sources)?,
            proxies: proxies(options.proxy, &sources),
            netrc: Netrc::of_user(environment, home.as_deref()),
            keyring,
            best_match: options.best_match,
        })
    }

    /// The settings of this user on this machine; `configuration` comes from [`pip_configuration_files`].
    pub fn of_user(options: Options, configuration: &[PipValue]) -> Result<Self, IndexError> {
        Self::new(options, &os::environment, configuration)
    }

    pub(super) fn trusts(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
        self.trusted_hosts.iter().any(|trusted| trusted == host || Some(trusted) == with_port.as_ref())
    }
}

fn limits(timeout: Option<f64>, retries: Option<u32>, sources: &Sources<'_>) -> Result<Limits, IndexError> {
    let mut limits = Limits::default();
    let named = match timeout {
        Some(seconds) => Some((seconds, "`--timeout`".to_owned())),
        // The option has two names, and so two variables.
        None => sources.number("timeout")?.or(sources.number("default-timeout")?),
    };
    if let Some((seconds, setting)) = named {
        if !(seconds > 0.0 && seconds <= 86_400.0) {
            return Err(IndexError::setting(setting, "must be more than zero and at most a day in seconds"));
        }
        limits.timeout = Duration::from_secs_f64(seconds);
        // Who allows a long silence allows the whole to be as long.
        limits.total = limits.total.max(limits.timeout);
        limits.floor_window = limits.floor_window.max(limits.timeout);
    }
    let named = sources.number("retries")?.map(|(retries, _)| retries);
    if let Some(retries) = retries.or(named) {
        limits.retries = retries;
    }
    Ok(limits)
}

/// The variables that requests (and so pip) reads, lower case first.
fn proxies(option: Option<String>, sources: &Sources<'_>) -> Proxies {
    let named = option.or_else(|| sources.value("proxy").map(|(url, _)| url)).filter(|url| !url.is_empty());
    let of_scheme = |lower: &str, upper: &str| {
        let found = sources.first(&[lower, upper, "all_proxy", "ALL_PROXY"]).map(|(url, _)| url);
        named.clone().or(found).map(Secret::new)
    };
    let exceptions = sources.first(&["no_proxy", "NO_PROXY"]).map(|(list, _)| list).unwrap_or_default();
    Proxies {
        http: of_scheme("http_proxy", "HTTP_PROXY"),
        https: of_scheme("https_proxy", "HTTPS_PROXY"),
        exceptions: exceptions
            .split(',')
            .map(|host| host.trim().to_lowercase())
            .filter(|h| !h.is_empty())
            .collect(),
    }
}

impl Proxies {
    /// The proxy for an address: none for hosts in `no_proxy` (a name, a domain with or without its dot, `*`), as requests.
    pub(super) fn of(&self, url: &Url) -> Option<&Secret> {
        let host = url.host_str().unwrap_or_default();
        let with_port = format!("{host}:{}", url.port_or_known_default().unwrap_or(0));
        let excepted = self.exceptions.iter().any(|exception| {
            let domain = exception.trim_start_matches('.');
            let ends = |text: &str| {
                text == domain || text.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
            };
            exception == "*" || ends(host) || ends(&with_port)
        });
        if excepted {
            return None;
        }
        match url.scheme() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        }
    }
}

/// The Python community's index: composed, as this repository names no registry's host.
fn default_index() -> (String, String) {
    let name = "pypi";
    (format!("https://{name}.org/simple/"), "the built-in index".to_owned())
}

fn index_location(text: &str, setting: &str, directory: &Path) -> Result<IndexLocation, IndexError> {
    let path = directory.join(text);
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        // A directory of this machine, as pip allows. Else the text stays untold: it may be a mistyped address.
        Err(_) if !os::is_directory(&path) => {
            return Err(IndexError::setting(setting, "is neither an address nor a directory that is there"));
        }
        Err(_) => Url::from_directory_path(path)
            .map_err(|()| IndexError::setting(setting, "is a directory without an address"))?,
    };
    let credentials = Credentials::take(&mut url);
    if !matches!(url.scheme(), "http" | "https" | "file") {
        return Err(IndexError::setting(setting, format!("`{}` is not http, https or file", shown(&url))));
    }
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(IndexLocation { url, credentials, setting: Arc::from(setting) })
}

fn links_location(
    text: &str,
    setting: &str,
    required: bool,
    directory: &Path,
) -> Result<LinksLocation, IndexError> {
    let place =
        match Url::parse(text) {
            Ok(mut url) if matches!(url.scheme(), "http" | "https") => {
                let credentials = Credentials::take(&mut url);
                LinksPlace::Page(url, credentials)
            }
            Ok(url) if url.scheme() == "file" => LinksPlace::Path(url.to_file_path().map_err(|()| {
                IndexError::setting(setting, "the `file:` address is not one of this machine")
            })?),
            // On Windows the drive's letter looks like a scheme.
            Ok(url) if url.scheme().len() > 1 => {
                return Err(IndexError::setting(
                    setting,
                    format!("`{}` is not http, https or file", shown(&url)),
                ));
            }
            _ => LinksPlace::Path(
                directory.join(expand_home(PathBuf::from(text), os::home_directory().as_deref())),
            ),
        };
    Ok(LinksLocation { place, setting: Arc::from(setting), required })
}

fn expand_home(path: PathBuf, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// The places of pip's configuration files in the order in which they are read (later ones win); most will not be there.
pub fn pip_configuration_files(environment: &dyn Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let named = environment("PIP_CONFIG_FILE").map(PathBuf::from);
    if named.as_deref().is_some_and(|path| path == Path::new("/dev/null") || path == Path::new("nul")) {
        return Vec::new();
    }
    let home = os::home_directory();
    let under_home = |rest: &str| home.as_ref().map(|home| home.join(rest));
    let mut files = Vec::new();
    let mut user = Vec::new();
    if cfg!(windows) {
        files.extend(environment("ProgramData").map(|base| PathBuf::from(base).join(r"pip\pip.ini")));
        user.extend(under_home(r"pip\pip.ini"));
        user.extend(environment("APPDATA").map(|base| PathBuf::from(base).join(r"pip\pip.ini")));
    } else {
        if cfg!(target_os = "macos") {
            files.push(PathBuf::from("/Library/Application Support/pip/pip.conf"));
        } else {
            let directories = environment("XDG_CONFIG_DIRS").unwrap_or_else(|| "/etc/xdg".to_owned());
            files.extend(
                directories.split(':').filter(|d| !d.is_empty()).map(|d| Path::new(d).join("pip/pip.conf")),
            );
            files.push(PathBuf::from("/etc/pip.conf"));
        }
        user.extend(under_home(".pip/pip.conf"));
        let mac = under_home("Library/Application Support/pip")
            .filter(|p| cfg!(target_os = "macos") && os::is_directory(p));
        let xdg = environment("XDG_CONFIG_HOME").map(|base| PathBuf::from(base).join("pip"));
        let config = mac.or(xdg).or_else(|| under_home(".config/pip"));
        user.extend(config.map(|directory| directory.join("pip.conf")));
    }
    // A named file stands in for the user's.
    if !named.as_deref().is_some_and(os::is_file) {
        files.extend(user);
    }
    let site = if cfg!(windows) { "pip.ini" } else { "pip.conf" };
    files.extend(environment("VIRTUAL_ENV").map(|prefix| PathBuf::from(prefix).join(site)));
    files.extend(named);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(options: Options, environment: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Settings {
        try_settings(options, environment, files).unwrap()
    }

    fn try_settings(
        options: Options,
        environment: &[(&str, &str)],
        files: &[(&str, &str, &str)],
    ) -> Result<Settings, IndexError> {
        let environment = |name: &str| {
            let absent = if name == "NETRC" { Some("/nonexistent".to_owned()) } else { None };
            environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()).or(absent)
        };
        let values: Vec<PipValue> = files
            .iter()
            .map(|(section, key, value)| PipValue {
                file: "/etc/pip.conf".to_owned(),
                section: (*section).to_owned(),
                key: (*key).to_owned(),
                value: (*value).to_owned(),
            })
            .collect();
        Settings::new(options, &environment, &values)
    }

    fn urls(settings: &Settings) -> Vec<(&str, &str)> {
        settings.indexes.iter().map(|i| (i.url.as_str(), &*i.setting)).collect()
    }

    #[test]
    fn options_win_over_the_environment_over_files() {
        let files = [
            ("global", "index-url", "https://file.example/simple"),
            ("install", "extra_index_url", "\nhttps://one.example/s/\nhttps://two.example/s/"),
            ("global", "trusted-host", "old.example"),
            ("freeze", "timeout", "bogus"),
        ];
        let from_files = settings(Options::default(), &[], &files);
        let setting = "`index-url` in `/etc/pip.conf`";
        let extra = "`extra-index-url` in `/etc/pip.conf`";
        assert_eq!(
            urls(&from_files),
            [
                ("https://one.example/s/", extra),
                ("https://two.example/s/", extra),
                ("https://file.example/simple/", setting)
            ]
        );
        assert!(from_files.trusts(&Url::parse("https://OLD.example:8443/x").unwrap()));
        let environment = [
            ("PIP_INDEX_URL", "https://me:secret@env.example/x"),
            ("PIP_EXTRA_INDEX_URL", "https://e.example/"),
        ];
        let from_environment = settings(Options::default(), &environment, &files);
        assert_eq!(
            urls(&from_environment),
            [("https://e.example/", "`PIP_EXTRA_INDEX_URL`"), ("https://env.example/x/", "`PIP_INDEX_URL`")]
        );
        assert!(from_environment.indexes[1].credentials.is_some());
        assert!(!format!("{from_environment:?}").contains("secret"));
        let options = Options { index_url: Some("https://typed.example/".to_owned()), ..Options::default() };
        assert_eq!(
            urls(&settings(options, &environment, &files))[1],
            ("https://typed.example/", "`--index-url`")
        );
        let none = Options { no_index: true, ..Options::default() };
        assert!(settings(none, &environment, &files).indexes.is_empty());
        assert!(settings(Options::default(), &[("PIP_NO_INDEX", "1")], &files).indexes.is_empty());
        assert_eq!(settings(Options::default(), &[("PIP_NO_INDEX", "false")], &files).indexes.len(), 3);
        assert_eq!(settings(Options::default(), &[], &[]).indexes.len(), 1);
    }

    #[test]
    fn wrong_settings_name_themselves_and_hide_secrets() {
        let error = try_settings(Options::default(), &[("PIP_INDEX_URL", "ftp://u:secret@x.example/")], &[])
            .unwrap_err();
        assert_eq!(error.to_string(), "`PIP_INDEX_URL`: `ftp://x.example/` is not http, https or file");
        let error = try_settings(Options::default(), &[("PIP_TIMEOUT", "soon")], &[]).unwrap_err();
        assert_eq!(error.to_string(), "`PIP_TIMEOUT`: `soon` is not a number");
        assert!(try_settings(Options { timeout: Some(f64::NAN), ..Options::default() }, &[], &[]).is_err());
    }

    #[test]
    fn proxies_go_by_scheme_and_exceptions() {
        let environment = [
            ("https_proxy", "http://p:3128"),
            ("ALL_PROXY", "http://all:1"),
            ("no_proxy", "local, .corp.example,h:81"),
        ];
        let proxies = settings(Options::default(), &environment, &[]).proxies;
        let of = |url: &str| proxies.of(&Url::parse(url).unwrap()).map(|proxy| proxy.reveal().to_owned());
        assert_eq!(of("https://x.example/").as_deref(), Some("http://p:3128"));
        assert_eq!(of("http://x.example/").as_deref(), Some("http://all:1"));
        for direct in ["http://local/", "https://a.corp.example/", "http://corp.example/", "http://h:81/"] {
            assert_eq!(of(direct), None, "{direct}");
        }
        assert!(of("http://notlocal/").is_some());
        assert!(of("http://h:82/").is_some());
    }

    #[test]
    fn find_links_are_paths_or_pages() {
        let options = Options { find_links: vec!["wheels".to_owned()], ..Options::default() };
        let found =
            settings(options, &[("PIP_FIND_LINKS", "file:///opt/w https://u:p@x.example/l.html")], &[])
                .find_links;
        assert!(matches!(&found[0].place, LinksPlace::Path(p) if p.is_absolute() && p.ends_with("wheels")));
        assert!(matches!(&found[1].place, LinksPlace::Path(p) if p == Path::new("/opt/w")));
        assert!(
            matches!(&found[2].place, LinksPlace::Page(url, Some(_)) if url.as_str() == "https://x.example/l.html")
        );
        assert_eq!(found.iter().map(|f| f.required).collect::<Vec<_>>(), [true, false, false]);
    }
}
