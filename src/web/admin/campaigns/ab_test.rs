//! The form of a campaign's A/B test, and the decision of a person.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::campaign::ab_test::plan::AbTest;
use crate::campaign::ab_test::setting::{AbTestDraft, VariantDraft};
use crate::campaign::ab_test::{deciding, rest, setting};
use crate::campaign::{CampaignError, lifecycle, overview, rendering};
use crate::model::CampaignId;
use crate::model::ab_test::{AbVariant, Differs, Fallback, Measure};
use crate::model::campaign::ContentKind;
use crate::store::campaign_contents::CampaignVariant;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::ab_test_card::{decision, in_units};
use crate::web::admin::campaigns::list::when;
use crate::web::admin::campaigns::transition::{Done, Transition, confirmation, path};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

/// Campaigns whose text a variant can be given.
const SOURCES: i64 = 100;
/// The variants beside A.
const OTHERS: [AbVariant; 3] = [AbVariant::B, AbVariant::C, AbVariant::D];

/// A variant as entered.
#[derive(Default)]
struct VariantInput {
    /// What it says, by language.
    texts: Vec<(Language, String)>,
    /// The campaign whose text it gets; empty for the one that it has.
    campaign: String,
    /// Hours after A.
    later: String,
}

/// The form as entered.
#[derive(Default)]
struct FormInput {
    differs: String,
    share: String,
    lasts: String,
    unit: String,
    measure: String,
    fallback: String,
    /// B, C and D.
    variants: Vec<VariantInput>,
}

impl FormInput {
    fn blank(languages: &[Language]) -> Self {
        Self {
            differs: Differs::Subject.to_string(),
            share: "20".to_owned(),
            lasts: "4".to_owned(),
            unit: "hours".to_owned(),
            measure: Measure::Left.to_string(),
            fallback: Fallback::SendA.to_string(),
            variants: OTHERS.map(|_| VariantInput::blank(languages)).into(),
        }
    }

    fn of(test: &AbTest, languages: &[Language]) -> Self {
        let fields = &test.row.fields;
        let (lasts, unit) = in_units(fields.minutes);
        let variants = OTHERS.map(|variant| {
            let own = test.variants.iter().find(|one| one.variant == variant);
            let mut input = VariantInput::blank(languages);
            let Some(own) = own else { return input };
            for (language, words) in &mut input.texts {
                if let Some(text) = own.texts.iter().find(|text| text.language == *language) {
                    let parts = [&text.subject, &text.from_name, &text.preheader];
                    words.extend(parts.into_iter().map(String::as_str));
                }
            }
            if own.minutes_later > 0 {
                input.later = (own.minutes_later as f64 / 60.0).to_string();
            }
            input
        });
        Self {
            differs: fields.differs.to_string(),
            share: fields.share.to_string(),
            lasts: lasts.to_string(),
            unit: unit.to_owned(),
            measure: fields.measure.to_string(),
            fallback: fields.fallback.to_string(),
            variants: variants.into(),
        }
    }

    fn read(form: &Form, languages: &[Language]) -> Self {
        let field = |name: &str| form.trimmed(name).to_owned();
        let variants = OTHERS.map(|variant| VariantInput {
            texts: languages
                .iter()
                .map(|language| (*language, field(&format!("text_{variant}_{language}"))))
                .collect(),
            campaign: field(&format!("campaign_{variant}")),
            later: field(&format!("later_{variant}")),
        });
        Self {
            differs: field("differs"),
            share: field("share"),
            lasts: field("lasts"),
            unit: field("unit"),
            measure: field("measure"),
            fallback: field("fallback"),
            variants: variants.into(),
        }
    }

    /// What it says, or what is wrong with it. `known` has the texts that variants keep.
    fn check(&self, viewer: &Viewer, known: Option<&AbTest>) -> Result<AbTestDraft, FormErrors> {
        let mut errors = FormErrors::default();
        let number = |text: &str| {
            let found = text.parse::<i64>();
            found.map_err(|_| viewer.t("admin-ab-give-number"))
        };
        let share = errors.take("share", number(&self.share));
        let lasts = errors.take("lasts", number(&self.lasts));
        let differs = errors.take("differs", self.differs.parse::<Differs>());
        let measure = errors.take("measure", self.measure.parse::<Measure>());
        let fallback = errors.take("fallback", self.fallback.parse::<Fallback>());
        let mut variants = Vec::new();
        for (variant, input) in OTHERS.iter().zip(&self.variants) {
            let keeps = known.is_some_and(|test| {
                let own = test.variants.iter().find(|one| one.variant == *variant);
                own.is_some_and(|own| own.content.is_some())
            });
            match differs.map(|differs| input.draft(differs, keeps)) {
                Some(Ok(Some(draft))) => variants.push(draft),
                Some(Err(())) => {
                    errors.add(
                        &format!("later_{variant}"),
                        viewer.t("admin-ab-give-number"),
                    );
                }
                _ => {}
            }
        }
        let minutes = |lasts: i64| match self.unit.as_str() {
            "days" => lasts.saturating_mul(24 * 60),
            "minutes" => lasts,
            _ => lasts.saturating_mul(60),
        };
        let (Some(share), Some(lasts), Some(differs), Some(measure), Some(fallback), true) =
            (share, lasts, differs, measure, fallback, errors.is_empty())
        else {
            return Err(errors);
        };
        Ok(AbTestDraft {
            differs,
            share,
            minutes: minutes(lasts),
            measure,
            fallback,
            variants,
        })
    }
}

impl VariantInput {
    fn blank(languages: &[Language]) -> Self {
        Self {
            texts: languages.iter().map(|one| (*one, String::new())).collect(),
            ..Self::default()
        }
    }

    /// The variant, if it is filled in; an error for hours that are none.
    fn draft(&self, differs: Differs, keeps: bool) -> Result<Option<VariantDraft>, ()> {
        let mut draft = VariantDraft::default();
        match differs {
            Differs::Hour if self.later.is_empty() => return Ok(None),
            Differs::Hour => {
                let hours: f64 = self.later.replace(',', ".").parse().map_err(|_| ())?;
                // Out of bounds is said with the bounds.
                draft.minutes_later = (hours * 60.0).round() as i64;
            }
            Differs::Content => match self.campaign.parse() {
                Ok(id) => draft.campaign = Some(id),
                Err(_) if keeps => {}
                Err(_) => return Ok(None),
            },
            Differs::Subject | Differs::FromName | Differs::Preheader => {
                let filled = self.texts.iter().filter(|(_, words)| !words.is_empty());
                let texts = filled.map(|(language, words)| {
                    let mut text = CampaignVariant {
                        language: *language,
                        ..CampaignVariant::default()
                    };
                    match differs {
                        Differs::Subject => text.subject.clone_from(words),
                        Differs::FromName => text.from_name.clone_from(words),
                        _ => text.preheader.clone_from(words),
                    }
                    text
                });
                draft.texts = texts.collect();
                if draft.texts.is_empty() {
                    return Ok(None);
                }
            }
        }
        Ok(Some(draft))
    }
}

/// A campaign among others of the same subject: `Hi (№ 12, finished, started 3 May 2026, 10:00)`.
fn source(viewer: &Viewer, campaign: &Campaign) -> String {
    let line = viewer.say("admin-ab-source-option");
    line.text("subject", &campaign.subject)
        .text("number", campaign.id)
        .text("state", viewer.word("admin-campaign", campaign.state))
        .text("when", when(viewer, campaign))
        .into()
}

#[derive(Template)]
#[template(path = "admin/campaigns/ab_test.html")]
struct FormPage {
    viewer: Viewer,
    campaign: Campaign,
    known: Option<AbTest>,
    input: FormInput,
    errors: FormErrors,
    /// Numbers and names of campaigns with a text of their own.
    sources: Vec<(String, String)>,
}

impl FormPage {
    async fn load(
        web: &Web,
        viewer: Viewer,
        campaign: Campaign,
        input: Option<(FormInput, FormErrors)>,
    ) -> Result<Self, HttpError> {
        let known = setting::of_campaign(&web.cx, campaign.id).await?;
        let (input, errors) = match (input, &known) {
            (Some(given), _) => given,
            (None, known) => {
                let languages = rendering::languages(&web.cx, &campaign).await?;
                let input = match known {
                    Some(test) => FormInput::of(test, &languages),
                    None => FormInput::blank(&languages),
                };
                (input, FormErrors::default())
            }
        };
        let others = overview::page(&web.cx, &viewer.access, None, SOURCES).await?;
        let others = others.into_iter().map(|one| one.campaign);
        let sources = others.filter(|one| {
            let has_text = matches!(
                one.kind,
                ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html
            );
            has_text && one.id != campaign.id
        });
        Ok(Self {
            sources: sources
                .map(|one| (one.id.to_string(), source(&viewer, &one)))
                .collect(),
            viewer,
            campaign,
            known,
            input,
            errors,
        })
    }

    fn letter(&self, at: &usize) -> &'static str {
        OTHERS.get(*at).map_or("", |variant| variant.letter())
    }

    /// The end of the names of a variant's fields.
    fn word(&self, at: &usize) -> &'static str {
        OTHERS.get(*at).map_or("", |variant| variant.as_str())
    }

    /// The campaign whose text a variant has already; empty for none.
    fn kept(&self, at: &usize) -> &str {
        let variants = self.known.iter().flat_map(|test| &test.variants);
        let mut own = variants.filter(|one| Some(&one.variant) == OTHERS.get(*at));
        own.find(|one| one.content.is_some())
            .map_or("", |one| &one.content_name)
    }
}

pub async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    render_page(&FormPage::load(&web, viewer, campaign, None).await?)
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let languages = rendering::languages(&web.cx, &campaign).await?;
    let input = FormInput::read(&form, &languages);
    let known = setting::of_campaign(&web.cx, id).await?;
    let errors = match input.check(&viewer, known.as_ref()) {
        Err(errors) => errors,
        Ok(draft) => match setting::set(&web.cx, &viewer.actor(), id, &draft).await {
            Ok(_) => {
                let flash = Flash::good(viewer.t("admin-ab-saved"));
                return Ok(redirect(&web, &format!("{}#ab-test", path(id)), &flash));
            }
            Err(
                error @ (CampaignError::AbTest(_)
                | CampaignError::SameAsA(_)
                | CampaignError::Variant { .. }),
            ) => FormErrors::one("", &error.to_string()),
            Err(error) => return Err(error.into()),
        },
    };
    let page = FormPage::load(&web, viewer, campaign, Some((input, errors))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render_page(&page)?).into_response())
}

pub async fn remove(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = Flash::good(viewer.t("admin-ab-removed"));
    let work = setting::remove(&web.cx, &by, id);
    Transition::new(&web, viewer, id)
        .run(work, |_, ()| Done::at(id, flash))
        .await
}

pub async fn decide(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let winner: AbVariant = form
        .text("winner")
        .parse()
        .map_err(|_| HttpError::BadRequest("there is no such variant".to_owned()))?;
    let by = viewer.actor();
    let test = setting::of_campaign(&web.cx, id).await?;
    let has_rest = test.is_some_and(|test| test.row.has_rest());
    let done = if has_rest {
        "admin-ab-chosen"
    } else {
        "admin-ab-chosen-all"
    };
    let line: String = viewer.say(done).text("winner", winner.letter()).into();
    let flash = Flash::good(line);
    let work = deciding::decide(&web.cx, &by, id, winner);
    let transition = Transition::new(&web, viewer.clone(), id);
    if !has_rest {
        return transition.run(work, |_, _| Done::at(id, flash)).await;
    }
    let rest = rest::of_campaign(&web.cx, &campaign).await?;
    let send = viewer.say("admin-ab-decide-yes");
    let confirmation = confirmation(
        id,
        viewer
            .say("admin-ab-decide-question")
            .text("variant", winner.letter())
            .into(),
        decision(&viewer, rest.map(|rest| rest.count), winner),
        send.text("variant", winner.letter()).into(),
        viewer.t("admin-cancel"),
    );
    transition
        .confirmed(&form, &confirmation, work, |_, _| Done::at(id, flash))
        .await
}
