//! The welcome email of a list that has a text of its own: Markdown with merge tags, in the
//! layout for transactional email.

use serde_json::Value;

use super::article::article;
use super::frame::{self, Middle, Texts};
use crate::account::audit;
use crate::campaign::filled::PreviewReader;
use crate::campaign::inspection::{self, Envelope, Preview};
use crate::campaign::pictures::Pictures;
use crate::campaign::test_email::{self, TestAddresses};
use crate::campaign::{branding, layouts};
use crate::content::filled;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::personalise::{Fields, MessageTemplate, Placeholders, Rendered, Source};
use crate::model::audit::{Actor, AuditAction};
use crate::model::transactional::PreparedEmail;
use crate::render::{self, Budget};
use crate::store::StoreError;
use crate::store::list_welcomes::{self, WelcomeText};
use crate::store::lists::{self, List};
use crate::store::subscribers::Subscriber;
use crate::text::locale::{Language, Preference};
use crate::token::Token;

/// Bytes of Markdown that a welcome email may have.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Why a welcome email could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum WelcomeError {
    /// A text that cannot be an email.
    #[error("{error}")]
    Text {
        /// In which language.
        language: Language,
        /// What is wrong with it.
        error: Box<WriteError>,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The welcome email of a list in each language that it is written in.
pub async fn of_list(cx: &Context, list: &List) -> Result<Vec<WelcomeText>, StoreError> {
    list_welcomes::of_list(&mut cx.store.read().await?, list.id).await
}

/// Saves the welcome email of a list, and whether it is sent.
///
/// # Errors
/// [`WelcomeError::Text`] for the first text that cannot be an email.
pub async fn save(
    cx: &Context,
    by: &Actor,
    list: &List,
    is_sent: bool,
    texts: &[WelcomeText],
) -> Result<(), WelcomeError> {
    for text in texts {
        let rendered = sample(cx, text, None).await;
        rendered.map_err(|error| WelcomeError::Text {
            language: text.language,
            error: Box::new(error),
        })?;
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    lists::set_sends_welcome(&mut db, list.id, is_sent).await?;
    list_welcomes::set(&mut db, list.id, texts).await?;
    audit::record(&mut db, by, AuditAction::ListChange, &list.slug, now).await?;
    db.commit().await?;
    Ok(())
}

/// The email as a person gets it, or somebody without a name; its links change nothing.
pub async fn sample(
    cx: &Context,
    text: &WelcomeText,
    reader: Option<&PreviewReader>,
) -> Result<Preview, WriteError> {
    let site = site::load(cx).await;
    let site = site.map_err(|error| WriteError::Campaign(error.into()))?;
    let sample = cx.keys.sign(&Token::Sample);
    let url = format!("{}/preferences/{sample}", cx.config().public_url());
    let envelope = Envelope::of(cx, text.language, reader);
    let nothing = Value::Object(serde_json::Map::new());
    let of = Reader {
        name: &envelope.to.0,
        email: &envelope.to.1,
        attributes: reader.map_or(&nothing, |reader| &reader.attributes),
        language: text.language,
    };
    Ok(Preview {
        mail: write(cx, &site, text, &of, &url, Budget::Interactive).await?,
        envelope,
        source: inspection::Source::Markdown(text.body.clone()),
    })
}

/// Queues a test of the welcome email of a list.
pub async fn send_test(
    cx: &Context,
    by: &Actor,
    (list, text): (&List, &WelcomeText),
    to: &TestAddresses,
    reader: Option<&PreviewReader>,
) -> Result<(), WriteError> {
    let preview = sample(cx, text, reader).await?;
    let what = (
        AuditAction::EmailTest,
        PreviewReader::subject(reader, &list.slug),
    );
    Ok(test_email::queue(cx, by, what, to, vec![preview]).await?)
}

/// The email of a list to a subscriber; `None` if the list has none of its own, or it cannot be
/// filled in for them, so that they get the email with the site's texts.
pub(super) async fn to_subscriber(
    cx: &Context,
    site: &Site,
    list: &List,
    subscriber: &Subscriber,
    language: Language,
    url: &str,
) -> Result<Option<PreparedEmail>, WriteError> {
    let texts = of_list(cx, list).await?;
    let Some(text) = pick(&texts, site.reader(language)) else {
        return Ok(None);
    };
    let reader = Reader {
        name: &subscriber.name,
        email: subscriber.email.as_str(),
        attributes: &subscriber.attributes,
        language,
    };
    match write(cx, site, text, &reader, url, Budget::Background).await {
        Ok(rendered) => Ok(Some(PreparedEmail {
            from: None,
            reply_to: None,
            subject: rendered.subject,
            html: rendered.html,
            text: rendered.text,
            language: Some(text.language),
            list: None,
            campaign: None,
            calendar: None,
        })),
        Err(
            error @ (WriteError::Template(_)
            | WriteError::TooComplex(_)
            | WriteError::MissingSnippet(_)),
        ) => {
            tracing::error!(
                list = %list.slug, %error,
                "the welcome email of a list cannot be used; the site's texts are"
            );
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The text that a reader gets.
fn pick(texts: &[WelcomeText], reader: Preference) -> Option<&WelcomeText> {
    reader.pick(texts, |text| text.language)
}

/// Whom it is for.
struct Reader<'a> {
    name: &'a str,
    email: &'a str,
    attributes: &'a Value,
    language: Language,
}

async fn write(
    cx: &Context,
    site: &Site,
    text: &WelcomeText,
    reader: &Reader<'_>,
    url: &str,
    budget: Budget,
) -> Result<Rendered, WriteError> {
    let site_url = cx.config().public_url();
    let phrases = site.phrases(text.language);
    let site_name = site.name(text.language);
    let filled = filled::fill(cx, text.language, None, &text.body).await;
    let filled = filled.map_err(|error| WriteError::Campaign(error.into()))?;
    if let Some(missing) = filled.missing.into_iter().next() {
        return Err(WriteError::MissingSnippet(missing));
    }
    let body = filled.markdown;
    let mut db = cx.store.read().await?;
    let layout = layouts::transactional(&mut db).await?;
    let brand = branding::load_in(cx, &mut db, site, text.language).await?;
    let pictures = Pictures::load(&mut db, std::iter::once(body.as_str())).await?;
    drop(db);
    let (source, base_url, own_layout) = (text.clone(), site_url.clone(), layout.clone());
    let links = phrases.translate("mail-text-links");
    let work = move || {
        let placeholders = Placeholders::default();
        let mut article = article(
            placeholders,
            (&source.subject, &source.preheader),
            &body,
            &base_url,
            &links,
        )?;
        article.html = pictures.fit(&article.html, &base_url, &own_layout);
        Ok::<_, WriteError>(article)
    };
    let article = render::run(budget, work).await??;
    let texts = Texts {
        subject: article.subject.clone(),
        preheader: match article.preheader.as_str() {
            "" => phrases.translate("mail-welcome-preheader"),
            own => own.to_owned(),
        },
        heading: article.subject,
        paragraphs: Vec::new(),
        items: Vec::new(),
        button: (phrases.translate("mail-welcome-button"), url.to_owned()),
        small_print: vec![phrases.translate("mail-welcome-leave")],
        footnote: None,
    };
    let middle = Middle {
        html: article.html,
        text: format!("\n{}\n", article.text.trim_end()),
    };
    let around = frame::render_around(cx, (layout, brand), &phrases, site_name, &texts, middle);
    let rendered = around.await?;
    let placeholders = &article.placeholders;
    let template = MessageTemplate::compile(&Source {
        subject: placeholders.restore(&rendered.subject),
        html: placeholders.restore_html(&rendered.html),
        text: placeholders.restore(&rendered.text),
    })?;
    Ok(template.fill(&Fields {
        name: reader.name,
        email: reader.email,
        language: reader.language,
        attributes: reader.attributes,
        site_name,
        unsubscribe_url: url,
        preferences_url: url,
        archive_url: &format!("{site_url}/archive"),
        link_suffix: "",
        seen_picture: "",
    })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_text_gets_the_english_one_or_any() {
        let text = |language| WelcomeText {
            language,
            subject: "Hello".to_owned(),
            preheader: String::new(),
            body: "Hello".to_owned(),
        };
        let texts = [text(Language::KK), text(Language::EN)];
        let picked = |texts, reader| {
            let site = Language::EN;
            pick(texts, Preference { reader, site }).map(|text| text.language)
        };
        assert_eq!(picked(&texts, Language::KK), Some(Language::KK));
        assert_eq!(picked(&texts, Language::RU), Some(Language::EN));
        assert_eq!(picked(&texts[..1], Language::RU), Some(Language::KK));
        assert_eq!(picked(&[], Language::RU), None);
    }
}
