//! The emails to users of the admin about their work: invitations and notifications.

use crate::account::invitation::INVITATION_LIFETIME;
use crate::address::own_script;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::model::notification::Notice;
use crate::model::transactional::PreparedEmail;
use crate::notifications::wording;
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;

use super::frame::{Texts, one_line};
use super::templates::{prepare, read_site};

/// Characters of a subject line.
const SUBJECT_LIMIT: usize = 150;

pub(super) async fn invitation(
    cx: &Context,
    language: Language,
    secret: &str,
    inviter: &str,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let phrases = site.phrases(language);
    let url = format!("{}/admin/sign-in/{secret}", cx.config().public_url());
    let inviter = own_script(inviter);
    let texts = invitation_texts(&phrases, site.name(language), &inviter, url);
    prepare(cx, &site, &phrases, &texts).await
}

pub(super) async fn notification(
    cx: &Context,
    language: Language,
    notice: &Notice,
) -> Result<PreparedEmail, WriteError> {
    let site = read_site(cx).await?;
    let phrases = site.phrases(language);
    let public_url = cx.config().public_url();
    let mut texts = notification_texts(&phrases, site.name(language), notice, &public_url);
    let calendar = Calendar::new(language, cx.config().time_zone.get());
    for paragraph in &mut texts.paragraphs {
        *paragraph = calendar.with_local_times(paragraph);
    }
    prepare(cx, &site, &phrases, &texts).await
}

/// How many days an invitation lives.
fn invitation_days() -> i64 {
    i64::try_from(INVITATION_LIFETIME.as_secs() / (24 * 3600)).unwrap_or(i64::MAX)
}

fn invitation_texts(phrases: &Phrases, site: &str, inviter: &str, url: String) -> Texts {
    let of_site = |key| phrases.translate_with(key, "site", site);
    let body = phrases
        .say("mail-invitation-body")
        .text("inviter", inviter)
        .text("site", site);
    let ask = phrases.say("mail-invitation-ask").text("inviter", inviter);
    Texts {
        subject: of_site("mail-invitation-subject"),
        preheader: phrases.translate("mail-invitation-preheader"),
        heading: of_site("mail-invitation-heading"),
        paragraphs: vec![body.into()],
        items: Vec::new(),
        button: (phrases.translate("mail-invitation-button"), url),
        small_print: vec![
            phrases.count("mail-invitation-expiry", "days", invitation_days()),
            ask.into(),
            phrases.translate("mail-invitation-ignore"),
        ],
        footnote: None,
    }
}

fn notification_texts(phrases: &Phrases, site: &str, notice: &Notice, public_url: &str) -> Texts {
    let told = wording::told(phrases, notice);
    let mut paragraphs = vec![told.text.clone()];
    paragraphs.extend(Some(told.reason).filter(|reason| !reason.is_empty()));
    let choices = format!("{public_url}/admin/account/notifications");
    Texts {
        subject: one_line(&told.title, SUBJECT_LIMIT),
        preheader: told.text,
        heading: told.title,
        paragraphs,
        items: Vec::new(),
        button: (
            phrases.translate("mail-notice-button"),
            format!("{public_url}{}", notice.path),
        ),
        small_print: vec![phrases.translate_with("mail-notice-why", "site", site)],
        footnote: Some((phrases.translate("mail-notice-choose"), choices)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CampaignId;
    use crate::text::phrases::shipped_languages;

    const URL: &str = "https://news.example.org";

    #[test]
    fn an_invitation_names_the_inviter_and_says_how_long_it_lives_in_every_language() {
        for language in shipped_languages().iter() {
            let phrases = Phrases::shipped(language);
            let texts = invitation_texts(&phrases, "Embassy", "a@example.org", URL.to_owned());
            assert!(texts.paragraphs[0].contains("a@example.org"), "{language}");
            assert!(texts.paragraphs[0].contains("Embassy"), "{language}");
            assert!(texts.small_print[0].contains('7'), "{language}");
            assert!(texts.small_print[1].contains("a@example.org"), "{language}");
            assert!(texts.subject.contains("Embassy"), "{language}");
        }
    }

    #[test]
    fn a_notification_leads_to_its_page_and_to_the_choices() {
        let notice = Notice::campaign_finished(CampaignId(7), "News", 3, 0);
        let texts = notification_texts(&Phrases::shipped(Language::EN), "Embassy", &notice, URL);
        assert_eq!(texts.subject, "Campaign sent: News");
        assert_eq!(texts.button.1, "https://news.example.org/admin/campaigns/7");
        assert_eq!(texts.paragraphs.len(), 1, "there is no reason");
        let (_, choices) = texts.footnote.unwrap();
        assert_eq!(
            choices,
            "https://news.example.org/admin/account/notifications"
        );
    }
}
