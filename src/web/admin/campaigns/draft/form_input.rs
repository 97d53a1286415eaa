//! A campaign draft as entered: nothing is lost when the form is invalid.

use strum::VariantArray as _;

use crate::campaign::CampaignError;
use crate::campaign::attachments::Attached;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::draft::{CampaignDraft, Selection, default_layout};
use crate::campaign::templates::TemplateFields;
use crate::model::SegmentId;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::ContentKind;
use crate::model::list::ListSlug;
use crate::model::segment::Rule;
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::store::lists::List;
use crate::text::line::Title;
use crate::text::locale::{Language, Languages};
use crate::web::admin::campaigns::draft::attachments;
use crate::web::admin::translations::up_to_date;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;

/// The initial MJML.
const FIRST_DESIGN: &str = include_str!("../../../../../templates/mail/first_design.mjml");

/// A field's id and its error; both empty if valid.
pub type FieldError = (String, String);

/// The fields of the form.
#[derive(Debug, Clone)]
pub struct FormInput {
    pub kind: ContentKind,
    pub subject: String,
    /// The slug of the one post.
    pub post: String,
    /// The slugs of a digest's posts and events.
    pub posts: Vec<String>,
    pub events: Vec<String>,
    /// In the order of the site's languages.
    pub texts: Vec<CampaignText>,
    /// In the order of the site's languages.
    pub variants: Vec<CampaignVariant>,
    /// The language whose texts are shown.
    pub language: Language,
    pub lists: Vec<String>,
    /// Which part of the lists.
    pub who: Who,
    /// The number of a saved segment.
    pub segment: String,
    /// The name to save the campaign's own conditions by; empty to keep them only here.
    pub segment_name: String,
    pub layout: String,
    pub from: String,
    pub is_public: bool,
    pub is_urgent: bool,
    /// The rows with a file.
    pub attachments: Vec<Attached>,
    pub embeds_pictures: bool,
    pub calendar: CalendarChoice,
    /// When it starts, where it is scheduled at once.
    pub schedule_at: String,
    /// How often the campaign was saved when the form was opened.
    pub seen: i64,
    /// Languages whose text is up to date though it has not changed.
    pub up_to_date: Vec<Language>,
}

/// Which part of its lists a campaign goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Everybody,
    /// A segment saved by a name.
    Segment,
    /// Those who fulfil conditions of the campaign's own.
    Some,
}

impl Who {
    /// As chosen. A form without the choice has only that of a segment.
    fn of_form(form: &Form) -> Self {
        match (form.text("who"), form.text("segment")) {
            ("some", _) => Self::Some,
            ("segment", _) => Self::Segment,
            ("", segment) if !segment.is_empty() => Self::Segment,
            _ => Self::Everybody,
        }
    }
}

impl FormInput {
    /// An empty form.
    pub fn blank(languages: &Languages, kind: ContentKind) -> Self {
        Self::blank_in(&languages.and([]), kind)
    }

    fn blank_in(languages: &[Language], kind: ContentKind) -> Self {
        let all = || languages.iter().copied();
        Self {
            kind,
            subject: String::new(),
            post: String::new(),
            posts: Vec::new(),
            events: Vec::new(),
            texts: all().map(no_text).collect(),
            variants: all().map(no_variant).collect(),
            language: Language::EN,
            lists: Vec::new(),
            who: Who::Everybody,
            segment: String::new(),
            segment_name: String::new(),
            layout: default_layout(kind).to_owned(),
            from: String::new(),
            is_public: true,
            is_urgent: false,
            attachments: Vec::new(),
            embeds_pictures: false,
            calendar: CalendarChoice::None,
            schedule_at: String::new(),
            seen: 0,
            up_to_date: Vec::new(),
        }
    }

    pub fn of_form(offered: &Languages, form: &Form) -> Self {
        let known = form.languages(offered, "subject_");
        let languages = || known.iter().copied();
        let all = |name: &str| form.all(name).map(str::to_owned).collect();
        let kind = form.text("kind").parse().unwrap_or(ContentKind::Post);
        Self {
            kind,
            variants: languages()
                .map(|language| CampaignVariant {
                    language,
                    subject: form.text(&format!("subject_{language}")).to_owned(),
                    // One field is the preheader of every kind.
                    preheader: form.text(&format!("preheader_{language}")).to_owned(),
                    from_name: form.text(&format!("from_name_{language}")).to_owned(),
                })
                .collect(),
            subject: form.text("subject").to_owned(),
            post: form.text("post").to_owned(),
            posts: all("posts"),
            events: all("events"),
            texts: languages()
                .map(|language| CampaignText {
                    language,
                    title: form.text(&format!("title_{language}")).to_owned(),
                    preheader: form.text(&format!("preheader_{language}")).to_owned(),
                    body: form.text(&format!("body_{language}")).to_owned(),
                })
                .collect(),
            language: form.language(offered, Language::EN).unwrap_or_default(),
            lists: all("lists"),
            who: Who::of_form(form),
            segment: form.text("segment").to_owned(),
            segment_name: form.trimmed("segment_name").to_owned(),
            layout: form.text("layout").to_owned(),
            from: form.text("from").to_owned(),
            is_public: form.has("is_public"),
            is_urgent: form.has("is_urgent"),
            attachments: attachments::of_form(form),
            embeds_pictures: form.has("embeds_pictures"),
            calendar: form.text("calendar").parse().unwrap_or_default(),
            schedule_at: form.text("schedule_at").to_owned(),
            seen: form.text("seen").parse().unwrap_or_default(),
            up_to_date: up_to_date(form, languages()),
        }
    }

    pub fn of_draft(languages: &Languages, draft: &CampaignDraft) -> Self {
        let known = draft.variants.iter().map(|one| one.language);
        let languages = languages.and(known.chain(draft.content.languages()));
        let mut input = Self {
            subject: draft.subject.clone(),
            lists: draft.lists.iter().map(ToString::to_string).collect(),
            who: match draft.selection {
                Selection::Everybody => Who::Everybody,
                Selection::Segment(_) => Who::Segment,
                Selection::Conditions { .. } => Who::Some,
            },
            segment: match draft.selection {
                Selection::Segment(id) => id.to_string(),
                Selection::Everybody | Selection::Conditions { .. } => String::new(),
            },
            layout: draft.layout.clone(),
            from: draft.from.clone().unwrap_or_default(),
            is_public: draft.is_public,
            is_urgent: draft.is_urgent,
            attachments: draft.attachments.clone(),
            embeds_pictures: draft.embeds_pictures,
            calendar: draft.calendar,
            ..Self::blank_in(&languages, draft.content.kind())
        };
        match &draft.content {
            ContentSpec::Post(slug) => input.post = slug.to_string(),
            ContentSpec::Digest {
                posts,
                events,
                texts,
            } => {
                input.posts = posts.iter().map(ToString::to_string).collect();
                input.events = events.iter().map(ToString::to_string).collect();
                input.set_texts(texts);
            }
            ContentSpec::Markdown(texts) | ContentSpec::Mjml(texts) | ContentSpec::Html(texts) => {
                input.set_texts(texts);
            }
        }
        input.set_variants(&draft.variants);
        input
    }

    /// A form that begins with a template.
    pub fn of_template(languages: &Languages, fields: &TemplateFields) -> Self {
        let known = fields.variants.iter().map(|one| one.language);
        let texts = fields.texts.iter().map(|text| text.language);
        let languages = languages.and(known.chain(texts));
        let mut input = Self {
            subject: fields.subject.clone(),
            layout: fields.layout.clone(),
            from: fields.from_mailbox.clone().unwrap_or_default(),
            is_public: fields.is_public,
            is_urgent: fields.is_urgent,
            ..Self::blank_in(&languages, fields.kind)
        };
        input.set_texts(&fields.texts);
        input.set_variants(&fields.variants);
        input
    }

    fn set_variants(&mut self, variants: &[CampaignVariant]) {
        for variant in &mut self.variants {
            let mut known = variants.iter();
            let Some(known) = known.find(|one| one.language == variant.language) else {
                continue;
            };
            variant.clone_from(known);
            // The form has a single preheader field.
            let own = self.texts.iter_mut();
            let own = own.filter(|text| text.language == variant.language);
            if !known.preheader.is_empty() {
                own.for_each(|text| text.preheader.clone_from(&known.preheader));
            }
        }
    }

    fn set_texts(&mut self, texts: &[CampaignText]) {
        for own in &mut self.texts {
            let text = texts.iter().find(|text| text.language == own.language);
            if let Some(text) = text {
                own.clone_from(text);
            }
        }
        let first = texts.iter().map(|text| text.language);
        self.language = first
            .max_by_key(|one| *one == Language::EN)
            .unwrap_or_default();
    }

    /// The content; what is wrong with it is said in `wording`.
    pub fn content_spec(&self, wording: &Wording) -> Result<ContentSpec, FieldError> {
        let not_offered = |field: &str| (field.to_owned(), wording.t("admin-draft-choose-option"));
        let slugs = |input: &[String], field: &str| {
            let read: Result<Vec<_>, _> = input.iter().map(|slug| slug.parse()).collect();
            read.map_err(|_| not_offered(field))
        };
        Ok(match self.kind {
            ContentKind::Post => {
                let post = self.post.parse();
                let missing = || ("post".to_owned(), wording.t("admin-draft-choose-post"));
                ContentSpec::Post(post.map_err(|_| missing())?)
            }
            ContentKind::Digest => ContentSpec::Digest {
                posts: slugs(&self.posts, "posts")?,
                events: slugs(&self.events, "events")?,
                texts: self.texts.clone(),
            },
            ContentKind::Markdown => ContentSpec::Markdown(self.texts.clone()),
            ContentKind::Mjml => ContentSpec::Mjml(self.texts.clone()),
            ContentKind::Html => ContentSpec::Html(self.texts.clone()),
            ContentKind::Weekly | ContentKind::Series => return Err(not_offered("kind")),
        })
    }

    /// The part of the lists that it goes to, with the rule of its own conditions if they have
    /// no errors.
    pub fn selection(
        &self,
        rule: Option<Rule>,
        wording: &Wording,
    ) -> Result<Selection, FieldError> {
        match self.who {
            Who::Everybody => Ok(Selection::Everybody),
            Who::Segment => {
                let wrong = |_| ("segment".to_owned(), wording.t("admin-draft-choose-option"));
                let number = self.segment.parse().map_err(wrong)?;
                Ok(Selection::Segment(SegmentId(number)))
            }
            Who::Some => {
                let wrong = || {
                    (
                        "conditions".to_owned(),
                        wording.t("admin-draft-conditions-wrong"),
                    )
                };
                let name = match self.segment_name.as_str() {
                    "" => None,
                    name => Some(
                        Title::parse(name)
                            .map_err(|error| ("segment_name".to_owned(), wording.explain(error)))?,
                    ),
                };
                let rule = rule.ok_or_else(wrong)?;
                Ok(Selection::Conditions { rule, name })
            }
        }
    }

    /// What inboxes show of it; its own texts have preheaders of their own.
    pub fn own_variants(&self) -> Vec<CampaignVariant> {
        let mut variants = self.variants.clone();
        if self.kind != ContentKind::Post {
            variants.iter_mut().for_each(|one| one.preheader.clear());
        }
        variants
    }

    /// Makes it another kind of content. What was typed stays, but for what stood there by itself.
    pub fn switch(&mut self, kind: ContentKind) {
        if self.layout == default_layout(self.kind) {
            default_layout(kind).clone_into(&mut self.layout);
        }
        self.kind = kind;
        self.suggest_design();
    }

    /// The first design, where MJML is to be written and nothing is; nowhere else.
    pub fn suggest_design(&mut self) {
        for text in &mut self.texts {
            if self.kind != ContentKind::Mjml && text.body.replace('\r', "") == FIRST_DESIGN {
                text.body.clear();
            }
        }
        let is_empty = self.texts.iter().all(|text| text.body.trim().is_empty());
        if self.kind == ContentKind::Mjml && is_empty {
            let mut texts = self.texts.iter_mut();
            let english = texts.find(|text| text.language == Language::EN);
            if let Some(text) = english {
                FIRST_DESIGN.clone_into(&mut text.body);
            }
        }
    }

    /// The lists that are chosen.
    pub fn list_slugs(&self) -> Vec<ListSlug> {
        self.lists
            .iter()
            .filter_map(|slug| slug.parse().ok())
            .collect()
    }

    /// The draft; what is wrong with it is said in `wording`.
    pub fn draft(
        &self,
        rule: Option<Rule>,
        wording: &Wording,
    ) -> Result<CampaignDraft, FieldError> {
        let lists: Result<Vec<_>, _> = self.lists.iter().map(|slug| slug.parse()).collect();
        let strange = || ("lists".to_owned(), wording.t("admin-draft-choose-lists"));
        Ok(CampaignDraft {
            subject: self.subject.clone(),
            content: self.content_spec(wording)?,
            lists: lists.map_err(|_| strange())?,
            selection: self.selection(rule, wording)?,
            variants: self.own_variants(),
            from: Some(self.from.clone()).filter(|from| !from.trim().is_empty()),
            layout: self.layout.clone(),
            is_public: self.is_public,
            is_urgent: self.is_urgent,
            embeds_pictures: self.embeds_pictures,
            calendar: self.calendar,
            attachments: self.attachments.clone(),
        })
    }

    /// What a calendar may be asked to do: what a cancellation does is chosen nowhere else.
    pub fn calendar_choices(&self) -> impl Iterator<Item = CalendarChoice> {
        let all = CalendarChoice::VARIANTS.iter().copied();
        all.filter(|choice| *choice != CalendarChoice::Cancel || *choice == self.calendar)
    }

    pub fn has_list(&self, list: &List) -> bool {
        self.lists.iter().any(|slug| slug == list.slug.as_str())
    }
}

fn no_variant(language: Language) -> CampaignVariant {
    CampaignVariant {
        language,
        ..CampaignVariant::default()
    }
}

fn no_text(language: Language) -> CampaignText {
    CampaignText {
        language,
        title: String::new(),
        preheader: String::new(),
        body: String::new(),
    }
}

/// The field that an error is about, if any.
pub fn field(error: &CampaignError) -> Option<String> {
    Some(match error {
        CampaignError::Subject(_) => "subject".to_owned(),
        CampaignError::UnknownPost(_) | CampaignError::NoPost => "post".to_owned(),
        CampaignError::NoItem | CampaignError::UnknownEvent(_) => "posts".to_owned(),
        CampaignError::UnknownList(_) | CampaignError::NoList => "lists".to_owned(),
        CampaignError::UnknownSegment => "segment".to_owned(),
        CampaignError::SegmentExists => "segment_name".to_owned(),
        CampaignError::Rule(_) => "conditions".to_owned(),
        CampaignError::UnknownLayout(_) => "layout".to_owned(),
        CampaignError::TooManyFiles
        | CampaignError::UnknownFile(_)
        | CampaignError::FileName(_) => "attachments".to_owned(),
        CampaignError::From(_) => "from".to_owned(),
        CampaignError::NoText => "body_en".to_owned(),
        CampaignError::Variant {
            language, field, ..
        } => format!("{field}_{language}"),
        CampaignError::Text { language, .. } | CampaignError::MissingUnsubscribeLink(language) => {
            format!("body_{language}")
        }
        _ => return None,
    })
}
