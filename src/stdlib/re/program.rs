//! A pattern's tree as instructions of the backtracking machine.

use super::tree::{Assertion, Mode, Node};
use regex_syntax::hir::ClassUnicode;
use std::sync::Arc;

/// One instruction; addresses are places in [`Program::code`].
#[derive(Debug)]
pub(super) enum Instruction {
    Character(char),
    Class(usize),
    Assertion(Assertion),
    Backreference {
        group: u32,
        ignore_case: bool,
    },
    /// Notes the place in a capture slot.
    Save(usize),
    Jump(usize),
    /// Goes on with `first`, and with `second` when that fails.
    Split {
        first: usize,
        second: usize,
    },
    /// A repeat of one character: no place to come back to is kept for each.
    Run {
        one: Single,
        min: u32,
        max: Option<u32>,
        mode: Mode,
    },
    /// Starts counting.
    LoopStart(usize),
    /// Decides whether the body, which follows, is matched once more.
    Loop {
        counter: usize,
        min: u32,
        max: Option<u32>,
        lazy: bool,
        exit: usize,
    },
    /// Enters the body of a lazy loop that was left before.
    LoopAgain {
        counter: usize,
        body: usize,
    },
    /// Matches what follows, up to an `Accept`, on its own; then goes on at `next`.
    Look {
        behind: Option<u32>,
        negated: bool,
        next: usize,
    },
    Atomic {
        next: usize,
    },
    Conditional {
        group: u32,
        no: usize,
    },
    Accept,
    Fail,
}

/// What one character may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    Character(char),
    Class(usize),
}

/// Instructions, the sets that they name, and how many counters they use.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub code: Vec<Instruction>,
    pub classes: Vec<Arc<ClassUnicode>>,
    pub counters: usize,
}

impl Program {
    pub(super) fn new(node: &Node) -> Self {
        let mut program = Self::default();
        program.node(node);
        program.code.push(Instruction::Accept);
        program
    }

    fn add(&mut self, instruction: Instruction) -> usize {
        self.code.push(instruction);
        self.code.len() - 1
    }

    fn here(&self) -> usize {
        self.code.len()
    }

    fn class(&mut self, class: &Arc<ClassUnicode>) -> usize {
        self.classes.push(Arc::clone(class));
        self.classes.len() - 1
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Empty => {}
            Node::Fail => {
                self.add(Instruction::Fail);
            }
            Node::Literal(character) => {
                self.add(Instruction::Character(*character));
            }
            Node::Class(class) => {
                let class = self.class(class);
                self.add(Instruction::Class(class));
            }
            Node::Assertion(assertion) => {
                self.add(Instruction::Assertion(*assertion));
            }
            Node::Capture(index, node) => {
                let slot = *index as usize * 2;
                self.add(Instruction::Save(slot));
                self.node(node);
                self.add(Instruction::Save(slot + 1));
            }
            Node::Backreference { group, ignore_case } => {
                self.add(Instruction::Backreference { group: *group, ignore_case: *ignore_case });
            }
            Node::Look { ahead, negated, width, node } => {
                let behind = (!ahead).then_some(*width);
                self.apart(node, |next| Instruction::Look { behind, negated: *negated, next });
            }
            Node::Atomic(node) => self.apart(node, |next| Instruction::Atomic { next }),
            Node::Conditional { group, yes, no } => self.conditional(*group, yes, no),
            Node::Repeat { node, min, max, mode } => self.repeat(node, *min, *max, *mode),
            Node::Concatenation(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Alternation(nodes) => self.alternation(nodes),
        }
    }

    /// A part that is matched on its own; `make` gets the place after it.
    fn apart(&mut self, node: &Node, make: impl Fn(usize) -> Instruction) {
        let start = self.add(Instruction::Fail);
        self.node(node);
        self.add(Instruction::Accept);
        self.code[start] = make(self.here());
    }

    fn conditional(&mut self, group: u32, yes: &Node, no: &Node) {
        let start = self.add(Instruction::Fail);
        self.node(yes);
        let jump = self.add(Instruction::Fail);
        self.code[start] = Instruction::Conditional { group, no: self.here() };
        self.node(no);
        self.code[jump] = Instruction::Jump(self.here());
    }

    fn alternation(&mut self, nodes: &[Node]) {
        let mut jumps = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            if index + 1 == nodes.len() {
                self.node(node);
                break;
            }
            let split = self.add(Instruction::Fail);
            self.node(node);
            jumps.push(self.add(Instruction::Fail));
            self.code[split] = Instruction::Split { first: split + 1, second: self.here() };
        }
        for jump in jumps {
            self.code[jump] = Instruction::Jump(self.here());
        }
    }

    fn repeat(&mut self, node: &Node, min: u32, max: Option<u32>, mode: Mode) {
        let one = match node {
            Node::Literal(character) => Some(Single::Character(*character)),
            Node::Class(class) => Some(Single::Class(self.class(class))),
            _ => None,
        };
        if let Some(one) = one {
            self.add(Instruction::Run { one, min, max, mode });
        } else if mode == Mode::Possessive {
            let start = self.add(Instruction::Fail);
            self.counted(node, min, max, false);
            self.add(Instruction::Accept);
            self.code[start] = Instruction::Atomic { next: self.here() };
        } else {
            self.counted(node, min, max, mode == Mode::Lazy);
        }
    }

    fn counted(&mut self, node: &Node, min: u32, max: Option<u32>, lazy: bool) {
        let counter = self.counters;
        self.counters += 1;
        self.add(Instruction::LoopStart(counter));
        let head = self.add(Instruction::Fail);
        let again = self.here();
        if lazy {
            self.add(Instruction::LoopAgain { counter, body: again + 1 });
        }
        self.node(node);
        self.add(Instruction::Jump(head));
        self.code[head] = Instruction::Loop { counter, min, max, lazy, exit: self.here() };
    }
}
