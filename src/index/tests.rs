//! The client against an index on loopback, well and ill behaved.
#![allow(clippy::disallowed_methods)] // a test may look at the disk

mod faults;
mod server;

use super::cache::sha256;
use super::*;
use crate::archive::{ArchiveEntry, zip};
use crate::packaging::Name;
use server::{Asked, Reply, Server};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const WHEEL: &str = "foo-1.0-py3-none-any.whl";
const METADATA: &str = "Metadata-Version: 2.1\nName: foo\nVersion: 1.0\nRequires-Dist: bar>1\n";

/// A wheel with some bytes in front of its metadata that do not compress.
fn wheel() -> Vec<u8> {
    wheel_of(METADATA, 300_000)
}

fn wheel_of(metadata: &str, size: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(size)
    .collect();
    let entries = [
        ArchiveEntry::new("foo/noise", noise).stored(),
        ArchiveEntry::new("foo-1.0.dist-info/METADATA", metadata),
    ];
    zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner()
}

/// One file of a JSON page.
fn entry(filename: &str, hash: Option<&str>, more: &str) -> String {
    let hashes = hash.map(|hash| format!(r#""sha256":"{hash}""#)).unwrap_or_default();
    format!(r#"{{"filename":"{filename}","url":"/files/{filename}","hashes":{{{hashes}}}{more}}}"#)
}

fn page(entries: &[String]) -> String {
    format!(r#"{{"meta":{{"api-version":"1.0"}},"name":"foo","files":[{}]}}"#, entries.join(","))
}

fn told(hash: &str) -> String {
    format!(r#","core-metadata":{{"sha256":"{hash}"}}"#)
}

/// An index with one wheel of `foo`, its metadata file, and ranges.
fn good_index() -> Server {
    Server::start(|asked, _| good_answer(asked))
}

fn good_answer(asked: &Asked) -> Reply {
    let wheel = wheel();
    match asked.path.as_str() {
        "/simple/foo/" => {
            Reply::json(page(&[entry(WHEEL, Some(&sha256(&wheel)), &told(&sha256(METADATA.as_bytes())))]))
        }
        "/files/foo-1.0-py3-none-any.whl" => Reply::new(200, wheel).ranged(asked),
        "/files/foo-1.0-py3-none-any.whl.metadata" => Reply::new(200, METADATA),
        _ => Reply::new(404, "no"),
    }
}

fn foo() -> Name {
    "foo".parse().unwrap()
}

fn no_environment(name: &str) -> Option<String> {
    (name == "NETRC").then(|| "/nonexistent".to_owned())
}

/// Settings for an index, quick to give up.
fn settings(index: &str, cache: &Path) -> Settings {
    let options = Options {
        index_url: Some(index.to_owned()),
        cache: CacheChoice::At(cache.to_owned()),
        ..Options::default()
    };
    let mut settings = Settings::new(options, &no_environment, &[]).unwrap();
    settings.limits.backoff = Duration::from_millis(1);
    settings
}

fn client_of(settings: Settings) -> Client {
    Client::new(settings, Arc::new(Quiet)).unwrap()
}

fn client(server: &Server, cache: &Path) -> Client {
    client_of(settings(&server.url("/simple/"), cache))
}

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The files below a directory, and all their bytes.
fn tree(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .filter(|f| f.file_type().is_file())
        .map(|f| (f.path().to_owned(), std::fs::read(f.path()).unwrap()))
        .collect()
}

#[test]
fn a_second_run_needs_no_network() {
    let (server, cache) = (good_index(), directory());
    for run in 0..2 {
        let client = client(&server, cache.path());
        let page = client.project(&foo()).unwrap();
        let [file] = &page.files[..] else { panic!("{page:?}") };
        assert_eq!(&*client.metadata(file).unwrap(), METADATA);
        let local = client.file(file).unwrap();
        assert_eq!((local.size, &local.sha256), (wheel().len() as u64, file.hashes.sha256.as_ref().unwrap()));
        assert_eq!(std::fs::read(&local.path).unwrap(), wheel());
        assert!(local.verified && local.path.ends_with(WHEEL));
        assert_eq!(client.requests(), if run == 0 { 3 } else { 0 });
        assert_eq!(client.warnings(), []);
        let absent = client.project(&"other".parse().unwrap()).unwrap_err();
        assert!(matches!(&absent, IndexError::NotFound { .. }), "{absent}");
        assert!(absent.to_string().contains("/simple/` (from `--index-url`)"), "{absent}");
        assert_eq!(client.requests(), if run == 0 { 4 } else { 0 }, "that there is none is remembered too");
    }
    let mut offline = settings(&server.url("/simple/"), cache.path());
    offline.offline = true;
    let offline = client_of(offline);
    assert!(offline.file(&offline.project(&foo()).unwrap().files[0]).is_ok());
    assert!(matches!(offline.project(&"new".parse().unwrap()), Err(IndexError::Offline { .. })));
    assert_eq!(offline.requests(), 0);
    let mut refresh = settings(&server.url("/simple/"), cache.path());
    refresh.refresh = true;
    let refresh = client_of(refresh);
    refresh.project(&foo()).unwrap();
    refresh.project(&foo()).unwrap();
    assert_eq!(refresh.requests(), 1);
}

#[test]
fn html_pages_are_read_where_json_is_not_offered() {
    let hash = sha256(&wheel());
    let server = Server::start(move |asked, _| match asked.path.as_str() {
        "/simple/foo/" => Reply::html(format!("<a href='../../files/{WHEEL}#sha256={hash}'>{WHEEL}</a>")),
        _ => good_answer(asked),
    });
    let cache = directory();
    let client = client(&server, cache.path());
    let page = client.project(&foo()).unwrap();
    assert!(server.asked()[0].header("accept").unwrap().starts_with("application/vnd.pypi.simple.v1+json, "));
    assert_eq!(page.files[0].hashes.sha256.as_ref(), Some(&sha256(&wheel())));
    assert!(client.file(&page.files[0]).is_ok());
}

#[test]
fn metadata_comes_from_the_wheel_where_the_index_has_none() {
    for (ranges, listed) in [(true, false), (true, true), (false, false)] {
        let server = Server::start(move |asked, _| match asked.path.as_str() {
            "/simple/foo/" => {
                let more = if listed { r#","core-metadata":true"# } else { "" };
                Reply::json(page(&[entry(WHEEL, Some(&sha256(&wheel())), more)]))
            }
            "/files/foo-1.0-py3-none-any.whl" if !ranges => Reply::new(200, wheel()),
            path if path.ends_with(".metadata") => Reply::new(404, ""),
            _ => good_answer(asked),
        });
        let cache = directory();
        let first = client(&server, cache.path());
        let page = first.project(&foo()).unwrap();
        assert_eq!(&*first.metadata(&page.files[0]).unwrap(), METADATA);
        let whole =
            server.asked().iter().filter(|a| a.path.ends_with(WHEEL) && a.header("range").is_none()).count();
        assert_eq!(whole, usize::from(!ranges), "{:?}", server.asked());
        let second = client(&server, cache.path());
        assert_eq!(&*second.metadata(&page.files[0]).unwrap(), METADATA);
        assert_eq!(second.requests(), 0);
        assert!(second.file(&page.files[0]).is_ok());
    }
}

#[test]
fn stale_pages_are_asked_for_by_their_tags() {
    for (control, first_fresh) in [
        ("max-age=0", false),
        ("no-cache", false),
        ("max-age=1000", true),
        ("no-store", false),
        ("public", true),
    ] {
        let server = Server::start(move |asked, _| {
            let reply = match asked.header("if-none-match") {
                Some("\"tag\"") => Reply::new(304, ""),
                _ => good_answer(asked),
            };
            reply.with("Cache-Control", control).with("ETag", "\"tag\"")
        });
        let cache = directory();
        let page = client(&server, cache.path()).project(&foo()).unwrap();
        let again = client(&server, cache.path());
        assert_eq!(again.project(&foo()).unwrap(), page, "{control}");
        assert_eq!(again.requests(), usize::from(!first_fresh), "{control}");
        if control == "no-store" {
            assert!(tree(cache.path()).is_empty());
        } else if !first_fresh {
            assert_eq!(server.asked()[1].header("if-none-match"), Some("\"tag\""));
        }
    }
}

#[test]
fn an_index_that_is_gone_is_remembered_with_a_warning() {
    let cache = directory();
    let server = Server::start(|asked, before| match before {
        0 => good_answer(asked).with("Cache-Control", "max-age=0"),
        _ => Reply::new(503, "").with("Retry-After", "0"),
    });
    let page = client(&server, cache.path()).project(&foo()).unwrap();
    let again = client(&server, cache.path());
    assert_eq!(again.project(&foo()).unwrap(), page);
    let warnings = again.warnings();
    assert_eq!(warnings[0].0, About::Project(foo()));
    assert!(warnings[0].1.contains("the server answered 503; using what it said"), "{warnings:?}");
}

#[test]
fn the_first_index_that_has_a_name_wins() {
    let hash = "0".repeat(64);
    let private = Server::start(move |asked, _| match asked.path.as_str() {
        "/foo/" => Reply::json(page(&[entry("foo-0.1.zip", Some(&hash), "")])),
        "/secret/" => Reply::new(403, ""),
        _ => Reply::new(404, ""),
    });
    let public = good_index();
    for best_match in [false, true] {
        let cache = directory();
        let options = Options {
            index_url: Some(public.url("/simple/")),
            extra_index_urls: vec![private.url("")],
            cache: CacheChoice::At(cache.path().to_owned()),
            best_match,
            ..Options::default()
        };
        let client = client_of(Settings::new(options, &no_environment, &[]).unwrap());
        let names: Vec<_> =
            client.project(&foo()).unwrap().files.iter().map(|f| f.filename.clone()).collect();
        let expected: &[&str] = if best_match { &["foo-0.1.zip", WHEEL] } else { &["foo-0.1.zip"] };
        assert_eq!(names, expected);
        let refused = client.project(&"secret".parse().unwrap()).unwrap_err();
        assert!(matches!(refused, IndexError::Transfer { fault: Fault::Status(403), .. }), "{refused}");
        assert!(!public.paths().contains(&"/simple/secret/".to_owned()), "never looked for elsewhere");
    }
}

#[test]
fn find_links_come_first() {
    let (server, cache, links) = (good_index(), directory(), directory());
    std::fs::write(links.path().join("foo-2.0-py3-none-any.whl"), wheel()).unwrap();
    std::fs::write(links.path().join("bar-1.0.zip"), "x").unwrap();
    std::fs::write(links.path().join("notes.txt"), "x").unwrap();
    std::fs::create_dir(links.path().join("foo-3.0-py3-none-any.whl")).unwrap();
    let mut settings = settings(&server.url("/simple/"), cache.path());
    let find = |text: &str| {
        let options = Options { find_links: vec![text.to_owned()], ..Options::default() };
        Settings::new(options, &no_environment, &[]).unwrap().find_links
    };
    settings.find_links = find(links.path().to_str().unwrap());
    let client = client_of(settings.clone());
    let page = client.project(&foo()).unwrap();
    let [local, remote] = &page.files[..] else { panic!("{page:?}") };
    assert_eq!((local.filename.as_str(), remote.filename.as_str()), ("foo-2.0-py3-none-any.whl", WHEEL));
    assert_eq!(&*client.metadata(local).unwrap(), METADATA);
    assert_eq!(client.requests(), 1);
    let file = client.file(local).unwrap();
    assert_eq!(
        (file.sha256, file.path.parent()),
        (sha256(&wheel()), links.path().canonicalize().ok().as_deref())
    );

    settings.indexes.clear();
    let alone = client_of(settings.clone());
    assert_eq!(alone.project(&"bar".parse().unwrap()).unwrap().files.len(), 1);
    assert!(matches!(alone.project(&"baz".parse().unwrap()), Err(IndexError::NotFound { .. })));

    settings.find_links = find("https//user:hunter2@index.example/");
    let mistyped = client_of(settings.clone()).project(&foo()).unwrap_err().to_string();
    assert!(mistyped.contains("`***@index.example") && !mistyped.contains("hunter2"), "{mistyped}");
    settings.find_links = find("/nonexistent/wheels");
    assert!(matches!(client_of(settings.clone()).project(&foo()), Err(IndexError::Setting { .. })));
    settings.find_links[0].required = false;
    let lenient = client_of(settings.clone());
    assert!(matches!(lenient.project(&foo()), Err(IndexError::NotFound { .. })));
    let missing = "`--find-links`: `/nonexistent/wheels` is not there".to_owned();
    assert_eq!(lenient.warnings(), [(About::All, missing)]);

    let html =
        Server::start(|_, _| Reply::html("<a href=foo-5.zip>a</a><a href=bar-5.zip>b</a><a href=/>up</a>"));
    settings.find_links = find(&html.url("/links.html"));
    for requests in [1, 0] {
        let of_page = client_of(settings.clone());
        assert_eq!(of_page.project(&foo()).unwrap().files[0].url, html.url("/foo-5.zip"));
        assert_eq!(of_page.project(&"bar".parse().unwrap()).unwrap().files.len(), 1);
        assert_eq!(of_page.requests(), requests);
    }
}

#[test]
fn an_index_may_be_a_directory() {
    let (cache, root) = (directory(), directory());
    std::fs::create_dir_all(root.path().join("simple/foo")).unwrap();
    std::fs::write(root.path().join(WHEEL), wheel()).unwrap();
    let link = format!("<a href='../../{WHEEL}#sha256={}'>x</a>", sha256(&wheel()));
    std::fs::write(root.path().join("simple/foo/index.html"), link).unwrap();
    let client = client_of(settings(root.path().join("simple").to_str().unwrap(), cache.path()));
    let page = client.project(&foo()).unwrap();
    assert_eq!(client.file(&page.files[0]).unwrap().path, root.path().join(WHEEL).canonicalize().unwrap());
    assert!(matches!(client.project(&"bar".parse().unwrap()), Err(IndexError::NotFound { .. })));
}

#[test]
fn a_damaged_cache_heals() {
    let (server, cache) = (good_index(), directory());
    let first = client(&server, cache.path());
    let page = first.project(&foo()).unwrap();
    first.metadata(&page.files[0]).unwrap();
    first.file(&page.files[0]).unwrap();
    for cut in [true, false] {
        for (path, mut content) in tree(cache.path()) {
            let at = content.len() / 2;
            if cut {
                content.truncate(at);
            } else {
                content[at] ^= 1;
            }
            std::fs::write(path, content).unwrap();
        }
        let again = client(&server, cache.path());
        assert_eq!(again.project(&foo()).unwrap(), page);
        assert_eq!(&*again.metadata(&page.files[0]).unwrap(), METADATA);
        let local = again.file(&page.files[0]).unwrap();
        assert_eq!(std::fs::read(local.path).unwrap(), wheel());
    }
}

#[test]
fn many_clients_share_a_cache() {
    let (server, cache) = (good_index(), directory());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let client = client(&server, cache.path());
                client.prefetch(&[foo(), "bar".parse().unwrap()]);
                let page = client.project(&foo()).unwrap();
                let twice: [&IndexFile; 2] = [&page.files[0], &page.files[0]];
                client.prefetch_metadata(&twice);
                assert!(client.files(&twice).iter().all(Result::is_ok));
                assert!(client.requests() <= 4);
            });
        }
    });
    let left: Vec<_> = tree(cache.path()).into_iter().map(|(path, _)| path).collect();
    assert!(left.iter().all(|path| !path.starts_with(cache.path().join("temporary"))), "{left:?}");
    assert_eq!(left.iter().filter(|path| path.ends_with(WHEEL)).count(), 1);
}
