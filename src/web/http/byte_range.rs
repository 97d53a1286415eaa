//! Byte ranges (RFC 9110 §14).

use axum::http::{HeaderMap, header};

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum ByteRange {
    /// The whole file: no range, several ranges, or one that cannot be read.
    Whole,
    /// First and last byte, both included.
    Part(usize, usize),
    /// A range outside the file.
    Outside,
}

/// The range that `headers` ask for. A range of another version (`If-Range`)
/// is answered with the whole file.
pub fn requested_range(headers: &HeaderMap, tag: &str, length: usize) -> ByteRange {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return ByteRange::Whole;
    }
    let range = text(header::RANGE).and_then(|range| range.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else {
        return ByteRange::Whole;
    };
    let end = length.saturating_sub(1);
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), _) if first >= length => ByteRange::Outside,
        (Ok(first), Ok(last)) if last < first => ByteRange::Whole,
        (Ok(first), Ok(last)) => ByteRange::Part(first, last.min(end)),
        (Ok(first), Err(_)) if last.is_empty() => ByteRange::Part(first, end),
        (Err(_), Ok(0)) if first.is_empty() => ByteRange::Outside,
        (Err(_), Ok(_)) if first.is_empty() && length == 0 => ByteRange::Outside,
        (Err(_), Ok(count)) if first.is_empty() => ByteRange::Part(length - count.min(length), end),
        _ => ByteRange::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str) -> ByteRange {
        let headers = HeaderMap::from_iter([(header::RANGE, range.parse().unwrap())]);
        requested_range(&headers, "\"t\"", 100)
    }

    #[test]
    fn parts_are_counted_as_the_rfc_counts_them() {
        for (range, expected) in [
            ("bytes=0-9", ByteRange::Part(0, 9)),
            ("bytes=90-", ByteRange::Part(90, 99)),
            ("bytes=90-500", ByteRange::Part(90, 99)),
            ("bytes=-10", ByteRange::Part(90, 99)),
            ("bytes=-500", ByteRange::Part(0, 99)),
            ("bytes=100-", ByteRange::Outside),
            ("bytes=-0", ByteRange::Outside),
            ("bytes=9-0", ByteRange::Whole),
            ("bytes=0-1,5-6", ByteRange::Whole),
            ("bytes=-", ByteRange::Whole),
            ("lines=0-9", ByteRange::Whole),
            ("bytes=a-b", ByteRange::Whole),
        ] {
            assert_eq!(asked(range), expected, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_version_is_not_given() {
        let mut headers = HeaderMap::from_iter([(header::RANGE, "bytes=0-9".parse().unwrap())]);
        headers.insert(header::IF_RANGE, "\"old\"".parse().unwrap());
        assert_eq!(requested_range(&headers, "\"t\"", 100), ByteRange::Whole);
        headers.insert(header::IF_RANGE, "\"t\"".parse().unwrap());
        assert_eq!(
            requested_range(&headers, "\"t\"", 100),
            ByteRange::Part(0, 9)
        );
        assert_eq!(
            requested_range(&HeaderMap::new(), "\"t\"", 0),
            ByteRange::Whole
        );
    }
}
