//! Code that is decoded before it is run.

use super::super::script::dotted;
use crate::diagnostic::Diagnostic;
use crate::eval::code::walk;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// Text that is decoded, unpacked or fetched and then executed is meant not to be read. It is what most malicious packages on
    /// public indexes have in their setup.py.
    ///
    /// ```python bad
    /// import base64
    /// from setuptools import setup
    ///
    /// exec(base64.b64decode("cHJpbnQoMSk="))
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// about = {}
    /// exec(open("about.py").read(), about)
    /// setup(name="demo", version="1.0")
    /// ```
    "hidden-code", Error, "code that is decoded or fetched and then executed",
    profile: Profile::Security,
    sources: &["MITRE ATT&CK: T1027, T1195.002"],
}

const RUNNERS: &[&str] = &["__import__", "builtins.exec", "compile", "eval", "exec"];
/// The last names of functions that uncover text.
const DECODERS: &[&str] = &[
    "a85decode",
    "b16decode",
    "b32decode",
    "b64decode",
    "b85decode",
    "decodebytes",
    "decodestring",
    "decompress",
    "fromhex",
    "unhexlify",
    "urlopen",
];

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let mut found = Vec::new();
    for (call, name, _) in script.calls() {
        if !RUNNERS.contains(&name.as_str()) {
            continue;
        }
        let mut decoder = None;
        for argument in &call.args {
            walk(argument, &mut |inner| {
                if let ast::Expr::Call(inner) = inner
                    && let Some(called) = called(&inner.func)
                    && (DECODERS.contains(&called.as_str())
                        || dotted(&inner.func).as_deref() == Some("marshal.loads"))
                {
                    decoder = decoder.or(Some(script.span(inner)));
                }
            });
        }
        if let Some(decoder) = decoder {
            found.push(
                Diagnostic::new(
                    &CODE,
                    script.span(call),
                    format!("`{name}` runs code that cannot be read here"),
                )
                .label(decoder, "uncovered here")
                .help("do not build this project before you know what that is"),
            );
        }
    }
    found
}

/// The last name of what is called, whatever it is an attribute of.
fn called(function: &ast::Expr) -> Option<String> {
    match function {
        ast::Expr::Name(name) => Some(name.id.to_string()),
        ast::Expr::Attribute(attribute) => Some(attribute.attr.to_string()),
        _ => None,
    }
}
