//! Pictures in emails: each with its size, no wider than its column, and no larger
//! than a screen can show.

use std::collections::HashMap;

use super::Result;
use crate::mail::layout::Layout;
use crate::store::{Db, media};
use crate::text::html::{self, Tag};

/// Pixels that a layout leaves free beside its text, on both sides together.
const MARGINS: i64 = 48;
/// Pixels of padding in a table cell, on both sides together.
const CELL_MARGINS: i64 = 12;
/// MJML's default width of an email.
const USUAL_WIDTH: i64 = 600;
/// Pictures of one email that are looked up.
const LIMIT: usize = 200;

/// The site's own pictures in some texts, by file name.
#[derive(Debug, Clone, Default)]
pub struct Pictures(HashMap<String, Known>);

/// A picture whose size is known.
#[derive(Debug, Clone)]
struct Known {
    width: i64,
    height: i64,
    /// The widths of its smaller copies.
    smaller: Vec<i64>,
}

impl Pictures {
    /// Looks up the pictures that these texts, in Markdown or HTML, may show.
    pub async fn load<'a>(db: &mut Db, texts: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut known = HashMap::new();
        let mut names: Vec<&str> = texts.flat_map(names).collect();
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().take(LIMIT) {
            let Some(medium) = media::by_name(db, name).await? else {
                continue;
            };
            if let Some((width, height)) = medium.dimensions() {
                let smaller = media::widths_of(db, medium.id).await?;
                let picture = Known {
                    width,
                    height,
                    smaller,
                };
                known.insert(name.to_owned(), picture);
            }
        }
        Ok(Self(known))
    }

    /// HTML whose pictures fit a layout's column. URLs must be resolved.
    ///
    /// Outlook reads only the attributes and would show a picture at full
    /// size; the style fits it to narrower screens.
    pub fn fit(&self, html: &str, site_url: &str, layout: &Layout) -> String {
        if !html.contains("<img") {
            return html.to_owned();
        }
        let column = column(&layout.mjml);
        let folder = format!("{site_url}/media/");
        html::rewrite_pictures(html, |tag, cells| {
            let width = match i64::try_from(cells) {
                Ok(cells @ 1..) => (column / cells - CELL_MARGINS).max(CELL_MARGINS),
                _ => column,
            };
            let own = tag.get("src").and_then(|src| src.strip_prefix(&folder));
            let own = own.and_then(|name| Some((name.to_owned(), self.0.get(name)?)));
            fit(tag, width, &folder, own);
        })
    }
}

impl Pictures {
    /// A whole email in which pictures with a given width are no larger than
    /// shown; their style is the author's. URLs must be resolved.
    pub fn lighten(&self, html: &str, site_url: &str) -> String {
        if self.0.is_empty() {
            return html.to_owned();
        }
        let folder = format!("{site_url}/media/");
        html::rewrite_pictures(html, |tag, _| {
            let width = Length::read(tag.get("width"));
            let name = tag.get("src").and_then(|src| src.strip_prefix(&folder));
            let known = name.and_then(|name| Some((name, self.0.get(name)?)));
            if let (Some(Length::Points(width)), Some((name, known))) = (width, known)
                && let Some(smaller) = known.smaller_for(width)
            {
                let lighter = format!("{folder}{smaller}/{name}");
                tag.set("src", &lighter);
            }
        })
    }
}

impl Known {
    /// The width of its smallest copy with two pixels for each CSS pixel.
    fn smaller_for(&self, shown: i64) -> Option<i64> {
        let wide_enough = self.smaller.iter().filter(|one| **one >= 2 * shown);
        wide_enough.min().copied()
    }
}

/// A width or height as the author gives it.
#[derive(Clone, Copy)]
enum Length {
    Points(i64),
    /// Percent of the column.
    Share(i64),
}

impl Length {
    fn read(value: Option<&str>) -> Option<Self> {
        let value = value?.trim();
        let number = |digits: &str| digits.trim().parse().ok().filter(|number| *number > 0);
        match value.strip_suffix('%') {
            Some(share) => number(share).map(|share: i64| Length::Share(share.min(100))),
            None => number(value.strip_suffix("px").unwrap_or(value)).map(Length::Points),
        }
    }

    fn points(self, column: i64) -> i64 {
        match self {
            Length::Points(points) => points,
            Length::Share(share) => (column * share / 100).max(1),
        }
    }
}

fn fit(tag: &mut Tag<'_>, column: i64, folder: &str, own: Option<(String, &Known)>) {
    let width = Length::read(tag.get("width"));
    let height = match Length::read(tag.get("height")) {
        Some(Length::Points(height)) => Some(height),
        _ => None,
    };
    let said = width.map(|width| width.points(column));
    // Its aspect ratio: its own, or the author's.
    let shape = match &own {
        Some((_, known)) => Some((known.width.max(1), known.height.max(1))),
        None => said.zip(height),
    };
    let by_height = || Some(height? * shape?.0 / shape?.1);
    let wanted = said
        .or_else(by_height)
        .or(shape.map(|(width, _)| width))
        .map(|width| width.clamp(1, column));
    let own_style = match (wanted, height, width) {
        (Some(_), _, Some(Length::Share(share))) => {
            format!("width:{share}%;max-width:100%;height:auto")
        }
        (Some(_), ..) => "max-width:100%;height:auto".to_owned(),
        (None, Some(height), _) => format!("width:auto;max-width:100%;height:{height}px"),
        // Unknown size: Outlook, which ignores `max-width`, shows it as wide as
        // the text; all others at its own size, within the text.
        (None, None, _) => "width:auto;max-width:100%;height:auto".to_owned(),
    };
    match (wanted, height) {
        (Some(shown), _) => {
            tag.set("width", &shown.to_string());
            match shape {
                Some((width, height)) => {
                    tag.set("height", &(height * shown / width).max(1).to_string());
                }
                None => tag.remove("height"),
            }
            if let Some((name, known)) = own
                && let Some(smaller) = known.smaller_for(shown)
            {
                tag.set("src", &format!("{folder}{smaller}/{name}"));
            }
        }
        (None, Some(height)) => {
            tag.set("height", &height.to_string());
            tag.remove("width");
        }
        (None, None) => {
            tag.set("width", &column.to_string());
            tag.remove("height");
        }
    }
    let style = tag
        .get("style")
        .unwrap_or_default()
        .trim_end_matches([' ', ';']);
    let separator = if style.is_empty() { "" } else { ";" };
    let fluid = format!("{style}{separator}{own_style}");
    tag.set("style", &fluid);
}

/// Where MJML loads the icons of `mj-social` from. Loading one there tells that
/// host who opens the email.
const ICONS_OF_OTHERS: &str = "https://www.mailjet.com/images/theme/v1/icons/ico-social/";

/// HTML with social icons from the site instead.
pub fn with_own_icons(html: &str, site_url: &str) -> String {
    html.replace(ICONS_OF_OTHERS, &format!("{site_url}/assets/img/social/"))
}

/// The file names after `/media/` in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("/media/").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || "()[]<>\"'?#\\/".contains(c));
        let name = &rest[..end.unwrap_or(rest.len())];
        (!name.is_empty()).then_some(name)
    })
}

/// The width of a layout's text in pixels.
fn column(mjml: &str) -> i64 {
    let body = mjml.split_once("<mj-body").map_or("", |(_, rest)| rest);
    let tag = body.split('>').next().unwrap_or_default();
    let width = tag
        .split_once(" width=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .and_then(|width| width.trim_end_matches("px").trim().parse().ok())
        .unwrap_or(USUAL_WIDTH);
    (width - MARGINS).max(MARGINS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout {
            name: "own".into(),
            mjml: "<mjml><mj-body css-class=\"a\" width=\"640px\">".into(),
        }
    }

    #[test]
    fn pictures_get_their_size_and_are_no_heavier_than_shown() {
        let wide = Known {
            width: 2400,
            height: 1200,
            smaller: vec![480, 960, 1600],
        };
        let small = Known {
            width: 100,
            height: 50,
            smaller: Vec::new(),
        };
        let known = HashMap::from([
            ("wide.png".to_owned(), wide),
            ("small.png".to_owned(), small),
        ]);
        let pictures = Pictures(known);
        for (html, fitted) in [
            (
                "<img src=\"https://a.kz/media/wide.png\" alt=\"x\">",
                "<img src=\"https://a.kz/media/1600/wide.png\" alt=\"x\" width=\"592\" height=\"296\" style=\"max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://a.kz/media/wide.png\" width=\"300\">",
                "<img src=\"https://a.kz/media/960/wide.png\" width=\"300\" height=\"150\" style=\"max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://a.kz/media/small.png\">",
                "<img src=\"https://a.kz/media/small.png\" width=\"100\" height=\"50\" style=\"max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://b.kz/x.png\" width=\"1200\" height=\"600\">",
                "<img src=\"https://b.kz/x.png\" width=\"592\" height=\"296\" style=\"max-width:100%;height:auto\">",
            ),
            // Nothing is known of its size.
            (
                "<img src=\"https://b.kz/x.png\">",
                "<img src=\"https://b.kz/x.png\" width=\"592\" style=\"width:auto;max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://b.kz/x.png\" height=\"20\">",
                "<img src=\"https://b.kz/x.png\" height=\"20\" style=\"width:auto;max-width:100%;height:20px\">",
            ),
            (
                "<img src=\"https://b.kz/x.png\" width=\"50%\">",
                "<img src=\"https://b.kz/x.png\" width=\"296\" style=\"width:50%;max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://b.kz/x.png\" width=\"120px\">",
                "<img src=\"https://b.kz/x.png\" width=\"120\" style=\"max-width:100%;height:auto\">",
            ),
            (
                "<img src=\"https://a.kz/media/small.png\" height=\"25\">",
                "<img src=\"https://a.kz/media/small.png\" height=\"25\" width=\"50\" style=\"max-width:100%;height:auto\">",
            ),
            (
                "<table><tbody><tr><td><img src=\"https://b.kz/x.png\"></td><td>y</td></tr></tbody></table>",
                "<table><tbody><tr><td><img src=\"https://b.kz/x.png\" width=\"284\" style=\"width:auto;max-width:100%;height:auto\"></td><td>y</td></tr></tbody></table>",
            ),
        ] {
            assert_eq!(pictures.fit(html, "https://a.kz", &layout()), fitted);
        }
        for (html, lighter) in [
            (
                "<img src=\"https://a.kz/media/wide.png\" width=\"200\" height=\"auto\">",
                "<img src=\"https://a.kz/media/480/wide.png\" width=\"200\" height=\"auto\">",
            ),
            (
                "<img src=\"https://a.kz/media/wide.png\">",
                "<img src=\"https://a.kz/media/wide.png\">",
            ),
        ] {
            assert_eq!(pictures.lighten(html, "https://a.kz"), lighter);
        }
    }

    #[test]
    fn every_social_icon_is_there() {
        let design = |name: &str| {
            let name = format!(
                "<mj-social-element name=\"{name}\" href=\"https://a.kz\">x</mj-social-element>"
            );
            let mjml = format!(
                "<mjml><mj-body><mj-section><mj-column><mj-social>{name}</mj-social></mj-column></mj-section></mj-body></mjml>"
            );
            let html = crate::mail::design::render_mjml(&mjml, &Default::default()).unwrap();
            with_own_icons(&html, "https://a.kz")
        };
        for name in [
            "dribbble",
            "facebook",
            "github",
            "google",
            "instagram",
            "linkedin",
            "medium",
            "pinterest",
            "snapchat",
            "soundcloud",
            "tumblr",
            "twitter",
            "x",
            "vimeo",
            "web",
            "xing",
            "youtube",
        ] {
            let html = design(name);
            let (_, rest) = html.split_once("https://a.kz/assets/").expect(name);
            let file = rest.split('"').next().unwrap();
            let path = format!("{}/assets/{file}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).is_file(), "{path}");
        }
    }

    #[test]
    fn names_of_pictures_are_found_in_any_text() {
        let text = "![a](/media/a.jpg) <img src=\"media/x\"> <img src='/media/b.png'> https://a.kz/media/c.png";
        assert_eq!(names(text).collect::<Vec<_>>(), ["a.jpg", "b.png", "c.png"]);
    }
}
