//! The options of setup.cfg that take sections of their own: packages that are found, extras, entry points, data.

use super::values::list;
use super::{Merger, Parsed, is_true};
use crate::diagnostic::codes;
use crate::project::glob::{Hidden, Tree};
use crate::project::packages::find_packages;
use crate::project::{FieldValue, Unknown};
use crate::syntax::setup_cfg::{Setting, SetupSection};
use crate::system::normalise as normalise_path;
use crate::text::whitespace::is_space;

/// `setuptools.config.expand.glob_relative` of one pattern; what leads outside stays as it is, for the builder to refuse.
pub(in crate::project) fn expand(tree: &Tree<'_>, pattern: &str) -> Vec<String> {
    let Some(inside) = normalise_path(pattern) else { return vec![pattern.to_owned()] };
    if !pattern.contains(['*', '?', '[', ']', '{', '}']) {
        return vec![inside];
    }
    let mut found = tree.glob(&inside, Hidden::Skip, true);
    for path in &mut found {
        path.truncate(path.trim_end_matches('/').len());
    }
    found.sort();
    found
}

impl Merger<'_, '_, '_> {
    pub(super) fn packages(&mut self, setting: &Setting) -> Parsed {
        let directive = setting.value.trim_matches(is_space);
        if !matches!(directive, "find:" | "find_namespace:") {
            let items = list(&setting.value, ',').into_iter().map(|item| item.text);
            return Ok((FieldValue::List(items.collect()), Vec::new()));
        }
        let section = self.config.section("options.packages.find");
        let option = |name: &str| section.and_then(|section| section.setting(name));
        let items = |name: &str| -> Vec<String> {
            option(name).map_or_else(Vec::new, |setting| {
                list(&setting.value, ',').into_iter().map(|item| item.text).collect()
            })
        };
        let (mut include, exclude) = (items("include"), items("exclude"));
        if include.is_empty() {
            include.push("*".to_owned());
        }
        let place = option("where").map_or(setting.name_span(), Setting::value_span);
        let under = items("where").into_iter().next().unwrap_or_else(|| ".".to_owned());
        let Some(inside) = normalise_path(&under) else {
            return Err(self.refuse(
                &codes::OUTSIDE_PROJECT,
                place,
                "the directory is outside the project",
                "",
            ));
        };
        let found =
            find_packages(self.context.tree, &inside, &include, &exclude, directive == "find_namespace:");
        if let Some(limit) = self.context.tree.limit() {
            return Err(Unknown {
                reason: format!("not every directory was searched: {limit}"),
                span: place,
                trail: Vec::new(),
            });
        }
        if !inside.is_empty() && self.since(&[61]) {
            self.found_under = Some((under, place));
        }
        Ok((FieldValue::List(found), Vec::new()))
    }

    /// The settings of a section that is one field, each parsed as a list.
    fn lists(section: &SetupSection) -> Vec<(String, Vec<String>)> {
        let items = |setting: &Setting| list(&setting.value, ',').into_iter().map(|item| item.text).collect();
        section.settings.iter().map(|setting| (setting.name.clone(), items(setting))).collect()
    }

    pub(super) fn entry_point_groups(&mut self, section: &SetupSection) {
        if !is_true(self.metadata.get("entry_points")) {
            let value = FieldValue::ListMap(Self::lists(section));
            self.set("entry_points", section.span, Ok((value, Vec::new())));
        }
    }

    pub(super) fn package_data(&mut self, name: &str, section: &SetupSection) {
        if is_true(self.metadata.get(name)) {
            return;
        }
        let mut lists = Self::lists(section);
        if let Some(at) = lists.iter().position(|(package, _)| package == "*") {
            let (_, patterns) = lists.remove(at);
            lists.push((String::new(), patterns));
        }
        self.set(name, section.span, Ok((FieldValue::ListMap(lists), Vec::new())));
    }

    pub(super) fn extras(&mut self, section: &SetupSection) {
        if is_true(self.metadata.get("extras_require")) {
            return;
        }
        let mut extras = Vec::new();
        let mut trail = Vec::new();
        for setting in &section.settings {
            match self.requirements(&format!("extras_require[{}]", setting.name), setting) {
                Ok((items, places)) => {
                    extras.push((setting.name.clone(), items));
                    trail.extend(places);
                }
                Err(unknown) => return self.set("extras_require", section.span, Err(unknown)),
            }
        }
        self.set("extras_require", section.span, Ok((FieldValue::ListMap(extras), trail)));
    }

    pub(super) fn data_files(&mut self, section: &SetupSection) {
        if is_true(self.metadata.get("data_files")) {
            return;
        }
        let mut files = Self::lists(section);
        if self.since(&[57]) {
            for (_, patterns) in &mut files {
                *patterns = patterns.iter().flat_map(|pattern| expand(self.context.tree, pattern)).collect();
            }
        }
        let parsed = match self.context.tree.limit() {
            None => Ok((FieldValue::Files(files), Vec::new())),
            Some(limit) => {
                let reason = format!("not every directory was searched: {limit}");
                Err(Unknown { reason, span: section.span, trail: Vec::new() })
            }
        };
        self.set("data_files", section.span, parsed);
    }
}
