//! The bill of materials: CycloneDX 1.6, JSON, without a time so that the same application has the same one.

use super::{App, AppWheel, Error, License, write::hex};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

const APPLICATION: &str = "application";

pub(super) fn text(app: &App, id: &str) -> Result<String, Error> {
    // Who needs what, by the names of components.
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    edges.insert(APPLICATION, BTreeSet::new());
    for wheel in &app.wheels {
        edges.entry(&wheel.file_name).or_default();
        if wheel.required_by.is_empty() {
            edges.entry(APPLICATION).or_default().insert(&wheel.file_name);
        }
        for by in &wheel.required_by {
            let whose = |other: &&AppWheel| {
                by.distribution
                    .as_ref()
                    .is_some_and(|(name, version)| (&other.name, &other.version) == (name, version))
            };
            if by.distribution.is_none() {
                edges.entry(APPLICATION).or_default().insert(&wheel.file_name);
            }
            for other in app.wheels.iter().filter(whose) {
                edges.entry(&other.file_name).or_default().insert(&wheel.file_name);
            }
        }
    }
    let dependencies: Vec<Value> =
        edges.iter().map(|(name, needs)| json!({ "ref": name, "dependsOn": needs })).collect();
    let mut application = json!({ "type": "application", "bom-ref": APPLICATION, "name": app.name });
    if let Some(version) = &app.version {
        application["version"] = json!(version);
    }
    let document = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid(id)),
        "version": 1,
        "metadata": {
            "tools": { "components": [{
                "type": "application", "name": "spx", "version": env!("CARGO_PKG_VERSION"),
            }] },
            "component": application,
        },
        "components": app.wheels.iter().map(component).collect::<Vec<_>>(),
        "dependencies": dependencies,
    });
    Ok(serde_json::to_string_pretty(&document).map_err(std::io::Error::from)? + "\n")
}

fn component(wheel: &AppWheel) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": wheel.file_name,
        "name": wheel.name,
        "version": wheel.version,
        "hashes": [{ "alg": "SHA-256", "content": wheel.sha256 }],
        // The characters that a version may have and a package URL not: `+` of local versions, `!` of epochs.
        "purl": format!(
            "pkg:pypi/{}@{}?file_name={}",
            wheel.name,
            wheel.version.replace('+', "%2B").replace('!', "%21"),
            wheel.file_name.replace('+', "%2B").replace('!', "%21"),
        ),
    });
    match &wheel.license {
        Some(License::Expression(text)) => component["licenses"] = json!([{ "expression": text }]),
        Some(License::Name(text)) => component["licenses"] = json!([{ "license": { "name": text } }]),
        None => {}
    }
    component
}

/// A name of the application's own, in the form of a UUID (RFC 9562, version 8: of our own making).
fn uuid(id: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(id)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}
