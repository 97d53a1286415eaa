//! The site's name, texts and brand.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::content::site::{self, MenuLink, Site};
use crate::content::site_change::{self, SiteChange, SiteFault, Texts};
use crate::model::brand_kit::{Font, SocialProfile};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::request::{Body, given};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// The site's name, texts and brand.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SiteBody {
    /// By language tag, as all texts here.
    name: BTreeMap<String, String>,
    tagline: BTreeMap<String, String>,
    /// The footer of pages.
    page_footer: BTreeMap<String, String>,
    /// The footer of emails; may have several lines.
    email_footer: BTreeMap<String, String>,
    /// In the footer of emails; may be empty.
    postal_address: String,
    /// The file name of a picture among the media.
    logo: Option<String>,
    /// Links and buttons, as `#rrggbb`; `null` for the default one.
    accent: Option<String>,
    /// Headings, as `#rrggbb`; `null` for the default one.
    heading_colour: Option<String>,
    /// Texts; `null` for the default one.
    font: Option<Font>,
    /// Headings; `null` for the default one.
    heading_font: Option<Font>,
    /// On social networks.
    profiles: Vec<ProfileBody>,
    /// Links in the menu.
    menu: Vec<MenuLinkBody>,
}

/// The organisation on a social network.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProfileBody {
    /// What the link says; without it, the name of the network.
    #[serde(default)]
    name: String,
    /// A web address.
    url: String,
}

/// A link in the menu.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub struct MenuLinkBody {
    /// By language tag.
    label: BTreeMap<String, String>,
    /// A path of the site, or an address.
    url: String,
}

impl From<Site> for SiteBody {
    fn from(site: Site) -> Self {
        let profile = |profile: SocialProfile| ProfileBody {
            name: profile.name,
            url: profile.url,
        };
        let link = |link: MenuLink| MenuLinkBody {
            label: link.label,
            url: link.url,
        };
        Self {
            name: site.name,
            tagline: site.tagline,
            page_footer: site.foot,
            email_footer: site.mail_foot,
            postal_address: site.postal_address,
            logo: site.logo,
            accent: site.accent.map(|colour| colour.to_string()),
            heading_colour: site.heading.map(|colour| colour.to_string()),
            font: site.font,
            heading_font: site.heading_font,
            profiles: site.profiles.into_iter().map(profile).collect(),
            menu: site.menu.into_iter().map(link).collect(),
        }
    }
}

/// Get the site's name, texts and brand
#[utoipa::path(get, path = "/site", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = SiteBody)))]
pub async fn show(_caller: Caller, State(web): State<Web>) -> Result<Json<SiteBody>, HttpError> {
    Ok(Json(site::load(&web.cx).await?.into()))
}

/// What is to be changed. Fields and languages that are not there stay unchanged; `null` takes a
/// value away.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeSite {
    #[serde(default)]
    name: BTreeMap<Language, Option<String>>,
    #[serde(default)]
    tagline: BTreeMap<Language, Option<String>>,
    #[serde(default)]
    page_footer: BTreeMap<Language, Option<String>>,
    /// At most 1,000 characters in a language.
    #[serde(default)]
    email_footer: BTreeMap<Language, Option<String>>,
    #[serde(default, deserialize_with = "given")]
    postal_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    logo: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    accent: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    heading_colour: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    font: Option<Option<Font>>,
    #[serde(default, deserialize_with = "given")]
    heading_font: Option<Option<Font>>,
    /// All of them; at most 12.
    profiles: Option<Vec<ProfileBody>>,
    /// All of them; at most 5.
    menu: Option<Vec<MenuLinkBody>>,
}

impl From<ChangeSite> for SiteChange {
    fn from(body: ChangeSite) -> Self {
        let texts = |texts: BTreeMap<Language, Option<String>>| {
            let texts = texts.into_iter();
            let texts = texts.map(|(language, text)| (language, text.unwrap_or_default()));
            texts.collect::<Texts>()
        };
        let font = |font: Option<Font>| font.map_or("", Font::as_str).to_owned();
        let profiles = |profiles: Vec<ProfileBody>| {
            let profiles = profiles.iter();
            profiles
                .map(|profile| SocialProfile::parse(&profile.name, &profile.url))
                .collect()
        };
        let link = |link: MenuLinkBody| MenuLink {
            label: link.label,
            url: link.url,
        };
        Self {
            name: texts(body.name),
            tagline: texts(body.tagline),
            foot: texts(body.page_footer),
            mail_foot: texts(body.email_footer),
            postal_address: body.postal_address.map(Option::unwrap_or_default),
            logo: body.logo.map(Option::unwrap_or_default),
            accent: body.accent.map(Option::unwrap_or_default),
            heading: body.heading_colour.map(Option::unwrap_or_default),
            font: body.font.map(font),
            heading_font: body.heading_font.map(font),
            profiles: body.profiles.map(profiles),
            menu: body.menu.map(|menu| menu.into_iter().map(link).collect()),
        }
    }
}

/// Change the site's name, texts and brand
///
/// Pages and emails have it from now on; campaigns being sent keep what they started with.
#[utoipa::path(patch, path = "/site", tag = "settings", security(("bearer" = [])),
    request_body = ChangeSite,
    responses((status = 200, body = SiteBody), (status = 422, description = "Nothing is changed")))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    Body(body): Body<ChangeSite>,
) -> Result<Json<SiteBody>, HttpError> {
    match site_change::change(&web.cx, &caller.actor(), body.into()).await? {
        Ok(site) => Ok(Json(site.into())),
        Err(faults) => Err(refused(faults)),
    }
}

/// The first fault, under the field's name in the API.
fn refused(faults: Vec<SiteFault>) -> HttpError {
    let Some(SiteFault { field, error }) = faults.into_iter().next() else {
        return HttpError::Internal;
    };
    let (part, rest) = field.split_once('-').unwrap_or((&field, ""));
    let part = match part {
        "foot" => "page_footer",
        "mail_foot" => "email_footer",
        "heading" => "heading_colour",
        "link" => "menu",
        part => part,
    };
    let name = match (part, rest.split_once('-')) {
        (_, _) if rest.is_empty() => part.to_owned(),
        ("menu", Some((at, language))) => format!("menu[{at}].label.{language}"),
        ("menu", None) => format!("menu[{rest}]"),
        (part, _) => format!("{part}.{rest}"),
    };
    HttpError::field(name, &error)
}
