//! Checks of an email's text for readers and spam filters.

use std::collections::HashSet;

use url::Url;

use super::Finding;
use super::links::{with_words, without_tags};
use crate::campaign::piece::{Body, Piece};
use crate::campaign::subjects::Subjects;
use crate::mail::personalise::MessageTemplate;
use crate::store::campaign_renderings::Rendering;
use crate::text::characters::is_blank;
use crate::text::locale::Language;
use crate::text::markup::{self, Kind};

/// Characters of a subject that inboxes show.
const SUBJECT_SHOWN: usize = 70;
/// An email with pictures and fewer characters than this is mostly pictures.
const LEAST_TEXT: usize = 200;
/// Pictures of one email that findings name.
const MOST_PICTURES: usize = 10;
/// Link shorteners, which filters distrust.
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
/// Phrases in subjects that filters distrust, in three languages.
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

/// Warns of languages whose inboxes would show the email's first words instead
/// of a preheader.
pub(super) fn check_preheaders(pieces: &[Piece], subjects: &Subjects) -> Vec<Finding> {
    let has_none =
        |piece: &Piece| piece.preheader.is_empty() && subjects.preheader(piece.language).is_none();
    let lacks = |piece: &&Piece| match &piece.body {
        Body::Markdown(_) | Body::Sections(_) => has_none(piece),
        Body::Mjml(source) => !source.contains("<mj-preview>") && has_none(piece),
        // Whether its first words are hidden is for its author to decide.
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

/// Warns of languages without a subject, which use a title.
pub(super) fn check_languages(subjects: &Subjects) -> Vec<Finding> {
    let finding = |(language, title): (Language, &str)| {
        Finding::warning(format!(
            "{}: there is no subject in this language; its readers get the title “{title}”",
            language.endonym()
        ))
    };
    subjects.missing().into_iter().map(finding).collect()
}

/// Warns of HTML that was pasted where Markdown is expected, which readers would
/// see as source in part.
pub(super) fn check_pasted_html(pieces: &[Piece]) -> Vec<Finding> {
    let is_pasted = |piece: &&Piece| match &piece.body {
        Body::Markdown(source) => is_html_document(source),
        _ => false,
    };
    let finding = |piece: &Piece| {
        Finding::warning(format!(
            "{}: the text is an HTML document, of which readers would see the source; make a campaign of the kind “HTML” instead",
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

/// Warns of links that Markdown does not recognise because of a space in
/// their URL: readers would see them as typed.
pub(super) fn check_typed_links(rendering: &Rendering) -> Vec<Finding> {
    let text = rendering.text.as_str();
    let shown = |(at, _): (usize, &str)| {
        let address = text[at + 2..].split(')').next().unwrap_or_default();
        let begins = ["http:", "https:", "mailto:", "tel:", "/", "//"]
            .iter()
            .any(|start| address.starts_with(start));
        let is_near = address.len() < 300 && !address.contains("\n\n");
        let words = text[..at].rsplit('[').next().unwrap_or_default();
        (begins && is_near && address.contains([' ', '\n']))
            .then(|| format!("[{words}]({address})").replace('\n', " "))
    };
    let found = text
        .match_indices("](")
        .filter_map(shown)
        .take(MOST_PICTURES);
    let finding = |shown| {
        Finding::warning(format!(
            "{}: readers would see “{shown}” as it is typed; write the spaces in its address as %20",
            rendering.language.endonym()
        ))
    };
    found.map(finding).collect()
}

/// Warns of subjects that are truncated or look like spam.
pub(super) fn check_subjects(renderings: &[Rendering]) -> Vec<Finding> {
    let mut seen: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for rendering in renderings {
        let subject = rendering.subject.as_str();
        if seen.contains(&subject) {
            continue;
        }
        seen.push(subject);
        if MessageTemplate::anonymous_subject(subject).is_ok_and(|subject| is_blank(&subject)) {
            findings.push(Finding::warning(format!(
                "the subject “{}” is empty for readers of whom this is not known; give it a default, such as {{{{ name | default(\"…\") }}}}",
                shown(subject)
            )));
        }
        findings.extend(
            faults(subject)
                .into_iter()
                .map(|fault| Finding::warning(format!("the subject “{}” {fault}", shown(subject)))),
        );
    }
    findings
}

/// The subject with its merge tags as typed.
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

/// Warns of what filters distrust in a body. Links to the site itself are
/// exempt.
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

/// Warns of pictures without a size: Outlook shows them as wide
/// as the text, or wider.
pub(super) fn check_pictures(rendering: &Rendering) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for token in markup::tokens(&rendering.html) {
        let Kind::Open(tag) = &token.kind else {
            continue;
        };
        let style: String = tag.get("style").unwrap_or_default().split(' ').collect();
        let has_size = match tag.get("width") {
            // Pictures without a size are written this way too; see `pictures`.
            Some(_) => !style.contains("width:auto") || tag.get("height").is_some(),
            None => tag.get("height").is_some() || style.contains("width:"),
        };
        if !tag.name.eq_ignore_ascii_case("img") || has_size {
            continue;
        }
        let source = tag.get("src").unwrap_or_default();
        let shown = source.rsplit('/').next().unwrap_or_default();
        let finding = Finding::warning(format!(
            "{}: the picture {} does not say its size, and Outlook may show it too wide; upload it, or write its width in points: <img src=\"…\" width=\"…\">",
            rendering.language.endonym(),
            shown.chars().take(60).collect::<String>(),
        ));
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings.truncate(MOST_PICTURES);
    findings
}

/// Warns of an email that does not show the postal address that is set for the
/// site: an older layout, or a whole email of its own.
pub(super) fn check_postal_address(rendering: &Rendering, lines: &[String]) -> Option<Finding> {
    let is_separator = |c: char| !c.is_alphanumeric();
    let body = match rendering.html.split_once("<body") {
        Some((_, body)) => body,
        None => &rendering.html,
    };
    let text = without_tags(&body.replace('<', " <"));
    let shown: HashSet<&str> = text.split(is_separator).collect();
    let mut words = lines.iter().flat_map(|line| line.split(is_separator));
    let is_missing = words.any(|word| !word.is_empty() && !shown.contains(word));
    is_missing.then(|| {
        Finding::warning(format!(
            "{}: the mail does not show the postal address of the site, which the law asks for in many countries; layouts show it by postal_lines, a design of its own must say it",
            rendering.language.endonym()
        ))
    })
}

fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(url.host_str()?.trim_matches(['[', ']']).to_lowercase())
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests;
