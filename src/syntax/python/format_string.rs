//! f-strings as trees: PEP 701, so any quotes, nesting, comments and line breaks in their expressions.

use super::Failure;
use super::Mode;
use super::StringKind;
use super::TextRange;
use super::Tok;
use super::ast;
use super::depth;
use super::problem::Problem;
use super::scan::Field;
use super::scan::LiteralKind;
use super::scan::Part;
use super::tokens::Lexing;
use super::tokens::Run;
use std::borrow::Cow;
use std::ops::Range;

/// Stands for the evaluation of a template string (PEP 750), with the same string as an f-string as its argument.
pub const TEMPLATE: &str = "__spx_template__";

/// The tree of a run of adjacent literals with an f-string among them. Expressions in it may hold such runs again, still
/// as plain strings. `depth` is that of the tree's place.
pub(super) fn build(run: Run, lexing: &mut Lexing<'_>, depth: u32) -> Result<ast::Expr, Problem> {
    let range = match (run.first(), run.last()) {
        (Some((_, first)), Some((_, last))) => first.cover(*last),
        _ => TextRange::default(),
    };
    let unicode = matches!(run.first(), Some((Tok::String { kind: StringKind::Unicode, .. }, _)));
    let mut builder = Builder { lexing, depth, range, unicode, text: String::new(), values: Vec::new() };
    let mut is_template = false;
    for (token, range) in run {
        if let Some(LiteralKind::Format { parts, raw, template }) = builder.lexing.format_at(range) {
            is_template |= template;
            for part in parts {
                builder.part(part, *raw, range)?;
            }
        } else {
            let plain = builder.plain(token, range)?;
            builder.text.push_str(&plain);
        }
    }
    builder.end_text();
    let string: ast::Expr = ast::ExprJoinedStr { values: builder.values, range }.into();
    if !is_template {
        return Ok(string);
    }
    let func = ast::ExprName { id: ast::Identifier::new(TEMPLATE), ctx: ast::ExprContext::Load, range };
    Ok(ast::ExprCall { func: Box::new(func.into()), args: vec![string], keywords: Vec::new(), range }.into())
}

struct Builder<'l, 'a> {
    lexing: &'l mut Lexing<'a>,
    depth: u32,
    /// Of the whole run.
    range: TextRange,
    unicode: bool,
    /// Literal text since the last field.
    text: String,
    values: Vec<ast::Expr>,
}

impl Builder<'_, '_> {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.values.push(constant(text, self.unicode, self.range));
        }
    }

    /// `literal` is the range of the f-string that the part is of.
    fn part(&mut self, part: &Part, raw: bool, literal: TextRange) -> Result<(), Problem> {
        match part {
            Part::Text { .. } => {
                let text = self.decode(part, raw)?;
                self.text.push_str(&text);
            }
            Part::Field(field) => {
                if let Some(debug) = &field.debug {
                    self.text.push_str(&self.debug_text(debug));
                }
                self.end_text();
                let value = self.field(field, raw, literal)?;
                self.values.push(value);
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field, raw: bool, literal: TextRange) -> Result<ast::Expr, Problem> {
        let conversion = match (field.conversion, &field.debug, &field.spec) {
            (Some(b's'), _, _) => ast::ConversionFlag::Str,
            (Some(b'a'), _, _) => ast::ConversionFlag::Ascii,
            (Some(_), _, _) | (None, Some(_), None) => ast::ConversionFlag::Repr,
            (None, _, _) => ast::ConversionFlag::None,
        };
        let value = self.expression(field)?;
        let format_spec = match &field.spec {
            Some(parts) => Some(Box::new(self.specification(parts, raw, literal)?)),
            None => None,
        };
        Ok(ast::ExprFormattedValue { value: Box::new(value), conversion, format_spec, range: literal }.into())
    }

    fn specification(&mut self, parts: &[Part], raw: bool, literal: TextRange) -> Result<ast::Expr, Problem> {
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Text { .. } => {
                    let text = self.decode(part, raw)?;
                    values.push(constant(text, false, literal));
                }
                // Specifications nest no deeper than brackets may.
                Part::Field(field) => {
                    if let Some(debug) = &field.debug {
                        values.push(constant(self.debug_text(debug), false, literal));
                    }
                    values.push(self.field(field, raw, literal)?);
                }
            }
        }
        Ok(ast::ExprJoinedStr { values, range: literal }.into())
    }

    /// The source of `x =` without its comments.
    fn debug_text(&self, range: &Range<u32>) -> String {
        let comments = &self.lexing.scan.comments;
        let first = comments.partition_point(|comment| comment.start < range.start);
        let mut text = String::new();
        let mut from = range.start;
        for comment in comments[first..].iter().take_while(|comment| comment.end <= range.end) {
            text.push_str(&self.lexing.text[from as usize..comment.start as usize]);
            from = comment.end;
        }
        text.push_str(&self.lexing.text[from as usize..range.end as usize]);
        fold_breaks(&text).into_owned()
    }

    fn expression(&mut self, field: &Field) -> Result<ast::Expr, Problem> {
        let tokens = self.lexing.lex_field(field.expression.clone())?;
        let base = self.lexing.base;
        if self.depth + depth::of_line(&tokens, base)? > depth::MAX_DEPTH {
            return Err(depth::too_deep(field.expression.start));
        }
        let text = self.lexing.text;
        super::to_tree(tokens.clone(), Mode::Expression)
            .and_then(expression_of)
            .map_err(|failure| failure.problem(text, &tokens, base))
    }

    /// The literal text of a part, escapes and doubled braces decoded.
    fn decode(&mut self, part: &Part, raw: bool) -> Result<String, Problem> {
        let Part::Text { range, doubled } = part else { return Ok(String::new()) };
        let source = &self.lexing.text[range.start as usize..range.end as usize];
        let mut text = fold_breaks(source);
        if *doubled && text.contains(['{', '}']) {
            text = Cow::Owned(single_braces(&text, raw));
        }
        if raw || !text.contains('\\') {
            return Ok(text.into_owned());
        }
        // A backslash before a brace is a backslash: the brace opens a field.
        let text = if text.ends_with('\\') && ends_in_single_backslash(&text) {
            text.into_owned() + "\\"
        } else {
            text.into_owned()
        };
        let place =
            TextRange::new((self.lexing.base + range.start).into(), (self.lexing.base + range.end).into());
        let token = Tok::String { value: text, kind: StringKind::String, triple_quoted: false };
        self.plain(token, place)
    }

    /// What a plain literal stands for.
    fn plain(&mut self, token: Tok, range: TextRange) -> Result<String, Problem> {
        let start = (u32::from(range.start()) - self.lexing.base) as usize;
        let tree = super::to_tree(vec![(token, range)], Mode::Expression).and_then(expression_of);
        let text = self.lexing.text;
        let tree = tree.map_err(|failure| failure.problem(text, &[], self.lexing.base))?;
        if let ast::Expr::Constant(constant) = tree
            && let ast::Constant::Str(text) = constant.value
        {
            return Ok(text);
        }
        Err(Problem::new(start, start + usize::from(range.len()), "bytes and text literals side by side"))
    }
}

fn expression_of(tree: ast::Mod) -> Result<ast::Expr, Failure> {
    match tree {
        ast::Mod::Expression(expression) => Ok(*expression.body),
        _ => Err(Failure::internal()),
    }
}

fn constant(text: String, unicode: bool, range: TextRange) -> ast::Expr {
    let kind = unicode.then(|| "u".to_owned());
    ast::ExprConstant { value: ast::Constant::Str(text), kind, range }.into()
}

fn fold_breaks(source: &str) -> Cow<'_, str> {
    if source.contains('\r') {
        Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(source)
    }
}

fn ends_in_single_backslash(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}

/// `{{` to `{`, except in `\\N{…}`.
fn single_braces(text: &str, raw: bool) -> String {
    let mut output = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        output.push(c);
        match c {
            '{' | '}' => {
                characters.next_if_eq(&c);
            }
            '\\' if !raw => match characters.next_if(|c| !matches!(c, '{' | '}')) {
                Some('N') => {
                    output.push('N');
                    while let Some(c) = characters.next() {
                        output.push(c);
                        if c == '}' || characters.peek() == Some(&'\\') {
                            break;
                        }
                    }
                }
                Some(escaped) => output.push(escaped),
                // `\{{` is a backslash and a brace: the brace stays for the next turn.
                None => output.push('\\'),
            },
            _ => {}
        }
    }
    output
}
