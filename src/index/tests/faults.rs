//! Broken, slow, lying and curious servers.

use super::server::{Ending, Reply, Server};
use super::*;
use std::io::Write;

/// A server that is good but for what the handler answers.
fn faulty(handler: impl Fn(&Asked, usize) -> Option<Reply> + Send + Sync + 'static) -> Server {
    Server::start(move |asked, before| handler(asked, before).unwrap_or_else(|| good_answer(asked)))
}

/// What comes of the page, the metadata and the file of `foo`.
fn all(client: &Client) -> Result<LocalFile, IndexError> {
    let page = client.project(&foo())?;
    let file = page.files.first().expect("the page has a file");
    client.metadata(file)?;
    client.file(file)
}

fn fault(result: Result<LocalFile, IndexError>) -> Fault {
    match result {
        Err(IndexError::Transfer { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

fn cached_wheels(cache: &Path) -> usize {
    tree(cache).iter().filter(|(path, _)| path.ends_with(WHEEL)).count()
}

#[test]
fn broken_off_downloads_go_on_or_start_again() {
    for ranges in [true, false] {
        for ending in [Ending::Cut(100_000), Ending::Reset] {
            let server = faulty(move |asked, before| {
                let reply = Reply::new(200, wheel());
                let reply = if ranges { reply.ranged(asked) } else { reply };
                let broken = before < 2 && asked.path.ends_with(WHEEL);
                broken
                    .then(|| reply.clone().ending(ending))
                    .or_else(|| asked.path.ends_with(WHEEL).then_some(reply))
            });
            let cache = directory();
            let client = client(&server, cache.path());
            assert_eq!(std::fs::read(all(&client).unwrap().path).unwrap(), wheel(), "{ranges} {ending:?}");
            let resumed = server.asked().iter().any(|a| a.header("range") == Some("bytes=100000-"));
            assert_eq!(resumed, ending != Ending::Reset);
        }
    }
}

#[test]
fn what_never_becomes_whole_is_an_error_and_leaves_nothing() {
    let cases: [(&str, Ending); 4] = [
        (".whl", Ending::Cut(5)),
        (".whl.metadata", Ending::Cut(5)),
        ("/simple/foo/", Ending::Cut(5)),
        (".whl", Ending::Reset),
    ];
    for (suffix, ending) in cases {
        let server = faulty(move |asked, _| {
            let broken = asked.path.ends_with(suffix);
            broken.then(|| good_answer(asked).ending(ending))
        });
        let cache = directory();
        let client = client(&server, cache.path());
        let fault = fault(all(&client));
        assert!(matches!(fault, Fault::Truncated { .. } | Fault::Connection(_)), "{suffix} {fault}");
        assert_eq!(cached_wheels(cache.path()), 0);
        assert!(tree(&cache.path().join("temporary")).is_empty());
    }
}

#[test]
fn slow_and_silent_servers_are_left() {
    for (ending, suffix) in [
        (Ending::Drip, WHEEL),
        (Ending::Silence, ".whl"),
        (Ending::Silence, "/simple/foo/"),
        (Ending::Drip, ".metadata"),
    ] {
        let server =
            faulty(move |asked, _| asked.path.ends_with(suffix).then(|| good_answer(asked).ending(ending)));
        let cache = directory();
        let mut settings = settings(&server.url("/simple/"), cache.path());
        settings.limits.retries = 1;
        if ending == Ending::Drip {
            settings.limits.floor = 1 << 20;
            settings.limits.floor_window = Duration::from_millis(300);
        } else {
            settings.limits.timeout = Duration::from_millis(500);
        }
        let fault = fault(all(&client_of(settings)));
        match ending {
            Ending::Drip => assert!(matches!(fault, Fault::Slow { .. }), "{fault}"),
            _ => assert!(matches!(fault, Fault::Silent(_)), "{fault}"),
        }
    }
}

#[test]
fn lies_about_content_are_found() {
    let wrong = "0".repeat(64);
    let right = sha256(&wheel());
    let lie = METADATA.replace("Requires-Dist: bar>1\n", "");
    let lied = lie.clone();
    let pages = [
        (entry(WHEEL, Some(&wrong), ""), "its SHA-256 is"),
        (entry(WHEEL, Some(&right), &told(&wrong)), "the metadata of `foo-1.0-py3-none-any.whl`"),
        (entry("foo-1.0.zip", Some(&right), &told(&sha256(lie.as_bytes()))), ""),
        (entry(WHEEL, Some(&right), &told(&sha256(lie.as_bytes()))), "`Requires-Dist` differs"),
        (entry(WHEEL, None, r#","size":10"#), "its size is"),
    ];
    for (entry, expected) in pages {
        let lied = lied.clone();
        let listed = entry.clone();
        let server = faulty(move |asked, _| match asked.path.as_str() {
            "/simple/foo/" => Some(Reply::json(page(std::slice::from_ref(&listed)))),
            path if path.ends_with(".metadata") => Some(Reply::new(200, lied.clone())),
            "/files/foo-1.0.zip" => Some(Reply::new(200, wheel())),
            _ => None,
        });
        let cache = directory();
        for _ in 0..2 {
            let result = all(&client(&server, cache.path()));
            if expected.is_empty() {
                assert!(result.is_ok(), "an sdist's metadata is not inside where a wheel has it");
                continue;
            }
            let error = result.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
            assert!(error.contains("(from `--index-url`)"), "{error}");
        }
    }
}

#[test]
fn odd_ranges_do_no_harm() {
    let other = wheel_of("Name: evil\nVersion: 1\n", 300_000);
    for oddity in 0..5 {
        let other = other.clone();
        let server = faulty(move |asked, _| {
            if asked.path == "/simple/foo/" {
                return Some(Reply::json(page(&[entry(WHEEL, Some(&sha256(&wheel())), "")])));
            }
            asked.header("range")?;
            let mut reply = Reply::new(200, if oddity == 4 { other.clone() } else { wheel() }).ranged(asked);
            match oddity {
                0 => reply.body.iter_mut().for_each(|byte| *byte ^= 0x55),
                1 => reply.headers[0].1 = reply.headers[0].1.replace('/', "/9"),
                2 => reply.body.truncate(reply.body.len() / 2),
                3 => reply.headers.clear(),
                _ => {}
            }
            Some(reply)
        });
        let cache = directory();
        let client = client(&server, cache.path());
        if oddity == 4 {
            // A whole other wheel, in ranges: found out when the real one comes.
            let error = all(&client).unwrap_err();
            assert!(matches!(error, IndexError::Metadata { .. }), "{error}");
            continue;
        }
        let page = client.project(&foo()).unwrap();
        assert_eq!(&*client.metadata(&page.files[0]).unwrap(), METADATA, "{oddity}");
        assert!(client.file(&page.files[0]).is_ok());
    }
}

#[test]
fn compressed_pages_are_decoded_under_the_limit() {
    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }
    let server = faulty(|asked, _| match asked.path.as_str() {
        "/simple/foo/" if asked.header("accept-encoding") == Some("gzip") => {
            let plain = good_answer(asked).body;
            Some(Reply::json(gzip(&plain)).with("Content-Encoding", "gzip"))
        }
        "/simple/bomb/" => {
            let body = format!(r#"{{"files":["{}"]}}"#, " ".repeat(3_000_000));
            Some(Reply::json(gzip(body.as_bytes())).with("Content-Encoding", "gzip"))
        }
        "/simple/broken/" => Some(Reply::json("no gzip").with("Content-Encoding", "gzip")),
        "/simple/br/" => Some(Reply::json("x").with("Content-Encoding", "br")),
        "/simple/large/" => Some(Reply::json(" ".repeat(1_000_001))),
        path if path.ends_with(WHEEL) => {
            assert_eq!(asked.header("accept-encoding"), Some("identity"));
            Some(Reply::new(200, gzip(&wheel())).with("Content-Encoding", "gzip"))
        }
        _ => None,
    });
    let cache = directory();
    let mut settings = settings(&server.url("/simple/"), cache.path());
    settings.limits.page = 1_000_000;
    let client = client_of(settings.clone());
    assert!(all(&client).is_ok());
    let of = |name: &str| client.project(&name.parse().unwrap()).unwrap_err().to_string();
    assert!(of("bomb").contains("more than 1000000 bytes after decoding"), "{}", of("bomb"));
    assert!(of("large").ends_with("it has more than 1000000 bytes"), "{}", of("large"));
    assert!(of("broken").contains("not what its encoding says"), "{}", of("broken"));
    assert!(of("br").contains("`br` was not asked for"), "{}", of("br"));
    settings.limits.file = 1000;
    settings.limits.metadata = 10;
    let cache = directory();
    settings.cache = CacheChoice::At(cache.path().to_owned());
    let small = client_of(settings);
    let page = small.project(&foo()).unwrap();
    assert!(small.metadata(&page.files[0]).unwrap_err().to_string().contains("more than 10 bytes"));
    assert!(small.file(&page.files[0]).unwrap_err().to_string().contains("more than 1000 bytes"));
}

#[test]
fn redirects_are_followed_with_care() {
    let other = good_index();
    let to_other = other.url("/files/foo-1.0-py3-none-any.whl");
    for (location, expected) in [
        ("/moved/foo", None),
        (to_other.as_str(), None),
        ("foo-1.0-py3-none-any.whl", Some("11 redirects")),
        ("file:///etc/passwd", Some("it redirects to `file:///etc/passwd`, which is neither http nor https")),
        ("http://u:hunter3@index.example/x?sig=hunter3", Some("http without encryption")),
        ("http://[", Some("it redirects to no address")),
    ] {
        let redirect = location.to_owned();
        let server = faulty(move |asked, _| match asked.path.as_str() {
            "/moved/foo" => Some(Reply::new(200, wheel())),
            path if path.ends_with(WHEEL) => Some(Reply::redirect(&redirect)),
            _ => None,
        });
        let cache = directory();
        let index = server.url("/simple/").replace("http://", "http://user:hunter2@");
        let client = client_of(settings(&index, cache.path()));
        let result = all(&client);
        match expected {
            None => assert!(result.is_ok(), "{location} {result:?}"),
            Some(expected) => {
                let error = result.unwrap_err();
                let text = format!("{error} {error:?} {:?}", error.help());
                assert!(text.contains(expected), "{text}");
                assert!(!text.contains("hunter"), "{text}");
            }
        }
        // `user:hunter2`
        let basic = Some("Basic dXNlcjpodW50ZXIy");
        assert!(server.asked().iter().all(|asked| asked.header("authorization") == basic));
        for (path, content) in tree(cache.path()) {
            let text = String::from_utf8_lossy(&content);
            assert!(!text.contains("hunter") && !text.contains("dXNlcj"), "{}", path.display());
        }
        assert!(!format!("{:?} {:?}", client.warnings(), client.access.settings).contains("hunter"));
    }
    assert!(!other.asked().is_empty());
    assert!(other.asked().iter().all(|asked| asked.header("authorization").is_none()));
}

#[test]
fn netrc_serves_its_hosts() {
    let server = good_index();
    let cache = directory();
    let mut settings = settings(&server.url("/simple/"), cache.path());
    settings.netrc = credentials::Netrc::parse("machine 127.0.0.1 login user password hunter2");
    all(&client_of(settings)).unwrap();
    assert!(
        server.asked().iter().all(|asked| asked.header("authorization") == Some("Basic dXNlcjpodW50ZXIy"))
    );
}

#[test]
fn busy_servers_are_asked_again_when_they_say() {
    for status in [500, 502, 503, 504, 429] {
        let server =
            faulty(move |_, before| (before < 2).then(|| Reply::new(status, "").with("Retry-After", "0")));
        let cache = directory();
        let client = client(&server, cache.path());
        assert!(all(&client).is_ok(), "{status}");
        assert_eq!(client.requests(), 9);
    }
    let server = faulty(|_, _| Some(Reply::new(429, "").with("Retry-After", "3600")));
    let cache = directory();
    let patient = client(&server, cache.path());
    let error = all(&patient).unwrap_err().to_string();
    assert!(error.contains("asks to wait 60 minutes"), "{error}");
    assert_eq!(patient.requests(), 1);
    for status in [400, 401, 403, 418] {
        let server = faulty(move |_, _| Some(Reply::new(status, "")));
        let client = client(&server, cache.path());
        assert_eq!(fault(all(&client)), Fault::Status(status));
        assert_eq!(client.requests(), 1);
    }
}

#[test]
fn hosts_that_do_not_answer_are_asked_in_vain_once() {
    let cache = directory();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = client_of(settings(&format!("http://{closed}/simple/"), cache.path()));
    assert!(matches!(fault(all(&client)), Fault::Unreachable(_)));
    let requests = client.requests();
    assert!(matches!(client.project(&"bar".parse().unwrap()), Err(IndexError::Transfer { .. })));
    assert_eq!(client.requests(), requests);
}

#[test]
fn http_without_encryption_stays_on_this_machine() {
    let cache = directory();
    let mut settings = settings("http://index.example/simple/", cache.path());
    settings.limits.retries = 0;
    let client = client_of(settings.clone());
    assert_eq!(fault(all(&client)), Fault::Insecure);
    assert_eq!(client.requests(), 0);

    let server = faulty(|asked, _| {
        let page = page(&[entry(WHEEL, None, "")]);
        (asked.path == "/simple/foo/").then(|| Reply::json(page))
    });
    let client = super::client(&server, cache.path());
    let local = all(&client).unwrap();
    assert!(!local.verified);
    assert!(client.warnings()[0].1.contains("has no hash"), "{:?}", client.warnings());
}

#[test]
fn wrong_certificate_settings_are_named() {
    let cache = directory();
    let bundle = cache.path().join("bundle.pem");
    for content in [None, Some("no certificate")] {
        if let Some(content) = content {
            std::fs::write(&bundle, content).unwrap();
        }
        let mut settings = settings("https://localhost:1/simple/", cache.path());
        settings.cert = Some((bundle.clone(), "`PIP_CERT`".to_owned()));
        let error = client_of(settings).project(&foo()).unwrap_err().to_string();
        assert!(error.starts_with("`PIP_CERT`: `"), "{error}");
    }
}

#[test]
fn pages_of_other_kinds_are_refused() {
    let server = faulty(|asked, _| match asked.path.as_str() {
        "/simple/png/" => Some(Reply::new(200, "{}").with("Content-Type", "image/png")),
        "/simple/lying/" => Some(Reply::html(page(&[]))),
        "/simple/broken/" => Some(Reply::json("{\"files\":[")),
        "/simple/bare/" => Some(Reply::new(200, "x")),
        "/simple/foo/" => {
            Some((0..200).fold(good_answer(asked), |r, i| r.with(&format!("X-{i}"), &"y".repeat(1000))))
        }
        _ => None,
    });
    let cache = directory();
    let client = client(&server, cache.path());
    for (name, expected) in [
        ("png", "`image/png`, neither"),
        ("lying", "holds JSON"),
        ("broken", "JSON is not"),
        ("bare", "type is ``"),
    ] {
        let error = client.project(&name.parse().unwrap()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.help().is_some());
    }
    assert!(matches!(fault(all(&client)), Fault::Protocol(_)), "more than 128 headers");
    assert!(!tree(cache.path()).iter().any(|(path, _)| path.extension().is_some_and(|e| e == "page")));
}
