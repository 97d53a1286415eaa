//! What readers and spam filters make of a mail's words.

use url::Url;

use super::Finding;
use super::links::{with_words, without_tags};
use crate::campaign::compose::{Body, Piece};
use crate::campaign::subjects::Subjects;
use crate::store::campaigns::Rendering;
use crate::text::locale::Language;

/// Characters of a subject that inboxes show.
const SUBJECT_SHOWN: usize = 70;
/// A mail with pictures and fewer letters than this is mostly a picture.
const LEAST_TEXT: usize = 200;
/// Hosts that hide where a link leads; filters distrust them.
const SHORTENERS: [&str; 8] = [
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "clck.ru",
    "cutt.ly",
];
/// What filters have learnt to distrust in a subject, in three languages.
const LOUD: [&str; 16] = [
    "100% free",
    "act now",
    "cash bonus",
    "click here",
    "earn money",
    "free money",
    "guaranteed",
    "no obligation",
    "risk-free",
    "winner",
    "бесплатно",
    "выиграли",
    "заработок",
    "срочно",
    "тегін",
    "ұтыс",
];

/// Warns of languages whose inboxes would show the mail's first words instead
/// of a preheader.
pub(super) fn check_preheaders(pieces: &[Piece], subjects: &Subjects) -> Vec<Finding> {
    let lacks = |piece: &&Piece| match &piece.body {
        Body::Markdown(_) | Body::Sections(_) => {
            piece.preheader.is_empty() && subjects.preheader(piece.language).is_none()
        }
        Body::Mjml(source) => !source.contains("<mj-preview>"),
        // Where its first words are hidden is its author's to say.
        Body::Html(_) => false,
    };
    let finding = |piece: &Piece| {
        Finding::warning(format!(
            "{}: there is no preheader, the line that inboxes show behind the subject",
            piece.language.endonym()
        ))
    };
    pieces.iter().filter(lacks).map(finding).collect()
}

/// Warns of languages whose readers get a title for want of a subject.
pub(super) fn check_languages(subjects: &Subjects) -> Vec<Finding> {
    let finding = |(language, title): (Language, &str)| {
        Finding::warning(format!(
            "{}: there is no subject in this language; its readers get the title “{title}”",
            language.endonym()
        ))
    };
    subjects.missing().into_iter().map(finding).collect()
}

/// Warns of HTML that was pasted where Markdown is wanted, which readers would
/// see as source in part.
pub(super) fn check_pasted_html(pieces: &[Piece]) -> Vec<Finding> {
    let is_pasted = |piece: &&Piece| match &piece.body {
        Body::Markdown(source) => is_html_document(source),
        _ => false,
    };
    let finding = |piece: &Piece| {
        Finding::warning(format!(
            "{}: the text is an HTML document, of which readers would see the source; make a campaign of the kind “Finished HTML” instead",
            piece.language.endonym()
        ))
    };
    pieces.iter().filter(is_pasted).map(finding).collect()
}

/// Whether a text is HTML rather than Markdown: it has a document's elements, or
/// nearly all of it is tags.
fn is_html_document(source: &str) -> bool {
    let mut is_fenced = false;
    let (mut tags, mut structure) = (0, false);
    for line in source.lines() {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            is_fenced = !is_fenced;
        }
        if is_fenced {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        tags += usize::from(lower.starts_with('<') && lower.ends_with('>'));
        structure |= ["<!doctype", "<html", "<head>", "<body"]
            .iter()
            .any(|start| lower.starts_with(start));
    }
    structure || tags > 10 && tags * 2 > source.lines().count()
}

/// Warns of subjects that are cut or look like spam.
pub(super) fn check_subjects(renderings: &[Rendering]) -> Vec<Finding> {
    let mut seen: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for rendering in renderings {
        let subject = rendering.subject.as_str();
        if seen.contains(&subject) {
            continue;
        }
        seen.push(subject);
        findings.extend(
            faults(subject)
                .into_iter()
                .map(|fault| Finding::warning(format!("the subject “{}” {fault}", shown(subject)))),
        );
    }
    findings
}

/// The subject with its personal parts as their author wrote them.
fn shown(subject: &str) -> String {
    subject.replace('\u{E000}', "{{").replace('\u{E001}', "}}")
}

fn faults(subject: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let letters: Vec<char> = subject.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() >= 8 && letters.iter().all(|c| c.is_uppercase()) {
        faults.push("is all in capitals, which looks like spam".to_owned());
    }
    if subject.matches(['!', '?']).count() > 1 {
        faults.push("has more than one exclamation or question mark".to_owned());
    }
    if subject.chars().count() > SUBJECT_SHOWN {
        faults.push(format!(
            "is longer than the {SUBJECT_SHOWN} characters that inboxes show"
        ));
    }
    let lower = subject.to_lowercase();
    if let Some(words) = LOUD.into_iter().find(|words| lower.contains(words)) {
        faults.push(format!("says “{words}”, which filters distrust"));
    }
    if lower.starts_with("re:") || lower.starts_with("fwd:") {
        faults.push("pretends to be an answer".to_owned());
    }
    faults
}

/// Warns of what filters distrust in a mail's body. Links to the site itself are
/// above suspicion.
pub(super) fn check_body(rendering: &Rendering, site_url: &str) -> Vec<Finding> {
    let language = rendering.language.endonym();
    let body = match rendering.html.split_once("<body") {
        Some((_, body)) => body,
        None => &rendering.html,
    };
    let mut findings = Vec::new();
    if body.contains("<img ") && without_tags(body).chars().count() < LEAST_TEXT {
        findings.push(Finding::warning(format!(
            "{language}: the mail is mostly a picture; say it in words, too"
        )));
    }
    for (address, words) in with_words(body) {
        if address.starts_with(site_url) {
            continue;
        }
        let Some(host) = host(&address) else {
            continue;
        };
        if SHORTENERS.contains(&host.as_str()) {
            findings.push(Finding::warning(format!(
                "{language}: {host} hides where its link leads; link the page itself"
            )));
        }
        if host.parse::<std::net::IpAddr>().is_ok() {
            findings.push(Finding::warning(format!(
                "{language}: a link leads to {host}, an address without a name"
            )));
        }
        let said = Some(words.trim())
            .filter(|words| !words.contains(' '))
            .and_then(|words| match words.contains("://") {
                true => self::host(words),
                false if words.starts_with("www.") => self::host(&format!("https://{words}")),
                false => None,
            });
        if let Some(said) = said.filter(|said| bare(said) != bare(&host)) {
            findings.push(Finding::warning(format!(
                "{language}: a link says {said} and leads to {host}, as fraud does"
            )));
        }
    }
    findings.dedup();
    findings
}

fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(url.host_str()?.trim_matches(['[', ']']).to_lowercase())
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(html: &str) -> Vec<String> {
        let rendering = Rendering {
            language: Language::En,
            subject: String::new(),
            from_name: String::new(),
            html: html.to_owned(),
            text: String::new(),
        };
        check_body(&rendering, "https://site.example")
            .into_iter()
            .map(|finding| finding.text)
            .collect()
    }

    #[test]
    fn html_in_the_place_of_markdown_is_told_from_markdown() {
        for (source, is_html) in [
            ("<!doctype html>\n<html>\n<p>x</p>", true),
            ("  <HTML><body>x", true),
            (&"<tr>\n<td>x</td>\n</tr>\n".repeat(5), true),
            ("Some *words* and <b>bold</b>", false),
            ("```\n<!doctype html>\n```\nwords", false),
            ("<table>\n<tr><td>x</td></tr>\n</table>\n\nwords", false),
        ] {
            assert_eq!(is_html_document(source), is_html, "{source}");
        }
    }

    #[test]
    fn subjects_that_look_like_spam_are_told() {
        for (subject, fault) in [
            ("BUY THIS TODAY", "capitals"),
            ("Now!!", "more than one"),
            ("You are a winner", "winner"),
            ("Приз: СРОЧНО забрать", "срочно"),
            ("Re: our talk", "answer"),
            (&"long ".repeat(20), "longer"),
        ] {
            let faults = faults(subject);
            assert!(
                faults.iter().any(|one| one.contains(fault)),
                "{subject}: {faults:?}"
            );
        }
        for fine in [
            "The vote of 18 August",
            "NATO и ООН: что дальше?",
            "Сайлау нәтижелері",
        ] {
            assert!(faults(fine).is_empty(), "{fine}: {:?}", faults(fine));
        }
    }

    #[test]
    fn bodies_that_look_like_spam_are_told() {
        let words = "word ".repeat(60);
        for (html, fault) in [
            (
                "<body><img src=\"x\" alt=\"y\"></body>".to_owned(),
                "mostly a picture",
            ),
            (
                format!("<body>{words}<a href=\"https://bit.ly/x\">y</a>"),
                "hides",
            ),
            (
                format!("<body>{words}<a href=\"http://10.0.0.1/\">y</a>"),
                "without a name",
            ),
            (
                format!("<body>{words}<a href=\"https://evil.kz/\">https://bank.kz</a>"),
                "as fraud does",
            ),
            (
                format!("<body>{words}<a href=\"https://evil.kz/\">www.bank.kz</a>"),
                "as fraud does",
            ),
        ] {
            let found = findings(&html);
            assert!(
                found.iter().any(|one| one.contains(fault)),
                "{html}: {found:?}"
            );
        }
        let fine = format!(
            "<body>{words}<img src=\"x\" alt=\"y\"><a href=\"https://www.bank.kz/a\">https://bank.kz</a>\
             <a href=\"https://a.kz/\">Read more</a>"
        );
        assert!(findings(&fine).is_empty(), "{:?}", findings(&fine));
    }
}
