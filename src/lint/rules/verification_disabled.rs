//! Connections whose certificates are not looked at.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::syntax::python::ast;

rule! {
    /// Without a look at the certificate, anyone on the way can answer for the server.
    ///
    /// ```python bad
    /// import ssl
    /// from setuptools import setup
    ///
    /// ssl._create_default_https_context = ssl._create_unverified_context
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "verification-disabled", Warning, "certificates are not looked at",
    profile: Profile::Security,
    sources: &["CWE-295"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let help = "remove it, and give Python the certificate authority that it lacks";
    let mut found = Vec::new();
    for (expression, _) in script.expressions() {
        let span = match expression {
            ast::Expr::Attribute(attribute)
                if ["CERT_NONE", "_create_unverified_context"].contains(&attribute.attr.as_str()) =>
            {
                script.span(attribute)
            }
            ast::Expr::Call(call) => {
                let off = call.keywords.iter().find(|keyword| {
                    let is_false = matches!(&keyword.value, ast::Expr::Constant(constant) if constant.value == ast::Constant::Bool(false));
                    is_false && keyword.arg.as_ref().is_some_and(|name| name.as_str() == "verify")
                });
                let Some(off) = off else { continue };
                script.span(off)
            }
            _ => continue,
        };
        found.push(Diagnostic::new(&CODE, span, "certificates are not looked at from here on").help(help));
    }
    found
}
