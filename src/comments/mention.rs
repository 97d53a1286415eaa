//! Who is mentioned: `@aigerim@example.org`, or `@aigerim` where that is one user alone.

use crate::model::UserId;

/// Mentions of one comment that count.
const LIMIT: usize = 20;

/// The users whom a text mentions.
pub fn mentioned(text: &str, users: &[(UserId, String)]) -> Vec<UserId> {
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '!' | '?');
    let names = text
        .split(is_end)
        .filter_map(|word| word.strip_prefix('@'))
        .map(|name| name.trim_end_matches('.').to_lowercase())
        .filter(|name| !name.is_empty());
    let mut found: Vec<UserId> = names
        .take(LIMIT)
        .filter_map(|name| one(&name, users))
        .collect();
    found.sort();
    found.dedup();
    found
}

fn one(name: &str, users: &[(UserId, String)]) -> Option<UserId> {
    let is_named = |email: &str| {
        let email = email.to_lowercase();
        let local = email.rsplit_once('@').map(|(local, _)| local);
        email == name || local == Some(name)
    };
    let mut found = users.iter().filter(|(_, email)| is_named(email));
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(*id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_mentioned_by_their_address_or_its_first_part() {
        let users: Vec<(UserId, String)> = ["a@x.example", "b@x.example", "b@y.example"]
            .into_iter()
            .zip(1..)
            .map(|(email, id)| (UserId(id), email.to_owned()))
            .collect();
        let of = |text| {
            mentioned(text, &users)
                .iter()
                .map(|id| id.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(of("@a, look"), [1]);
        assert_eq!(of("See this @A."), [1]);
        assert_eq!(of("@b and @b@y.example"), [3], "two are called b");
        assert_eq!(of("mail a@x.example or @nobody"), Vec::<i64>::new());
    }
}
