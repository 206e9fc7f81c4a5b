//! Whole requirements files: includes, options, hashes, limits, encodings.

use super::*;
use crate::system::Memory;
use std::fmt::Write;

/// Entries, options and diagnostics as text; every variable named `SECRET` is set.
fn show(path: &str, system: &Memory) -> String {
    let mut sources = Sources::new();
    let environment = |name: &str| (name == "SECRET").then(|| "s3cr3t".to_owned());
    let (file, diagnostics) = read(path, system, &mut sources, &environment);
    let mut out = String::new();
    for entry in &file.entries {
        let from: Vec<String> = entry.included_from.iter().map(|span| sources.place(*span)).collect();
        let _ = write!(out, "{} {:?}", sources.place(entry.span), sources.slice(entry.span));
        for hash in &entry.hashes {
            let _ = write!(out, " {}:{}…@{}", hash.algorithm, &hash.digest[..4], sources.place(hash.span));
        }
        for (flag, word) in
            [(entry.editable, " editable"), (entry.constraint, " constraint"), (entry.expanded, " expanded")]
        {
            out += if flag { word } else { "" };
        }
        let _ = writeln!(
            out,
            "{}",
            if from.is_empty() { String::new() } else { format!(" from {}", from.join(", ")) }
        );
    }
    for diagnostic in &diagnostics {
        let place = diagnostic.primary.as_ref().map_or("-".into(), |label| {
            format!("{} {:?}", sources.place(label.span), sources.slice(label.span))
        });
        let _ = writeln!(out, "{} {place}: {}", diagnostic.code.name, diagnostic.message);
    }
    out
}

#[test]
fn includes_constraints_and_places() {
    let system = Memory::new()
        .with("requirements.txt", "-r reqs/base.txt  # base\n-c reqs/pins.txt\ndemo==1 \\\n  --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF\n-e .\n")
        .with("reqs/base.txt", "-r more.txt\nbase>=1 # why\n")
        .with("reqs/more.txt", "more\n")
        .with("reqs/pins.txt", "more==2\n");
    insta::assert_snapshot!(show("requirements.txt", &system), @r#"
    reqs/more.txt:1:1 "more" from requirements.txt:1:4, reqs/base.txt:1:4
    reqs/base.txt:2:1 "base>=1" from requirements.txt:1:4
    reqs/pins.txt:1:1 "more==2" constraint from requirements.txt:2:4
    requirements.txt:3:1 "demo==1" sha256:0123…@requirements.txt:4:10
    requirements.txt:5:4 "." editable
    "#);
}

#[test]
fn what_cannot_be_included_says_why() {
    let system = Memory::new()
        .with("a.txt", "-r b.txt\n-r gone.txt\n-r ../up.txt\n-r /etc/passwd\n-r https://x.invalid/r.txt\n-r ${SECRET}.txt\n-r b.txt\n")
        .with("b.txt", "-c ./a.txt\n");
    insta::assert_snapshot!(show("a.txt", &system), @r#"
    include-cycle b.txt:1:4 "./a.txt": `a.txt` includes itself
    missing-file a.txt:2:4 "gone.txt": `gone.txt`: no such file
    outside-project a.txt:3:4 "../up.txt": the file is outside the project
    outside-project a.txt:4:4 "/etc/passwd": the file is outside the project
    outside-project a.txt:5:4 "https://x.invalid/r.txt": a requirements file by URL
    unreadable-file a.txt:6:4 "${SECRET}.txt": the name of an included file depends on the environment
    "#);
    insta::assert_snapshot!(show("gone.txt", &system), @"missing-file -: `gone.txt`: no such file");
}

#[test]
fn options_with_and_without_effect() {
    let system = Memory::new().with(
        "r.txt",
        "-i https://u:${SECRET}@x.invalid/simple --extra-index-url https://y.invalid\n--pre\n--no-binary :all:\n\
         foo --pre --config-settings=a=b\n--hash=sha256:00\nbar --hash=md5:00\nbaz --bad\n${SECRET}!\n",
    );
    insta::assert_snapshot!(show("r.txt", &system), @r#"
    r.txt:4:1 "foo"
    r.txt:6:1 "bar"
    ignored-option r.txt:4:5 "--pre": pip ignores this option beside a requirement
    ignored-option r.txt:5:1 "--hash=sha256:00": pip ignores this option without a requirement on its line
    invalid-option r.txt:6:12 "md5:00": the algorithm is none of sha256, sha384 and sha512
    invalid-option r.txt:7:5 "--bad": requirements files have no option `--bad`
    invalid-requirement r.txt:8:1 "${SECRET}!": not a requirement
    "#);
    let mut sources = Sources::new();
    let (file, _) = read("r.txt", &system, &mut sources, &|_| None);
    assert_eq!(file.options.index_url.unwrap().value, "https://u:${SECRET}@x.invalid/simple");
    assert_eq!(file.options.extra_index_urls[0].value, "https://y.invalid");
    assert_eq!(file.options.no_binary[0].value, ":all:");
    assert!(file.options.pre.is_some() && file.options.no_index.is_none());
    assert_eq!(file.entries[0].settings[0].value, "a=b");
}

#[test]
fn encodings() {
    let utf16: Vec<u8> =
        b"\xff\xfe".iter().copied().chain("näme\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (content, expected) in [
        (b"\xef\xbb\xbfdemo\n".to_vec(), "r.txt:1:1 \"demo\"\n"),
        (b"# -*- coding: latin-1 -*-\ndemo # \xe9\n".to_vec(), "r.txt:2:1 \"demo\"\n"),
        (utf16.into_iter().collect(), "invalid-requirement r.txt:1:2 \"ä\": not a requirement\n"),
        (
            b"demo # \xe9\n".to_vec(),
            "unreadable-file r.txt:1:8 \"\": byte 0xe9 at offset 7 is not valid UTF-8\n",
        ),
    ] {
        let shown = show("r.txt", &Memory::new().with("r.txt", content));
        assert_eq!(shown, expected);
    }
}

#[test]
fn a_fan_of_includes_is_read_once_and_depth_is_limited() {
    let mut system = Memory::new();
    for level in 0..100 {
        system = system.with(&format!("f{level}.txt"), format!("-r f{0}.txt\n-r ./f{0}.txt\n", level + 1));
    }
    assert_eq!(
        show("f0.txt", &system),
        "limit f63.txt:1:4 \"f64.txt\": spx reads at most 1000 files, 64 levels deep\n"
    );
    let shown = show("many.txt", &Memory::new().with("many.txt", "x\\\n".repeat(100_001)));
    assert!(shown.starts_with("limit many.txt:1:1"), "{shown}");
}

#[test]
fn what_the_user_types_may_be_anywhere() {
    let mut sources = Sources::new();
    let entry = parse_line(" ../lib[x] ", &mut sources).unwrap();
    assert_eq!(sources.slice(entry.span), "../lib[x]");
    assert!(matches!(entry.kind, EntryKind::Path { path, .. } if path == "../lib"));
    let error = parse_line("foo=1", &mut sources).unwrap_err();
    assert_eq!(error.help, ["write `foo==1`"]);
}
