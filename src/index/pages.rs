//! Getting project pages: fresh ones from the cache, stale ones by asking whether they changed, others from the index.

use super::access::{About, Access};
use super::cache::CachedPage;
use super::credentials::shown;
use super::error::{Fault, IndexError, Place};
use super::http::{Answer, Get};
use super::listed::Listed;
use super::project_page::{Gathering, IndexFile, Problem};
use super::settings::IndexLocation;
use super::{html, json};
use crate::packaging::Name;
use crate::system::{ReadError, os};
use std::sync::Arc;
use url::Url;

/// JSON first; the rest as PEP 691 recommends.
const ACCEPT: &str =
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

/// A page is not believed for longer than this, whatever its server says, in seconds.
const MAX_FRESH: u64 = 86_400;

/// How a page is looked up: an index's page of a project, or a page of links to files of any project.
pub(super) struct PageRequest<'a> {
    pub url: Url,
    pub setting: &'a Arc<str>,
    /// `None` for `--find-links` pages.
    pub project: Option<&'a Name>,
    /// The cache's directory and file name.
    pub key: (&'a str, &'a str),
}

impl PageRequest<'_> {
    fn place(&self) -> Place {
        let what = self
            .project
            .map_or_else(|| "the page of links".to_owned(), |name| format!("the page of `{name}`"));
        Place { what, url: shown(&self.url), setting: self.setting.to_string() }
    }
}

impl Access {
    /// What an index has of a project; `None` when it has no such project.
    pub(super) fn page_of_index(
        &self,
        index: &IndexLocation,
        name: &Name,
    ) -> Result<Option<CachedPage>, IndexError> {
        let wrong =
            |_| IndexError::setting(&*index.setting, "is no address that project names can be added to");
        let url = index.url.join(&format!("{}/", name.normalized())).map_err(wrong)?;
        let key = (index.url.as_str(), name.normalized());
        let request = PageRequest { url, setting: &index.setting, project: Some(name), key };
        let page = self.page(&request)?;
        Ok((!page.absent).then_some(page))
    }

    /// A page from the cache or the network, whether there is such a page or not.
    pub(super) fn page(&self, request: &PageRequest<'_>) -> Result<CachedPage, IndexError> {
        if request.url.scheme() == "file" {
            return self.page_of_machine(request);
        }
        let (directory, name) = request.key;
        let now = os::now();
        let cached = self.cache.page(directory, name, request.setting);
        match cached {
            Some(page) if self.settings.offline => Ok(page),
            Some(page) if page.is_fresh(now) && !self.settings.refresh => Ok(page),
            None if self.settings.offline => Err(IndexError::Offline { what: request.place().to_string() }),
            cached => self.page_of_network(request, cached, now),
        }
    }

    fn page_of_network(
        &self,
        request: &PageRequest<'_>,
        cached: Option<CachedPage>,
        now: u64,
    ) -> Result<CachedPage, IndexError> {
        let place = request.place();
        let known = cached.as_ref().filter(|_| !self.settings.refresh);
        let fetched = self.http.retrying(&place, &request.url, |patience| {
            let mut headers = Vec::new();
            if let Some(etag) = known.and_then(|page| page.etag.clone()) {
                headers.push(("If-None-Match", etag));
            }
            if let Some(date) = known.and_then(|page| page.last_modified.clone()) {
                headers.push(("If-Modified-Since", date));
            }
            let get = Get { url: &request.url, accept: ACCEPT, compressed: true, headers };
            let answer = self.http.exchange(&get, &[304, 404, 410], patience)?;
            let manners = Manners::of(&answer, self.settings.limits.fresh.as_secs());
            let page = match (answer.status, known) {
                (304, Some(known)) => {
                    CachedPage { fetched: now, fresh_for: manners.fresh_for, ..known.clone() }
                }
                (304, None) => return Err(Fault::Status(304).into()),
                (404 | 410, _) => CachedPage { absent: true, ..manners.empty_page(now) },
                _ => {
                    let content_type = answer.header("content-type").unwrap_or_default().to_owned();
                    let base = answer.url.clone();
                    let content = answer.read(self.settings.limits.page)?;
                    let mut page = manners.empty_page(now);
                    parse(content, &content_type, &base, request, &mut page).map_err(|problem| {
                        super::patience::Failure::Final(IndexError::malformed(&place, problem))
                    })?;
                    page
                }
            };
            Ok((page, manners.store))
        });
        let (directory, name) = request.key;
        match (fetched, cached) {
            (Ok((page, true)), _) => {
                if let Err(problem) = self.cache.store_page(directory, name, &page) {
                    self.warn(About::All, problem);
                }
                Ok(page)
            }
            (Ok((page, false)), _) => {
                self.cache.forget_page(directory, name);
                Ok(page)
            }
            (Err(IndexError::Transfer { place, fault }), Some(page)) if fault.is_unreachable() => {
                let age = age_text(now.saturating_sub(page.fetched));
                let about = request.project.map_or(About::All, |name| About::Project(name.clone()));
                self.warn(about, format!("cannot get {place}: {fault}; using what it said {age} ago"));
                Ok(page)
            }
            (Err(error), _) => Err(error),
        }
    }

    /// An index in a directory of this machine: `NAME/index.html`.
    fn page_of_machine(&self, request: &PageRequest<'_>) -> Result<CachedPage, IndexError> {
        let place = request.place();
        let unusable = |problem: String| IndexError::malformed(&place, problem);
        let directory =
            request.url.to_file_path().map_err(|()| unusable("it is not on this machine".to_owned()))?;
        let path = if os::is_directory(&directory) { directory.join("index.html") } else { directory };
        let mut page = CachedPage::default();
        let content = match os::read_followed(&path, self.settings.limits.page) {
            Ok(content) => content,
            Err(ReadError::NotFound | ReadError::NotADirectory) => {
                return Ok(CachedPage { absent: true, ..page });
            }
            Err(error) => return Err(unusable(error.to_string())),
        };
        parse(content, "text/html", &request.url, request, &mut page).map_err(unusable)?;
        Ok(page)
    }
}

/// How an answer may be kept.
struct Manners {
    store: bool,
    fresh_for: u64,
    etag: Option<String>,
    last_modified: Option<String>,
}

impl Manners {
    /// By RFC 9111 as far as a private cache needs it; `default` seconds when the server says nothing.
    fn of(answer: &Answer, default: u64) -> Self {
        let control = answer.header("cache-control").unwrap_or_default().to_ascii_lowercase();
        let mut directives = control.split(',').map(str::trim);
        let has = |name: &str| control.split(',').any(|directive| directive.trim() == name);
        let max_age = directives
            .find_map(|directive| directive.strip_prefix("max-age=")?.trim_matches('"').parse().ok());
        let age: u64 = answer.header("age").and_then(|age| age.parse().ok()).unwrap_or(0);
        let fresh_for = match max_age {
            _ if has("no-cache") => 0,
            Some(seconds) => u64::saturating_sub(seconds, age).min(MAX_FRESH),
            None => default,
        };
        let owned = |name: &str| answer.header(name).map(str::to_owned);
        Self {
            store: !has("no-store"),
            fresh_for,
            etag: owned("etag"),
            last_modified: owned("last-modified"),
        }
    }

    fn empty_page(&self, now: u64) -> CachedPage {
        CachedPage {
            fetched: now,
            fresh_for: self.fresh_for,
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
            ..CachedPage::default()
        }
    }
}

fn parse(
    content: Vec<u8>,
    content_type: &str,
    base: &Url,
    request: &PageRequest<'_>,
    page: &mut CachedPage,
) -> Result<(), Problem> {
    let mut gathering = Gathering::new(request.project, base, request.setting);
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/vnd.pypi.simple.v1+json" => json::read(&content, &mut gathering)?,
        "application/vnd.pypi.simple.v1+html" | "text/html" => html::read(content, &mut gathering)?,
        _ => {
            let shown: String = kind.chars().take(100).collect();
            return Err(format!(
                "its content type is `{}`, neither HTML nor the JSON of a simple repository index",
                shown.escape_debug()
            ));
        }
    }
    let (files, passed_over, warnings) = gathering.finish();
    page.files = files.into_iter().map(Listed::from).collect();
    (page.passed_over, page.warnings) = (passed_over, warnings);
    Ok(())
}

pub(super) fn age_text(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7200 => (seconds / 60, "minute"),
        7200..172_800 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// The files of a project among those of any.
pub(super) fn of_project<'a>(files: &'a [IndexFile], name: &'a Name) -> impl Iterator<Item = IndexFile> + 'a {
    files.iter().filter(|file| file.distribution(name).is_ok()).cloned()
}
