//! Code that is run from data.

use crate::diagnostic::Diagnostic;
use crate::eval::code::walk;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// `exec` and `eval` of what was decoded or fetched hide what setup.py does: malware in packages does so. `exec(open("version.py").read())` runs a file of the project and is passed over.
    ///
    /// ```python bad
    /// import base64
    /// from setuptools import setup
    ///
    /// exec(base64.b64decode("cHJpbnQoMSk="))
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```text good
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// exec(open("version.py").read())
    /// setup(name="demo", version=__version__, packages=[])
    /// # file: version.py
    /// __version__ = "1.0"
    /// ```
    "code-from-data", Warning, "code that is run from data",
    profile: Profile::Security,
}

/// What makes data of letters.
const DECODERS: &[&str] = &[
    "b64decode",
    "b32decode",
    "b16decode",
    "a85decode",
    "b85decode",
    "unhexlify",
    "fromhex",
    "decompress",
    "loads",
    "urlopen",
    "get",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (call, name, _) in script.calls() {
        if !matches!(name.as_str(), "exec" | "eval" | "compile" | "__import__") {
            continue;
        }
        let mut decoded = None;
        for argument in &call.args {
            walk(argument, &mut |inner| {
                if let ast::Expr::Call(inner) = inner
                    && let ast::Expr::Attribute(method) = &*inner.func
                    && DECODERS.contains(&method.attr.as_str())
                {
                    decoded = Some(method.attr.to_string());
                }
            });
        }
        if let Some(decoder) = decoded {
            let message = format!("`{name}` runs what `{decoder}` gives");
            found.push(Diagnostic::new(&CODE, script.span(call), message).help("write the code as code"));
        }
    }
    found
}
