//! A campaign in listmonk's form, and texts written for listmonk in ours.

use serde_json::{Value, json};

use crate::campaign::content_spec::ContentSpec;
use crate::campaign::overview::Overview;
use crate::model::campaign::CampaignState;
use crate::store::campaign_contents::CampaignText;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::web::http::error::HttpError;
use crate::web::listmonk::numbers::{Kind, uuid};
use crate::web::listmonk::templates::number_of;

/// A state in listmonk's words, which has no campaign that failed to start.
pub fn word(state: CampaignState) -> &'static str {
    match state {
        CampaignState::Draft | CampaignState::FailedToStart => "draft",
        CampaignState::Scheduled => "scheduled",
        CampaignState::Sending => "running",
        CampaignState::Paused => "paused",
        CampaignState::Finished => "finished",
        CampaignState::Cancelled => "cancelled",
    }
}

/// A campaign; `content` where its text is wanted too.
pub fn body(
    overview: &Overview,
    lists: &[List],
    content: Option<(&ContentSpec, Language)>,
    sender: &str,
) -> Value {
    let campaign = &overview.campaign;
    let counts = &overview.counts;
    let done = counts.sent + counts.bounced + counts.complained;
    let open = counts.queued + counts.sending + counts.deferred + counts.uncertain;
    let all = done + open + counts.failed + counts.skipped;
    let to = lists
        .iter()
        .filter(|list| overview.lists.contains(&list.slug))
        .map(|list| json!({ "id": list.id, "name": list.name }));
    let moments = [campaign.finished_at, campaign.started_at];
    let changed = moments.into_iter().flatten().next();
    let (kind, text) = content.map_or(("markdown", String::new()), |(spec, language)| {
        text_of(spec, language)
    });
    let mut body = json!({
        "id": campaign.id,
        "uuid": uuid(Kind::Campaign, campaign.id.0),
        "created_at": campaign.created_at.rfc3339(),
        "updated_at": changed.unwrap_or(campaign.created_at).rfc3339(),
        "name": campaign.subject,
        "subject": campaign.subject,
        "from_email": campaign.from_mailbox.as_deref().unwrap_or(sender),
        "body": text,
        "content_type": kind,
        "send_at": campaign.scheduled_at.map(|at| at.rfc3339()),
        "started_at": campaign.started_at.map(|at| at.rfc3339()),
        "status": word(campaign.state),
        "template_id": number_of(&campaign.layout),
        "archive": campaign.is_public,
        "lists": to.collect::<Vec<_>>(),
        "bounces": counts.bounced,
        "to_send": all,
        "sent": done,
    });
    // What campaigns do not have here. Opens are not counted, and clicks not by campaign.
    let unused = json!({
        "type": "regular", "messenger": "email", "views": 0, "clicks": 0,
        "tags": [], "headers": [], "media": [], "attribs": {}, "body_source": null,
        "altbody": null, "archive_slug": null, "archive_template_id": null, "archive_meta": {},
    });
    if let (Some(body), Value::Object(unused)) = (body.as_object_mut(), unused) {
        body.extend(unused);
    }
    body
}

/// The text of a campaign and its kind, in a language or else the first there is.
fn text_of(spec: &ContentSpec, language: Language) -> (&'static str, String) {
    let (kind, texts) = match spec {
        ContentSpec::Markdown(texts) => ("markdown", texts.as_slice()),
        ContentSpec::Html(texts) | ContentSpec::Mjml(texts) => ("html", texts.as_slice()),
        ContentSpec::Digest { texts, .. } => ("markdown", texts.as_slice()),
        ContentSpec::Post(_) => ("markdown", [].as_slice()),
    };
    let own = texts.iter().find(|text| text.language == language);
    let text = own.or(texts.first());
    (
        kind,
        text.map_or_else(String::new, |text| text.body.clone()),
    )
}

/// The content that a client sends: a whole document as HTML, everything else as Markdown,
/// which may hold HTML.
pub fn content(
    kind: &str,
    title: &str,
    body: &str,
    language: Language,
) -> Result<ContentSpec, HttpError> {
    let body = in_our_tags(body)?;
    let start = body.trim_start().get(..200).unwrap_or(body.trim_start());
    let start = start.to_ascii_lowercase();
    let is_document = start.starts_with("<!doctype") || start.starts_with("<html");
    let text = |body: String| CampaignText {
        language,
        title: title.to_owned(),
        preheader: String::new(),
        body,
    };
    match kind {
        "" | "richtext" | "html" | "visual" if is_document => {
            Ok(ContentSpec::Html(vec![text(body)]))
        }
        "" | "richtext" | "html" | "visual" => {
            // Indented or after an empty line, Markdown would take it for something else.
            let lines = body.lines().map(str::trim);
            let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
            Ok(ContentSpec::Markdown(vec![text(lines.join("\n"))]))
        }
        "markdown" | "plain" => Ok(ContentSpec::Markdown(vec![text(body)])),
        _ => Err(HttpError::field(
            "content_type",
            &"must be richtext, html, visual, markdown or plain",
        )),
    }
}

/// listmonk's usual template tags as ours. What is left in listmonk's language is refused: it
/// would be seen by readers.
fn in_our_tags(body: &str) -> Result<String, HttpError> {
    let mut ours = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("{{") {
        let (before, tag) = rest.split_at(at);
        ours.push_str(before);
        let Some(end) = tag.find("}}") else {
            rest = tag;
            break;
        };
        let inner = tag[2..end].trim_matches(|c: char| c.is_whitespace() || c == '-');
        let name = match inner.trim_end_matches('.').trim() {
            "UnsubscribeURL" => Some("unsubscribe_url"),
            "ManageURL" => Some("preferences_url"),
            "MessageURL" => Some("archive_url"),
            ".Subscriber.Name" | ".Subscriber.FirstName" => Some("name"),
            ".Subscriber.Email" => Some("email"),
            // Opens are not counted.
            "TrackView" => Some(""),
            _ => None,
        };
        match name {
            Some("") => {}
            Some(name) => ours.push_str(&format!("{{{{ {name} }}}}")),
            None if inner.starts_with('.') || inner.starts_with("TrackLink") => {
                let shown: String = inner.chars().take(60).collect();
                let what =
                    format!("{{{{ {shown} }}}} is not known here; see the merge tags of Jarshy");
                return Err(HttpError::field("body", &what));
            }
            None => ours.push_str(&tag[..end + 2]),
        }
        rest = &tag[end + 2..];
    }
    ours.push_str(rest);
    // Links are counted by a setting of the list.
    Ok(ours.replace("@TrackLink", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listmonks_tags_become_ours() {
        let body = "Hi {{ .Subscriber.Name }}, {{TrackView}}<a href=\"{{ UnsubscribeURL }}\">bye</a> https://a.kz@TrackLink {{ name }}";
        let ours = in_our_tags(body).unwrap();
        assert_eq!(
            ours,
            "Hi {{ name }}, <a href=\"{{ unsubscribe_url }}\">bye</a> https://a.kz {{ name }}"
        );
        for unknown in [
            "{{ .Subscriber.Attribs.city }}",
            "{{ TrackLink \"https://a.kz\" . }}",
        ] {
            assert!(in_our_tags(unknown).is_err(), "{unknown}");
        }
        assert_eq!(in_our_tags("a {{ b").unwrap(), "a {{ b");
    }

    #[test]
    fn a_document_stays_html_and_a_fragment_goes_into_a_layout() {
        let kind = |kind: &str, body: &str| {
            let spec = content(kind, "T", body, Language::EN).unwrap();
            spec.kind().to_string()
        };
        assert_eq!(kind("html", " <!DOCTYPE html><html></html>"), "html");
        assert_eq!(kind("richtext", "<p>Hello</p>"), "markdown");
        assert_eq!(kind("plain", "Hello"), "markdown");
        assert!(content("x", "T", "", Language::EN).is_err());
    }
}
