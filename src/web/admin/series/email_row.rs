//! The email of a step in the form of its series: what it is made of, its texts or its post.

use crate::model::series::{EmailFormat, EmailText, Step};
use crate::text::locale::{Language, Languages};
use crate::web::http::form::Form;

/// What an email can be made of, as the form names it: the formats of texts, or a post.
pub const CONTENTS: [&str; 4] = ["markdown", "mjml", "html", POST];
const POST: &str = "post";

/// An email's fields in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    pub language: Language,
    pub subject: String,
    pub preheader: String,
    pub body: String,
}

impl TextRow {
    pub fn blank(language: Language) -> Self {
        Self {
            language,
            subject: String::new(),
            preheader: String::new(),
            body: String::new(),
        }
    }

    /// Fills the fields that are empty; whether there were any to fill.
    fn fill(&mut self, from: &Self) -> bool {
        let fields = [
            (&mut self.subject, &from.subject),
            (&mut self.preheader, &from.preheader),
            (&mut self.body, &from.body),
        ];
        let mut is_filled = false;
        for (own, other) in fields {
            if own.trim().is_empty() && !other.is_empty() {
                own.clone_from(other);
                is_filled = true;
            }
        }
        is_filled
    }
}

/// An email as it stands in the form. What was typed stays there, whatever it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailRow {
    /// One of [`CONTENTS`].
    pub content: String,
    /// The slug of the post.
    pub post: String,
    pub texts: Vec<TextRow>,
}

impl EmailRow {
    /// A new email, with fields for each language.
    pub fn blank(languages: &[Language]) -> Self {
        Self {
            content: EmailFormat::default().to_string(),
            post: String::new(),
            texts: languages.iter().copied().map(TextRow::blank).collect(),
        }
    }

    /// Sets what was written before: texts in a format.
    pub fn set_texts(&mut self, format: EmailFormat, texts: &[EmailText]) {
        self.content = format.to_string();
        for text in texts {
            let written = TextRow {
                language: text.language,
                subject: text.subject.clone(),
                preheader: text.preheader.clone(),
                body: text.body.clone(),
            };
            match self.place(text.language) {
                Some(at) => self.texts[at] = written,
                // The site may have had the language once.
                None => self.texts.push(written),
            }
        }
    }

    /// Sets what was chosen before: a post.
    pub fn set_post(&mut self, slug: &str) {
        POST.clone_into(&mut self.content);
        slug.clone_into(&mut self.post);
    }

    fn place(&self, language: Language) -> Option<usize> {
        self.texts.iter().position(|one| one.language == language)
    }

    /// The email of the step with this number in a sent form.
    pub fn read(form: &Form, number: usize, offered: &Languages) -> Self {
        let text = |name: &str, language: Language| {
            form.text(&format!("{name}_{number}_{language}")).to_owned()
        };
        let languages = form.languages(offered, &format!("subject_{number}_"));
        let texts = languages.into_iter().map(|language| TextRow {
            language,
            subject: text("subject", language).trim().to_owned(),
            preheader: text("preheader", language).trim().to_owned(),
            body: text("body", language),
        });
        let mut row = Self {
            texts: texts.collect(),
            post: form.trimmed(&format!("post_{number}")).to_owned(),
            ..Self::blank(&[])
        };
        let content = form.trimmed(&format!("format_{number}"));
        if !content.is_empty() {
            content.clone_into(&mut row.content);
        }
        row
    }

    /// The step; else the id of the field that is wrong, before its number, and why.
    pub fn step(&self) -> Result<Step, (&'static str, String)> {
        if self.content == POST {
            let post = self.post.parse();
            let post = post.map_err(|_| ("post", "choose a post".to_owned()))?;
            return Ok(Step::Send {
                texts: Vec::new(),
                format: EmailFormat::default(),
                post: Some(post),
            });
        }
        let format = self.content.parse();
        let unknown = |_| ("format", "choose what the email is made of".to_owned());
        let texts = self.texts.iter();
        let written = texts.filter(|text| !text.subject.is_empty() || !text.body.trim().is_empty());
        let texts = written.map(|text| EmailText {
            language: text.language,
            subject: text.subject.clone(),
            preheader: text.preheader.clone(),
            body: text.body.replace('\r', ""),
        });
        Ok(Step::Send {
            texts: texts.collect(),
            format: format.map_err(unknown)?,
            post: None,
        })
    }

    /// Fills the fields that are empty; whether there were any to fill. Texts in another format
    /// than what was typed fill nothing.
    pub fn fill(&mut self, format: EmailFormat, from: &[TextRow]) -> bool {
        let is_typed = self.texts.iter().any(|text| !text.body.trim().is_empty());
        if is_typed && self.content != format.as_str() {
            return false;
        }
        let mut is_filled = false;
        for text in from {
            if let Some(at) = self.place(text.language) {
                is_filled |= self.texts[at].fill(text);
            } else {
                self.texts.push(text.clone());
                is_filled = true;
            }
        }
        if is_filled {
            self.content = format.to_string();
        }
        is_filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(language: Language, subject: &str, body: &str) -> TextRow {
        TextRow {
            subject: subject.to_owned(),
            body: body.to_owned(),
            ..TextRow::blank(language)
        }
    }

    #[test]
    fn a_template_fills_what_is_empty_and_changes_nothing_that_was_typed() {
        let design = [
            text(Language::EN, "Hello", "<mjml>"),
            text(Language::KK, "Сәлем", "<mjml>"),
        ];
        let mut row = EmailRow::blank(&[Language::EN]);
        row.texts[0].subject = "My own".to_owned();
        assert!(row.fill(EmailFormat::Mjml, &design));
        assert_eq!(row.content, "mjml");
        assert_eq!(row.texts[0], text(Language::EN, "My own", "<mjml>"));
        assert_eq!(row.texts[1], design[1]);
        let before = row.clone();
        assert!(!row.fill(EmailFormat::Mjml, &design), "nothing is empty");
        let plain = [text(Language::RU, "Привет", "Здравствуйте")];
        assert!(!row.fill(EmailFormat::Markdown, &plain), "another format");
        assert_eq!(row, before);
    }

    #[test]
    fn a_post_has_to_be_chosen_and_the_content_to_be_known() {
        let mut row = EmailRow::blank(&[Language::EN]);
        row.set_post("");
        assert_eq!(row.step(), Err(("post", "choose a post".to_owned())));
        row.content = "rtf".to_owned();
        assert!(matches!(row.step(), Err(("format", _))));
    }
}
