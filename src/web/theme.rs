//! The style sheet that gives pages the site's colours and fonts.

use crate::content::site::Site;

const HEADINGS: &str = "main :is(h1,h2,h3,h4,h5,h6)";

/// The style sheet of a site; empty where it keeps the shipped look.
pub fn style_sheet(site: &Site) -> String {
    let mut sheet = String::new();
    if let Some(accent) = site.accent {
        sheet.push_str(&accent.style_sheet());
    }
    if let Some(font) = site.heading_font {
        sheet.push_str(&format!(":root{{--serif:{}}}\n", font.stack()));
    }
    if let Some(font) = site.font {
        let stack = font.stack();
        sheet.push_str(&format!(
            ":root{{--sans:{stack}}}\n.prose{{font-family:{stack}}}\n\
             .prose :is(h1,h2,h3,h4,h5,h6,blockquote){{font-family:var(--serif)}}\n"
        ));
    }
    if let Some(heading) = site.heading {
        let dark = heading.in_mail().accent_dark;
        sheet.push_str(&format!(
            "{HEADINGS}{{color:{heading}}}\n\
             @media (prefers-color-scheme: dark){{{HEADINGS}{{color:{dark}}}}}\n"
        ));
    }
    sheet
}

/// The path of the style sheet, another one for each look, so that browsers can keep it; empty
/// where the site keeps the shipped look.
pub fn path(site: &Site) -> String {
    let colour = |colour: String| colour.trim_start_matches('#').to_owned();
    let parts = [
        site.accent.map(|accent| colour(accent.to_string())),
        site.heading
            .map(|heading| format!("h{}", colour(heading.to_string()))),
        site.font.map(|font| font.as_str().to_owned()),
        site.heading_font.map(|font| format!("h{}", font.as_str())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("/theme.css?{}", parts.join("-"))
}
