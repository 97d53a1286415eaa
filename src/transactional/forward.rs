//! Forwards the reply of a person to the owner of the lists.

use crate::context::Context;
use crate::delivery::WriteError;
use crate::model::transactional::{ForwardedReply, PreparedEmail};
use crate::text::escape::escape_html;
use crate::text::locale::Language;

use super::frame::{in_layout, one_line};

/// The reply under the configured sender, since only its author's domain may send as its
/// author; `Reply-To` leads back to them.
pub(super) async fn prepare(
    cx: &Context,
    language: Language,
    reply: &ForwardedReply,
) -> Result<PreparedEmail, WriteError> {
    let subject = one_line(&reply.subject, 180);
    let head = format!("{} wrote in answer to a mail of the list:", reply.from);
    let paragraphs: String = reply
        .text
        .split("\n\n")
        .map(|paragraph| {
            format!(
                "<p>{}</p>",
                escape_html(paragraph.trim()).replace('\n', "<br>")
            )
        })
        .collect();
    let (html, _) = in_layout(cx, language, &head, &paragraphs).await?;
    Ok(PreparedEmail {
        from: None,
        reply_to: Some(reply.from.clone()),
        subject: format!("Fwd: {subject}"),
        html,
        text: format!("{head}\n\n{}\n", reply.text),
        language: None,
        list: None,
        campaign: None,
        calendar: None,
    })
}
