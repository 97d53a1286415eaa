//! The stack machine that a pickle is a program for.

use std::collections::HashMap;

use super::literals::{index_of, long_of, number_of, unescaped, unquoted};
use super::value::{Id, PickleError, Result, VALUE_LIMIT, Value};

pub(super) struct Machine<'a> {
    rest: &'a [u8],
    values: Vec<Value>,
    stack: Vec<Id>,
    /// Places in the stack.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        }
    }

    /// The values, and the one that the pickle is of.
    pub(super) fn run(mut self) -> Result<(Vec<Value>, Id)> {
        while self.step()? {}
        let root = self.pop()?;
        Ok((self.values, root))
    }

    /// Runs one instruction; `false` after the last.
    fn step(&mut self) -> Result<bool> {
        match self.byte()? {
            b'.' => return Ok(false),
            b'(' => self.marks.push(self.stack.len()),
            b'0' => {
                self.pop()?;
            }
            b'1' => {
                self.pop_to_mark()?;
            }
            b'2' => {
                let top = self.top()?;
                self.stack.push(top);
            }
            b'N' => self.push(Value::None)?,
            b'F' | b'I' | b'L' => {
                let number = number_of(self.line()?)?;
                self.push(number)?;
            }
            b'J' => {
                let number = i32::from_le_bytes(self.array()?);
                self.push(Value::Number(number.into()))?;
            }
            b'K' => {
                let number = self.byte()?;
                self.push(Value::Number(number.into()))?;
            }
            b'M' => {
                let number = u16::from_le_bytes(self.array()?);
                self.push(Value::Number(number.into()))?;
            }
            b'G' => {
                let number = f64::from_be_bytes(self.array()?);
                self.push(Value::Number(number))?;
            }
            b'S' => {
                let text = unquoted(self.line()?)?;
                self.push(Value::Text(text.into()))?;
            }
            b'V' => {
                let text = unescaped(self.line()?);
                self.push(Value::Text(text.into_bytes().into()))?;
            }
            b'T' | b'X' => {
                let length = u32::from_le_bytes(self.array()?);
                self.push_text(length as usize)?;
            }
            b'U' => {
                let length = self.byte()?;
                self.push_text(length.into())?;
            }
            b']' | b')' => self.push(Value::List(Vec::new()))?,
            b'}' => self.push(Value::Dict(Vec::new()))?,
            b'l' | b't' => {
                let items = self.pop_to_mark()?;
                self.push(Value::List(items))?;
            }
            b'd' => {
                let pairs = pairs(&self.pop_to_mark()?)?;
                self.push(Value::Dict(pairs))?;
            }
            number @ 0x85..=0x87 => {
                let length = usize::from(number - 0x84);
                let at = self.stack.len().checked_sub(length);
                let items = self.stack.split_off(at.ok_or(PickleError::Damaged)?);
                self.push(Value::List(items))?;
            }
            b'a' => {
                let item = self.pop()?;
                self.append(&[item])?;
            }
            b'e' => {
                let items = self.pop_to_mark()?;
                self.append(&items)?;
            }
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.set(&[(key, value)])?;
            }
            b'u' => {
                let pairs = pairs(&self.pop_to_mark()?)?;
                self.set(&pairs)?;
            }
            b'g' => {
                let key = index_of(self.line()?)?;
                self.get(key)?;
            }
            b'h' => {
                let key = self.byte()?;
                self.get(key.into())?;
            }
            b'j' => {
                let key = u32::from_le_bytes(self.array()?);
                self.get(key)?;
            }
            b'p' => {
                let key = index_of(self.line()?)?;
                self.put(key)?;
            }
            b'q' => {
                let key = self.byte()?;
                self.put(key.into())?;
            }
            b'r' => {
                let key = u32::from_le_bytes(self.array()?);
                self.put(key)?;
            }
            other => self.opaque_step(other)?,
        }
        Ok(true)
    }

    /// Instructions that name code or run it, and those of protocol 2.
    fn opaque_step(&mut self, instruction: u8) -> Result<()> {
        match instruction {
            // PROTO.
            0x80 => match self.byte()? {
                0..=2 => Ok(()),
                _ => Err(PickleError::Damaged),
            },
            0x88 => self.push(Value::Number(1.0)),
            0x89 => self.push(Value::Number(0.0)),
            0x8a => {
                let length = self.byte()?;
                let number = long_of(self.take(length.into())?);
                self.push(Value::Number(number))
            }
            0x8b => {
                let length = u32::from_le_bytes(self.array()?);
                let number = long_of(self.take(length as usize)?);
                self.push(Value::Number(number))
            }
            // GLOBAL: a module and a name.
            b'c' => {
                self.line()?;
                self.line()?;
                self.push(Value::Opaque)
            }
            // INST: the same, with arguments.
            b'i' => {
                self.line()?;
                self.line()?;
                self.pop_to_mark()?;
                self.push(Value::Opaque)
            }
            // OBJ.
            b'o' => {
                self.pop_to_mark()?;
                self.push(Value::Opaque)
            }
            // REDUCE and NEWOBJ: what is called, and its arguments.
            b'R' | 0x81 => {
                self.pop()?;
                self.pop()?;
                self.push(Value::Opaque)
            }
            // BUILD: the state of the object below.
            b'b' => self.pop().map(|_| ()),
            // PERSID, BINPERSID and EXT: values from elsewhere.
            b'P' => {
                self.line()?;
                self.push(Value::Opaque)
            }
            b'Q' => {
                self.pop()?;
                self.push(Value::Opaque)
            }
            0x82..=0x84 => {
                self.take(1 << (instruction - 0x82))?;
                self.push(Value::Opaque)
            }
            other => Err(PickleError::Unknown(other)),
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let split = self.rest.split_at_checked(count);
        let (taken, rest) = split.ok_or(PickleError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| PickleError::Truncated)
    }

    /// The rest of a line.
    fn line(&mut self) -> Result<&'a [u8]> {
        let end = memchr::memchr(b'\n', self.rest).ok_or(PickleError::Truncated)?;
        let line = self.take(end)?;
        self.take(1)?;
        Ok(line)
    }

    fn push(&mut self, value: Value) -> Result<()> {
        if self.values.len() >= VALUE_LIMIT {
            return Err(PickleError::TooMany);
        }
        let id = Id::try_from(self.values.len()).map_err(|_| PickleError::TooMany)?;
        self.values.push(value);
        self.stack.push(id);
        Ok(())
    }

    fn push_text(&mut self, length: usize) -> Result<()> {
        let text = self.take(length)?;
        self.push(Value::Text(text.into()))
    }

    fn top(&self) -> Result<Id> {
        self.stack.last().copied().ok_or(PickleError::Damaged)
    }

    fn pop(&mut self) -> Result<Id> {
        self.stack.pop().ok_or(PickleError::Damaged)
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Id>> {
        let mark = self.marks.pop().ok_or(PickleError::Damaged)?;
        if mark > self.stack.len() {
            return Err(PickleError::Damaged);
        }
        Ok(self.stack.split_off(mark))
    }

    fn append(&mut self, new: &[Id]) -> Result<()> {
        let at = self.top()? as usize;
        match self.values.get_mut(at) {
            Some(Value::List(items)) => items.extend(new),
            // An object that is also a list.
            Some(Value::Opaque) => {}
            _ => return Err(PickleError::Damaged),
        }
        Ok(())
    }

    fn set(&mut self, new: &[(Id, Id)]) -> Result<()> {
        let at = self.top()? as usize;
        match self.values.get_mut(at) {
            Some(Value::Dict(pairs)) => pairs.extend(new),
            Some(Value::Opaque) => {}
            _ => return Err(PickleError::Damaged),
        }
        Ok(())
    }

    fn put(&mut self, key: u32) -> Result<()> {
        let top = self.top()?;
        if self.memo.len() >= VALUE_LIMIT {
            return Err(PickleError::TooMany);
        }
        self.memo.insert(key, top);
        Ok(())
    }

    fn get(&mut self, key: u32) -> Result<()> {
        let id = self.memo.get(&key).copied();
        self.stack.push(id.ok_or(PickleError::Damaged)?);
        Ok(())
    }
}

fn pairs(flat: &[Id]) -> Result<Vec<(Id, Id)>> {
    let (pairs, rest) = flat.as_chunks::<2>();
    match rest {
        [] => Ok(pairs.iter().map(|[key, value]| (*key, *value)).collect()),
        _ => Err(PickleError::Damaged),
    }
}
