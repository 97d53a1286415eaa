//! A post as entered: nothing is lost when the form is invalid.

use crate::clock::Timestamp;
use crate::content::post::{FullPost, PostDraft, variant};
use crate::model::MediaId;
use crate::model::list::{InvalidSlug, Slug};
use crate::store::posts::Variant;
use crate::text::datetime::Calendar;
use crate::text::line::{LineError, Title};
use crate::text::locale::{Language, Languages};
use crate::text::phrase::Phrase;
use crate::web::admin::translations::up_to_date;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;

/// The texts of one language as entered.
#[derive(Debug, Clone, Default)]
pub struct TextInput {
    pub title: String,
    pub summary: String,
    pub body: String,
}

impl TextInput {
    fn of(variant: &Variant) -> Self {
        Self {
            title: variant.title.clone(),
            summary: variant.summary.clone(),
            body: variant.body_markdown.clone(),
        }
    }

    pub fn is_empty(&self) -> bool {
        [&self.title, &self.summary, &self.body]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// The editor's form.
#[derive(Debug, Clone)]
pub struct FormInput {
    pub slug: String,
    pub category: String,
    pub author: String,
    /// The file name of its picture.
    pub picture: String,
    /// Local date and time, in the format of the browser's field.
    pub publish_at: String,
    /// The language whose texts are shown.
    pub language: Language,
    /// In the order of the site's languages.
    pub texts: Vec<(Language, TextInput)>,
    /// When the post was last changed as its editor loaded it; 0 for a new
    /// one.
    pub seen: i64,
    /// Languages whose text is up to date though it has not changed.
    pub up_to_date: Vec<Language>,
}

fn texts_of(languages: &Languages, variants: &[Variant]) -> Vec<(Language, TextInput)> {
    let text = |language| {
        let variant = variants.iter().find(|v| v.language == language);
        (language, variant.map(TextInput::of).unwrap_or_default())
    };
    let known = variants.iter().map(|variant| variant.language);
    languages.and(known).into_iter().map(text).collect()
}

/// English if available, otherwise the first language.
fn first_spoken(variants: &[Variant]) -> Language {
    let english = variants.iter().find(|v| v.language == Language::EN);
    let first = english.or(variants.first());
    first.map_or_else(Language::default, |variant| variant.language)
}

/// Field ids and what is wrong with them.
pub type Mistakes = Vec<(String, Mistake)>;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy)]
pub enum Mistake {
    /// No language has a text.
    NoText,
    Title(Language, LineError),
    /// The summary is too long.
    Summary(Language),
    /// The text is too long.
    Body(Language),
    Category(LineError),
    Author(LineError),
    Slug(InvalidSlug),
}

impl Mistake {
    /// As the form says it.
    pub fn said(self, wording: &Wording) -> String {
        match self {
            Self::NoText => wording.t("admin-post-no-title"),
            Self::Title(language, error) => {
                let title = about_line(
                    wording,
                    error,
                    [
                        "admin-post-title-missing",
                        "admin-post-title-too-long",
                        "admin-post-title-not-a-line",
                    ],
                );
                title.text("language", language.endonym()).to_string()
            }
            Self::Summary(language) => {
                let summary = wording.say("admin-post-summary-too-long");
                summary.text("language", language.endonym()).to_string()
            }
            Self::Body(language) => {
                let body = wording.say("admin-post-text-too-long");
                body.text("language", language.endonym()).to_string()
            }
            Self::Category(error) => about_line(
                wording,
                error,
                [
                    "admin-post-category-missing",
                    "admin-post-category-too-long",
                    "admin-post-category-not-a-line",
                ],
            )
            .to_string(),
            Self::Author(error) => about_line(
                wording,
                error,
                [
                    "admin-post-author-missing",
                    "admin-post-author-too-long",
                    "admin-post-author-not-a-line",
                ],
            )
            .to_string(),
            Self::Slug(error) => wording.explain(error),
        }
    }
}

/// The phrase for a line that is missing, too long, or not one line.
fn about_line<'a>(wording: &'a Wording, error: LineError, keys: [&'static str; 3]) -> Phrase<'a> {
    let [missing, too_long, not_a_line] = keys;
    match error {
        LineError::Missing => wording.say(missing),
        LineError::TooLong(limit) => wording.say(too_long).text("limit", limit),
        LineError::ControlCharacter => wording.say(not_a_line),
    }
}

impl FormInput {
    /// An empty form, for a first text in the language `own` if the site has it.
    pub fn blank(languages: &Languages, own: Language, author: &str) -> Self {
        Self {
            slug: String::new(),
            category: String::new(),
            author: author.to_owned(),
            picture: String::new(),
            publish_at: String::new(),
            language: languages.find(own.tag()).unwrap_or(Language::EN),
            texts: texts_of(languages, &[]),
            seen: 0,
            up_to_date: Vec::new(),
        }
    }

    pub fn of_post(
        languages: &Languages,
        post: &FullPost,
        language: Option<Language>,
        calendar: &Calendar,
    ) -> Self {
        Self {
            slug: post.post.slug.to_string(),
            category: post.post.category.clone(),
            author: post.post.author.clone(),
            picture: post.post.picture.clone().unwrap_or_default(),
            publish_at: post
                .post
                .published_at
                .map(|at| calendar.field(at))
                .unwrap_or_default(),
            language: language.unwrap_or_else(|| first_spoken(&post.variants)),
            texts: texts_of(languages, &post.variants),
            seen: post.post.updated_at.millis(),
            up_to_date: Vec::new(),
        }
    }

    /// The form of a revision, to restore it. `picture` is the file name of its picture.
    pub fn of_edition(
        languages: &Languages,
        edition: &PostDraft,
        picture: String,
        calendar: &Calendar,
        seen: i64,
    ) -> Self {
        Self {
            slug: edition
                .slug
                .as_ref()
                .map(Slug::to_string)
                .unwrap_or_default(),
            category: edition.category.to_string(),
            author: edition.author.to_string(),
            picture,
            publish_at: edition
                .published_at
                .map(|at| calendar.field(at))
                .unwrap_or_default(),
            language: first_spoken(&edition.variants),
            texts: texts_of(languages, &edition.variants),
            seen,
            up_to_date: Vec::new(),
        }
    }

    pub fn of_form(languages: &Languages, form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            slug: text("slug"),
            category: text("category"),
            author: text("author"),
            picture: form.trimmed("picture").to_owned(),
            publish_at: text("publish_at"),
            language: form.text("language").parse().unwrap_or_default(),
            texts: form
                .languages(languages, "title_")
                .into_iter()
                .map(|language| {
                    let of = |name: &str| text(&format!("{name}_{language}"));
                    let input = TextInput {
                        title: of("title"),
                        summary: of("summary"),
                        body: of("body"),
                    };
                    (language, input)
                })
                .collect(),
            seen: form.text("seen").parse().unwrap_or_default(),
            up_to_date: up_to_date(form, form.languages(languages, "title_")),
        }
    }

    /// What was written in a language.
    pub fn text(&self, language: Language) -> Option<&TextInput> {
        let found = self.texts.iter().find(|(one, _)| *one == language);
        found.map(|(_, input)| input)
    }

    /// Parses the form as a post with a picture, published at `published_at`.
    pub fn edition(
        &self,
        picture: Option<MediaId>,
        published_at: Option<Timestamp>,
    ) -> Result<PostDraft, Mistakes> {
        let mut mistakes = Mistakes::new();
        let mut wrong = |field: String, mistake: Mistake| mistakes.push((field, mistake));
        let mut variants = Vec::new();
        for (language, input) in &self.texts {
            if input.is_empty() {
                continue;
            }
            match self.variant(*language, input) {
                Ok(variant) => variants.push(variant),
                Err((field, mistake)) => wrong(format!("{field}_{language}"), mistake),
            }
        }
        if self.texts.iter().all(|(_, input)| input.is_empty()) {
            let field = format!("title_{}", self.language);
            wrong(field, Mistake::NoText);
        }
        let mut line = |field: &str, text: &str, mistake: fn(LineError) -> Mistake| {
            Title::parse(text)
                .map_err(|error| wrong(field.to_owned(), mistake(error)))
                .ok()
        };
        let category = line("category", &self.category, Mistake::Category);
        let author = line("author", &self.author, Mistake::Author);
        let slug = match self.slug.trim() {
            "" => None,
            text => text
                .parse::<Slug>()
                .map_err(|error| wrong("slug".to_owned(), Mistake::Slug(error)))
                .ok(),
        };
        match (category, author) {
            (Some(category), Some(author)) if mistakes.is_empty() => Ok(PostDraft {
                slug,
                category,
                author,
                picture,
                published_at,
                variants,
            }),
            _ => Err(mistakes),
        }
    }

    fn variant(
        &self,
        language: Language,
        input: &TextInput,
    ) -> Result<Variant, (&'static str, Mistake)> {
        let title = Title::parse(&input.title)
            .map_err(|error| ("title", Mistake::Title(language, error)))?;
        variant(language, &title, &input.summary, &input.body).map_err(|error| {
            if error.to_string().contains("summary") {
                ("summary", Mistake::Summary(language))
            } else {
                ("body", Mistake::Body(language))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(form: &str) -> FormInput {
        FormInput::of_form(
            &Languages::default(),
            &Form::parse(form.as_bytes()).unwrap(),
        )
    }

    #[test]
    fn a_post_needs_words_in_one_language_and_may_have_more() {
        let edition = typed("title_en=A&category=General&author=B&body_en=x&title_kk=%D3%98")
            .edition(None, None)
            .unwrap();
        let languages: Vec<_> = edition.variants.iter().map(|v| v.language.tag()).collect();
        assert_eq!(languages, ["kk", "en"]);
        assert_eq!(edition.slug, None);
    }

    #[test]
    fn each_mistake_is_named_beside_its_field() {
        let errors = typed("body_ru=x&slug=A+b&author=B&language=ru")
            .edition(None, None)
            .unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["title_ru", "category", "slug"]);
        let errors = typed("category=a&author=b&language=kk")
            .edition(None, None)
            .unwrap_err();
        assert_eq!(errors[0].0, "title_kk");
    }
}
