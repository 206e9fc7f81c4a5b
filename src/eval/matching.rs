//! `match` statements.

use super::Evaluator;
use super::object::{List, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Value};
use crate::syntax::python::ast;

impl Evaluator<'_> {
    pub(super) fn execute_match(&mut self, statement: &ast::StmtMatch) -> Result<(), Flow> {
        let subject = self.evaluate(&statement.subject)?;
        self.match_cases(&statement.cases, &subject)
    }

    fn match_cases(&mut self, cases: &[ast::MatchCase], subject: &Value) -> Result<(), Flow> {
        let Some((case, more)) = cases.split_first() else { return Ok(()) };
        let matched = match self.matches(&case.pattern, subject) {
            Ok(true) => match &case.guard {
                Some(guard) => self.condition(guard)?,
                None => Ok(true),
            },
            Ok(false) => Ok(false),
            Err(Flow::Raise(Raised::Unknown(unknown))) => {
                self.bind_unknown(&case.pattern, &unknown);
                Err(unknown)
            }
            Err(other) => return Err(other),
        };
        match matched {
            Ok(true) => self.execute_block(&case.body),
            Ok(false) => self.match_cases(more, subject),
            Err(_) => {
                let place = self.here;
                self.fork(
                    place,
                    |cx| cx.execute_block(&case.body).map(|()| Value::NONE),
                    |cx| cx.match_cases(more, subject).map(|()| Value::NONE),
                )
                .map(drop)
            }
        }
    }

    /// Whether a pattern fits; what it captures is bound as it goes.
    fn matches(&mut self, pattern: &ast::Pattern, subject: &Value) -> Result<bool, Flow> {
        self.budget.steps(1)?;
        match pattern {
            ast::Pattern::MatchValue(inner) => {
                let value = self.evaluate(&inner.value)?;
                self.equal(subject, &value).map_err(Flow::from)
            }
            ast::Pattern::MatchSingleton(inner) => {
                if subject.is_unknown() {
                    return Err(Raised::Unknown(subject.clone()).into());
                }
                let value = self.constant(&inner.value, None);
                Ok(subject.is(&value))
            }
            ast::Pattern::MatchAs(inner) => {
                let fits = match &inner.pattern {
                    Some(pattern) => self.matches(pattern, subject)?,
                    None => true,
                };
                if let (true, Some(name)) = (fits, &inner.name) {
                    self.store_name(name.as_str(), subject.clone());
                }
                Ok(fits)
            }
            ast::Pattern::MatchOr(inner) => {
                for pattern in &inner.patterns {
                    if self.matches(pattern, subject)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            ast::Pattern::MatchSequence(inner) => self.matches_sequence(&inner.patterns, subject),
            ast::Pattern::MatchMapping(inner) => self.matches_mapping(inner, subject),
            ast::Pattern::MatchClass(inner) => self.matches_class(inner, subject),
            ast::Pattern::MatchStar(_) => Ok(true),
        }
    }

    fn matches_sequence(&mut self, patterns: &[ast::Pattern], subject: &Value) -> Result<bool, Flow> {
        if subject.is_unknown() {
            return Err(Raised::Unknown(subject.clone()).into());
        }
        let sequence = match &subject.data {
            Data::Tuple(_) => true,
            Data::Object(id) => matches!(self.state.object(*id), Object::List(_)),
            _ => false,
        };
        if !sequence {
            return Ok(false);
        }
        let items = self.items(subject)?;
        let star = patterns.iter().position(|pattern| matches!(pattern, ast::Pattern::MatchStar(_)));
        let fits = match star {
            Some(_) => items.len() + 1 >= patterns.len(),
            None => items.len() == patterns.len(),
        };
        if !fits {
            return Ok(false);
        }
        let before = star.unwrap_or(patterns.len());
        let after = patterns.len() - before - usize::from(star.is_some());
        for (pattern, item) in patterns[..before].iter().zip(&items) {
            if !self.matches(pattern, item)? {
                return Ok(false);
            }
        }
        if let Some(ast::Pattern::MatchStar(inner)) = patterns.get(before) {
            let middle = items[before..items.len() - after].to_vec();
            if let Some(name) = &inner.name {
                let middle = Value::object(self.allocate(Object::List(List::new(middle, None))));
                self.store_name(name.as_str(), middle);
            }
        }
        for (pattern, item) in patterns[patterns.len() - after..].iter().zip(&items[items.len() - after..]) {
            if !self.matches(pattern, item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn matches_mapping(&mut self, inner: &ast::PatternMatchMapping, subject: &Value) -> Result<bool, Flow> {
        if subject.is_unknown() {
            return Err(Raised::Unknown(subject.clone()).into());
        }
        let plain = self.plain(subject);
        if !plain.as_object().is_some_and(|id| matches!(self.state.object(id), Object::Dict(_))) {
            return Ok(false);
        }
        let mut taken = Vec::new();
        for (key, pattern) in inner.keys.iter().zip(&inner.patterns) {
            let key = self.evaluate(key)?;
            if !self.contains(&plain, &key)? {
                return Ok(false);
            }
            let value = self.get_item(&plain, &key)?;
            if !self.matches(pattern, &value)? {
                return Ok(false);
            }
            taken.push(key);
        }
        if let Some(rest) = &inner.rest {
            let made = Value::object(self.new_namespace());
            self.update_dict(&made, &plain)?;
            for key in &taken {
                self.delete_item(&made, key)?;
            }
            self.store_name(rest.as_str(), made);
        }
        Ok(true)
    }

    fn matches_class(&mut self, inner: &ast::PatternMatchClass, subject: &Value) -> Result<bool, Flow> {
        let class = self.evaluate(&inner.cls)?;
        if !self.is_instance_of(subject, &class)? {
            return Ok(false);
        }
        for (position, pattern) in inner.patterns.iter().enumerate() {
            let value = match self.find_attribute(&class, "__match_args__")? {
                Some(names) => {
                    let name = self.get_item(&names, &Value::int(position as i64))?;
                    let name = self.text_of(&name)?;
                    self.get_attribute(subject, &name)?
                }
                None => subject.clone(),
            };
            if !self.matches(pattern, &value)? {
                return Ok(false);
            }
        }
        for (name, pattern) in inner.kwd_attrs.iter().zip(&inner.kwd_patterns) {
            let Some(value) = self.find_attribute(subject, name.as_str())? else { return Ok(false) };
            if !self.matches(pattern, &value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a pattern that may fit would capture.
    fn bind_unknown(&mut self, pattern: &ast::Pattern, unknown: &Value) {
        match pattern {
            ast::Pattern::MatchAs(inner) => {
                if let Some(name) = &inner.name {
                    self.store_name(name.as_str(), unknown.clone());
                }
                inner.pattern.iter().for_each(|pattern| self.bind_unknown(pattern, unknown));
            }
            ast::Pattern::MatchStar(inner) => {
                if let Some(name) = &inner.name {
                    self.store_name(name.as_str(), unknown.clone());
                }
            }
            ast::Pattern::MatchSequence(inner) => {
                inner.patterns.iter().for_each(|p| self.bind_unknown(p, unknown));
            }
            ast::Pattern::MatchMapping(inner) => {
                inner.patterns.iter().for_each(|p| self.bind_unknown(p, unknown));
            }
            ast::Pattern::MatchClass(inner) => {
                inner.patterns.iter().chain(&inner.kwd_patterns).for_each(|p| self.bind_unknown(p, unknown));
            }
            ast::Pattern::MatchOr(inner) => inner.patterns.iter().for_each(|p| self.bind_unknown(p, unknown)),
            ast::Pattern::MatchValue(_) | ast::Pattern::MatchSingleton(_) => {}
        }
    }
}
