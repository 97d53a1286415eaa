//! Numbers and texts as pickles write them.

use super::value::{PickleError, Result, Value};

fn ascii(line: &[u8]) -> Result<&str> {
    std::str::from_utf8(line)
        .map(str::trim)
        .map_err(|_| PickleError::Damaged)
}

pub(super) fn index_of(line: &[u8]) -> Result<u32> {
    ascii(line)?.parse().map_err(|_| PickleError::Damaged)
}

/// An integer, one with `L` at its end, a float, or a truth value (`00`, `01`).
pub(super) fn number_of(line: &[u8]) -> Result<Value> {
    let text = ascii(line)?.trim_end_matches('L');
    let number = text.parse().map_err(|_| PickleError::Damaged)?;
    Ok(Value::Number(number))
}

/// A number in two's complement, the smallest byte first. One of many bytes is none that
/// anybody counts with.
pub(super) fn long_of(bytes: &[u8]) -> f64 {
    let mut wide = [0; 8];
    match (wide.get_mut(..bytes.len()), bytes.last()) {
        (Some(start), Some(last)) => {
            start.copy_from_slice(bytes);
            if last & 0x80 != 0 {
                wide[bytes.len()..].fill(0xff);
            }
            i64::from_le_bytes(wide) as f64
        }
        _ => 0.0,
    }
}

/// A text as Python 2 shows it: in quotation marks, with escapes.
pub(super) fn unquoted(line: &[u8]) -> Result<Vec<u8>> {
    let line = line.trim_ascii();
    let inner = match line {
        [first @ (b'\'' | b'"'), inner @ .., last] if first == last => inner,
        _ => return Err(PickleError::Damaged),
    };
    let mut text = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        match bytes.next().ok_or(PickleError::Damaged)? {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'x' => {
                let mut digit = || {
                    let digit = bytes.next().and_then(|byte| char::from(byte).to_digit(16));
                    digit.and_then(|digit| u8::try_from(digit).ok())
                };
                let (high, low) = (digit(), digit());
                let (Some(high), Some(low)) = (high, low) else {
                    return Err(PickleError::Damaged);
                };
                text.push(high << 4 | low);
            }
            other => text.push(other),
        }
    }
    Ok(text)
}

/// A Unicode text in Latin-1 with the escapes `\uXXXX` and `\UXXXXXXXX`.
pub(super) fn unescaped(line: &[u8]) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((first, after)) = rest.split_first() {
        let length = match rest {
            [b'\\', b'u', ..] => 4,
            [b'\\', b'U', ..] => 8,
            _ => 0,
        };
        let digits = rest.get(2..2 + length).filter(|digits| !digits.is_empty());
        let escaped = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match escaped {
            Some(code) => {
                text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                rest = rest.get(2 + length..).unwrap_or_default();
            }
            None => {
                text.push(char::from(*first));
                rest = after;
            }
        }
    }
    text
}
