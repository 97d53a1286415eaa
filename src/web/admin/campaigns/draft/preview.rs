//! The email as the form of a draft stands.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;

use crate::campaign::content::Content;
use crate::campaign::filled::PreviewReader;
use crate::campaign::layouts;
use crate::campaign::preview::{self as previews, Unsaved};
use crate::model::campaign::ContentKind;
use crate::web::admin::campaigns::draft::form_input::FormInput;
use crate::web::admin::email_preview::{
    EmailPreview, Part, READER, email_preview, preview_reader, preview_response,
};
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
        Ok(reader) => rendered(&web, &viewer, &input, reader.as_ref()).await?,
        Err(why) => Err(why),
    };
    preview_response(&web, &viewer, mail, part).await
}

async fn rendered(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
    reader: Option<&PreviewReader>,
) -> Result<EmailPreview, HttpError> {
    let mut input = input.clone();
    // A preview does not need a title yet.
    if matches!(
        input.kind,
        ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html
    ) {
        let unnamed = input
            .texts
            .iter_mut()
            .filter(|text| !text.body.trim().is_empty());
        unnamed
            .filter(|text| text.title.trim().is_empty())
            .for_each(|text| text.title = viewer.t("admin-draft-untitled"));
    }
    let content_spec = match input.content_spec(viewer) {
        Ok(content_spec) => content_spec,
        Err((_, why)) => return Ok(Err(why)),
    };
    let filled = async {
        let content = Content::of_spec(&web.cx, &content_spec.tidied()?).await?;
        let layout = layouts::find(&mut web.cx.store.read().await?, &input.layout).await?;
        let unsaved = Unsaved {
            subject: &input.subject,
            from: input.from.parse().ok(),
            variants: input.own_variants(),
            layout: &layout,
            content: &content,
            language: input.language,
        };
        previews::of_content(&web.cx, unsaved, reader).await
    };
    email_preview(filled.await)
}
