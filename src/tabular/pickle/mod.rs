//! Python pickles of the protocols 0 to 2, as Python 2 wrote them.
//!
//! A pickle is a program for a stack machine, and Python runs whatever it calls. Here nothing
//! is called: classes, functions and what they would make become [`Value::Opaque`], which
//! holds nothing. Values refer to each other by number, so that neither depth nor sharing
//! costs stack or memory.

mod literals;
mod machine;
mod value;

use self::machine::Machine;
use self::value::Result;
pub(super) use self::value::{Id, Value};

/// The values of a pickle.
pub(super) struct Pickle {
    values: Vec<Value>,
    /// What the pickle is of.
    pub(super) root: Id,
}

impl Pickle {
    /// Reads a pickle.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let (values, root) = Machine::new(bytes).run()?;
        Ok(Self { values, root })
    }

    /// A value.
    pub(super) fn value(&self, id: Id) -> &Value {
        self.values.get(id as usize).unwrap_or(&Value::Opaque)
    }

    /// The pairs of a dictionary; none for anything else.
    pub(super) fn pairs(&self, id: Id) -> &[(Id, Id)] {
        match self.value(id) {
            Value::Dict(pairs) => pairs,
            _ => &[],
        }
    }

    /// The items of a list or tuple; none for anything else.
    pub(super) fn items(&self, id: Id) -> &[Id] {
        match self.value(id) {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The bytes of a text.
    pub(super) fn text(&self, id: Id) -> Option<&[u8]> {
        match self.value(id) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::value::{PickleError, VALUE_LIMIT};
    use super::*;

    fn root(bytes: &[u8]) -> Value {
        let pickle = Pickle::parse(bytes).unwrap();
        pickle.value(pickle.root).clone()
    }

    #[test]
    fn plain_values_are_read_in_each_protocol() {
        for (bytes, value) in [
            (&b"I42\n."[..], Value::Number(42.0)),
            (b"I01\n.", Value::Number(1.0)),
            (b"L-7L\n.", Value::Number(-7.0)),
            (b"F1.5\n.", Value::Number(1.5)),
            (b"J\xff\xff\xff\xff.", Value::Number(-1.0)),
            (b"M\x01\x02.", Value::Number(513.0)),
            (b"G?\xf8\0\0\0\0\0\0.", Value::Number(1.5)),
            (b"\x80\x02\x8a\x02\x00\xff.", Value::Number(-256.0)),
            (b"\x80\x02\x88.", Value::Number(1.0)),
            (b"N.", Value::None),
            (
                b"S'it\\'s \\xc3\\xa9'\n.",
                Value::Text("it's é".as_bytes().into()),
            ),
            (
                b"V\\u0410\xe9\\x\n.",
                Value::Text("Аé\\x".as_bytes().into()),
            ),
            (b"U\x02ab.", Value::Text(b"ab"[..].into())),
            (b"X\x02\0\0\0ab.", Value::Text(b"ab"[..].into())),
            (b"(I1\nI2\nl.", Value::List(vec![0, 1])),
            (b"]q\x01(K\x01h\x01e.", Value::List(vec![1, 0])),
            (b"}(U\x01aK\x01U\x01bNu.", Value::Dict(vec![(1, 2), (3, 4)])),
        ] {
            assert_eq!(root(bytes), value, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn nothing_is_called() {
        for bytes in [
            &b"cos\nsystem\n(S'echo'\ntR."[..],
            b"(S'echo'\nios\nsystem\n.",
            b"(cos\nsystem\nS'echo'\no.",
            b"\x80\x02cos\nsystem\n)\x81}b.",
        ] {
            assert_eq!(root(bytes), Value::Opaque, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn hostile_pickles_end_with_an_error() {
        for bytes in [
            &b""[..],
            b".",
            b"(",
            b"U\xffab.",
            b"T\xff\xff\xff\xffab.",
            b"h\x07.",
            b"s.",
            b"K\x01K\x02a.",
            b"K\x01(0t.",
            b"}(K\x01u.",
            b"\x80\x05N.",
            b"S'open\n.",
        ] {
            assert!(Pickle::parse(bytes).is_err(), "{}", bytes.escape_ascii());
        }
        let many = [vec![b'N'; VALUE_LIMIT + 1], b".".to_vec()].concat();
        assert_eq!(Pickle::parse(&many).err(), Some(PickleError::TooMany));
    }

    #[test]
    fn depth_and_sharing_cost_nothing() {
        let deep = [vec![b']'; 1_000_000], vec![b'a'; 999_999], b".".to_vec()].concat();
        assert_eq!(root(&deep), Value::List(vec![1]));
        // A list of ten of the list before it, thirty times over.
        let mut shared = b"]q\0".to_vec();
        for level in 1..=30_u8 {
            shared.extend(b"](");
            for _ in 0..10 {
                shared.extend([b'h', level - 1]);
            }
            shared.extend([b'e', b'q', level]);
        }
        shared.push(b'.');
        assert!(matches!(root(&shared), Value::List(items) if items.len() == 10));
        // A list that holds itself.
        assert_eq!(root(b"]q\x01h\x01a."), Value::List(vec![0]));
    }
}
