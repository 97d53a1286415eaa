//! listmonk's `query` of subscribers is an SQL expression. No SQL comes from outside here:
//! the few shapes that clients send to find one address are recognised, and all others are
//! refused with what is possible.

use crate::web::listmonk::numbers::{Kind, number};

/// Whom a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Everybody.
    All,
    /// The subscriber with this address.
    Email(String),
    /// Addresses like a pattern.
    EmailLike(String),
    /// The subscriber of this number; `None` is nobody's.
    Number(Option<i64>),
}

/// A query that is not recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "query is no SQL here; it may be subscribers.email = '…', subscribers.email LIKE '…', subscribers.id = … or subscribers.uuid = '…'; use list_id, subscription_status and search for others"
)]
pub struct NotRecognised;

/// Reads a query.
pub fn parse(text: &str) -> Result<Wanted, NotRecognised> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Wanted::All);
    }
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let text = inner.unwrap_or(text).trim();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')));
    let (column, rest) = text.split_at(end.ok_or(NotRecognised)?);
    let column = column.to_ascii_lowercase();
    let column = column.strip_prefix("subscribers.").unwrap_or(&column);
    let rest = rest.trim_start();
    let (is_like, value) = match rest.strip_prefix('=') {
        Some(value) => (false, value),
        None => {
            let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next();
            let word = word.unwrap_or_default();
            match word.to_ascii_lowercase().as_str() {
                "like" | "ilike" => (true, &rest[word.len()..]),
                _ => return Err(NotRecognised),
            }
        }
    };
    let value = value.trim();
    match (column, is_like) {
        ("email", false) => Ok(Wanted::Email(literal(value)?)),
        ("email", true) => Ok(Wanted::EmailLike(literal(value)?)),
        ("id", false) => {
            let digits = literal(value).unwrap_or_else(|_| value.to_owned());
            let id = digits.parse().map_err(|_| NotRecognised)?;
            Ok(Wanted::Number(Some(id)))
        }
        ("uuid", false) => Ok(Wanted::Number(number(Kind::Subscriber, &literal(value)?))),
        _ => Err(NotRecognised),
    }
}

/// The text of one quoted SQL literal, with nothing after it.
fn literal(text: &str) -> Result<String, NotRecognised> {
    let inner = text
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    let inner = inner.ok_or(NotRecognised)?;
    let text = inner.replace("''", "\0");
    if text.contains('\'') {
        Err(NotRecognised)
    } else {
        Ok(text.replace('\0', "'"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::listmonk::numbers::uuid;

    #[test]
    fn the_shapes_that_clients_send_are_recognised() {
        let email = |text: &str| Ok(Wanted::Email(text.to_owned()));
        for (query, wanted) in [
            ("", Ok(Wanted::All)),
            ("subscribers.email = 'a@b.kz'", email("a@b.kz")),
            ("subscribers.email='o''neill@b.kz'", email("o'neill@b.kz")),
            ("(email = 'a@b.kz')", email("a@b.kz")),
            (
                "subscribers.email LIKE '%@b.kz'",
                Ok(Wanted::EmailLike("%@b.kz".to_owned())),
            ),
            (
                "subscribers.email ilike 'a%'",
                Ok(Wanted::EmailLike("a%".to_owned())),
            ),
            ("subscribers.id = 7", Ok(Wanted::Number(Some(7)))),
            ("subscribers.id='7'", Ok(Wanted::Number(Some(7)))),
            ("subscribers.uuid = 'x'", Ok(Wanted::Number(None))),
        ] {
            assert_eq!(parse(query), wanted, "{query}");
        }
        let own = uuid(Kind::Subscriber, 7);
        let query = format!("subscribers.uuid='{own}'");
        assert_eq!(parse(&query), Ok(Wanted::Number(Some(7))));
    }

    #[test]
    fn everything_else_is_refused() {
        for query in [
            "1=1",
            "true",
            "subscribers.email",
            "subscribers.email = a@b.kz",
            "subscribers.email = 'a' OR 1=1",
            "subscribers.email = 'a' OR 'b' = 'b'",
            "subscribers.email = 'a'; DROP TABLE subscribers",
            "subscribers.email = 'a' -- '",
            "subscribers.email IN ('a', 'b')",
            "subscribers.email = '\\' OR 1=1 --'x'",
            "subscribers.id = 7 OR 1=1",
            "subscribers.id = -",
            "subscribers.attribs->>'city' = 'Bonn'",
            "subscribers.password = 'x'",
            "subscribers.email LIKES '%'",
            "subscribers.email NOT LIKE '%'",
            "subscribers.email = '",
        ] {
            assert_eq!(parse(query), Err(NotRecognised), "{query}");
        }
    }
}
