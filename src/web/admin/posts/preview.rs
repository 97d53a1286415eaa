//! Preview of a post as an email while it is being written.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::campaign::draft::default_layout;
use crate::campaign::filled::PreviewReader;
use crate::campaign::preview as previews;
use crate::campaign::test_email;
use crate::content::post::Article;
use crate::model::audit::AuditAction;
use crate::model::campaign::ContentKind;
use crate::model::list::Slug;
use crate::text::line::Title;
use crate::web::admin::email_preview::{
    EmailPreview, Part, READER, TestOrder, email_preview, preview_reader, preview_response,
    test_refusal,
};
use crate::web::admin::posts::form_input::{FormInput, TextInput};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The email as the form stands. It changes nothing, so viewers may use it
/// too.
pub async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let input = FormInput::of_form(&web.languages(), &form);
    let mail = match preview_reader(&web, &viewer, form.trimmed(READER)).await? {
        Ok(reader) => render(&web, &viewer, &input, reader.as_ref()).await?,
        Err(why) => Err(why),
    };
    preview_response(&web, &viewer, mail, part).await
}

async fn render(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
    reader: Option<&PreviewReader>,
) -> Result<EmailPreview, HttpError> {
    if input.text(input.language).is_none_or(TextInput::is_empty) {
        return Ok(Err(no_text(viewer, input)));
    }
    let layout = default_layout(ContentKind::Post);
    let article = article(web, viewer, input)?;
    email_preview(previews::of_article(&web.cx, &article, layout, reader).await)
}

/// Sends the email of a post, in the language of the form, as a test. The inner error says why
/// there is no such email.
pub async fn send_test(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
    order: &TestOrder,
) -> Result<Result<(), String>, HttpError> {
    let preview = match render(web, viewer, input, order.reader.as_ref()).await? {
        Ok(preview) => preview,
        Err(why) => return Ok(Err(viewer.explain(why))),
    };
    let subject = PreviewReader::subject(order.reader.as_ref(), input.slug.trim());
    let what = (AuditAction::EmailTest, subject);
    match test_email::queue(&web.cx, &viewer.actor(), what, &order.to, vec![preview]).await {
        Ok(()) => Ok(Ok(())),
        Err(error) => Ok(Err(test_refusal(viewer, error)?)),
    }
}

fn no_text(viewer: &Viewer, input: &FormInput) -> String {
    let empty = viewer.say("admin-post-preview-empty");
    empty.text("language", input.language.endonym()).to_string()
}

/// The article so far, with placeholders for what is missing.
fn article(web: &Web, viewer: &Viewer, input: &FormInput) -> Result<Article, HttpError> {
    let text = input.text(input.language).cloned().unwrap_or_default();
    let line = |text: &str, stand_in: &str| {
        Title::parse(text)
            .or_else(|_| Title::parse(stand_in))
            .map_err(|_| HttpError::Internal)
    };
    let title = line(&text.title, &viewer.t("admin-post-untitled"))?;
    let slug: Option<Slug> = input.slug.trim().parse().ok();
    Ok(Article {
        slug: slug
            .or_else(|| Slug::from_title_in(title.as_str(), input.language))
            .or_else(|| "new-post".parse().ok())
            .ok_or(HttpError::Internal)?,
        category: line(&input.category, "General")?,
        author: line(&input.author, "…")?,
        picture: None,
        published_at: Some(
            viewer
                .calendar
                .read_field(&input.publish_at)
                .unwrap_or(web.cx.clock.now()),
        ),
        language: input.language,
        title,
        summary: text.summary.clone(),
        body_markdown: text.body.clone(),
    })
}
