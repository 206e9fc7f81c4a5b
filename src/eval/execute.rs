//! Running files and texts: modules, `exec`, `eval`, and the namespaces they run in.

use super::Evaluator;
use super::code::{FileFacts, imports_future};
use super::exceptions::{INDENTATION_ERROR, SYNTAX_ERROR, TYPE_ERROR};
use super::object::{ModuleObject, Object};
use super::raised::{Flow, Raised};
use super::scope::{Frame, FrameKind};
use super::value::{Data, ObjectId, Value};
use crate::syntax::python::{self, Dialect, PythonFile, ast};
use crate::text::encoding::decode_python;
use crate::text::{FileId, Span};
use std::sync::Arc;

/// The frame of statements that are in no function: a module's, or those of `exec` in namespaces of their own.
fn frame_of(facts: FileFacts, globals: ObjectId, locals: ObjectId) -> Frame {
    let kind = if globals == locals { FrameKind::Module } else { FrameKind::Class };
    Frame { kind, facts, locals, globals, enclosing: Arc::new([]), code: None, owner: None, class_name: None }
}

impl Evaluator<'_> {
    /// Runs a file of the project in a namespace.
    pub fn run_file(&mut self, path: &str, namespace: ObjectId) -> Result<(), Raised> {
        let call_place = self.here;
        let file = self.parse_file(path)?;
        let result = self.run_module(&file, namespace);
        self.here = call_place;
        result
    }

    fn run_module(&mut self, file: &PythonFile, namespace: ObjectId) -> Result<(), Raised> {
        let python2 = file.dialect == Dialect::Python2;
        let true_division = !python2 || imports_future(&file.body, "division");
        let looks_beside = self.is_python2() && !imports_future(&file.body, "absolute_import");
        let facts =
            FileFacts { file: file.file, python2, true_division, looks_beside, stands_for: None, own: false };
        self.run_body(&file.body, facts, namespace, namespace, true)
    }

    /// Runs statements in namespaces of their own; exceptions pass through.
    fn run_body(
        &mut self,
        body: &[ast::Stmt],
        facts: FileFacts,
        globals: ObjectId,
        locals: ObjectId,
        is_module: bool,
    ) -> Result<(), Raised> {
        self.budget.enter(8)?;
        let frame = frame_of(facts, globals, locals);
        self.frames.push(frame);
        self.set_docstring(locals, body, is_module);
        let result = self.execute_block(body);
        self.frames.pop();
        self.budget.leave(8);
        match result {
            Ok(()) | Err(Flow::Break | Flow::Continue | Flow::Return(_) | Flow::Yield(_)) => Ok(()),
            // A statement that is not modelled: what it would have done is not known.
            Err(Flow::Raise(Raised::Unknown(unknown))) => {
                self.lose_names(globals, &unknown);
                Ok(())
            }
            Err(Flow::Raise(raised)) => Err(raised),
        }
    }

    /// A file's tree; what its grammar does not allow is a SyntaxError.
    pub fn parse_file(&mut self, path: &str) -> Result<Arc<PythonFile>, Raised> {
        let bytes = self.read_file(path)?;
        let text = match decode_python(&bytes) {
            Ok(text) => text,
            Err(error) => return Err(self.error(&SYNTAX_ERROR, error.to_string())),
        };
        let inside = self.locate(path).unwrap_or_default();
        let file = self.sources.add(&inside, &text);
        let dialect = if self.is_python2() { Dialect::Python2 } else { Dialect::Python3 };
        let sources = &*self.sources;
        let parsed = self.session.file(file, dialect, || python::parse(sources, file, dialect));
        parsed.map_err(|diagnostic| {
            let message = diagnostic.message.clone();
            self.syntax_errors.push((*diagnostic).clone());
            self.error(&SYNTAX_ERROR, message)
        })
    }

    /// Where the text of `exec` or `eval` stands: in a file that was read, or nowhere but at the call.
    fn text_place(&mut self, text: &str) -> (FileId, u32, Option<Span>) {
        match self.place_of_text(text) {
            Some(span) => (span.file, span.start, None),
            None => (self.here.file, 0, Some(self.here)),
        }
    }

    fn syntax_error(&mut self, message: String) -> Raised {
        let class = if message.contains("indent") { &INDENTATION_ERROR } else { &SYNTAX_ERROR };
        self.error(class, message)
    }

    /// `compile`: the SyntaxError of text that is none of Python.
    pub fn check_syntax(&mut self, text: &str, expression: bool) -> Result<(), Raised> {
        self.budget.steps(text.len() as u64 / 8)?;
        let dialect = if self.is_python2() { Dialect::Python2 } else { Dialect::Python3 };
        let file = self.here.file;
        let problem = if expression {
            python::parse_expression(text, file, 0, dialect).err()
        } else {
            python::parse_text(text, file, 0, dialect).err()
        };
        problem.map_or(Ok(()), |diagnostic| Err(self.syntax_error(diagnostic.message)))
    }

    /// `exec(text, globals, locals)`; without namespaces, those of the running code.
    pub fn exec_text(
        &mut self,
        text: &str,
        globals: Option<&Value>,
        locals: Option<&Value>,
    ) -> Result<(), Raised> {
        self.budget.steps(text.len() as u64 / 8)?;
        let (file, offset, stands_for) = self.text_place(text);
        let dialect = if self.is_python2() { Dialect::Python2 } else { Dialect::Python3 };
        let parsed = python::parse_text(text, file, offset, dialect);
        let parsed = parsed.map_err(|diagnostic| self.syntax_error(diagnostic.message))?;
        let copies = globals.is_none() && locals.is_none() && !self.is_python2();
        let (globals, locals) = self.exec_namespaces(globals, locals)?;
        if copies && self.frame().kind == FrameKind::Function {
            return self.exec_in_copy(&parsed.body, (file, stands_for), globals, locals);
        }
        let python2 = dialect == Dialect::Python2;
        let true_division = self.facts().true_division || imports_future(&parsed.body, "division");
        let looks_beside = self.facts().looks_beside && !imports_future(&parsed.body, "absolute_import");
        let facts = FileFacts { file, python2, true_division, looks_beside, stands_for, own: false };
        self.at(self.here, |cx| cx.run_body(&parsed.body, facts, globals, locals, false))
    }

    /// Runs Python that is part of spx in a namespace.
    pub fn run_own(&mut self, name: &str, text: &'static str, namespace: &Value) -> Result<(), Raised> {
        let Some(namespace) = namespace.as_object() else { return Ok(()) };
        let python2 = self.is_python2();
        let dialect = if python2 { Dialect::Python2 } else { Dialect::Python3 };
        let file = self.sources.add(&format!("<{name}>"), text);
        let parsed = self.session.file(file, dialect, || python::parse_text(text, file, 0, dialect));
        let parsed = parsed.map_err(|diagnostic| self.syntax_error(diagnostic.message.clone()))?;
        let shown = self.native_text(name);
        self.namespace_set(namespace, "__name__", shown);
        let facts = FileFacts {
            file,
            python2,
            true_division: true,
            looks_beside: false,
            stands_for: Some(self.here),
            own: true,
        };
        self.at(self.here, |cx| cx.run_body(&parsed.body, facts, namespace, namespace, false))
    }

    /// The namespace of a modelled module.
    pub fn own_namespace(&mut self, module: &'static str) -> Result<Value, Raised> {
        let id = self.native_module(module)?;
        match self.state.object(id) {
            Object::Module(module) => Ok(Value::object(module.namespace)),
            _ => Ok(Value::NONE),
        }
    }

    /// What a namespace certainly holds under a name.
    pub fn namespace_value(&self, namespace: &Value, name: &str) -> Option<Value> {
        self.namespace_get_known(namespace.as_object()?, name)
    }

    /// `exec(text)` in a function of Python 3 binds no name of the function itself; before 3.13, `locals()` shows what it bound.
    fn exec_in_copy(
        &mut self,
        body: &[ast::Stmt],
        (file, stands_for): (FileId, Option<Span>),
        globals: ObjectId,
        locals: ObjectId,
    ) -> Result<(), Raised> {
        let copy = self.new_namespace();
        self.update_dict(&Value::object(copy), &Value::object(locals))?;
        let true_division = true;
        let facts =
            FileFacts { file, python2: false, true_division, looks_beside: false, stands_for, own: false };
        self.at(self.here, |cx| cx.run_body(body, facts, globals, copy, false))?;
        if self.at_least(13) {
            return Ok(());
        }
        let own = self.frame().code.clone();
        let is_own = |name: &str| own.as_ref().is_some_and(|code| code.names.locals.contains(name));
        let Object::Dict(dict) = self.state.object(copy) else { return Ok(()) };
        let rest = dict.rest.clone();
        let bound: Vec<(Value, Value)> =
            dict.iter().map(|(_, key, value)| (key.clone(), value.clone())).collect();
        for (name, value) in bound {
            let name = self.text_of(&name)?;
            if !is_own(&name) {
                self.namespace_set(locals, &name, value);
            }
        }
        if let Some(unknown) = rest {
            self.lose_names(locals, &Data::Unknown(unknown).into());
        }
        Ok(())
    }

    /// `eval(text, globals, locals)`.
    pub fn eval_text(
        &mut self,
        text: &str,
        globals: Option<&Value>,
        locals: Option<&Value>,
    ) -> Result<Value, Raised> {
        self.budget.steps(text.len() as u64 / 8)?;
        let (file, offset, stands_for) = self.text_place(text);
        let dialect = if self.is_python2() { Dialect::Python2 } else { Dialect::Python3 };
        let parsed = python::parse_expression(text, file, offset, dialect);
        let parsed = parsed.map_err(|diagnostic| self.error(&SYNTAX_ERROR, diagnostic.message))?;
        let (globals, locals) = self.exec_namespaces(globals, locals)?;
        let true_division = self.facts().true_division;
        let looks_beside = self.facts().looks_beside;
        let facts = FileFacts {
            file,
            python2: self.is_python2(),
            true_division,
            looks_beside,
            stands_for,
            own: false,
        };
        let frame = frame_of(facts, globals, locals);
        self.budget.enter(8)?;
        self.frames.push(frame);
        let here = self.here;
        let result = self.evaluate(&parsed);
        self.here = here;
        self.frames.pop();
        self.budget.leave(8);
        match result {
            Ok(value) => Ok(value),
            Err(Flow::Raise(raised)) => Err(raised),
            Err(_) => Ok(Value::NONE),
        }
    }

    fn exec_namespaces(
        &mut self,
        globals: Option<&Value>,
        locals: Option<&Value>,
    ) -> Result<(ObjectId, ObjectId), Raised> {
        let mut namespace = |value: Option<&Value>| -> Result<Option<ObjectId>, Raised> {
            let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(None) };
            if value.is_unknown() {
                return Err(Raised::Unknown(value.clone()));
            }
            let plain = self.plain(value);
            match plain.as_object().filter(|id| matches!(self.state.object(*id), Object::Dict(_))) {
                Some(id) => Ok(Some(id)),
                None => Err(self.error(&TYPE_ERROR, "exec() globals must be a dict")),
            }
        };
        let (globals, locals) = (namespace(globals)?, namespace(locals)?);
        let (own_globals, own_locals) = (self.frame().globals, self.frame().locals);
        match (globals, locals) {
            (None, None) => Ok((own_globals, own_locals)),
            (None, Some(locals)) => Ok((own_globals, locals)),
            (Some(globals), locals) => {
                if self.namespace_get_known(globals, "__builtins__").is_none() {
                    let builtins = Value::object(self.native_module(self.builtins_name())?);
                    self.namespace_set(globals, "__builtins__", builtins);
                }
                Ok((globals, locals.unwrap_or(globals)))
            }
        }
    }

    /// A module made at run time (`types.ModuleType`, `imp.load_source`), with its namespace.
    pub fn make_module(&mut self, name: &str) -> (Value, ObjectId) {
        let namespace = self.new_namespace();
        let shown = self.native_text(name);
        self.namespace_set(namespace, "__name__", shown);
        let module = ModuleObject { name: name.into(), namespace, native: None, partial: None };
        (Value::object(self.allocate(Object::Module(module))), namespace)
    }

    /// Sets a name of a namespace (a dict object).
    pub fn set_name(&mut self, namespace: ObjectId, name: &str, value: Value) {
        self.namespace_set(namespace, name, value);
    }

    /// The namespaces of a frame, 0 being the one that runs.
    pub fn frame_namespaces(&self, depth: usize) -> Option<(Value, Value)> {
        let index = self.frames.len().checked_sub(depth.checked_add(1)?)?;
        let frame = self.frames.get(index)?;
        Some((Value::object(frame.globals), Value::object(frame.locals)))
    }

    /// The name of the function that runs `depth` frames up, `<module>` of a module; of others it depends on the Python.
    pub fn frame_name(&self, depth: usize) -> Option<String> {
        let frame = self.frames.get(self.frames.len().checked_sub(depth.checked_add(1)?)?)?;
        match frame.kind {
            FrameKind::Module => Some("<module>".to_owned()),
            FrameKind::Function => Some(frame.code.as_ref()?.name.to_string()),
            FrameKind::Class | FrameKind::Comprehension => None,
        }
    }

    /// Unknown code ran in an unknown namespace: any name of any running code may have been bound.
    pub fn open_frames(&mut self, unknown: &Value) {
        let namespaces: Vec<ObjectId> =
            self.frames.iter().flat_map(|frame| [frame.globals, frame.locals]).collect();
        for namespace in namespaces {
            self.lose_names(namespace, unknown);
        }
    }

    /// The namespaces of the running code: globals and locals, as dicts.
    pub fn namespaces(&self) -> (Value, Value) {
        (Value::object(self.frame().globals), Value::object(self.frame().locals))
    }
}
