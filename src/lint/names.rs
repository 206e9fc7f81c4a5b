//! The names that a module of the project has, told from its text.

use super::Context;
use crate::eval::code::{for_each_block, for_each_expression, walk};
use crate::syntax::python::{self, Dialect, ast};
use crate::system::normalise;
use crate::text::Sources;
use crate::text::encoding::decode_python;
use std::collections::BTreeSet;

/// Modules that `from x import *` leads to, one from another.
const MAX_STARS: usize = 20;

impl Context<'_> {
    /// The top-level names of a module, its star imports from the project followed; `None` when it may have more than its
    /// text tells.
    pub fn module_names(&self, path: &str) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        let mut open = vec![path.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            if seen.len() > MAX_STARS {
                return None;
            }
            let content = self.system.read(&path).ok()?;
            let text = decode_python(&content).ok()?;
            let mut scratch = Sources::new();
            let file = scratch.add(&path, &text);
            let parsed = python::parse_either(&scratch, file, Dialect::Python3).ok()?;
            let mut collector = Collector { names: &mut names, stars: Vec::new(), certain: true };
            collector.block(&parsed.body);
            if !collector.certain {
                return None;
            }
            for (level, module) in collector.stars {
                open.push(self.star(&path, level, &module)?);
            }
        }
        Some(names)
    }

    /// The file that a star import takes from.
    fn star(&self, from: &str, level: usize, module: &str) -> Option<String> {
        if level == 0 {
            return None;
        }
        let mut directory: Vec<&str> = from.split('/').collect();
        for _ in 0..level {
            directory.pop()?;
        }
        let mut path = directory.join("/");
        for part in module.split('.').filter(|part| !part.is_empty()) {
            path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        }
        let places = [format!("{path}.py"), format!("{path}/__init__.py")];
        places.into_iter().find(|place| normalise(place).is_some() && self.tree.is_file(place))
    }
}

struct Collector<'a> {
    names: &'a mut BTreeSet<String>,
    stars: Vec<(usize, String)>,
    certain: bool,
}

impl Collector<'_> {
    fn block(&mut self, body: &[ast::Stmt]) {
        for statement in body {
            self.statement(statement);
            for_each_expression(statement, &mut |expression| {
                walk(expression, &mut |inner| match inner {
                    ast::Expr::Name(name)
                        if matches!(name.id.as_str(), "globals" | "exec" | "vars" | "locals" | "setattr") =>
                    {
                        self.certain = false;
                    }
                    ast::Expr::Attribute(attribute) if attribute.attr.as_str() == "modules" => {
                        self.certain = false;
                    }
                    ast::Expr::NamedExpr(named) => self.target(&named.target),
                    _ => {}
                });
            });
            for_each_block(statement, &mut |inner| self.block(inner));
        }
    }

    fn statement(&mut self, statement: &ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => {
                if def.name.as_str() == "__getattr__" {
                    self.certain = false;
                }
                self.add(def.name.as_str());
                self.globals(&def.body);
            }
            ast::Stmt::AsyncFunctionDef(def) => self.add(def.name.as_str()),
            ast::Stmt::ClassDef(def) => self.add(def.name.as_str()),
            ast::Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.target(target)),
            ast::Stmt::AnnAssign(assign) => self.target(&assign.target),
            ast::Stmt::AugAssign(assign) => self.target(&assign.target),
            ast::Stmt::For(statement) => self.target(&statement.target),
            ast::Stmt::With(with) => {
                with.items
                    .iter()
                    .filter_map(|item| item.optional_vars.as_deref())
                    .for_each(|to| self.target(to));
            }
            ast::Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.add(name.split('.').next().unwrap_or(name));
                }
            }
            ast::Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        let level = import.level.map_or(0, |level| level.to_usize());
                        let module = import.module.as_ref().map_or("", |module| module.as_str());
                        self.stars.push((level, module.to_owned()));
                    } else {
                        self.add(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                    }
                }
            }
            _ => {}
        }
    }

    /// Names that functions bind with `global`.
    fn globals(&mut self, body: &[ast::Stmt]) {
        for statement in body {
            if let ast::Stmt::Global(global) = statement {
                global.names.iter().for_each(|name| self.add(name.as_str()));
            }
            for_each_block(statement, &mut |inner| self.globals(inner));
        }
    }

    fn target(&mut self, target: &ast::Expr) {
        match target {
            ast::Expr::Name(name) => self.add(name.id.as_str()),
            ast::Expr::Tuple(tuple) => tuple.elts.iter().for_each(|inner| self.target(inner)),
            ast::Expr::List(list) => list.elts.iter().for_each(|inner| self.target(inner)),
            ast::Expr::Starred(starred) => self.target(&starred.value),
            _ => {}
        }
    }

    fn add(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }
}
