//! JSON of other systems, measured before it becomes a tree: one value takes up to 64 bytes of
//! memory and two of a file.

use serde::de::DeserializeOwned;

/// Values of one document: those of an export with the most posts, and some.
const VALUES_LIMIT: usize = 4_000_000;

/// Reads JSON. What is nested deeper than 128 is refused by serde_json, so that what comes back
/// may be walked recursively.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read<T: DeserializeOwned>(content: &[u8]) -> Result<T, String> {
    if values(content) > VALUES_LIMIT {
        return Err(format!("it has more than {VALUES_LIMIT} values"));
    }
    serde_json::from_slice(content).map_err(|error| error.to_string())
}

/// How many values there are at most, in one pass.
fn values(content: &[u8]) -> usize {
    let (mut count, mut is_text, mut is_escaped) = (1, false, false);
    for byte in content {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' | b':' | b'[' | b'{' if !is_text => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn values_are_counted_outside_of_texts() {
        for (text, count) in [
            ("1", 1),
            (r#""a,[{:\",""#, 1),
            ("[1,2]", 3),
            (r#"{"a":[{}],"b,":"\\"}"#, 7),
        ] {
            assert_eq!(values(text.as_bytes()), count, "{text}");
        }
    }

    #[test]
    fn what_would_take_all_memory_or_stack_is_refused() {
        let wide = format!("[0{}]", ",0".repeat(VALUES_LIMIT));
        let why = read::<Value>(wide.as_bytes()).unwrap_err();
        assert!(why.contains("more than 4000000 values"), "{why}");
        let deep = "[".repeat(100_000);
        assert!(read::<Value>(deep.as_bytes()).is_err());
    }
}
