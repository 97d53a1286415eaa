//! Status codes among words: those of replies (RFC 5321 §4.2) and enhanced ones
//! (RFC 3463).

/// Whether a text is an enhanced status code.
pub fn is_status(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts[1..].iter().all(is_number)
}

/// The first enhanced status code of a failure among words. A version or an
/// address may look like one, so it must stand where replies have it: at the
/// beginning, after a reply code, or after a sign.
pub fn status_in(words: &str) -> Option<&str> {
    let mut general = None;
    let mut from = 0;
    while let Some(found) = words[from..].find(|c: char| c.is_ascii_digit()) {
        let at = from + found;
        let rest = &words[at..];
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        from = at + end;
        let word = rest[..end].trim_end_matches('.');
        if !is_status(word) || word.starts_with('2') || !is_in_place(&words[..at]) {
            continue;
        }
        if word.ends_with(".0.0") {
            general = general.or(Some(word))
        } else {
            return Some(word);
        }
    }
    general
}

fn is_in_place(before: &str) -> bool {
    let trimmed = before.trim_end();
    match trimmed.chars().next_back() {
        None => true,
        Some(last) if last.is_ascii_digit() => {
            let code = trimmed.rsplit(|c: char| !c.is_ascii_digit()).next();
            code.is_some_and(|code| {
                code.len() == 3 && code.starts_with(['4', '5']) && before.len() > trimmed.len()
            })
        }
        Some(last) => {
            let is_sign = matches!(
                last,
                ':' | ';' | '(' | '<' | '>' | '#' | '[' | '\'' | '"' | '-'
            );
            // `550-5.1.1`, but no `product-5.1.1`.
            is_sign
                && (last != '-'
                    || trimmed[..trimmed.len() - 1].ends_with(|c: char| c.is_ascii_digit())
                    || before.len() > trimmed.len())
        }
    }
}

/// The first SMTP reply code of a failure among words.
pub fn reply_code(words: &str) -> Option<u16> {
    words
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .filter(|word| word.len() == 3)
        .filter_map(|word| word.parse().ok())
        .find(|code| (400..600).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_found_where_replies_have_it_and_nowhere_else() {
        for (words, status) in [
            ("550 5.1.1 gone", Some("5.1.1")),
            ("550-5.1.1 gone", Some("5.1.1")),
            ("sorry, no such user here (#5.7.1)", Some("5.7.1")),
            ("smtp;550 5.2.2 full", Some("5.2.2")),
            ("4.4.7 late", Some("4.4.7")),
            ("550 #5.1.0 Address rejected.", Some("5.1.0")),
            ("Remote Server returned '550 5.4.1 x'", Some("5.4.1")),
            ("550 5.0.0 then 550 5.1.1", Some("5.1.1")),
            ("550 5.0.0 nothing more", Some("5.0.0")),
            ("host 10.5.1.1 said nothing", None),
            ("by mail.example (Postfix 5.1.1) with ESMTP", None),
            ("MailScanner 5.0.3 found", None),
            ("250 2.0.0 ok", None),
            ("", None),
        ] {
            assert_eq!(status_in(words), status, "{words}");
        }
    }
}
