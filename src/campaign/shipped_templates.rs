//! The templates of campaigns that are shipped: texts with gaps in square brackets, in the
//! languages of the admin pages. They can be copied, and neither changed nor deleted.

use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::text::locale::Language;

/// A shipped template.
#[derive(Debug, Clone, Copy)]
pub struct ShippedTemplate {
    /// Its name in addresses and the API; pages translate it.
    pub name: &'static str,
    /// The layout that suits it.
    pub layout: &'static str,
    sources: [(Language, &'static str); 3],
}

macro_rules! template {
    ($name:literal, $layout:literal) => {
        ShippedTemplate {
            name: $name,
            layout: $layout,
            sources: [
                (
                    Language::EN,
                    include_str!(concat!("../../templates/campaigns/", $name, ".en.md")),
                ),
                (
                    Language::RU,
                    include_str!(concat!("../../templates/campaigns/", $name, ".ru.md")),
                ),
                (
                    Language::KK,
                    include_str!(concat!("../../templates/campaigns/", $name, ".kk.md")),
                ),
            ],
        }
    };
}

/// Every shipped template, in the order in which the gallery shows them.
pub static SHIPPED: [ShippedTemplate; 8] = [
    template!("announcement", "announcement"),
    template!("digest", "digest"),
    template!("event-invitation", "announcement"),
    template!("welcome", "letter"),
    template!("letter", "letter"),
    template!("press-release", "announcement"),
    template!("product-update", "announcement"),
    template!("fundraising", "letter"),
];

/// A template in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedText {
    pub subject: String,
    pub text: CampaignText,
}

impl ShippedTemplate {
    /// The text in one of these languages that it has, in their order; the English one where it
    /// has none of them.
    pub fn texts(&self, languages: &[Language]) -> Vec<ShippedText> {
        let mut texts: Vec<ShippedText> = languages
            .iter()
            .filter_map(|language| self.text(*language))
            .collect();
        if texts.is_empty() {
            texts.extend(self.text(Language::EN));
        }
        texts
    }

    fn text(&self, language: Language) -> Option<ShippedText> {
        let (_, source) = self.sources.iter().find(|(own, _)| *own == language)?;
        Some(parse(language, source))
    }
}

impl ShippedText {
    /// What inboxes show of it.
    pub fn variant(&self) -> CampaignVariant {
        CampaignVariant {
            language: self.text.language,
            subject: self.subject.clone(),
            ..CampaignVariant::default()
        }
    }
}

/// Reads lines `name: value`, an empty line, and Markdown.
fn parse(language: Language, source: &str) -> ShippedText {
    let (head, body) = source.split_once("\n\n").unwrap_or((source, ""));
    let field = |name: &str| {
        let mut lines = head.lines();
        let line = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default().to_owned()
    };
    ShippedText {
        subject: field("subject"),
        text: CampaignText {
            language,
            title: field("title"),
            preheader: field("preheader"),
            body: body.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::text::line::{SubjectLine, Title};

    #[test]
    fn every_template_is_whole_in_each_language() {
        for template in &SHIPPED {
            let languages = [Language::EN, Language::RU, Language::KK];
            let texts = template.texts(&languages);
            assert_eq!(texts.len(), 3, "{}", template.name);
            let shape = |text: &ShippedText| {
                let read = document::read(&text.text.body).unwrap();
                let kinds = read.content.iter().map(|block| {
                    let json = serde_json::to_value(block).unwrap();
                    json["type"].as_str().unwrap().to_owned()
                });
                kinds.collect::<Vec<_>>()
            };
            for text in &texts {
                let told = format!("{} in {}", template.name, text.text.language);
                assert!(SubjectLine::parse(&text.subject).is_ok(), "{told}");
                assert!(Title::parse(&text.text.title).is_ok(), "{told}");
                assert!(!text.text.preheader.is_empty(), "{told}");
                assert_eq!(shape(text), shape(&texts[0]), "{told}");
                assert!(!shape(text).contains(&"markdown".to_owned()), "{told}");
            }
        }
    }

    #[test]
    fn a_language_that_it_lacks_gets_the_english_one() {
        let german = "de".parse().unwrap();
        let texts = SHIPPED[0].texts(&[german]);
        assert_eq!(texts[0].text.language, Language::EN);
        let texts = SHIPPED[0].texts(&[german, Language::KK]);
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].text.language, Language::KK);
    }
}
