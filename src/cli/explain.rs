//! `spx explain`: a rule's documentation, or a line for each rule.

use super::args::{ExplainArgs, Format};
use super::{Exit, Screen};
use crate::ops::{self, Failure};

pub(super) fn run(args: &ExplainArgs, screen: &Screen) -> Result<Exit, Failure> {
    if let Some(name) = &args.rule {
        super::data(&ops::lint::explain(name)?)?;
        return Ok(Exit::Done);
    }
    let rules = ops::lint::rules();
    if screen.format == Format::Json {
        let all: Vec<_> = (rules.iter())
            .map(|[name, severity, profile, summary]| {
                serde_json::json!({ "name": name, "severity": severity, "profile": profile, "summary": summary })
            })
            .collect();
        super::data(&format!("{:#}\n", serde_json::json!({ "schema": 1, "rules": all })))?;
        return Ok(Exit::Done);
    }
    let widest = |column: usize| rules.iter().map(|rule| rule[column].len()).max().unwrap_or(0);
    let (name, severity, profile) = (widest(0), widest(1), widest(2));
    let lines = rules
        .iter()
        .map(|rule| format!("{:name$}  {:severity$}  {:profile$}  {}\n", rule[0], rule[1], rule[2], rule[3]));
    super::data(&lines.collect::<String>())?;
    Ok(Exit::Done)
}
