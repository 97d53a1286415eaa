//! Links that mail programs have mangled: a full stop, a bracket or a slash
//! after the address has become part of it.

use axum::extract::Request;

use crate::text::locale::Languages;
use crate::web::visitor::split_language;

/// Paths that end in a token or a campaign's number: letters, digits, `-` and
/// `_` only.
const SIGNED: [&str; 11] = [
    "/archive/",
    "/confirm/",
    "/done/",
    "/l/",
    "/left/",
    "/letter/",
    "/my-data/",
    "/never/",
    "/preferences/",
    "/unsubscribe/",
    "/admin/sign-in/",
];

/// Paths that are matched exactly: other programs call them, or their names
/// may end in anything.
const EXACT: [&str; 6] = [
    "/admin",
    "/api",
    "/assets",
    "/inbound",
    "/mailbox",
    "/posts/category/",
];

/// Characters that follow an address in a text. No path of ours ends in one.
const MARKS: &[char] = &[
    '/', '.', ',', ';', ':', '!', '?', '\'', '"', ')', ']', '}', '>', '*', '=',
];

/// Removes trailing characters that do not belong to the path.
pub fn without_trailing_marks(languages: &Languages, mut request: Request) -> Request {
    let uri = request.uri();
    let path = trimmed(languages, uri.path());
    if path.len() == uri.path().len() {
        return request;
    }
    let target = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if let Ok(uri) = target.parse() {
        *request.uri_mut() = uri;
    }
    request
}

fn trimmed<'a>(languages: &Languages, path: &'a str) -> &'a str {
    let (_, page) = split_language(languages, path);
    let trimmed = match SIGNED.iter().any(|start| page.starts_with(start)) {
        true => without_encoded_marks(path),
        false if EXACT.iter().any(|start| page.starts_with(start)) => path,
        false => path.trim_end_matches(MARKS),
    };
    match trimmed {
        "" => "/",
        trimmed => trimmed,
    }
}

/// Browsers percent-encode some of these characters, and everything that is
/// not ASCII.
fn without_encoded_marks(mut path: &str) -> &str {
    loop {
        let rest = path.trim_end_matches(|c: char| MARKS.contains(&c) || !c.is_ascii());
        let rest = match rest.rsplit_once('%') {
            Some((before, code)) if is_mark(code) => before,
            _ => rest,
        };
        if rest.len() == path.len() {
            return path;
        }
        path = rest;
    }
}

/// Whether two hexadecimal digits encode a character that no token has.
fn is_mark(code: &str) -> bool {
    let octet = u8::from_str_radix(code, 16).ok();
    code.len() == 2
        && octet.is_some_and(|octet| !octet.is_ascii_alphanumeric() && !b"-_".contains(&octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_behind_a_link_is_no_part_of_it() {
        for (given, kept) in [
            ("/unsubscribe/aB-9_", "/unsubscribe/aB-9_"),
            ("/unsubscribe/aB-9_/", "/unsubscribe/aB-9_"),
            ("/unsubscribe/aB-9_.", "/unsubscribe/aB-9_"),
            ("/unsubscribe/aB-9_%3E%29.", "/unsubscribe/aB-9_"),
            ("/confirm/aB%C2%A0", "/confirm/aB"),
            ("/kk/preferences/aB%E2%80%9D/", "/kk/preferences/aB"),
            ("/l/aB%20", "/l/aB"),
            ("/archive/12)", "/archive/12"),
            ("/admin/sign-in/aB>", "/admin/sign-in/aB"),
            ("/posts/hello/", "/posts/hello"),
            ("/posts/hello).", "/posts/hello"),
            ("/posts/hello%D1%8F", "/posts/hello%D1%8F"),
            ("/posts/category/News (old)", "/posts/category/News (old)"),
            ("/api/v1/lists/", "/api/v1/lists/"),
            ("/kk/", "/kk"),
            ("/", "/"),
            ("//", "/"),
            ("/.", "/"),
        ] {
            assert_eq!(trimmed(&Languages::default(), given), kept, "{given}");
        }
    }
}
