//! Editing a draft: content, subject, lists, whom of them, layout, sender, start.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::audience::{list_admin, segment};
use crate::campaign::attachments as campaign_files;
use crate::campaign::attachments::Attached;
use crate::campaign::draft::Selection;
use crate::campaign::layouts::{self, KnownLayout};
use crate::campaign::templates;
use crate::campaign::translation::{self, has_blocks};
use crate::campaign::{CampaignError, draft, lifecycle, report};
use crate::clock::Timestamp;
use crate::comments::{self, Thread};
use crate::content::media;
use crate::content::post as posts;
use crate::content::translation::Outdated;
use crate::model::attachment::MOST as MOST_FILES;
use crate::model::campaign::ContentKind;
use crate::model::shared_text::SharedText;
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_contents::CampaignText;
use crate::store::campaigns::Campaign;
use crate::store::lists::List;
use crate::store::posts::{PostFilter, PostRow};
use crate::store::segments::Segment;
use crate::text::locale::Language;
use crate::web::admin::email_preview::name_tag;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::segments::conditions::{Conditions, Step};
use crate::web::admin::segments::entry::{Entry, TESTS};
use crate::web::admin::together::presence;
use crate::web::admin::translations::behind;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use digest_options::{News, Offers};
use form_input::{FieldError, FormInput, Who};

mod attachments;
pub mod autosave;
mod digest_options;
mod form_input;
mod merging;
pub mod preview;
pub mod redraw;
pub mod saving;
pub mod translate;

/// Posts to choose from: the newest ones.
const OFFERED: i64 = 100;

#[derive(Template)]
#[template(path = "admin/campaigns/draft.html")]
struct DraftPage {
    viewer: Viewer,
    /// The campaign to change; `None` for a new one.
    campaign: Option<Campaign>,
    /// Who else has the form open; empty where nobody has.
    presence: String,
    /// Threads that are not resolved.
    comments: Vec<Thread>,
    /// The language that its own text was first written in.
    source: Option<Language>,
    /// Translations that are older than the text in that language.
    outdated: Option<Outdated>,
    /// The id that unsaved changes are stored under.
    row: CampaignId,
    input: FormInput,
    errors: FormErrors,
    notice: Notice,
    posts: Vec<PostRow>,
    offers: Offers,
    lists: Vec<List>,
    segments: Vec<Segment>,
    /// Its own conditions, with whom it would reach.
    conditions: Conditions,
    layouts: Vec<KnownLayout>,
    default_from: String,
    /// The others to choose from.
    senders: Vec<String>,
    /// The language of the main subject.
    usual: Language,
    /// The names of the files that can be attached.
    files: Vec<String>,
    /// The names of those that it has and that were deleted.
    missing: Vec<String>,
    /// Megabytes that these may weigh.
    attachment_limit: u64,
}

/// Where the text in the form comes from.
enum Notice {
    /// The stored campaign, or a new one.
    Nothing,
    /// The stored campaign; there are newer unsaved changes from that time.
    Unsaved(Timestamp),
    /// The unsaved changes.
    TakenUp,
    /// What was typed, and what somebody else has saved meanwhile.
    Merged(String),
}

/// Kinds of content to choose from.
const KINDS: [ContentKind; 5] = [
    ContentKind::Post,
    ContentKind::Digest,
    ContentKind::Markdown,
    ContentKind::Mjml,
    ContentKind::Html,
];

impl DraftPage {
    fn error(&self, field: &str) -> &str {
        self.errors.at(field)
    }

    fn path(&self) -> String {
        match &self.campaign {
            Some(campaign) => format!("/admin/campaigns/{}/edit", campaign.id),
            None => "/admin/campaigns".to_owned(),
        }
    }

    fn is(&self, kind: &str) -> bool {
        self.input.kind.as_str() == kind
    }

    /// The language that a translation is behind, if it is.
    fn behind(&self, language: &Language) -> Option<Language> {
        behind(self.outdated.as_ref(), *language)
    }

    /// The language that this one is translated from, beside it.
    fn translated_from(&self, language: &Language) -> Option<Language> {
        let kind = self.campaign.as_ref().map(|campaign| campaign.kind);
        let is_shown = has_blocks(self.input.kind) && kind.is_some_and(has_blocks);
        let source = self.source.filter(|source| source != language);
        source.filter(|_| is_shown)
    }

    /// Whether its text is the whole email, without a layout.
    fn is_whole(&self) -> bool {
        self.is("mjml") || self.is("html")
    }

    fn goes_to(&self, who: &str) -> bool {
        match self.input.who {
            Who::Everybody => who == "all",
            Who::Segment => who == "segment",
            Who::Some => who == "some",
        }
    }

    /// The path of this form.
    fn address(&self) -> String {
        autosave::address(self.row)
    }

    fn schedule_hint(&self) -> String {
        let hint = self.viewer.say("admin-draft-schedule-hint");
        hint.text("zone", &self.viewer.zone).to_string()
    }

    fn is_empty(&self) -> bool {
        match self.input.kind {
            ContentKind::Post => self.posts.is_empty(),
            ContentKind::Digest => self.offers.are_empty(),
            ContentKind::Markdown
            | ContentKind::Mjml
            | ContentKind::Html
            | ContentKind::Weekly
            | ContentKind::Series => false,
        }
    }

    fn title_hint(&self) -> String {
        match self.input.kind {
            ContentKind::Digest => self.viewer.t("admin-draft-digest-title-hint"),
            ContentKind::Mjml | ContentKind::Html => self.viewer.t("admin-draft-design-title-hint"),
            ContentKind::Post
            | ContentKind::Markdown
            | ContentKind::Weekly
            | ContentKind::Series => String::new(),
        }
    }

    fn preheader_hint(&self) -> String {
        self.viewer.t(if self.is_whole() {
            "admin-draft-design-preheader-hint"
        } else {
            "admin-draft-preheader-hint"
        })
    }

    fn subject_hint(&self) -> String {
        let hint = self.viewer.say("admin-draft-subject-hint");
        let hint = hint.text("language", self.usual.endonym());
        hint.text("name", name_tag(&self.usual)).to_string()
    }

    /// Its own text in a language.
    fn text(&self, language: &Language) -> &CampaignText {
        let texts = &self.input.texts;
        // `texts` has one for each language.
        texts
            .iter()
            .find(|text| text.language == *language)
            .unwrap_or(&texts[0])
    }

    /// The files that it carries, and an empty row.
    fn attachment_rows(&self) -> Vec<Attached> {
        attachments::with_an_empty_one(&self.input.attachments)
    }

    /// Whether a file of it was deleted.
    fn is_missing(&self, file: &str) -> bool {
        self.missing.iter().any(|name| name == file)
    }

    /// Its own sender, where that is none of those to choose from.
    fn own_sender(&self) -> Option<&str> {
        let own = self.input.from.trim();
        (!own.is_empty() && !self.senders.iter().any(|sender| sender == own)).then_some(own)
    }

    fn has_sender(&self, sender: &str) -> bool {
        self.input.from.trim() == sender
    }

    fn sender_hint(&self) -> String {
        let key = match (
            self.default_from.is_empty(),
            self.viewer.user.role.may_administer(),
        ) {
            (true, _) => "admin-draft-no-default-sender",
            (_, true) => "admin-draft-add-senders",
            (_, false) => "admin-draft-owners-add-senders",
        };
        self.viewer.t(key)
    }
}

/// A form to be shown.
struct Sheet {
    viewer: Viewer,
    campaign: Option<Campaign>,
    input: FormInput,
    conditions: Conditions,
    error: FieldError,
    notice: Notice,
}

impl Sheet {
    fn new(viewer: Viewer, campaign: Option<Campaign>, input: FormInput) -> Self {
        Self {
            viewer,
            campaign,
            input,
            conditions: Conditions::blank(),
            error: FieldError::default(),
            notice: Notice::Nothing,
        }
    }

    /// As sent.
    fn of_form(web: &Web, viewer: Viewer, campaign: Option<Campaign>, form: &Form) -> Self {
        let input = FormInput::of_form(&web.languages(), form);
        Self {
            conditions: Conditions::of_form(form).with_a_row(),
            ..Self::new(viewer, campaign, input)
        }
    }
}

/// `news` if already loaded.
async fn page(web: &Web, sheet: Sheet, news: Option<News>) -> Result<Html<String>, HttpError> {
    let Sheet {
        viewer,
        campaign,
        input,
        mut conditions,
        error,
        notice,
    } = sheet;
    let selection = PostFilter {
        limit: OFFERED,
        ..PostFilter::default()
    };
    let offers = match input.kind {
        ContentKind::Digest => {
            let news = match news {
                Some(news) => news,
                None => News::look(web).await?,
            };
            news.offers(web, &viewer, &input).await?
        }
        _ => Offers::default(),
    };
    let id = campaign.as_ref().map(|campaign| campaign.id);
    conditions.draft = match id {
        Some(id) => format!("/admin/campaigns/{id}/draft"),
        None => "/admin/campaigns/draft".to_owned(),
    };
    // Counts and conditions may be about other lists.
    if !viewer.access.is_limited() {
        look(web, &viewer, &input, &mut conditions).await?;
    }
    let lists = list_admin::within(&web.cx, &viewer.access).await?;
    let mut segments = segment::all(&web.cx).await?;
    // A segment may ask for any list: who is limited to some keeps the one that was chosen.
    if viewer.access.is_limited() {
        let present = match &campaign {
            Some(campaign) => segment::of_campaign(&web.cx, campaign.id).await?,
            None => None,
        };
        let present = present.map(|segment| segment.id);
        segments.retain(|segment| Some(segment.id) == present);
    }
    let (presence, comments, missing) = match id {
        Some(id) => {
            let text = SharedText::Campaign(id);
            let threads = comments::open(&web.cx, text).await?;
            let missing = campaign_files::missing_of(&web.cx, id).await?;
            (presence::line(web, &viewer, text).await?, threads, missing)
        }
        None => (String::new(), Vec::new(), Vec::new()),
    };
    let (source, outdated) = match id {
        Some(id) => (
            translation::source_language(&web.cx, id).await?,
            translation::outdated(&web.cx, id).await?,
        ),
        None => (None, None),
    };
    let config = web.cx.config();
    render_page(&DraftPage {
        source,
        outdated,
        presence,
        comments,
        row: id.unwrap_or(draft::NEW_CAMPAIGN),
        campaign,
        errors: FormErrors::one(&error.0, &error.1),
        notice,
        posts: posts::for_admin(&web.cx, selection).await?,
        offers,
        lists,
        segments,
        conditions,
        layouts: layouts::all(&web.cx).await?,
        default_from: config
            .from
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        senders: config.senders.iter().map(ToString::to_string).collect(),
        usual: config.language,
        files: media::names(&web.cx).await?,
        missing: missing.into_iter().map(|file| file.file_name).collect(),
        attachment_limit: config.attachment_limit.megabytes(),
        viewer,
        input,
    })
}

/// Looks up whom the campaign would reach now.
async fn look(
    web: &Web,
    viewer: &Viewer,
    input: &FormInput,
    conditions: &mut Conditions,
) -> Result<(), HttpError> {
    let so_far = conditions.so_far(web, viewer).await?;
    let rule = match input.who {
        Who::Everybody => None,
        Who::Some if so_far.is_none() => return Ok(()),
        Who::Some => so_far,
        Who::Segment => {
            let Ok(number) = input.segment.parse() else {
                return Ok(());
            };
            match segment::by_id(&web.cx, SegmentId(number)).await? {
                Some(segment) => Some(segment.rule),
                None => return Ok(()),
            }
        }
    };
    let lists = input.list_slugs();
    if !lists.is_empty() {
        let matching = segment::matching_on(&web.cx, &lists, rule.as_ref());
        conditions.look(web, matching).await?;
    }
    Ok(())
}

#[derive(Deserialize)]
pub struct From {
    post: Option<String>,
    kind: Option<ContentKind>,
    /// The template to begin with.
    template: Option<String>,
    /// Whether to begin with the campaign that was started last.
    from: Option<Last>,
    /// Whether to show unsaved changes.
    #[serde(default)]
    unsaved: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Last {
    Last,
}

/// What a new campaign begins with.
async fn beginning(web: &Web, viewer: &Viewer, from: &From) -> Result<FormInput, HttpError> {
    let languages = web.languages();
    if let Some(key) = &from.template {
        let template = templates::by_key(&web.cx, key).await?;
        let template = template.ok_or(HttpError::NotFound)?;
        // Those of others may be about lists beyond the user's reach.
        if viewer.access.is_limited() && !template.is_shipped() {
            return Err(HttpError::NotFound);
        }
        return Ok(FormInput::of_template(&languages, &template.fields));
    }
    if matches!(from.from, Some(Last::Last))
        && let Some(draft) = draft::of_last(&web.cx, &viewer.access).await?
    {
        let mut input = FormInput::of_draft(&languages, &draft);
        // Conditions of its own stay with it.
        if input.who == Who::Some {
            input.who = Who::Everybody;
        }
        return Ok(input);
    }
    let kind = from.kind.unwrap_or(ContentKind::Post);
    Ok(FormInput::blank(&languages, kind))
}

pub async fn blank(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(from): Query<From>,
) -> Result<Html<String>, HttpError> {
    let mut input = beginning(&web, &viewer, &from).await?;
    if let Some(slug) = from.post.as_deref().and_then(|slug| slug.parse().ok())
        && let Some(post) = posts::by_slug(&web.cx, &slug).await?
    {
        let usual = web.cx.config().language;
        let variant = post.variant(web.cx.reader(usual));
        input.subject = variant.map_or_else(String::new, |variant| variant.title.clone());
        for variant in input
            .variants
            .iter_mut()
            .filter(|one| one.language != usual)
        {
            let own = post
                .variants
                .iter()
                .find(|one| one.language == variant.language);
            let own = own.filter(|one| one.title != input.subject);
            variant.subject = own.map_or_else(String::new, |one| one.title.clone());
        }
        input.post = slug.to_string();
    }
    let mut news = None;
    match input.kind {
        ContentKind::Digest if input.posts.is_empty() && input.events.is_empty() => {
            let look = News::look(&web).await?;
            look.tick(&web, &mut input).await?;
            news = Some(look);
        }
        ContentKind::Mjml => input.suggest_design(),
        _ => {}
    }
    let lists = list_admin::within(&web.cx, &viewer.access).await?;
    if let [only] = lists.as_slice()
        && input.lists.is_empty()
    {
        input.lists.push(only.slug.to_string());
    }
    let sheet = Sheet::new(viewer, None, input);
    let sheet = autosave::unsaved(&web, sheet, from.unsaved).await?;
    page(&web, sheet, news).await
}

pub async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    Query(shown): Query<From>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started.into());
    }
    let seen = draft::edit_count(&web.cx, id).await?;
    let mut conditions = Conditions::blank();
    let input = match draft::draft_of(&web.cx, id).await {
        Ok(draft) => {
            if let Selection::Conditions { rule, .. } = &draft.selection {
                conditions = Conditions::of_rule(rule, &viewer);
            }
            FormInput::of_draft(&web.languages(), &draft)
        }
        Err(CampaignError::NoPost | CampaignError::NoItem) => {
            let segment = segment::of_campaign(&web.cx, id).await?;
            if let Some(own) = segment.as_ref().filter(|one| one.is_of_one_campaign()) {
                conditions = Conditions::of_rule(&own.rule, &viewer);
            }
            without_content(&web, &campaign, segment).await?
        }
        Err(error) => return Err(error.into()),
    };
    let scheduled_at = campaign
        .scheduled_at
        .filter(|_| campaign.local_start.is_none());
    let input = FormInput {
        schedule_at: scheduled_at.map_or_else(String::new, |at| viewer.calendar.field(at)),
        seen,
        ..input
    };
    let mut sheet = Sheet::new(viewer, Some(campaign), input);
    sheet.conditions = conditions;
    let sheet = autosave::unsaved(&web, sheet, shown.unsaved).await?;
    page(&web, sheet, None).await
}

/// The form of a campaign whose post, or all of whose items, were deleted.
async fn without_content(
    web: &Web,
    campaign: &Campaign,
    segment: Option<Segment>,
) -> Result<FormInput, HttpError> {
    let lists = report::lists(&web.cx, campaign.id).await?;
    let named = segment.as_ref().filter(|one| !one.is_of_one_campaign());
    let attachments = campaign_files::of_campaign(&web.cx, campaign.id).await?;
    Ok(FormInput {
        subject: campaign.subject.clone(),
        lists: lists.into_iter().map(String::from).collect(),
        who: match (&segment, named) {
            (None, _) => Who::Everybody,
            (Some(_), Some(_)) => Who::Segment,
            (Some(_), None) => Who::Some,
        },
        segment: named.map_or_else(String::new, |one| one.id.to_string()),
        layout: campaign.layout.clone(),
        from: campaign.from_mailbox.clone().unwrap_or_default(),
        is_public: campaign.is_public,
        is_urgent: campaign.is_urgent,
        embeds_pictures: campaign.embeds_pictures,
        calendar: campaign.calendar,
        attachments: attachments.into_iter().map(Attached::from).collect(),
        ..FormInput::blank(&web.languages(), campaign.kind)
    })
}
