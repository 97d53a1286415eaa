//! What a translated phrase must keep of its English one.

use super::overrides::{OverrideError, check, variables};

/// Checks a translation of the English phrase `english`: it can be read, it has the same
/// variables, and its markup is that of the English text. Some phrases are shown as HTML, so
/// anything else in angle brackets is refused where the English text has markup, and in all
/// texts of the admin pages.
///
/// # Errors
/// [`OverrideError`] says what is wrong.
pub fn check_translation(
    text: &str,
    english: &str,
    is_of_admin: bool,
) -> Result<(), OverrideError> {
    check(text, english)?;
    let own = variables(text);
    if let Some(missing) = variables(english)
        .into_iter()
        .find(|name| !own.contains(name))
    {
        return Err(OverrideError::MissingVariable(missing.to_owned()));
    }
    let (allowed, own) = (tags(english), tags(text));
    if !is_of_admin && allowed.is_empty() {
        return Ok(());
    }
    let is_english = |literal: &str| literals(english).any(|one| one == literal);
    if literals(text).any(|literal| !is_english(literal) && !is_harmless(literal)) {
        return Err(OverrideError::Literal);
    }
    let mut wrong = own.iter().filter(|tag| !allowed.contains(tag));
    if let Some(tag) = wrong.next() {
        return Err(OverrideError::Markup((*tag).to_owned()));
    }
    let mut missing = allowed.iter().filter(|tag| !own.contains(tag));
    if let Some(tag) = missing.next() {
        return Err(OverrideError::Markup((*tag).to_owned()));
    }
    // Messages name elements that they only speak of.
    match unbalanced(&own).filter(|_| unbalanced(&allowed).is_none()) {
        Some(tag) => Err(OverrideError::Markup(tag.to_owned())),
        None => Ok(()),
    }
}

/// Everything from an opening angle bracket to the closing one, or to the end.
fn tags(text: &str) -> Vec<&str> {
    let rests = text.match_indices('<').map(|(at, _)| &text[at..]);
    rests
        .filter(|rest| !rest[1..].starts_with("\"}"))
        .map(|rest| rest.find('>').map_or(rest, |end| &rest[..=end]))
        .collect()
}

/// What stands in quotes right after a brace.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| {
        let quoted = part.trim_start().strip_prefix('"')?;
        Some(
            quoted
                .split_once('"')
                .map_or(quoted, |(literal, _)| literal),
        )
    })
}

/// Whether a literal holds no markup, also not behind an escape such as `\u003C`.
fn is_harmless(literal: &str) -> bool {
    let is_markup = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\'');
    let is_escape_of_text = |escape: &str| {
        let code = escape.get(..5).and_then(|code| code.strip_prefix('u'));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        code.and_then(char::from_u32).is_some_and(|c| !is_markup(c))
    };
    !literal.contains(is_markup) && literal.split('\\').skip(1).all(is_escape_of_text)
}

/// The first tag that is opened and not closed, or the other way round.
fn unbalanced<'a>(tags: &[&'a str]) -> Option<&'a str> {
    let name = |tag: &'a str| {
        let inner = tag.trim_start_matches(['<', '/']);
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
        &inner[..end.unwrap_or(inner.len())]
    };
    let mut open: Vec<&str> = Vec::new();
    for &tag in tags {
        if tag.starts_with("</") {
            let matching = open.pop().filter(|one| name(one) == name(tag));
            if matching.is_none() {
                return Some(tag);
            }
        } else {
            open.push(tag);
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::catalogue;
    use crate::text::locale::Language;

    const LINK: &str = "See <a href=\"{ $page }\">the page</a> of { $name }.";

    #[test]
    fn a_translation_keeps_variables_and_markup() {
        let good = "Zur <a href=\"{ $page }\">Seite</a> von { $name }.";
        assert_eq!(check_translation(good, LINK, true), Ok(()));
        for (bad, why) in [
            (
                "{ $name }",
                OverrideError::MissingVariable("page".to_owned()),
            ),
            (
                "{ $page } { $name }",
                OverrideError::Markup("<a href=\"{ $page }\">".to_owned()),
            ),
            (
                "<a href=\"{ $page }\" onclick=\"x\">a</a> { $name }",
                OverrideError::Markup("<a href=\"{ $page }\" onclick=\"x\">".to_owned()),
            ),
            (
                "<a href=\"{ $page }\">a</a> { $name } <script>",
                OverrideError::Markup("<script>".to_owned()),
            ),
            (
                "</a> <a href=\"{ $page }\"> { $name }",
                OverrideError::Markup("</a>".to_owned()),
            ),
            (
                "<a href=\"{ $page }\">a</a> { $name } {\"<b>\"}",
                OverrideError::Literal,
            ),
            (
                "<a href=\"{ $page }\">a</a> { $name } { \"\\u003C\" }",
                OverrideError::Literal,
            ),
            (
                "<a href=\"{ $page }\">a</a> { $name } {\"<\"}b>",
                OverrideError::Literal,
            ),
            (
                "<a href=\"{ $page }\">a</a> { $name } { $other }",
                OverrideError::UnknownVariable("other".to_owned()),
            ),
        ] {
            assert_eq!(check_translation(bad, LINK, true), Err(why), "{bad}");
        }
    }

    #[test]
    fn brackets_are_text_where_visitors_read_plain_text() {
        assert_eq!(check_translation("Say <yes>", "Say yes", false), Ok(()));
        assert!(check_translation("Say <yes>", "Say yes", true).is_err());
        let quoted = "Name {\"<\"}address>";
        assert_eq!(check_translation(quoted, quoted, true), Ok(()));
    }

    #[test]
    fn every_shipped_translation_passes() {
        for language in ["ar", "de", "en", "es", "fr", "kk", "ru", "tr", "uk"] {
            let language: Language = language.parse().unwrap();
            let shipped = catalogue::shipped(language);
            for english in catalogue::phrases(language) {
                let key = &english.key;
                let Some(text) = shipped.get(key) else {
                    continue;
                };
                let checked = check_translation(text, &english.text, english.is_of_admin());
                assert_eq!(checked, Ok(()), "{language} {key}: {text}");
            }
        }
    }
}
