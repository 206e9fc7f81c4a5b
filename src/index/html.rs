//! Project pages in HTML (PEP 503, 592, 658, 714), and `--find-links` pages, by their links.

use super::project_page::{CoreMetadata, Gathering, Hashes, Problem, RawFile};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

/// The attributes that matter; others are dropped as they come.
enum Attribute {
    Href,
    Name,
    Content,
    RequiresPython,
    Yanked,
    CoreMetadata,
    DistInfoMetadata,
    Other,
}

#[derive(PartialEq)]
enum Tag {
    Anchor,
    Base,
    Meta,
    Other,
}

/// A start tag, as far as it was read.
struct Open {
    tag: Tag,
    attribute: Attribute,
    file: RawFile,
    has_href: bool,
    /// Of `<meta>`.
    name: String,
    content: String,
    /// PEP 714's name wins over PEP 658's.
    has_core_metadata: bool,
}

/// Reads a page's links into `gathering`.
pub(super) fn read(mut content: Vec<u8>, gathering: &mut Gathering<'_>) -> Result<(), Problem> {
    ask_for_utf8(&mut content);
    if content.trim_ascii_start().starts_with(b"{") {
        return Err("it says that it is HTML but holds JSON".to_owned());
    }
    let mut open: Option<Open> = None;
    let mut problem = None;
    let mut is_based = false;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => open = Some(Open::new(name)),
            CallbackEvent::AttributeName { name } => {
                if let Some(open) = &mut open {
                    open.name(name);
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(open) = &mut open {
                    open.value(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => match open.take() {
                Some(open) if open.tag == Tag::Meta => problem = open.check_version().err(),
                Some(open) if !open.has_href => {}
                Some(open) if open.tag == Tag::Anchor => problem = gathering.add(open.file).err(),
                // The first one counts.
                Some(open) if open.tag == Tag::Base && !is_based => {
                    is_based = true;
                    gathering.rebase(&open.file.href);
                }
                _ => {}
            },
            CallbackEvent::EndTag { .. } => open = None,
            _ => {}
        }
        // Any item stops the reading below.
        problem.as_ref().map(|_| ())
    });
    // The first token stands for the first problem; without one this reads to the end.
    let _ = Tokenizer::new_with_emitter(&content, emitter).next();
    problem.map_or(Ok(()), Err)
}

/// Makes bytes that are not UTF-8 question marks, where they stand: the tokenizer would need three bytes for each.
fn ask_for_utf8(content: &mut [u8]) {
    let mut at = 0;
    while let Err(error) = std::str::from_utf8(&content[at..]) {
        let start = at + error.valid_up_to();
        let end = error.error_len().map_or(content.len(), |len| start + len);
        content[start..end].fill(b'?');
        at = end;
    }
}

impl Open {
    fn new(name: &[u8]) -> Self {
        let tag = match name {
            b"a" => Tag::Anchor,
            b"base" => Tag::Base,
            b"meta" => Tag::Meta,
            _ => Tag::Other,
        };
        Self {
            tag,
            attribute: Attribute::Other,
            file: RawFile::default(),
            has_href: false,
            name: String::new(),
            content: String::new(),
            has_core_metadata: false,
        }
    }

    /// A new major version may mean anything (PEP 629).
    fn check_version(&self) -> Result<(), Problem> {
        let other = self.name == "pypi:repository-version" && self.content.split('.').next() != Some("1");
        if other {
            Err("its repository version is not 1, the only one that spx knows".to_owned())
        } else {
            Ok(())
        }
    }

    fn name(&mut self, name: &[u8]) {
        self.attribute = match name {
            _ if self.tag == Tag::Other => Attribute::Other,
            b"href" => Attribute::Href,
            b"name" if self.tag == Tag::Meta => Attribute::Name,
            b"content" if self.tag == Tag::Meta => Attribute::Content,
            b"data-requires-python" => Attribute::RequiresPython,
            // Its mere presence counts.
            b"data-yanked" => {
                self.file.yanked.get_or_insert_default();
                Attribute::Yanked
            }
            b"data-core-metadata" => Attribute::CoreMetadata,
            b"data-dist-info-metadata" => Attribute::DistInfoMetadata,
            _ => Attribute::Other,
        };
    }

    fn value(&mut self, value: &str) {
        match self.attribute {
            // Of equal attributes the first counts.
            Attribute::Href if !self.has_href => {
                self.has_href = true;
                value.clone_into(&mut self.file.href);
            }
            Attribute::Name => value.clone_into(&mut self.name),
            Attribute::Content => value.clone_into(&mut self.content),
            Attribute::RequiresPython => self.file.requires_python = Some(value.to_owned()),
            Attribute::Yanked => self.file.yanked = Some(value.to_owned()),
            Attribute::CoreMetadata => {
                self.has_core_metadata = true;
                self.file.core_metadata = core_metadata(value);
            }
            Attribute::DistInfoMetadata if !self.has_core_metadata => {
                self.file.core_metadata = core_metadata(value);
            }
            _ => {}
        }
    }
}

/// `true` or `sha256=…`.
fn core_metadata(value: &str) -> Option<CoreMetadata> {
    match value.split_once('=') {
        None if value == "true" => Some(CoreMetadata::Unhashed),
        None => None,
        Some((algorithm, hash)) => {
            let mut hashes = Hashes::default();
            hashes.set(algorithm, hash).ok()?;
            Some(hashes.sha256.map_or(CoreMetadata::Unhashed, CoreMetadata::Sha256))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::project_page::{CoreMetadata, gather};
    use super::ask_for_utf8;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn links_are_read() {
        let page = format!(
            "<!DOCTYPE html><html><head><base href='/files/'><base href='/wrong/'></head><body>\n\
             <!-- <a href=commented-1.0.zip> --> <A HREF=\"foo-1.0-py3-none-any.whl#sha256={HASH}\" \
             data-requires-python=\"&gt;=3.6,&lt;4\" data-dist-info-metadata=true data-core-metadata='sha256={HASH}'>x</a>\n\
             <a href=' ../f%6Fo-1.1.tar.gz?a=1&amp;b=2 ' data-yanked data-dist-info-metadata='false'>y</a>\n\
             <a href='foo-1.2.zip' data-yanked='because &lt;b&gt;'></a><a name=x>foo-9.zip</a><a href='bar-1.zip'></a>\
             <a href='foo-1.3.zip#egg=foo'>"
        );
        let (files, passed_over, _) = gather(&page, false).unwrap();
        let [wheel, sdist, zip, last] = &files[..] else { panic!("{files:?}") };
        assert_eq!(passed_over, 1);
        assert_eq!(wheel.url, "https://index.example/files/foo-1.0-py3-none-any.whl");
        assert_eq!(wheel.hashes.sha256.as_deref(), Some(HASH));
        assert_eq!(wheel.requires_python.as_deref(), Some(">=3.6,<4"));
        assert_eq!(wheel.core_metadata, Some(CoreMetadata::Sha256(HASH.to_owned())));
        assert_eq!((sdist.filename.as_str(), sdist.yanked.as_deref()), ("foo-1.1.tar.gz", Some("")));
        assert_eq!(sdist.url, "https://index.example/f%6Fo-1.1.tar.gz?a=1&b=2");
        assert_eq!((&sdist.core_metadata, zip.yanked.as_deref()), (&None, Some("because <b>")));
        assert!(last.hashes.is_empty());
    }

    #[test]
    fn hostile_pages_end() {
        assert!(gather("{\"files\":[]}", false).unwrap_err().contains("holds JSON"));
        let version = "<meta name='pypi:repository-version' content='2.0'><a href=foo-1.zip>";
        assert!(gather(version, false).unwrap_err().contains("repository version"));
        assert!(gather(&version.replace("2.0", "1.9"), false).is_ok());
        let many = "<a href=x>".repeat(100_001);
        assert!(gather(&many, false).unwrap_err().contains("more than 100000 files"));
        for odd in [
            "<a href=",
            "<a ",
            "<",
            "</a href=foo-1.zip>",
            "\0<a\0>",
            "<base href='http://['><a href=foo-1.zip>",
        ] {
            assert!(gather(odd, false).is_ok(), "{odd:?}");
        }
        let mut bytes = b"\xffa\xe2\x82b\xf0\x9f".to_vec();
        ask_for_utf8(&mut bytes);
        assert_eq!(bytes, b"?a??b??");
        let (files, ..) = gather("<base href='file:///etc/'><a href='foo-1.zip'>", false).unwrap();
        assert!(files.is_empty() || files[0].url.starts_with("https:"), "{files:?}");
    }
}
