//! Test emails of a campaign.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::address::EmailAddress;
use crate::campaign::{CampaignError, lifecycle, preview, rendering};
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::text::locale::Language;
use crate::web::admin::campaigns::page;
use crate::web::admin::campaigns::page_view::FormInput;
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::Editor;
use crate::web::admin::wording::sentence;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Recipients of one test.
const ADDRESSES: usize = 10;

fn addresses(text: &str) -> Result<Vec<EmailAddress>, String> {
    let mut found: Vec<EmailAddress> = Vec::new();
    let parts = text.split([',', ';', ' ', '\n', '\r', '\t']);
    for part in parts.filter(|part| !part.is_empty()) {
        let address =
            EmailAddress::parse(part).map_err(|_| format!("“{part}” is not an email address."))?;
        if !found.contains(&address) {
            found.push(address);
        }
    }
    match found.len() {
        0 => Err("Enter at least one address.".to_owned()),
        1..=ADDRESSES => Ok(found),
        _ => Err(format!("A test goes to at most {ADDRESSES} addresses.")),
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
        Ok(addresses) => send_all(&web, &viewer.actor(), id, &addresses, &form).await?,
        Err(error) => Err(error),
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
    by: &Actor,
    id: CampaignId,
    addresses: &[EmailAddress],
    form: &Form,
) -> Result<Result<Flash, String>, HttpError> {
    let languages: Vec<Language> = match form.text("test_language").parse() {
        Ok(one) => vec![one],
        Err(_) => rendering::languages(&web.cx, &lifecycle::by_id(&web.cx, id).await?).await?,
    };
    match preview::send_test(&web.cx, by, id, addresses, &languages).await {
        Ok(()) => {}
        Err(CampaignError::Store(error)) => return Err(error.into()),
        Err(CampaignError::NotFound) => return Err(HttpError::NotFound),
        Err(error) => return Ok(Err(sentence(&error.to_string()))),
    }
    let to: Vec<&str> = addresses.iter().map(EmailAddress::as_str).collect();
    Ok(Ok(Flash::good("Test sent").with(format!(
        "To {}, in {}.",
        to.join(", "),
        languages
            .iter()
            .map(|language| language.endonym())
            .collect::<Vec<_>>()
            .join(", ")
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_goes_to_a_few_good_addresses() {
        let found = addresses("a@b.kz, c@d.kz;\r\n a@b.kz").unwrap();
        assert_eq!(found.len(), 2);
        assert!(addresses(" , ").is_err());
        assert!(addresses("a@b.kz, nobody").unwrap_err().contains("nobody"));
        let many: String = (0..11).map(|n| format!("a{n}@b.kz ")).collect();
        assert!(addresses(&many).is_err());
    }
}
