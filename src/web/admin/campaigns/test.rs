//! Test emails of a campaign.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::{CampaignError, lifecycle, preview, rendering};
use crate::model::CampaignId;
use crate::text::locale::Language;
use crate::web::admin::campaigns::page;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::email_preview::{TEST_TO, TestOrder, preview_reader, test_addresses};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn send(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let text = form.text(TEST_TO);
    let sent = match order(&web, &viewer, &form).await? {
        Ok(order) => {
            let sent = send_all(&web, &viewer, id, &order, &form).await?;
            sent.map_err(|why| (TEST_TO, why))
        }
        Err(fault) => Err(fault),
    };
    match sent {
        Ok(flash) => Ok(redirect(&web, &format!("/admin/campaigns/{id}"), &flash)),
        Err(error) => {
            let input = FormInput {
                test_to: text.to_owned(),
                test_as: form.trimmed("test_as").to_owned(),
                error,
                ..FormInput::default()
            };
            page::rejected(
                &web,
                viewer,
                &pace,
                id,
                input,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

/// The test that the form asks for, or the field that is wrong, and why.
async fn order(
    web: &Web,
    viewer: &Viewer,
    form: &Form,
) -> Result<Result<TestOrder, (&'static str, String)>, HttpError> {
    let to = match test_addresses(viewer, form.text(TEST_TO)) {
        Ok(to) => to,
        Err(why) => return Ok(Err((TEST_TO, why))),
    };
    let reader = preview_reader(web, viewer, form.trimmed("test_as")).await?;
    Ok(match reader {
        Ok(reader) => Ok(TestOrder { to, reader }),
        Err(why) => Err(("test_as", why)),
    })
}

async fn send_all(
    web: &Web,
    viewer: &Viewer,
    id: CampaignId,
    TestOrder { to, reader }: &TestOrder,
    form: &Form,
) -> Result<Result<Flash, String>, HttpError> {
    let languages: Vec<Language> = match form.text("test_language").parse() {
        Ok(one) => vec![one],
        Err(_) => rendering::languages(&web.cx, &lifecycle::by_id(&web.cx, id).await?).await?,
    };
    let variant = form.text("test_variant").parse().ok();
    match preview::send_test(
        &web.cx,
        &viewer.actor(),
        id,
        to,
        (&languages, variant),
        reader.as_ref(),
    )
    .await
    {
        Ok(()) => {}
        Err(CampaignError::Store(error)) => return Err(error.into()),
        Err(CampaignError::NotFound) => return Err(HttpError::NotFound),
        Err(error) => return Ok(Err(viewer.explain(error))),
    }
    let spoken: Vec<&str> = languages.iter().map(|one| one.endonym()).collect();
    let text = viewer
        .say("admin-campaign-test-sent-to")
        .text("addresses", to.listed())
        .text("languages", spoken.join(", "));
    Ok(Ok(
        Flash::good(viewer.t("admin-campaign-test-sent")).with(text)
    ))
}
