//! Test emails of a campaign.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::address::EmailAddress;
use crate::campaign::{CampaignError, lifecycle, preview, rendering};
use crate::model::CampaignId;
use crate::text::locale::Language;
use crate::web::admin::campaigns::page;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Recipients of one test.
const ADDRESSES: usize = 10;

/// What is wrong with the recipients as entered.
#[derive(Debug, PartialEq, Eq)]
enum Fault<'a> {
    /// A part that is not an address.
    Part(&'a str),
    Missing,
    TooMany,
}

impl Fault<'_> {
    fn explained(&self, wording: &Wording) -> String {
        match self {
            Fault::Part(part) => {
                let fault = wording.say("admin-campaign-test-invalid");
                fault.text("text", part).into()
            }
            Fault::Missing => wording.t("admin-campaign-test-nobody"),
            Fault::TooMany => {
                let fault = wording.say("admin-campaign-test-too-many");
                fault.number("count", ADDRESSES).into()
            }
        }
    }
}

fn addresses(text: &str) -> Result<Vec<EmailAddress>, Fault<'_>> {
    let mut found: Vec<EmailAddress> = Vec::new();
    let parts = text.split([',', ';', ' ', '\n', '\r', '\t']);
    for part in parts.filter(|part| !part.is_empty()) {
        let address = EmailAddress::parse(part).map_err(|_| Fault::Part(part))?;
        if !found.contains(&address) {
            found.push(address);
        }
    }
    match found.len() {
        0 => Err(Fault::Missing),
        1..=ADDRESSES => Ok(found),
        _ => Err(Fault::TooMany),
    }
}

pub async fn send(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let text = form.text("test_to");
    let sent = match addresses(text) {
        Ok(addresses) => send_all(&web, &viewer, id, &addresses, &form).await?,
        Err(fault) => Err(fault.explained(&viewer)),
    };
    match sent {
        Ok(flash) => Ok(redirect(&web, &format!("/admin/campaigns/{id}"), &flash)),
        Err(error) => {
            let input = FormInput {
                test_to: text.to_owned(),
                error: ("test_to", error),
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

async fn send_all(
    web: &Web,
    viewer: &Viewer,
    id: CampaignId,
    addresses: &[EmailAddress],
    form: &Form,
) -> Result<Result<Flash, String>, HttpError> {
    let languages: Vec<Language> = match form.text("test_language").parse() {
        Ok(one) => vec![one],
        Err(_) => rendering::languages(&web.cx, &lifecycle::by_id(&web.cx, id).await?).await?,
    };
    match preview::send_test(&web.cx, &viewer.actor(), id, addresses, &languages).await {
        Ok(()) => {}
        Err(CampaignError::Store(error)) => return Err(error.into()),
        Err(CampaignError::NotFound) => return Err(HttpError::NotFound),
        Err(error) => return Ok(Err(viewer.explain(error))),
    }
    let to: Vec<&str> = addresses.iter().map(EmailAddress::as_str).collect();
    let spoken: Vec<&str> = languages.iter().map(|one| one.endonym()).collect();
    let text = viewer
        .say("admin-campaign-test-sent-to")
        .text("addresses", to.join(", "))
        .text("languages", spoken.join(", "));
    Ok(Ok(
        Flash::good(viewer.t("admin-campaign-test-sent")).with(text)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_goes_to_a_few_good_addresses() {
        let found = addresses("a@b.kz, c@d.kz;\r\n a@b.kz").unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(addresses(" , "), Err(Fault::Missing));
        assert_eq!(addresses("a@b.kz, nobody"), Err(Fault::Part("nobody")));
        let many: String = (0..11).map(|n| format!("a{n}@b.kz ")).collect();
        assert_eq!(addresses(&many), Err(Fault::TooMany));
    }
}
