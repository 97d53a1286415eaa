//! What an email of a series can begin with, or be: templates of campaigns, and posts.

use crate::campaign::subjects::Subjects;
use crate::campaign::templates::{self, CampaignTemplate};
use crate::content::post;
use crate::model::campaign::ContentKind;
use crate::model::series::EmailFormat;
use crate::store::posts::PostFilter;
use crate::text::locale::Language;
use crate::web::admin::campaign_templates;
use crate::web::admin::series::email_row::TextRow;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Posts that are offered: the newest.
const POSTS: i64 = 200;

/// A template of campaigns that has texts of its own.
pub struct TemplateOffer {
    pub key: String,
    pub name: String,
    pub format: EmailFormat,
    pub texts: Vec<TextRow>,
}

pub struct PostOffer {
    pub slug: String,
    pub title: String,
}

pub struct EmailOffers {
    pub templates: Vec<TemplateOffer>,
    /// Published ones.
    pub posts: Vec<PostOffer>,
}

impl EmailOffers {
    pub async fn of(web: &Web, viewer: &Viewer) -> Result<Self, HttpError> {
        let site = web.cx.config().language;
        let templates = templates::all(&web.cx).await?;
        let offered = templates.iter().filter_map(|one| offer(viewer, site, one));
        let published = PostFilter {
            is_draft: Some(false),
            limit: POSTS,
            ..PostFilter::default()
        };
        let posts = post::for_admin(&web.cx, published).await?.into_iter();
        let posts = posts.map(|row| PostOffer {
            slug: row.post.slug.to_string(),
            title: row.title,
        });
        Ok(Self {
            templates: offered.collect(),
            posts: posts.collect(),
        })
    }

    pub fn template(&self, key: &str) -> Option<&TemplateOffer> {
        self.templates.iter().find(|one| one.key == key)
    }

    /// Whether a post is among those offered.
    pub fn has_post(&self, slug: &str) -> bool {
        self.posts.iter().any(|one| one.slug == slug)
    }
}

fn offer(viewer: &Viewer, site: Language, template: &CampaignTemplate) -> Option<TemplateOffer> {
    let fields = &template.fields;
    let format = match fields.kind {
        ContentKind::Markdown => EmailFormat::Markdown,
        ContentKind::Mjml => EmailFormat::Mjml,
        ContentKind::Html => EmailFormat::Html,
        ContentKind::Post | ContentKind::Digest | ContentKind::Weekly | ContentKind::Series => {
            return None;
        }
    };
    let written = template.written();
    let titles = written.map(|text| (text.language, text.title.clone()));
    let variants = fields.variants.clone();
    let subjects = Subjects::new(&fields.subject, site, titles.collect(), variants);
    let texts = template.written().map(|text| {
        let preheader = subjects.preheader(text.language);
        TextRow {
            language: text.language,
            subject: subjects.subject(text.language, &text.title),
            preheader: preheader.unwrap_or(&text.preheader).to_owned(),
            body: text.body.clone(),
        }
    });
    let texts: Vec<TextRow> = texts.collect();
    (!texts.is_empty()).then(|| TemplateOffer {
        key: template.key.to_string(),
        name: campaign_templates::name(viewer, template),
        format,
        texts,
    })
}
