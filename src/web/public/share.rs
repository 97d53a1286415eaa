//! Links that share a page: by mail, and by services that take the address in a link. Nothing of
//! theirs is loaded before somebody follows one.

/// A `mailto:` link that shares a page (RFC 6068).
pub fn mail(title: &str, url: &str) -> String {
    format!("mailto:?subject={}&body={}", encoded(title), encoded(url))
}

/// The name of each service and its link.
pub fn links(title: &str, url: &str) -> Vec<(&'static str, String)> {
    let (both, title, url) = (format!("{title} {url}"), encoded(title), encoded(url));
    vec![
        (
            "Telegram",
            format!("https://t.me/share/url?url={url}&text={title}"),
        ),
        (
            "WhatsApp",
            format!("https://wa.me/?text={}", encoded(&both)),
        ),
        (
            "Facebook",
            format!("https://www.facebook.com/sharer/sharer.php?u={url}"),
        ),
        (
            "X",
            format!("https://x.com/intent/post?url={url}&text={title}"),
        ),
    ]
}

/// Percent-encoded; a `+` would stay one in a mail.
fn encoded(text: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_cannot_add_to_a_link() {
        let url = "https://x.kz/en/posts/a?b=1";
        let links = links("Tea & bread #1", url);
        let telegram = &links[0].1;
        assert_eq!(
            telegram,
            "https://t.me/share/url?url=https%3A%2F%2Fx.kz%2Fen%2Fposts%2Fa%3Fb%3D1&text=Tea%20%26%20bread%20%231"
        );
        for (name, link) in &links {
            let parsed = url::Url::parse(link).unwrap();
            let holds = parsed.query_pairs().any(|(_, value)| value.contains(url));
            assert!(holds, "{name}: {link}");
        }
        assert!(mail("Tea & bread", url).starts_with("mailto:?subject=Tea%20%26%20bread&body="));
    }
}
