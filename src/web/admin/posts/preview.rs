//! Preview of a post as an email while it is being written.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::campaign::CampaignError;
use crate::campaign::draft::default_layout;
use crate::campaign::preview as previews;
use crate::content::post::Article;
use crate::model::campaign::ContentKind;
use crate::model::list::Slug;
use crate::text::line::Title;
use crate::web::admin::email_preview::{EmailPreview, Part, email_preview, preview_response};
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
    let input = FormInput::of_form(&web.languages(), &Form::parse(&body)?);
    let mail = render(&web, &viewer, &input).await?;
    Ok(preview_response(&viewer, mail, part))
}

async fn render(web: &Web, viewer: &Viewer, input: &FormInput) -> Result<EmailPreview, HttpError> {
    if input.text(input.language).is_none_or(TextInput::is_empty) {
        return Ok(Err(no_text(viewer, input)));
    }
    let layout = default_layout(ContentKind::Post);
    email_preview(previews::of_article(&web.cx, &article(web, viewer, input)?, layout).await)
}

/// Sends the email of a post, in the language of the form, to the user as a test. The inner
/// error says why there is no such email.
pub async fn send_test(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
) -> Result<Result<(), String>, HttpError> {
    if input.text(input.language).is_none_or(TextInput::is_empty) {
        return Ok(Err(no_text(viewer, input)));
    }
    let article = article(web, viewer, input)?;
    let (layout, to) = (default_layout(ContentKind::Post), &viewer.user.email);
    match previews::send_article_test(&web.cx, &article, layout, to).await {
        Ok(()) => Ok(Ok(())),
        Err(CampaignError::Store(error)) => Err(error.into()),
        Err(error) => Ok(Err(viewer.explain(error))),
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
