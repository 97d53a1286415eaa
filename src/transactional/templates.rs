//! The emails whose texts are part of the site: confirmations, welcomes, sign-in links.
//! Their texts are phrases, which the admins may have changed.

use crate::account::MAILED_LINK_LIFETIME;
use crate::audience::personal_data::PERSONAL_LINK_LIFETIME;
use crate::campaign::{branding, layouts};
use crate::clock::Timestamp;
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::personalise::Rendered;
use crate::model::subscription::{SubscriptionState, SuppressionReason};
use crate::model::transactional::{EmailKind, PreparedEmail, Subscriptions};
use crate::model::user::CredentialChange;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::transactional_emails::ClaimedEmail;
use crate::store::{Db, lists, subscribers, subscriptions, suppressions};
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;

use super::frame::{self, Texts};
use super::welcome;

pub(super) async fn sign_in(
    cx: &Context,
    language: Language,
    secret: &str,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let url = format!("{}/admin/sign-in/{secret}", cx.config().public_url());
    let texts = sign_in_texts(&site.phrases(language), site.name(language), url);
    prepare(cx, &site, &site.phrases(language), &texts).await
}

pub(super) async fn account_changed(
    cx: &Context,
    language: Language,
    change: CredentialChange,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let url = format!("{}/admin/account", cx.config().public_url());
    let texts = account_changed_texts(&site.phrases(language), site.name(language), change, url);
    prepare(cx, &site, &site.phrases(language), &texts).await
}

pub(super) async fn personal_data(
    cx: &Context,
    language: Language,
    subscriber: SubscriberId,
    queued_at: Timestamp,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let token = cx.keys.sign(&Token::PersonalData {
        subscriber: subscriber.0,
        until: queued_at.after(PERSONAL_LINK_LIFETIME),
    });
    let url = format!("{}/my-data/{token}", cx.config().public_url());
    let texts = link_texts(
        &site.phrases(language),
        "mail-my-data",
        site.name(language),
        url,
    );
    prepare(cx, &site, &site.phrases(language), &texts).await
}

pub(super) async fn preferences(
    cx: &Context,
    language: Language,
    subscriber: SubscriberId,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let subscriber = subscriber.0;
    let token = cx.keys.sign(&Token::Preferences { subscriber });
    let url = format!("{}/preferences/{token}", cx.config().public_url());
    let texts = link_texts(
        &site.phrases(language),
        "mail-old-link",
        site.name(language),
        url,
    );
    prepare(cx, &site, &site.phrases(language), &texts).await
}

/// An email about subscriptions; `None` if the subscriber must not get it any more.
pub(super) async fn about_subscriptions(
    cx: &Context,
    email: &ClaimedEmail,
    mut subscriptions: Subscriptions,
) -> Result<Option<PreparedEmail>, WriteError> {
    let kind = email.kind;
    let site = read_site(cx).await?;
    let name = site.name(email.language);
    let mut db = cx.store.read().await?;
    if !may_be_sent(&mut db, email, &subscriptions).await? {
        return Ok(None);
    }
    if kind == EmailKind::Confirmation && !add_pending(&mut db, email, &mut subscriptions).await? {
        return Ok(None);
    }
    let all = lists::all(&mut db).await?;
    drop(db);
    let chosen: Vec<&List> = all
        .iter()
        .filter(|list| subscriptions.lists.contains(&list.id))
        .collect();
    let phrases = site.phrases(email.language);
    let phrases = phrases.of_lists(subscriptions.lists.iter().map(|list| list.0));
    let url = link(cx, kind, &subscriptions, email.created_at);
    // A list with an email of its own has one to itself.
    if let (EmailKind::Welcome, [list]) = (kind, chosen.as_slice()) {
        let mut db = cx.store.read().await?;
        let subscriber = subscribers::by_id(&mut db, subscriptions.subscriber).await?;
        drop(db);
        let Some(subscriber) = subscriber else {
            return Ok(None);
        };
        let language = email.language;
        let own = welcome::to_subscriber(cx, &site, list, &subscriber, language, &url).await?;
        if own.is_some() {
            return Ok(own);
        }
    }
    let mut texts = to_subscriber(cx, kind, &phrases, name, &chosen, url);
    if kind == EmailKind::Confirmation {
        let address = email.email.as_str().to_owned();
        let token = cx.keys.sign(&Token::NeverMail { email: address });
        let url = format!("{}/never/{token}", cx.config().public_url());
        texts.footnote = Some((phrases.translate("mail-confirm-never"), url));
    }
    prepare(cx, &site, &phrases, &texts).await.map(Some)
}

pub(super) async fn prepare(
    cx: &Context,
    site: &Site,
    phrases: &Phrases,
    texts: &Texts,
) -> Result<PreparedEmail, WriteError> {
    let mut db = cx.store.read().await?;
    let layout = layouts::transactional(&mut db).await?;
    let brand = branding::load_in(cx, &mut db, site, phrases.language).await?;
    drop(db);
    let name = site.name(phrases.language);
    let rendered = frame::render(cx, (layout, brand), phrases, name, texts).await?;
    Ok(PreparedEmail {
        from: None,
        reply_to: None,
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.text,
        language: None,
        list: None,
        campaign: None,
        calendar: None,
    })
}

/// A sample of an email to a subscriber, whose link changes nothing.
pub async fn sample(
    cx: &Context,
    kind: EmailKind,
    phrases: &Phrases,
    list: Option<&List>,
) -> Result<Rendered, WriteError> {
    let site = read_site(cx).await?;
    let name = site.name(phrases.language);
    let mut db = cx.store.read().await?;
    let all = lists::all(&mut db).await?;
    let layout_and_brand = (
        layouts::transactional(&mut db).await?,
        branding::load_in(cx, &mut db, &site, phrases.language).await?,
    );
    let chosen: Vec<&List> = list.or(all.first()).into_iter().collect();
    let sample = cx.keys.sign(&Token::Sample);
    let url = format!("{}/preferences/{sample}", cx.config().public_url());
    let texts = to_subscriber(cx, kind, phrases, name, &chosen, url);
    frame::render(cx, layout_and_brand, phrases, name, &texts).await
}

pub(super) async fn read_site(cx: &Context) -> Result<Site, WriteError> {
    let site = site::load(cx).await;
    site.map_err(|error| WriteError::Campaign(error.into()))
}

/// Whether an email may still be sent: the subscriber exists and is not suppressed. After
/// unsubscribing from everything a confirmation is sent all the same: it asks first.
async fn may_be_sent(
    db: &mut Db,
    email: &ClaimedEmail,
    about: &Subscriptions,
) -> Result<bool, WriteError> {
    if subscribers::by_id(db, about.subscriber).await?.is_none() {
        return Ok(false);
    }
    let suppression = suppressions::of(db, &email.email).await?;
    Ok(suppression.is_none_or(|suppression| {
        suppression.reason == SuppressionReason::UnsubscribedAll
            && email.kind == EmailKind::Confirmation
    }))
}

/// Makes a confirmation ask for all that is pending by now; `false` if nothing is.
async fn add_pending(
    db: &mut Db,
    email: &ClaimedEmail,
    about: &mut Subscriptions,
) -> Result<bool, WriteError> {
    let held = subscriptions::of_subscriber(db, about.subscriber).await?;
    let pending = held
        .iter()
        .filter(|held| held.state == SubscriptionState::Pending)
        .map(|held| held.list_id);
    let pending: Vec<ListId> = pending.collect();
    let is_suppressed = suppressions::of(db, &email.email).await?.is_some();
    if pending.is_empty() {
        // Subscribed, and suppressed: the confirmation lifts that.
        return Ok(is_suppressed);
    }
    about.lists = pending;
    Ok(true)
}

fn link(cx: &Context, kind: EmailKind, about: &Subscriptions, queued_at: Timestamp) -> String {
    let site_url = cx.config().public_url();
    let subscriber = about.subscriber.0;
    match kind {
        EmailKind::Confirmation => {
            let token = cx.keys.sign(&Token::Confirm {
                subscriber,
                lists: about.lists.iter().map(|list| list.0).collect(),
                issued: queued_at,
            });
            format!("{site_url}/confirm/{token}")
        }
        _ => {
            let token = cx.keys.sign(&Token::Preferences { subscriber });
            format!("{site_url}/preferences/{token}")
        }
    }
}

fn to_subscriber(
    cx: &Context,
    kind: EmailKind,
    phrases: &Phrases,
    site: &str,
    lists: &[&List],
    url: String,
) -> Texts {
    let names = lists
        .iter()
        .map(|list| list.text(phrases.language).0.to_owned());
    let items: Vec<String> = names.collect();
    match kind {
        EmailKind::Confirmation => Texts {
            subject: phrases.translate_with("mail-confirm-subject", "site", site),
            preheader: phrases.translate("mail-confirm-preheader"),
            heading: phrases.translate("mail-confirm-heading"),
            paragraphs: vec![
                phrases.translate_with("mail-confirm-body", "site", site),
                phrases.count("mail-confirm-lists", "count", items.len() as i64),
            ],
            items,
            button: (phrases.translate("mail-confirm-button"), url),
            small_print: vec![
                phrases.duration("mail-confirm-expiry", cx.config().confirmation_lifetime),
                phrases.translate("mail-confirm-ignore"),
            ],
            footnote: None,
        },
        EmailKind::Welcome => Texts {
            subject: phrases.translate_with("mail-welcome-subject", "site", site),
            preheader: phrases.translate("mail-welcome-preheader"),
            heading: phrases.translate("mail-welcome-heading"),
            paragraphs: vec![
                phrases.translate_with("mail-welcome-body", "site", site),
                phrases.count("mail-welcome-lists", "count", items.len() as i64),
            ],
            items,
            button: (phrases.translate("mail-welcome-button"), url),
            small_print: vec![phrases.translate("mail-welcome-leave")],
            footnote: None,
        },
        _ => Texts {
            subject: phrases.translate_with("mail-already-subject", "site", site),
            preheader: phrases.translate("mail-already-preheader"),
            heading: phrases.translate("mail-already-heading"),
            paragraphs: vec![
                phrases.translate_with("mail-already-body", "site", site),
                phrases.translate("mail-already-hint"),
            ],
            items: Vec::new(),
            button: (phrases.translate("mail-already-button"), url),
            small_print: vec![phrases.translate("mail-already-ignore")],
            footnote: None,
        },
    }
}

fn sign_in_texts(phrases: &Phrases, site: &str, url: String) -> Texts {
    let minutes = i64::try_from(MAILED_LINK_LIFETIME.as_secs() / 60).unwrap_or(i64::MAX);
    Texts {
        subject: phrases.translate_with("mail-sign-in-subject", "site", site),
        preheader: phrases.translate("mail-sign-in-preheader"),
        heading: phrases.translate("mail-sign-in-heading"),
        paragraphs: vec![phrases.translate_with("mail-sign-in-body", "site", site)],
        items: Vec::new(),
        button: (phrases.translate("mail-sign-in-button"), url),
        small_print: vec![
            phrases.count("mail-sign-in-expiry", "minutes", minutes),
            phrases.translate("mail-sign-in-ignore"),
        ],
        footnote: None,
    }
}

fn account_changed_texts(
    phrases: &Phrases,
    site: &str,
    change: CredentialChange,
    url: String,
) -> Texts {
    Texts {
        subject: phrases.translate_with("mail-account-subject", "site", site),
        preheader: phrases.translate(&format!("mail-account-{change}")),
        heading: phrases.translate("mail-account-heading"),
        paragraphs: vec![
            phrases.translate(&format!("mail-account-{change}")),
            phrases.translate("mail-account-not-you"),
        ],
        items: Vec::new(),
        button: (phrases.translate("mail-account-button"), url),
        small_print: vec![phrases.translate_with("mail-account-reason", "site", site)],
        footnote: None,
    }
}

/// An email whose point is its link; `key` begins the names of its phrases.
fn link_texts(phrases: &Phrases, key: &str, site: &str, url: String) -> Texts {
    let phrase = |name: &str| phrases.translate(&format!("{key}-{name}"));
    let phrase_of_site =
        |name: &str| phrases.translate_with(&format!("{key}-{name}"), "site", site);
    Texts {
        subject: phrase_of_site("subject"),
        preheader: phrase("heading"),
        heading: phrase("heading"),
        paragraphs: vec![phrase_of_site("body")],
        items: Vec::new(),
        button: (phrase("button"), url),
        small_print: vec![phrase("ignore")],
        footnote: None,
    }
}
