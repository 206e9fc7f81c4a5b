//! Generators: their bodies run to the end when the first item is asked for.
//!
//! That differs from Python where the consumer and the body change the same thing in turns; `@contextmanager`, the one
//! common case of that, is followed exactly: the body is cut in two at its `yield`.

use super::Evaluator;
use super::object::{Iteration, List, Object};
use super::raised::{Flow, Raised};
use super::value::{ObjectId, Value};

/// Items after which a generator's body is left: one that never ends is as good as known to those who take a few.
const MAX_ITEMS: usize = 5_000;

impl Evaluator<'_> {
    /// Runs a generator's body and makes it an iterator over what it yielded.
    pub(super) fn run_generator(&mut self, id: ObjectId) -> Result<(), Raised> {
        let Object::Generator(generator) = self.state.object(id) else { return Ok(()) };
        let generator = generator.clone();
        // While it runs, a body that asks itself for items finds none.
        *self.state.object_mut(id) = Object::Iterator(Iteration::default());
        let yields = self.allocate(Object::List(List::default()));
        self.budget.enter(4)?;
        let result = self.run_function(&generator.function, generator.locals, Some(yields));
        self.budget.leave(4);
        result?;
        let Object::List(list) = self.state.object(yields) else { return Ok(()) };
        let iteration = Iteration { items: list.items.clone().into(), next: 0, rest: list.rest.clone() };
        *self.state.object_mut(id) = Object::Iterator(iteration);
        Ok(())
    }

    /// `yield value`: the value goes to the list of the running generator.
    pub(super) fn yield_value(&mut self, value: Value) -> Result<Value, Flow> {
        self.charge_bytes(32)?;
        let endless = self.unknown_value("a generator that gives more items than spx follows");
        if let Some(Some(id)) = self.yielded.last().copied()
            && let Object::List(list) = self.state.object_mut(id)
        {
            match list.rest {
                None if list.items.len() >= MAX_ITEMS => {
                    list.rest = endless.as_unknown().cloned();
                    return Err(Flow::Return(Value::NONE));
                }
                None => list.items.push(value),
                Some(_) => {}
            }
        }
        Ok(Value::NONE)
    }
}
