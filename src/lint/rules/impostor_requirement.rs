//! Names under which malicious projects were published, in the place of well-known ones.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lint::{Context, Profile, rule};
use crate::packaging::Requirement;
use crate::syntax::requirements_txt::EntryKind;
use crate::text::Span;

rule! {
    /// Somebody published harmful code under a name that is easily typed for another. The index took these projects down, but mirrors and
    /// private indexes may have them, and the name is not what was meant.
    ///
    /// ```requirements bad
    /// urlib3>=1.21
    /// ```
    /// ```requirements good
    /// urllib3>=1.21
    /// ```
    "impostor-requirement", Error, "a requirement by a name under which malicious projects were published",
    profile: Profile::Security,
    sources: &[
        "python.org security-announce, 22 September 2017: Typo squatting and malicious packages",
        "discuss.python.org 5090: Improving risks and consequences against typosquatting",
        "pytosquatting.overtag.dk, 1 December 2019",
    ],
}

/// The name, normalised, and what is probably meant.
const IMPOSTORS: &[(&str, &str)] = &[
    ("acqusition", "acquisition"),
    ("apidev-coop", "apidev-coop_cms"),
    ("bzip", "bz2file"),
    ("crypt", "crypto"),
    ("django-server", "django-server-guardian-api"),
    ("pwd", "pwdhash"),
    ("python3-dateutil", "python-dateutil"),
    ("request", "requests"),
    ("setup-tools", "setuptools"),
    ("telnet", "telnetsrvlib"),
    ("urlib3", "urllib3"),
    ("urllib", "urllib3"),
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut names: Vec<(String, Span)> = Vec::new();
    for field in ["install_requires", "setup_requires", "tests_require"] {
        let items = cx.items(field).into_iter();
        names.extend(items.filter_map(|item| {
            let requirement: Requirement = item.text.parse().ok()?;
            Some((requirement.name.normalized().to_owned(), item.span))
        }));
    }
    for entry in cx.requirements.iter().flat_map(|file| &file.entries) {
        if let EntryKind::Requirement(requirement) = &entry.kind {
            names.push((requirement.name.normalized().to_owned(), entry.span));
        }
    }
    let told = names.into_iter().filter_map(|(name, span)| {
        let (_, meant) = IMPOSTORS.iter().find(|(impostor, _)| *impostor == name)?;
        let message = format!("malicious projects were published as `{name}`");
        let diagnostic = Diagnostic::new(&CODE, span, message).help(format!("did you mean `{meant}`?"));
        let written = cx.sources.slice(span);
        let starts = written.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(&name));
        Some(if starts {
            let word = Span::new(span.file, span.start, span.start + name.len() as u32);
            diagnostic.fix(Fix::risky(format!("write `{meant}`"), vec![Edit::new(word, *meant)]))
        } else {
            diagnostic
        })
    });
    told.collect()
}
