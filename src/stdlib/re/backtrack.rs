//! A backtracking machine with CPython's preferences, bounded in steps and in memory.

use super::character;
use super::program::{Instruction, Program, Single};
use super::tree::{Assertion, Mode, Node};

/// Steps that one search may take: catastrophic patterns stop after some tens of milliseconds.
const MOST_STEPS: u64 = 4_000_000;
/// Places to come back to that may be open at once.
const MOST_ENTRIES: usize = 1 << 18;

/// Why a search did not end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    TooManySteps,
    /// A back-reference that ignores case met letters beyond ASCII.
    CaseOfBackreference,
}

/// Whether a match may start later than asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchoring {
    /// The match starts where the search does.
    pub start: bool,
    /// The match ends where the subject does.
    pub end: bool,
    /// The match is not the empty one at the search's start.
    pub advance: bool,
}

/// A pattern ready to run.
#[derive(Debug)]
pub struct Machine {
    program: Program,
    slots: usize,
}

/// What is undone, or tried next, on the way back.
enum Entry {
    Branch {
        code: usize,
        at: usize,
    },
    /// A run of one character that may give up characters down to `low`.
    Shrink {
        code: usize,
        low: usize,
        high: usize,
    },
    /// A run of one character that may take up to `left` more.
    Grow {
        code: usize,
        run: usize,
        at: usize,
        left: Option<u32>,
    },
    Slot {
        slot: usize,
        old: Option<usize>,
    },
    Counter {
        counter: usize,
        old: Counter,
    },
}

#[derive(Clone, Copy, Default)]
struct Counter {
    count: u32,
    /// Where the newest round began: a round that matched nothing is the last.
    last: Option<usize>,
}

struct Run<'a> {
    machine: &'a Machine,
    text: &'a str,
    slots: Vec<Option<usize>>,
    counters: Vec<Counter>,
    stack: Vec<Entry>,
    steps: u64,
    anchoring: Anchoring,
    /// Where the search began.
    from: usize,
}

impl Machine {
    /// `groups` counts the capturing groups, without the whole.
    pub fn new(node: &Node, groups: u32) -> Self {
        Self { program: Program::new(node), slots: (groups as usize + 1) * 2 }
    }

    /// The first match at or after byte `from`: start and end of the whole and of each group.
    pub fn find(
        &self,
        text: &str,
        from: usize,
        anchoring: Anchoring,
    ) -> Result<Option<Vec<Option<usize>>>, Stop> {
        let mut run = Run {
            machine: self,
            text,
            slots: vec![None; self.slots],
            counters: vec![Counter::default(); self.program.counters],
            stack: Vec::new(),
            steps: 0,
            anchoring,
            from,
        };
        let mut start = from;
        loop {
            run.slots.fill(None);
            run.stack.clear();
            if let Some(end) = run.go(0, start, true)? {
                run.slots[0] = Some(start);
                run.slots[1] = Some(end);
                return Ok(Some(run.slots));
            }
            match text[start..].chars().next() {
                Some(next) if !anchoring.start => start += next.len_utf8(),
                _ => return Ok(None),
            }
        }
    }
}

impl Run<'_> {
    /// Runs from `code` to an `Accept`; `None` when every way fails. Entries that were on the stack before stay.
    fn go(&mut self, code: usize, at: usize, outermost: bool) -> Result<Option<usize>, Stop> {
        let floor = self.stack.len();
        let (mut code, mut at) = (code, at);
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS || self.stack.len() > MOST_ENTRIES {
                return Err(Stop::TooManySteps);
            }
            if let Instruction::Accept = self.machine.program.code[code]
                && (!outermost || self.acceptable(at))
            {
                return Ok(Some(at));
            }
            match self.step(code, at)? {
                Some(next) => (code, at) = next,
                None => match self.back(floor) {
                    Some(next) => (code, at) = next,
                    None => return Ok(None),
                },
            }
        }
    }

    fn acceptable(&self, at: usize) -> bool {
        (!self.anchoring.end || at == self.text.len()) && (!self.anchoring.advance || at != self.from)
    }

    /// One instruction: where to go on, or `None` when it fails.
    fn step(&mut self, code: usize, at: usize) -> Result<Option<(usize, usize)>, Stop> {
        let machine = self.machine;
        Ok(match &machine.program.code[code] {
            Instruction::Accept | Instruction::Fail => None,
            Instruction::Character(wanted) => {
                self.text[at..].starts_with(*wanted).then(|| (code + 1, at + wanted.len_utf8()))
            }
            Instruction::Class(class) => self.one(Single::Class(*class), at).map(|end| (code + 1, end)),
            Instruction::Assertion(assertion) => self.holds(*assertion, at).then_some((code + 1, at)),
            Instruction::Backreference { group, ignore_case } => {
                self.backreference(*group, *ignore_case, at)?.map(|end| (code + 1, end))
            }
            Instruction::Save(slot) => {
                self.stack.push(Entry::Slot { slot: *slot, old: self.slots[*slot] });
                self.slots[*slot] = Some(at);
                Some((code + 1, at))
            }
            Instruction::Jump(target) => Some((*target, at)),
            Instruction::Split { first, second } => {
                self.stack.push(Entry::Branch { code: *second, at });
                Some((*first, at))
            }
            Instruction::Run { one, min, max, mode } => {
                self.run(code, at, *one, *min, *max, *mode).map(|end| (code + 1, end))
            }
            Instruction::LoopStart(counter) => {
                self.count(*counter, Counter::default());
                Some((code + 1, at))
            }
            Instruction::Loop { counter, min, max, lazy, exit } => {
                Some(self.round(code, at, *counter, (*min, *max), *lazy, *exit))
            }
            Instruction::LoopAgain { counter, body } => {
                let count = self.counters[*counter].count.saturating_add(1);
                self.count(*counter, Counter { count, last: Some(at) });
                Some((*body, at))
            }
            Instruction::Look { behind, negated, next } => self.look(code, at, *behind, *negated, *next)?,
            Instruction::Atomic { next } => {
                let floor = self.stack.len();
                let end = self.go(code + 1, at, false)?;
                self.commit(floor);
                end.map(|end| (*next, end))
            }
            Instruction::Conditional { group, no } => {
                Some((if self.slots[*group as usize * 2 + 1].is_some() { code + 1 } else { *no }, at))
            }
        })
    }

    /// Undoes down to the newest open choice above `floor`.
    fn back(&mut self, floor: usize) -> Option<(usize, usize)> {
        while self.stack.len() > floor {
            match self.stack.pop()? {
                Entry::Branch { code, at } => return Some((code, at)),
                Entry::Shrink { code, low, high } => {
                    let high = self.text[..high].char_indices().next_back().map_or(low, |(at, _)| at);
                    if high > low {
                        self.stack.push(Entry::Shrink { code, low, high });
                    }
                    return Some((code, high));
                }
                Entry::Grow { code, run, at, left } => {
                    let Instruction::Run { one, .. } = self.machine.program.code[run] else { continue };
                    let Some(end) = self.one(one, at) else { continue };
                    let left = left.map(|left| left - 1);
                    if left != Some(0) {
                        self.stack.push(Entry::Grow { code, run, at: end, left });
                    }
                    return Some((code, end));
                }
                Entry::Slot { slot, old } => self.slots[slot] = old,
                Entry::Counter { counter, old } => self.counters[counter] = old,
            }
        }
        None
    }

    /// Forgets the choices above `floor`, but keeps what must be undone when an earlier choice is tried.
    fn commit(&mut self, floor: usize) {
        let mut kept = floor;
        for index in floor..self.stack.len() {
            if matches!(self.stack[index], Entry::Slot { .. } | Entry::Counter { .. }) {
                self.stack.swap(kept, index);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
    }

    fn count(&mut self, counter: usize, new: Counter) {
        self.stack.push(Entry::Counter { counter, old: self.counters[counter] });
        self.counters[counter] = new;
    }

    /// The end of one character that fits.
    fn one(&self, one: Single, at: usize) -> Option<usize> {
        let next = self.text[at..].chars().next()?;
        let fits = match one {
            Single::Character(wanted) => next == wanted,
            Single::Class(class) => character::contains(&self.machine.program.classes[class], next),
        };
        fits.then(|| at + next.len_utf8())
    }

    fn run(
        &mut self,
        code: usize,
        at: usize,
        one: Single,
        min: u32,
        max: Option<u32>,
        mode: Mode,
    ) -> Option<usize> {
        let most = if mode == Mode::Lazy { Some(min) } else { max };
        let (mut end, mut low, mut count) = (at, at, 0);
        while most.is_none_or(|most| count < most)
            && let Some(next) = self.one(one, end)
        {
            end = next;
            count += 1;
            if count <= min {
                low = end;
            }
        }
        self.steps += u64::from(count);
        if count < min {
            return None;
        }
        match mode {
            Mode::Greedy if end > low => self.stack.push(Entry::Shrink { code: code + 1, low, high: end }),
            Mode::Lazy if max.is_none_or(|max| max > min) => {
                let left = max.map(|max| max - min);
                self.stack.push(Entry::Grow { code: code + 1, run: code, at: end, left });
            }
            _ => {}
        }
        Some(end)
    }

    /// The head of a loop: into its body, or out.
    fn round(
        &mut self,
        code: usize,
        at: usize,
        counter: usize,
        (min, max): (u32, Option<u32>),
        lazy: bool,
        exit: usize,
    ) -> (usize, usize) {
        let Counter { count, last } = self.counters[counter];
        // `LoopAgain` stands between a lazy loop's head and its body.
        let body = if lazy { code + 2 } else { code + 1 };
        let next = Counter { count: count.saturating_add(1), last: Some(at) };
        if count < min {
            self.count(counter, next);
            return (body, at);
        }
        if max.is_some_and(|max| count >= max) || last == Some(at) {
            return (exit, at);
        }
        if lazy {
            self.stack.push(Entry::Branch { code: code + 1, at });
            return (exit, at);
        }
        self.stack.push(Entry::Branch { code: exit, at });
        self.count(counter, next);
        (body, at)
    }

    fn look(
        &mut self,
        code: usize,
        at: usize,
        behind: Option<u32>,
        negated: bool,
        next: usize,
    ) -> Result<Option<(usize, usize)>, Stop> {
        let start = match behind {
            None | Some(0) => Some(at),
            Some(width) => {
                self.text[..at].char_indices().rev().nth(width as usize - 1).map(|(start, _)| start)
            }
        };
        let floor = self.stack.len();
        let found = match start {
            Some(start) => self.go(code + 1, start, false)?.is_some(),
            None => false,
        };
        if negated && found {
            // What a negated look-ahead captured does not stay.
            while self.back(floor).is_some() {}
        } else {
            self.commit(floor);
        }
        Ok((found != negated).then_some((next, at)))
    }

    fn backreference(&self, group: u32, ignore_case: bool, at: usize) -> Result<Option<usize>, Stop> {
        let slot = group as usize * 2;
        let (Some(start), Some(end)) = (self.slots[slot], self.slots[slot + 1]) else { return Ok(None) };
        let wanted = self.text.get(start..end).unwrap_or("");
        let rest = &self.text[at..];
        if !ignore_case {
            return Ok(rest.starts_with(wanted).then(|| at + wanted.len()));
        }
        let ahead = rest.as_bytes().get(..wanted.len()).unwrap_or(rest.as_bytes());
        if !wanted.is_ascii() || !ahead.is_ascii() {
            return Err(Stop::CaseOfBackreference);
        }
        Ok(ahead.eq_ignore_ascii_case(wanted.as_bytes()).then(|| at + wanted.len()))
    }

    fn holds(&self, assertion: Assertion, at: usize) -> bool {
        let (before, after) = self.text.split_at(at);
        match assertion {
            Assertion::TextStart => at == 0,
            Assertion::LineStart => at == 0 || before.ends_with('\n'),
            Assertion::TextEnd => after.is_empty(),
            Assertion::LineEnd => after.is_empty() || after.starts_with('\n'),
            Assertion::LastLineEnd => after.is_empty() || after == "\n",
            Assertion::Boundary { ascii, negated } => {
                let word = |c: Option<char>| c.is_some_and(|c| character::is_word(c, ascii));
                (word(before.chars().next_back()) != word(after.chars().next())) != negated
            }
        }
    }
}
