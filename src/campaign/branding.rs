//! The site's appearance in emails, campaigns and transactional ones.

use super::Result;
use crate::content::site::Site;
use crate::context::Context;
use crate::mail::brand::Brand;
use crate::model::brand_kit::SocialProfile;
use crate::store::{Db, media};
use crate::text::escape::without_merge_tags;
use crate::text::locale::Language;

/// The maximum height and width of a logo in pixels.
const LOGO_HEIGHT: i64 = 40;
const LOGO_WIDTH: i64 = 200;

/// The site's brand for layouts. Its footer, which differs by language, is added by
/// [`in_language`].
pub async fn load(cx: &Context, db: &mut Db, site: &Site) -> Result<Brand> {
    let mut brand = Brand {
        postal_lines: inert(site.postal_lines()),
        social_links: site.profiles.iter().map(profile).collect(),
        ..Brand::default()
    };
    if let Some(accent) = site.accent {
        brand = brand.coloured(&accent.in_mail());
    }
    if let Some(heading) = site.heading {
        let colours = heading.in_mail();
        brand.heading = colours.accent.to_string();
        brand.heading_dark = colours.accent_dark.to_string();
    }
    if let Some(font) = site.font {
        brand.font = font.stack();
    }
    if let Some(font) = site.heading_font {
        brand.heading_font = font.stack();
    }
    // The picture may have been deleted since.
    let Some(logo) = site.logo.as_deref() else {
        return Ok(brand);
    };
    let Some(logo) = media::by_name(db, logo).await? else {
        return Ok(brand);
    };
    let site_url = cx.config().public_url();
    let (width, height) = logo.dimensions().unwrap_or((LOGO_HEIGHT, LOGO_HEIGHT));
    (brand.logo_width, brand.logo_height) = within(width.max(1), height.max(1));
    let widths = media::widths_of(db, logo.id).await?;
    // Twice the shown size, for high-density screens.
    let smaller = widths
        .into_iter()
        .filter(|one| *one >= 2 * brand.logo_width);
    brand.logo_url = match smaller.min() {
        Some(width) => format!("{site_url}/media/{width}/{}", logo.file_name),
        None => format!("{site_url}/media/{}", logo.file_name),
    };
    Ok(brand)
}

/// The same brand with the footer that emails in a language have.
#[must_use]
pub fn in_language(brand: &Brand, site: &Site, language: Language) -> Brand {
    Brand {
        footer_lines: inert(site.mail_foot(language)),
        ..brand.clone()
    }
}

/// The brand as emails in a language have it.
///
/// # Errors
/// As [`load`].
pub async fn load_in(cx: &Context, db: &mut Db, site: &Site, language: Language) -> Result<Brand> {
    let brand = load(cx, db, site).await?;
    Ok(in_language(&brand, site, language))
}

/// What the site says is no template, though emails are.
fn inert(lines: Vec<String>) -> Vec<String> {
    let lines = lines.iter();
    lines.map(|line| without_merge_tags(line)).collect()
}

fn profile(profile: &SocialProfile) -> SocialProfile {
    SocialProfile {
        name: without_merge_tags(&profile.name),
        url: profile.url.clone(),
    }
}

fn within(width: i64, height: i64) -> (i64, i64) {
    let shown = (width * LOGO_HEIGHT / height).clamp(1, LOGO_WIDTH);
    (shown, (height * shown / width).clamp(1, LOGO_HEIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_keeps_its_shape_within_its_room() {
        for (size, shown) in [
            ((400, 400), (40, 40)),
            ((2000, 400), (200, 40)),
            ((4000, 400), (200, 20)),
            ((100, 4000), (1, 40)),
        ] {
            assert_eq!(within(size.0, size.1), shown);
        }
    }
}
