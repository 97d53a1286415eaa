//! The links of an email, to be checked before it is sent.

use crate::store::campaign_renderings::Rendering;

/// The URL in an attribute of a rendering, if it is the same
/// for every recipient.
pub fn web_address(attribute: &str) -> Option<String> {
    let is_web = attribute.starts_with("http://") || attribute.starts_with("https://");
    // Placeholders are delimited by characters of the private use area.
    let is_personal = attribute.contains(|c| matches!(c, '\u{E000}'..='\u{F8FF}'));
    (is_web && !is_personal).then(|| plain(attribute))
}

/// An attribute's value without HTML escapes.
fn plain(attribute: &str) -> String {
    attribute.replace("&amp;", "&")
}

/// The URLs of links and pictures in renderings, each once.
/// Those with merge tags are left out.
pub fn addresses(renderings: &[Rendering]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rendering in renderings {
        for mark in ["href=\"", "src=\""] {
            for part in rendering.html.split(mark).skip(1) {
                let address = part.split('"').next().unwrap_or_default();
                if let Some(address) = web_address(address).filter(|one| !found.contains(one)) {
                    found.push(address);
                }
            }
        }
    }
    found
}

/// The links of an HTML text: URL and text without tags.
pub(super) fn with_words(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in html.split("<a ").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else {
            continue;
        };
        let address = tag
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let words = rest.split("</a>").next().unwrap_or_default();
        if let Some((address, _)) = address {
            found.push((plain(address), without_tags(words)));
        }
    }
    found
}

/// The approximate text of HTML, for measuring.
pub(super) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' => is_inside = false,
            c if !is_inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::StoredPart;
    use crate::text::locale::Language;

    #[test]
    fn each_address_is_found_once_and_personal_ones_are_not() {
        let rendering = Rendering {
            variant: crate::model::ab_test::AbVariant::A,
            language: Language::EN,
            subject: String::new(),
            from_name: String::new(),
            html: "<a href=\"https://a.kz/?x=1&amp;y=2\">a</a><img src=\"https://a.kz/p.png\">\
                <a href=\"https://a.kz/?x=1&amp;y=2\">b</a><a href=\"\u{E000} x \u{E001}\">\
                <a href=\"mailto:a@b.kz\">c</a>"
                .to_owned(),
            text: String::new(),
            calendar: StoredPart::default(),
        };
        let found = addresses(&[rendering]);
        assert_eq!(found, ["https://a.kz/?x=1&y=2", "https://a.kz/p.png"]);
        assert_eq!(
            with_words("<a class=\"x\" href=\"https://a.kz\">read <b>it</b></a>"),
            [("https://a.kz".to_owned(), "read it".to_owned())]
        );
    }
}
