//! Names in Python source: which one an offset is in, and where the file binds it.

use super::script::holds;
use crate::eval::code::{for_each_block, for_each_expression, walk};
use crate::syntax::python::{PythonFile, TextRange, ast};
use ast::Ranged;

/// Where a name is bound, and what it is bound to when that is another module's.
#[derive(Clone, Copy)]
pub(super) struct Binding<'a> {
    pub(super) range: TextRange,
    pub(super) import: Option<Import<'a>>,
}

/// What `import` or `from … import …` makes a name of.
#[derive(Clone, Copy)]
pub(super) struct Import<'a> {
    /// How many dots stand before the module.
    pub(super) level: usize,
    pub(super) module: &'a str,
    /// The imported name of the module; `None` for the module itself.
    pub(super) attribute: Option<&'a str>,
}

/// The name that an offset is in: a variable's, or one that an import makes.
pub(super) fn name_at(file: &PythonFile, offset: u32) -> Option<&str> {
    fn within(body: &[ast::Stmt], offset: u32) -> Option<&str> {
        let statement = body.iter().find(|statement| holds(*statement, offset))?;
        let mut found = match statement {
            ast::Stmt::Import(import) => alias_at(&import.names, offset),
            ast::Stmt::ImportFrom(import) => alias_at(&import.names, offset),
            ast::Stmt::FunctionDef(def) => within(&def.body, offset),
            ast::Stmt::AsyncFunctionDef(def) => within(&def.body, offset),
            ast::Stmt::ClassDef(def) => within(&def.body, offset),
            _ => None,
        };
        for_each_block(statement, &mut |block| found = found.or_else(|| within(block, offset)));
        for_each_expression(statement, &mut |expression| {
            walk(expression, &mut |part| {
                if let ast::Expr::Name(name) = part
                    && holds(name, offset)
                {
                    found = Some(&name.id);
                }
            });
        });
        found
    }
    within(&file.body, offset)
}

fn alias_at(names: &[ast::Alias], offset: u32) -> Option<&str> {
    names.iter().find(|alias| holds(*alias, offset)).map(bound_name)
}

/// `import a.b` binds `a`.
fn bound_name(alias: &ast::Alias) -> &str {
    alias.asname.as_ref().map_or_else(
        || alias.name.split_once('.').map_or(alias.name.as_str(), |(first, _)| first),
        ast::Identifier::as_str,
    )
}

/// Where a module binds a name at its top level: the last such place, which is what its importers see.
pub(super) fn binding<'a>(file: &'a PythonFile, name: &str) -> Option<Binding<'a>> {
    let mut all = Vec::new();
    in_block(&file.body, name, &mut all);
    all.pop()
}

/// Where the name that is used at an offset is bound: in the functions around it from the inmost, then in the module; the
/// last place before the use, else the first behind it.
pub(super) fn binding_at<'a>(file: &'a PythonFile, name: &str, offset: u32) -> Option<Binding<'a>> {
    let mut scopes = vec![Vec::new()];
    in_block(&file.body, name, &mut scopes[0]);
    functions_around(&file.body, offset, &mut |def| {
        let mut own = Vec::new();
        let arguments = def.args.posonlyargs.iter().chain(&def.args.args).chain(&def.args.kwonlyargs);
        let plain = arguments.map(|argument| &argument.def);
        let all = plain.chain(def.args.vararg.as_deref()).chain(def.args.kwarg.as_deref());
        own.extend(all.filter(|argument| argument.arg.as_str() == name).map(here));
        in_block(&def.body, name, &mut own);
        scopes.push(own);
    });
    let scope = scopes.iter().rev().find(|scope| !scope.is_empty())?;
    let before = scope.iter().rev().find(|binding| u32::from(binding.range.start()) <= offset);
    before.or_else(|| scope.first()).copied()
}

fn functions_around<'a>(
    body: &'a [ast::Stmt],
    offset: u32,
    visit: &mut impl FnMut(&'a ast::StmtFunctionDef),
) {
    let Some(statement) = body.iter().find(|statement| holds(*statement, offset)) else { return };
    match statement {
        ast::Stmt::FunctionDef(def) => {
            visit(def);
            functions_around(&def.body, offset, visit);
        }
        ast::Stmt::ClassDef(def) => functions_around(&def.body, offset, visit),
        other => for_each_block(other, &mut |block| functions_around(block, offset, visit)),
    }
}

fn here<'a>(node: &impl Ranged) -> Binding<'a> {
    Binding { range: node.range(), import: None }
}

/// The bindings of a name in a block and the blocks in it, in the order of the text.
fn in_block<'a>(body: &'a [ast::Stmt], name: &str, found: &mut Vec<Binding<'a>>) {
    for statement in body {
        match statement {
            ast::Stmt::FunctionDef(def) if def.name.as_str() == name => found.push(here(def)),
            ast::Stmt::AsyncFunctionDef(def) if def.name.as_str() == name => found.push(here(def)),
            ast::Stmt::ClassDef(def) if def.name.as_str() == name => found.push(here(def)),
            ast::Stmt::Assign(assign) => {
                assign.targets.iter().for_each(|target| in_target(target, name, found));
            }
            ast::Stmt::AnnAssign(assign) => in_target(&assign.target, name, found),
            ast::Stmt::For(inner) => in_target(&inner.target, name, found),
            ast::Stmt::With(inner) => {
                let targets = inner.items.iter().filter_map(|item| item.optional_vars.as_deref());
                targets.for_each(|target| in_target(target, name, found));
            }
            ast::Stmt::Import(import) => {
                let mine = import.names.iter().filter(|alias| bound_name(alias) == name);
                found.extend(mine.map(|alias| {
                    let module = if alias.asname.is_some() { alias.name.as_str() } else { bound_name(alias) };
                    let import = Import { level: 0, module, attribute: None };
                    Binding { range: alias.range(), import: Some(import) }
                }));
            }
            ast::Stmt::ImportFrom(import) => {
                let level = import.level.map_or(0, |level| level.to_usize());
                let module = import.module.as_ref().map_or("", ast::Identifier::as_str);
                let mine = import
                    .names
                    .iter()
                    .filter(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str() == name);
                found.extend(mine.map(|alias| {
                    let import = Import { level, module, attribute: Some(alias.name.as_str()) };
                    Binding { range: alias.range(), import: Some(import) }
                }));
            }
            _ => {}
        }
        for_each_block(statement, &mut |block| in_block(block, name, found));
    }
}

fn in_target(target: &ast::Expr, name: &str, found: &mut Vec<Binding<'_>>) {
    match target {
        ast::Expr::Name(one) if one.id.as_str() == name => found.push(here(one)),
        ast::Expr::Tuple(inner) => inner.elts.iter().for_each(|part| in_target(part, name, found)),
        ast::Expr::List(inner) => inner.elts.iter().for_each(|part| in_target(part, name, found)),
        ast::Expr::Starred(inner) => in_target(&inner.value, name, found),
        _ => {}
    }
}
