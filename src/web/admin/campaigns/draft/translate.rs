//! Translating the own text of a campaign: its first text beside the translation, block by block.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::draft::CampaignDraft;
use crate::campaign::translation::{Beside, beside, has_blocks, text_in};
use crate::campaign::{CampaignError, draft, lifecycle, revision};
use crate::model::CampaignId;
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::draft::form_input::{FormInput, field};
use crate::web::admin::campaigns::draft::merging::{self, Attempt};
use crate::web::admin::campaigns::draft::{Sheet, autosave};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::together::translating::{self, Blocks, line};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// The translation as entered.
struct Entered {
    subject: String,
    title: String,
    preheader: String,
    /// Its blocks; `None` for those that are saved.
    blocks: Option<Vec<String>>,
    /// How often the campaign was saved when its editor loaded it.
    seen: i64,
    is_current: bool,
}

impl Entered {
    fn of_draft(draft: &CampaignDraft, language: Language, seen: i64) -> Self {
        let own = text_in(&draft.content, language);
        let mut variants = draft.variants.iter();
        let variant = variants.find(|one| one.language == language);
        Self {
            subject: variant.map_or_else(String::new, |own| own.subject.clone()),
            title: own.map_or_else(String::new, |own| own.title.clone()),
            preheader: own.map_or_else(String::new, |own| own.preheader.clone()),
            blocks: None,
            seen,
            is_current: false,
        }
    }

    fn of_form(form: &Form) -> Self {
        Self {
            subject: form.text("subject").to_owned(),
            title: form.text("title").to_owned(),
            preheader: form.text("preheader").to_owned(),
            blocks: Some(translating::entered(form)),
            seen: form.text("seen").parse().unwrap_or_default(),
            is_current: form.has("current"),
        }
    }

    /// `base` with this translation in place of the one it has.
    fn within(&self, base: CampaignDraft, language: Language) -> CampaignDraft {
        let mut draft = base;
        draft.content.set_text(CampaignText {
            language,
            title: self.title.clone(),
            preheader: self.preheader.clone(),
            body: translating::body(self.blocks.as_deref().unwrap_or_default()),
        });
        let at = draft
            .variants
            .iter()
            .position(|one| one.language == language);
        let mut variant = match at {
            Some(at) => draft.variants.remove(at),
            None => CampaignVariant {
                language,
                ..CampaignVariant::default()
            },
        };
        variant.subject.clone_from(&self.subject);
        draft.variants.push(variant);
        draft
    }
}

#[derive(Template)]
#[template(path = "admin/campaigns/translate.html")]
struct TranslatePage {
    viewer: Viewer,
    campaign: Campaign,
    language: Language,
    source: CampaignText,
    /// The subject in the first language.
    subject: String,
    /// Text and subject as they were when the translation was last up to date, where the text has
    /// changed since.
    before: Option<(CampaignText, String)>,
    blocks: Blocks,
    entered: Entered,
    errors: FormErrors,
    /// The language of the main subject, which has no other one.
    usual: Language,
}

impl TranslatePage {
    fn error(&self, field: &str) -> &str {
        self.errors.at(field)
    }

    fn is_behind(&self) -> bool {
        self.before.is_some()
    }

    fn source_subject(&self) -> String {
        let before = self.before.as_ref().map(|(_, subject)| subject.as_str());
        line(&self.subject, before)
    }

    fn source_title(&self) -> String {
        let before = self.before.as_ref().map(|(text, _)| text.title.as_str());
        line(&self.source.title, before)
    }

    fn source_preheader(&self) -> String {
        let before = self.before.as_ref();
        let before = before.map(|(text, _)| text.preheader.as_str());
        line(&self.source.preheader, before)
    }

    /// The path of the campaign's form.
    fn form(&self) -> String {
        autosave::address(self.campaign.id)
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    Found {
        campaign, draft, ..
    }: Found,
    language: Language,
    entered: Entered,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let typed = entered.blocks.clone();
    let found = beside(&web.cx, campaign.id, &draft, language, typed).await?;
    let Beside {
        source,
        subject,
        before,
        sides,
    } = found.ok_or(HttpError::NotFound)?;
    render_page(&TranslatePage {
        blocks: Blocks {
            sides,
            source: source.language,
            target: language,
        },
        usual: web.cx.config().language,
        viewer,
        campaign,
        language,
        source,
        subject,
        before,
        entered,
        errors,
    })
}

struct Found {
    campaign: Campaign,
    draft: CampaignDraft,
    /// How often it was saved by now.
    seen: i64,
}

/// The campaign, where it can be changed and has texts of blocks, and the language is one that it
/// has or the site offers.
async fn found(web: &Web, id: CampaignId, language: Language) -> Result<Found, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    if !has_blocks(campaign.kind) {
        return Err(HttpError::NotFound);
    }
    let seen = draft::edit_count(&web.cx, id).await?;
    let draft = draft::draft_of(&web.cx, id).await?;
    let is_held = text_in(&draft.content, language).is_some();
    if !is_held && !web.languages().has(language) {
        return Err(HttpError::NotFound);
    }
    Ok(Found {
        campaign,
        draft,
        seen,
    })
}

pub async fn show(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path((id, language)): Path<(CampaignId, Language)>,
) -> Result<Html<String>, HttpError> {
    let found = found(&web, id, language).await?;
    let entered = Entered::of_draft(&found.draft, language, found.seen);
    page(
        &web,
        viewer,
        found,
        language,
        entered,
        FormErrors::default(),
    )
    .await
}

/// Saves the translation alone: what others saved of the campaign meanwhile stays.
pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path((id, language)): Path<(CampaignId, Language)>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let found = found(&web, id, language).await?;
    let entered = Entered::of_form(&form);
    let mut saved = Err(CampaignError::Overtaken);
    let mut notice = String::new();
    if let Some(base) = revision::as_seen(&web.cx, id, entered.seen).await? {
        let typed = entered.within(base, language);
        let current = [language];
        let up_to_date: &[Language] = if entered.is_current { &current } else { &[] };
        let seen = (Some(entered.seen), up_to_date);
        saved = draft::change_texts(&web.cx, &viewer.actor(), id, &typed, seen).await;
        if matches!(saved, Err(CampaignError::Overtaken)) {
            let input = FormInput {
                language,
                up_to_date: up_to_date.to_vec(),
                seen: entered.seen,
                ..FormInput::of_draft(&web.languages(), &typed)
            };
            let sheet = Sheet::new(viewer.clone(), Some(found.campaign.clone()), input);
            match merging::overtaken(&web, &sheet, &typed, &form).await? {
                Attempt::Saved(_, said) => (saved, notice) = (Ok(()), said),
                Attempt::Asked(page) => return Ok(page),
                Attempt::Failed(error) => saved = Err(error),
            }
        }
    }
    let error = match saved {
        Ok(()) => {
            let flash = Flash::good(viewer.t("admin-saved")).and(&notice);
            let path = format!("/admin/campaigns/{id}/translate/{language}");
            return Ok(redirect(&web, &path, &flash));
        }
        Err(error) => error,
    };
    let errors = match place(&error) {
        Some(place) => FormErrors::one(place, &viewer.explain(error)),
        None if matches!(error, CampaignError::Overtaken) => {
            FormErrors::one(WHOLE, &viewer.t("admin-draft-overtaken"))
        }
        None => return Err(error.into()),
    };
    let html = page(&web, viewer, found, language, entered, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The field of the page that an error is about, if it is one of the campaign's form.
fn place(error: &CampaignError) -> Option<&'static str> {
    match error {
        CampaignError::Text { cause, .. } if cause.starts_with("the title") => Some("title"),
        CampaignError::Text { cause, .. } if cause.starts_with("the preheader") => {
            Some("preheader")
        }
        CampaignError::Variant {
            field: "subject", ..
        } => Some("subject"),
        other => field(other).map(|_| WHOLE),
    }
}
