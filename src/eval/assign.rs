//! Assignment, unpacking, deletion.

use super::Evaluator;
use super::exceptions::VALUE_ERROR;
use super::object::{List, Object};
use super::raised::{Flow, Raised};
use super::value::{Data, Value};
use crate::syntax::python::ast;

impl Evaluator<'_> {
    /// Binds a target.
    pub(super) fn assign(&mut self, target: &ast::Expr, value: Value) -> Result<(), Flow> {
        match target {
            ast::Expr::Name(name) => {
                self.store_name(name.id.as_str(), value);
                Ok(())
            }
            ast::Expr::Attribute(inner) => {
                let object = self.evaluate(&inner.value)?;
                self.here = self.span_of(inner);
                let mangled = self.mangled(inner.attr.as_str());
                self.set_attribute(&object, mangled.as_deref().unwrap_or(inner.attr.as_str()), value)
                    .map_err(Flow::from)
            }
            ast::Expr::Subscript(inner) => {
                let object = self.evaluate(&inner.value)?;
                let key = self.evaluate(&inner.slice)?;
                self.here = self.span_of(inner);
                self.set_item(&object, &key, value).map_err(Flow::from)
            }
            ast::Expr::Tuple(inner) => self.unpack(&inner.elts, value),
            ast::Expr::List(inner) => self.unpack(&inner.elts, value),
            ast::Expr::Starred(inner) => self.assign(&inner.value, value),
            _ => Err(self.unknown("this target is not modelled").into()),
        }
    }

    fn unpack(&mut self, targets: &[ast::Expr], value: Value) -> Result<(), Flow> {
        let star = targets.iter().position(|target| matches!(target, ast::Expr::Starred(_)));
        let items = match self.items(&value) {
            Ok(mut items) => {
                for item in items.iter_mut().filter(|item| item.origin == super::Origin::NOWHERE) {
                    item.origin = value.origin;
                }
                items
            }
            Err(Raised::Unknown(unknown)) => {
                self.may_raise(&unknown);
                for target in targets {
                    self.assign(target, unknown.clone())?;
                }
                return Ok(());
            }
            Err(other) => return Err(other.into()),
        };
        let fits = match star {
            Some(_) => items.len() + 1 >= targets.len(),
            None => items.len() == targets.len(),
        };
        if !fits {
            let (wanted, got) = (targets.len(), items.len());
            let text = if self.is_python2() && got > wanted {
                "too many values to unpack".to_owned()
            } else if self.is_python2() {
                format!("need more than {got} value{} to unpack", if got == 1 { "" } else { "s" })
            } else if got > wanted {
                format!("too many values to unpack (expected {wanted})")
            } else {
                format!("not enough values to unpack (expected {wanted}, got {got})")
            };
            return Err(self.error(&VALUE_ERROR, text).into());
        }
        let Some(star) = star else {
            return targets.iter().zip(items).try_for_each(|(target, item)| self.assign(target, item));
        };
        let after = targets.len() - star - 1;
        let middle_end = items.len() - after;
        for (target, item) in targets[..star].iter().zip(&items[..star]) {
            self.assign(target, item.clone())?;
        }
        let middle = self.list(items[star..middle_end].to_vec());
        self.assign(&targets[star], middle)?;
        for (target, item) in targets[star + 1..].iter().zip(&items[middle_end..]) {
            self.assign(target, item.clone())?;
        }
        Ok(())
    }

    pub(super) fn augmented_assign(&mut self, statement: &ast::StmtAugAssign) -> Result<(), Flow> {
        match &*statement.target {
            ast::Expr::Attribute(inner) => {
                let object = self.evaluate(&inner.value)?;
                let mangled = self.mangled(inner.attr.as_str());
                let name = mangled.as_deref().unwrap_or(inner.attr.as_str());
                let old = self.catching(|cx| cx.get_attribute(&object, name))?;
                let new = self.augmented(statement, old)?;
                self.set_attribute(&object, name, new).map_err(Flow::from)
            }
            ast::Expr::Subscript(inner) => {
                let object = self.evaluate(&inner.value)?;
                let key = self.evaluate(&inner.slice)?;
                let old = self.catching(|cx| cx.get_item(&object, &key))?;
                let new = self.augmented(statement, old)?;
                self.set_item(&object, &key, new).map_err(Flow::from)
            }
            target => {
                let old = self.evaluate(target)?;
                let new = self.augmented(statement, old)?;
                self.assign(target, new)
            }
        }
    }

    /// The value of `old op= …`: lists, sets and dicts change in place.
    fn augmented(&mut self, statement: &ast::StmtAugAssign, old: Value) -> Result<Value, Flow> {
        let operand = self.evaluate(&statement.value)?;
        let place = self.span_of(statement);
        self.here = place;
        let plain = self.plain(&old);
        if let Data::Object(id) = plain.data {
            let sets = matches!(self.state.object(id), Object::Set(_));
            let operates = sets && (operand.is_unknown() || self.as_set(&operand)?.is_some());
            let unite = statement.op == ast::Operator::BitOr
                && matches!(self.state.object(id), Object::Dict(_))
                && self.dicts_unite();
            match (self.state.object(id), statement.op) {
                (Object::List(_), ast::Operator::Add) => {
                    self.extend_list(&plain, &operand)?;
                    return Ok(old);
                }
                (Object::List(_), ast::Operator::Mult) => {
                    let made = self.catching(|cx| cx.binary(ast::Operator::Mult, &plain, &operand))?;
                    if made.is_unknown() {
                        return Ok(made);
                    }
                    let items = self.items(&made)?;
                    if let Object::List(list) = self.state.object_mut(id) {
                        list.items = items;
                    }
                    return Ok(old);
                }
                (Object::Set(set), op) if !set.frozen && operates => {
                    let method = match op {
                        ast::Operator::BitOr => "update",
                        ast::Operator::Sub => "difference_update",
                        ast::Operator::BitAnd => "intersection_update",
                        _ => "symmetric_difference_update",
                    };
                    self.call_method(&plain, method, vec![operand])?;
                    return Ok(old);
                }
                (Object::Dict(_), ast::Operator::BitOr) if unite => {
                    self.update_dict(&plain, &operand)?;
                    return Ok(old);
                }
                _ => {}
            }
        }
        let name = super::operator::in_place_name(statement.op);
        if let Some(method) = self.method(&old, name)? {
            return self.catching(|cx| cx.call(&method, vec![operand]));
        }
        let origin = operand.origin;
        let value = self.catching(|cx| cx.binary(statement.op, &old, &operand))?;
        Ok(self.made_from(
            value,
            place,
            if old.origin == super::Origin::NOWHERE { origin } else { old.origin },
        ))
    }

    /// `list.extend(more)` and `list += more`.
    pub fn extend_list(&mut self, list: &Value, more: &Value) -> Result<(), Raised> {
        let (items, rest) = match self.partly(more) {
            Ok(partly) => partly,
            Err(Raised::Unknown(unknown)) => (Vec::new(), unknown.as_unknown().cloned()),
            Err(other) => return Err(other),
        };
        self.charge_bytes(items.len() * 24)?;
        if let Some(id) = list.as_object()
            && let Object::List(List { items: own, rest: own_rest, .. }) = self.state.object_mut(id)
            && own_rest.is_none()
        {
            own.extend(items);
            *own_rest = rest;
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, target: &ast::Expr) -> Result<(), Flow> {
        match target {
            ast::Expr::Name(name) => self.delete_name(name.id.as_str()).map_err(Flow::from),
            ast::Expr::Attribute(inner) => {
                let object = self.evaluate(&inner.value)?;
                self.delete_attribute(&object, inner.attr.as_str()).map_err(Flow::from)
            }
            ast::Expr::Subscript(inner) => {
                let object = self.evaluate(&inner.value)?;
                let key = self.evaluate(&inner.slice)?;
                self.here = self.span_of(inner);
                self.delete_item(&object, &key).map_err(Flow::from)
            }
            ast::Expr::Tuple(inner) => inner.elts.iter().try_for_each(|item| self.delete(item)),
            ast::Expr::List(inner) => inner.elts.iter().try_for_each(|item| self.delete(item)),
            _ => Ok(()),
        }
    }
}
