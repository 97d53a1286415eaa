//! Subscribers whose address or name is similar to a misspelt text.
//!
//! The index of trigrams that [`search`](super::search) reads finds exact parts. So a text is
//! looked for in several ways, each of which leaves out one place where the mistake may be.

use sqlx::AssertSqlSafe;

use super::connect::Connection;
use super::search::has_trigrams;
use super::subscribers::Subscriber;
use super::{Db, Engine, Result, escape_like};

/// Up to `limit` subscribers who have all parts of at least one way, in no particular order.
/// Each part has at least three letters, in lower case. Finds nobody where PostgreSQL lacks the
/// extension `pg_trgm`.
pub async fn having(db: &mut Db, ways: &[Vec<String>], limit: i64) -> Result<Vec<Subscriber>> {
    if ways.is_empty() || db.engine() == Engine::Postgres && !has_trigrams(db).await? {
        return Ok(Vec::new());
    }
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(
                "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at,
                        m.frequency, m.paused_until
                 FROM subscriber_search t CROSS JOIN subscribers m
                 WHERE t.subscriber_search MATCH $1 AND m.id = t.rowid
                 ORDER BY t.rowid DESC LIMIT $2",
            )
            .bind(fts_query(ways))
            .bind(limit)
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            // No order: reading stops at the limit.
            let statement = format!(
                "SELECT m.id, m.email, m.name, m.language, m.attributes, m.created_at,
                        m.frequency, m.paused_until
                 FROM subscribers m WHERE {} LIMIT $1",
                condition(ways)
            );
            let mut query = sqlx::query_as(AssertSqlSafe(statement))
                .persistent(false)
                .bind(limit);
            for part in ways.iter().flatten() {
                query = query.bind(format!("%{}%", escape_like(part)));
            }
            query.fetch_all(c).await?
        }
    })
}

/// `("ale" AND "nder") OR ("alexa")`
fn fts_query(ways: &[Vec<String>]) -> String {
    let phrase = |part: &String| format!("\"{}\"", part.replace('"', "\"\""));
    let way = |parts: &Vec<String>| {
        let phrases: Vec<String> = parts.iter().map(phrase).collect();
        format!("({})", phrases.join(" AND "))
    };
    let ways: Vec<String> = ways.iter().map(way).collect();
    ways.join(" OR ")
}

/// The same on the expression that PostgreSQL's index is of, with a parameter for each part
/// from `$2` on.
fn condition(ways: &[Vec<String>]) -> String {
    let mut number = 1;
    let mut way = |parts: &Vec<String>| {
        let like = |_: &String| {
            number += 1;
            format!(r"m.email_key || ' ' || lower(m.name) LIKE ${number} ESCAPE '\'")
        };
        let parts: Vec<String> = parts.iter().map(like).collect();
        format!("({})", parts.join(" AND "))
    };
    let ways: Vec<String> = ways.iter().map(&mut way).collect();
    ways.join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_a_phrase_or_a_parameter() {
        let ways = [
            vec!["ale".to_owned(), "n\"er".to_owned()],
            vec!["alexa".to_owned()],
        ];
        assert_eq!(fts_query(&ways), r#"("ale" AND "n""er") OR ("alexa")"#);
        let condition = condition(&ways);
        for parameter in ["$2", "$3", "$4"] {
            assert_eq!(condition.matches(parameter).count(), 1, "{condition}");
        }
    }
}
