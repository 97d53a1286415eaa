//! What inboxes show of a campaign in each language: subject, preheader and the
//! sender's name.

use super::{CampaignError, Result};
use crate::store::campaign_contents::CampaignVariant;
use crate::text::line::{PersonName, SubjectLine};
use crate::text::locale::Language;

/// The subjects of a campaign.
#[derive(Debug, Clone)]
pub struct Subjects {
    /// The campaign's own subject.
    subject: String,
    /// Its language.
    language: Language,
    /// The titles of its content.
    titles: Vec<(Language, String)>,
    variants: Vec<CampaignVariant>,
}

impl Subjects {
    /// `titles` are those of the content, in each of its languages; `usual` is
    /// the language of the site.
    pub fn new(
        subject: &str,
        usual: Language,
        titles: Vec<(Language, String)>,
        variants: Vec<CampaignVariant>,
    ) -> Self {
        let has_language =
            |wanted: &Language| titles.iter().any(|(language, _)| language == wanted);
        let language = [usual, Language::EN].into_iter().find(has_language);
        let first = titles.first().map(|(language, _)| *language);
        Self {
            subject: subject.to_owned(),
            language: language.or(first).unwrap_or(usual),
            titles,
            variants,
        }
    }

    /// The subject in a language: its own; the campaign's, if that is written
    /// in it; or the title of the content.
    pub fn subject(&self, language: Language, title: &str) -> String {
        if let Some(own) = self.own(language) {
            return own.to_owned();
        }
        let is_title = self.titles.iter().any(|(_, title)| *title == self.subject);
        let is_written_in_it = language == self.language && !is_title;
        if is_written_in_it || title.is_empty() {
            self.subject.clone()
        } else {
            title.to_owned()
        }
    }

    /// The languages without a subject, with the title that is used instead.
    pub fn missing(&self) -> Vec<(Language, &str)> {
        let is_title = self.titles.iter().any(|(_, title)| *title == self.subject);
        let lacks = |(language, _): &&(Language, String)| {
            self.own(*language).is_none() && *language != self.language && !is_title
        };
        let missing = self.titles.iter().filter(lacks);
        missing
            .map(|(language, title)| (*language, title.as_str()))
            .collect()
    }

    fn variant(&self, language: Language) -> Option<&CampaignVariant> {
        self.variants
            .iter()
            .find(|variant| variant.language == language)
    }

    fn own(&self, language: Language) -> Option<&str> {
        let own = self
            .variant(language)
            .map(|variant| variant.subject.as_str());
        own.filter(|subject| !subject.is_empty())
    }

    /// The preheader in a language, if it has its own.
    pub fn preheader(&self, language: Language) -> Option<&str> {
        let own = self
            .variant(language)
            .map(|variant| variant.preheader.as_str());
        own.filter(|preheader| !preheader.is_empty())
    }

    /// The sender name in a language; empty for that of the sender.
    pub fn from_name(&self, language: Language) -> &str {
        self.variant(language)
            .map_or("", |variant| &variant.from_name)
    }
}

/// Characters that a preheader may have.
pub const PREHEADER_LIMIT: usize = 300;

/// The entered texts of a language, cleaned up.
///
/// # Errors
/// [`CampaignError::Variant`] names the invalid field.
pub fn tidied(variant: &CampaignVariant) -> Result<CampaignVariant> {
    let language = variant.language;
    let wrong = |field: &'static str, error: &dyn std::fmt::Display| CampaignError::Variant {
        language,
        field,
        cause: format!(
            "the {} {error}",
            field.replace("from_name", "sender's name")
        ),
    };
    let subject = match variant.subject.trim() {
        "" => String::new(),
        subject => SubjectLine::parse(subject)
            .map_err(|error| wrong("subject", &error))?
            .to_string(),
    };
    let words: Vec<&str> = variant.preheader.split_whitespace().collect();
    let preheader = words.join(" ");
    if preheader.chars().count() > PREHEADER_LIMIT {
        return Err(wrong("preheader", &"has more than 300 characters"));
    }
    let from_name =
        PersonName::parse(&variant.from_name).map_err(|error| wrong("from_name", &error))?;
    Ok(CampaignVariant {
        language,
        subject,
        preheader,
        from_name: from_name.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subjects(subject: &str, variants: Vec<CampaignVariant>) -> Subjects {
        let titles = vec![
            (Language::KK, "Сайлау".to_owned()),
            (Language::RU, "Выборы".to_owned()),
            (Language::EN, "The vote".to_owned()),
        ];
        Subjects::new(subject, Language::EN, titles, variants)
    }

    #[test]
    fn each_language_reads_a_subject_of_its_own() {
        let all = |subjects: &Subjects| {
            [
                (Language::KK, "Сайлау"),
                (Language::RU, "Выборы"),
                (Language::EN, "The vote"),
            ]
            .map(|(language, title)| subjects.subject(language, title))
        };
        let own = subjects("News of the week", Vec::new());
        assert_eq!(all(&own), ["Сайлау", "Выборы", "News of the week"]);
        assert_eq!(
            own.missing(),
            [(Language::KK, "Сайлау"), (Language::RU, "Выборы")]
        );

        let of_title = subjects("Выборы", Vec::new());
        assert_eq!(all(&of_title), ["Сайлау", "Выборы", "The vote"]);
        assert!(of_title.missing().is_empty());

        let variant = CampaignVariant {
            language: Language::RU,
            subject: "Новости недели".to_owned(),
            ..CampaignVariant::default()
        };
        let set = subjects("News of the week", vec![variant]);
        assert_eq!(all(&set), ["Сайлау", "Новости недели", "News of the week"]);
        assert_eq!(set.missing(), [(Language::KK, "Сайлау")]);
    }

    #[test]
    fn content_in_one_language_keeps_its_subject() {
        let titles = vec![(Language::RU, "Выборы".to_owned())];
        let one = Subjects::new("Новости", Language::EN, titles, Vec::new());
        assert_eq!(one.subject(Language::RU, "Выборы"), "Новости");
    }
}
