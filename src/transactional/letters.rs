//! The house's own letters: a confirmation to be given, a welcome, a sign-in
//! link. Their words are phrases, which the desk may have changed.

use crate::account::{ChangeNotice, MAILED_LINK_LIFETIME, SignInNotice};
use crate::audience::confirmation_request::JoinNotice;
use crate::audience::personal_data::{PERSONAL_LINK_LIFETIME, PersonalDataNotice};
use crate::campaign::{branding, layouts};
use crate::content::site::{self, Site};
use crate::context::Context;
use crate::delivery::WriteError;
use crate::mail::brand::Brand;
use crate::mail::layout::{FooterLink, Layout, LayoutContext, LayoutError};
use crate::mail::link_mark::{self, LINK_MARK};
use crate::mail::personalise::Rendered;
use crate::model::ListId;
use crate::model::notice::NoticeKind;
use crate::model::subscription::{SubscriptionState, SuppressionReason};
use crate::model::user::CredentialChange;
use crate::render::{self, Budget};
use crate::store::lists::List;
use crate::store::notices::ClaimedNotice;
use crate::store::{Db, lists, subscribers, subscriptions, suppressions};
use crate::text::links::Base;
use crate::text::phrases::Phrases;
use crate::text::plain;
use crate::token::Token;

use super::ready::Ready;

/// The words of a letter.
struct Words {
    subject: String,
    preheader: String,
    heading: String,
    paragraphs: Vec<String>,
    items: Vec<String>,
    button: (String, String),
    small_print: Vec<String>,
    /// A further link, small: what it says and where it leads.
    footnote: Option<(String, String)>,
}

/// The letter that a notice asks for; `None` where nobody wants it any more.
///
/// # Errors
/// [`WriteError`] where it cannot be written.
pub(super) async fn of(cx: &Context, notice: &ClaimedNotice) -> Result<Option<Ready>, WriteError> {
    let site = read_site(cx).await?;
    let phrases = site.phrases(notice.language);
    let name = site.name(notice.language);
    let (phrases, words) = match notice.kind {
        NoticeKind::SignIn => {
            let payload: SignInNotice = serde_json::from_value(notice.payload.clone())?;
            let secret = payload.secret.reveal().to_owned();
            let url = format!("{}/admin/sign-in/{secret}", cx.config.public_url());
            let words = sign_in(&phrases, name, url);
            (phrases, words)
        }
        NoticeKind::AccountChanged => {
            let payload: ChangeNotice = serde_json::from_value(notice.payload.clone())?;
            let url = format!("{}/admin/account", cx.config.public_url());
            let words = account_changed(&phrases, name, payload.change, url);
            (phrases, words)
        }
        NoticeKind::PersonalData => {
            let payload: PersonalDataNotice = serde_json::from_value(notice.payload.clone())?;
            let token = cx.keys.sign(&Token::PersonalData {
                subscriber: payload.subscriber.0,
                until: notice.created_at.after(PERSONAL_LINK_LIFETIME),
            });
            let url = format!("{}/my-data/{token}", cx.config.public_url());
            let words = personal_data(&phrases, name, url);
            (phrases, words)
        }
        kind => {
            let mut payload: JoinNotice = serde_json::from_value(notice.payload.clone())?;
            let mut db = cx.store.read().await?;
            if !is_wanted(&mut db, notice, &payload).await? {
                return Ok(None);
            }
            if kind == NoticeKind::Confirmation && !asks(&mut db, notice, &mut payload).await? {
                return Ok(None);
            }
            let all = lists::all(&mut db).await?;
            let chosen: Vec<&List> = all
                .iter()
                .filter(|list| payload.lists.contains(&list.id))
                .collect();
            let phrases = phrases.of_lists(payload.lists.iter().map(|list| list.0));
            let url = link(cx, kind, &payload, notice);
            let mut words = to_subscriber(cx, kind, &phrases, name, &chosen, url);
            if kind == NoticeKind::Confirmation {
                let email = notice.email.as_str().to_owned();
                let token = cx.keys.sign(&Token::NeverMail { email });
                let url = format!("{}/never/{token}", cx.config.public_url());
                words.footnote = Some((phrases.translate("mail-confirm-never"), url));
            }
            (phrases, words)
        }
    };
    let mut db = cx.store.read().await?;
    let frame = (
        layouts::letter(&mut db).await?,
        branding::load(cx, &mut db, &site).await?,
    );
    drop(db);
    let filled = render(cx, frame, &phrases, name, &words).await?;
    Ok(Some(Ready {
        from: None,
        reply_to: None,
        subject: filled.subject,
        html: filled.html,
        text: filled.text,
        language: None,
        list: None,
    }))
}

/// What a letter to a subscriber of a list says in these phrases, with a link
/// that changes nothing.
///
/// # Errors
/// [`WriteError`] where it cannot be written.
pub async fn sample(
    cx: &Context,
    kind: NoticeKind,
    phrases: &Phrases,
    list: Option<&List>,
) -> Result<Rendered, WriteError> {
    let site = read_site(cx).await?;
    let name = site.name(phrases.language);
    let mut db = cx.store.read().await?;
    let all = lists::all(&mut db).await?;
    let frame = (
        layouts::letter(&mut db).await?,
        branding::load(cx, &mut db, &site).await?,
    );
    let chosen: Vec<&List> = list.or(all.first()).into_iter().collect();
    let sample = cx.keys.sign(&Token::Sample);
    let url = format!("{}/preferences/{sample}", cx.config.public_url());
    let words = to_subscriber(cx, kind, phrases, name, &chosen, url);
    render(cx, frame, phrases, name, &words).await
}

async fn read_site(cx: &Context) -> Result<Site, WriteError> {
    let site = site::load(cx).await;
    site.map_err(|error| WriteError::Campaign(error.into()))
}

/// Whether the notice's mail may still go: to a subscriber who is there, and
/// who has not said, or for whom nobody has, that none shall. Whoever left
/// everything is asked before they are taken back.
async fn is_wanted(
    db: &mut Db,
    notice: &ClaimedNotice,
    payload: &JoinNotice,
) -> Result<bool, WriteError> {
    if subscribers::by_id(db, payload.subscriber).await?.is_none() {
        return Ok(false);
    }
    let suppression = suppressions::of(db, &notice.email).await?;
    Ok(suppression.is_none_or(|suppression| {
        suppression.reason == SuppressionReason::UnsubscribedAll
            && notice.kind == NoticeKind::Confirmation
    }))
}

/// Has a confirmation ask for all that is pending by now; `false` where nothing
/// is left to ask for.
async fn asks(
    db: &mut Db,
    notice: &ClaimedNotice,
    payload: &mut JoinNotice,
) -> Result<bool, WriteError> {
    let held = subscriptions::of_subscriber(db, payload.subscriber).await?;
    let pending = held
        .iter()
        .filter(|held| held.state == SubscriptionState::Pending)
        .map(|held| held.list_id);
    let pending: Vec<ListId> = pending.collect();
    let is_suppressed = suppressions::of(db, &notice.email).await?.is_some();
    match pending.is_empty() {
        // On lists, but deaf to them.
        true => Ok(is_suppressed),
        false => {
            payload.lists = pending;
            Ok(true)
        }
    }
}

fn link(cx: &Context, kind: NoticeKind, payload: &JoinNotice, notice: &ClaimedNotice) -> String {
    let site_url = cx.config.public_url();
    let subscriber = payload.subscriber.0;
    match kind {
        NoticeKind::Confirmation => {
            let token = cx.keys.sign(&Token::Confirm {
                subscriber,
                lists: payload.lists.iter().map(|list| list.0).collect(),
                issued: notice.created_at,
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
    kind: NoticeKind,
    phrases: &Phrases,
    site: &str,
    lists: &[&List],
    url: String,
) -> Words {
    let names = lists
        .iter()
        .map(|list| list.text(phrases.language).0.to_owned());
    let items: Vec<String> = names.collect();
    match kind {
        NoticeKind::Confirmation => Words {
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
                phrases.duration("mail-confirm-expiry", cx.config.confirmation_lifetime),
                phrases.translate("mail-confirm-ignore"),
            ],
            footnote: None,
        },
        NoticeKind::Welcome => Words {
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
        _ => Words {
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

fn sign_in(phrases: &Phrases, site: &str, url: String) -> Words {
    let minutes = i64::try_from(MAILED_LINK_LIFETIME.as_secs() / 60).unwrap_or(i64::MAX);
    Words {
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

fn account_changed(phrases: &Phrases, site: &str, change: CredentialChange, url: String) -> Words {
    Words {
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

fn personal_data(phrases: &Phrases, site: &str, url: String) -> Words {
    Words {
        subject: phrases.translate_with("mail-my-data-subject", "site", site),
        preheader: phrases.translate("mail-my-data-heading"),
        heading: phrases.translate("mail-my-data-heading"),
        paragraphs: vec![phrases.translate_with("mail-my-data-body", "site", site)],
        items: Vec::new(),
        button: (phrases.translate("mail-my-data-button"), url),
        small_print: vec![phrases.translate("mail-my-data-ignore")],
        footnote: None,
    }
}

async fn render(
    cx: &Context,
    (letter, brand): (Layout, Brand),
    phrases: &Phrases,
    site_name: &str,
    words: &Words,
) -> Result<Rendered, WriteError> {
    let site_url = cx.config.public_url();
    let (button_text, button_url) = words.button.clone();
    let paragraph = |text: &String| format!("<p>{}</p>", escape(text));
    let mut body: String = words.paragraphs.iter().map(paragraph).collect();
    if !words.items.is_empty() {
        let items: String = words
            .items
            .iter()
            .map(|item| format!("<li>{}</li>", escape(item)))
            .collect();
        body.push_str(&format!("<ul>{items}</ul>"));
    }
    // The design never sees the link, which signs somebody in or acts for them.
    let context = LayoutContext {
        language: phrases.language.tag().to_owned(),
        site_name: site_name.to_owned(),
        site_url: site_url.clone(),
        preheader: words.preheader.clone(),
        title: words.heading.clone(),
        button_text: button_text.clone(),
        button_url: LINK_MARK.to_owned(),
        small_print: format!("{} {LINK_MARK}", phrases.translate("mail-link-fallback")),
        reason: words.small_print.join(" "),
        footer_links: footer_links(site_name, site_url, words),
        brand: brand.clone(),
        ..LayoutContext::default()
    };
    let html = set_in(letter, context, body, &button_url).await?;

    let mut text = format!("{}\n", words.heading);
    for paragraph in &words.paragraphs {
        text.push_str(&format!("\n{}\n", plain::wrap(paragraph, plain::WIDTH)));
    }
    if !words.items.is_empty() {
        text.push('\n');
    }
    for item in &words.items {
        text.push_str(&format!("- {item}\n"));
    }
    text.push_str(&format!("\n{button_text}:\n{button_url}\n"));
    for line in &words.small_print {
        text.push_str(&format!("\n{}\n", plain::wrap(line, plain::WIDTH)));
    }
    if let Some((said, url)) = &words.footnote {
        text.push_str(&format!("\n{said}:\n{url}\n"));
    }
    let signature = phrases.translate_with("mail-signature", "site", site_name);
    Ok(Rendered {
        subject: words.subject.clone(),
        html,
        text: match brand.postal_lines.is_empty() {
            true => format!("{text}\n{signature}\n"),
            false => format!("{text}\n{signature}\n{}\n", brand.postal_lines.join("\n")),
        },
    })
}

fn footer_links(site_name: &str, site_url: String, words: &Words) -> Vec<FooterLink> {
    let site = FooterLink {
        text: site_name.to_owned(),
        url: site_url,
    };
    let footnote = words.footnote.iter().map(|(text, url)| FooterLink {
        text: text.clone(),
        url: url.clone(),
    });
    [site].into_iter().chain(footnote).collect()
}

/// The mail in the site's own design, or in the shipped one where that cannot be
/// rendered or would hand the link to others: transactional mail must arrive.
async fn set_in(
    letter: Layout,
    context: LayoutContext,
    body: String,
    button_url: &str,
) -> Result<String, WriteError> {
    let name = letter.name.clone();
    let (own_slots, own_body) = (context.clone(), body.clone());
    let own = move || resolved(&letter, &own_slots, &own_body);
    let own = render::run(Budget::Background, own).await;
    let why = match own {
        Ok(Ok(html)) => match link_mark::fill(&html, button_url) {
            Some(html) => return Ok(html),
            None => "it would hand the button's link to other servers".to_owned(),
        },
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(
        layout = %name, why,
        "the changed layout of transactional mail cannot be used; the shipped one is"
    );
    let shipped = move || resolved(&Layout::letter(), &context, &body);
    let html = render::run(Budget::Background, shipped).await??;
    link_mark::fill(&html, button_url).ok_or(WriteError::Link)
}

fn resolved(letter: &Layout, context: &LayoutContext, body: &str) -> Result<String, LayoutError> {
    let html = letter.render(context, body)?;
    Ok(Base::new(&context.site_url).resolve_all(&html))
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
