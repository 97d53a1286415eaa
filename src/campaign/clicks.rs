//! Click counts of a campaign's links, for lists that enable them: how
//! often, and by whom only where that person agreed ([`engagement`]). All others get the same
//! links.

use super::ab_test::counts::has_part;
use super::ab_test::placing::{ATTRIBUTE, Part};
use super::ab_test::plan::AbTest;
use super::preflight::links::web_address;
use super::{Result, engagement};
use crate::context::Context;
use crate::mail::personalise::LINK_SUFFIX;
use crate::model::CampaignId;
use crate::store::campaign_renderings::Rendering;
use crate::store::reports::LinkRow;
use crate::store::{Db, ab_tests, lists, reports};
use crate::token::Token;

/// Whether a campaign's clicks are counted: all its lists must enable it.
pub async fn are_counted(db: &mut Db, id: CampaignId) -> Result<bool> {
    let lists = lists::of_campaign(db, id).await?;
    Ok(!lists.is_empty() && lists.iter().all(|list| list.options.counts_clicks))
}

/// Replaces the links of renderings by counting redirects, and stores their URLs. In an A/B test the
/// links of its readers end with the part of a variant in which they are counted.
pub async fn count(
    cx: &Context,
    db: &mut Db,
    id: CampaignId,
    renderings: &mut [Rendering],
    has_test: bool,
) -> Result<()> {
    // Between the delimiters of a compiled merge tag; empty for everybody else.
    let part = if has_test {
        format!("\u{E000}(attributes.{ATTRIBUTE}) | urlencode\u{E001}")
    } else {
        String::new()
    };
    let config = cx.config();
    let site_url = config.public_url();
    let suffix = if config.engagement { LINK_SUFFIX } else { "" };
    let mut urls = Vec::new();
    for rendering in renderings.iter_mut() {
        rendering.html = rewritten(&rendering.html, &mut urls, |number| {
            let token = Token::Link {
                campaign: id.0,
                number,
            };
            format!("{site_url}/l/{}{part}{suffix}", cx.keys.sign(&token))
        });
    }
    for (number, url) in (1..).zip(&urls) {
        reports::insert_link(db, id, number, url).await?;
    }
    Ok(())
}

/// HTML with each link that is the same for all recipients replaced by that of its
/// number; the URLs are added to `urls`, each once.
fn rewritten(html: &str, urls: &mut Vec<String>, link: impl Fn(i64) -> String) -> String {
    const START: &str = "href=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        let (before, after) = rest.split_at(at + START.len());
        out.push_str(before);
        let length = after.find('"').unwrap_or(after.len());
        let (address, tail) = after.split_at(length);
        // What mail clients load by themselves, such as fonts, is not a click.
        let is_fetched = before
            .rfind('<')
            .and_then(|open| before.get(open + 1..open + 5))
            .is_some_and(|name| name.eq_ignore_ascii_case("link"));
        match web_address(address).filter(|_| !is_fetched) {
            Some(address) => {
                let known = urls.iter().position(|url| *url == address);
                let index = known.unwrap_or_else(|| {
                    urls.push(address);
                    urls.len() - 1
                });
                out.push_str(&link(index as i64 + 1));
            }
            None => out.push_str(address),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A part that the campaign's test has; `None` for any other.
async fn known(db: &mut Db, id: CampaignId, part: Part) -> Result<Option<Part>> {
    let test = AbTest::of_campaign(db, id).await?;
    let is_known = test.is_some_and(|test| {
        test.has(part.variant) && has_part(&test.click_plan(), part.list, part.part)
    });
    Ok(Some(part).filter(|_| is_known))
}

/// The URL of a campaign's link; counts the click, in an A/B test also for the part that the link
/// names. `reader` is what the link ends with in the email of
/// somebody who agreed that it is seen.
pub async fn follow(
    cx: &Context,
    id: CampaignId,
    (number, part): (i64, Option<Part>),
    is_followed: bool,
    reader: Option<&str>,
) -> Result<Option<String>> {
    let mut db = cx.store.read().await?;
    let url = reports::link(&mut db, id, number).await?;
    let part = part.filter(|_| url.is_some() && is_followed);
    let part = match part {
        Some(part) => known(&mut db, id, part).await?,
        None => None,
    };
    drop(db);
    if url.is_some() && is_followed {
        let mut db = cx.store.write().await?;
        reports::count_click(&mut db, id, number).await?;
        if let Some(Part {
            variant,
            list,
            part,
        }) = part
        {
            ab_tests::counts::count_click(&mut db, id, variant, (list, part)).await?;
        }
        db.commit().await?;
        if let Some(reader) = reader {
            engagement::see_link(cx, id, number, reader).await;
        }
    }
    Ok(url)
}

/// The links of a campaign and their clicks.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Vec<LinkRow>> {
    Ok(reports::links(&mut cx.store.read().await?, id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_numbered_once_and_personal_ones_stay() {
        let mut urls = Vec::new();
        let html = "<a href=\"https://a.kz/?b=1&amp;c=2\">x</a><a class=\"y\" href=\"http://b.kz\">\
            <a href=\"\u{E000} unsubscribe_url \u{E001}\"><a href=\"mailto:a@b.kz\">\
            <link rel=\"stylesheet\" href=\"https://fonts.example/a.css\">\
            <a href=\"https://a.kz/?b=1&amp;c=2\">";
        let out = rewritten(html, &mut urls, |number| format!("/l/{number}"));
        assert_eq!(
            out,
            "<a href=\"/l/1\">x</a><a class=\"y\" href=\"/l/2\">\
            <a href=\"\u{E000} unsubscribe_url \u{E001}\"><a href=\"mailto:a@b.kz\">\
            <link rel=\"stylesheet\" href=\"https://fonts.example/a.css\"><a href=\"/l/1\">"
        );
        assert_eq!(urls, ["https://a.kz/?b=1&c=2", "http://b.kz"]);
    }
}
