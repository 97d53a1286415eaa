//! What the emails of a campaign bring to their readers' calendars: the events that each text
//! shows, as they stand when it is rendered.

use super::Result;
use super::content::Content;
use super::piece::Piece;
use crate::content::calendar;
use crate::context::Context;
use crate::model::calendar::{CalendarChoice, CalendarEntry, CalendarPart};
use crate::store::campaign_calendars;
use crate::store::campaigns::Campaign;
use crate::store::events::{Event, EventVariant};
use crate::text::locale::Language;

/// What a campaign takes out of calendars, by language.
pub(super) type Cancelled = Vec<(Language, CalendarPart)>;

/// What the email of each piece brings; `None` for nothing. `shown` are the events that cards in
/// its text show.
pub(super) async fn parts(
    cx: &Context,
    campaign: &Campaign,
    content: Option<&Content>,
    pieces: &[Piece],
    shown: Vec<Vec<CalendarEntry>>,
) -> Result<Vec<Option<CalendarPart>>> {
    if campaign.calendar == CalendarChoice::Cancel {
        let cancelled = cancelled(cx, campaign).await?;
        let of = |piece: &Piece| {
            let found = cx
                .reader(piece.language)
                .pick(&cancelled, |(language, _)| *language);
            found.map(|(_, part)| part.clone())
        };
        return Ok(pieces.iter().map(of).collect());
    }
    let Some(method) = campaign.calendar.method() else {
        return Ok(vec![None; pieces.len()]);
    };
    let part = |(piece, shown): (&Piece, Vec<CalendarEntry>)| {
        let mut entries: Vec<CalendarEntry> = Vec::new();
        for entry in of_digest(cx, content, piece.language)
            .into_iter()
            .chain(shown)
        {
            if entries.iter().all(|known| known.uid != entry.uid) {
                entries.push(entry);
            }
        }
        (!entries.is_empty()).then_some(CalendarPart {
            method,
            organizer: None,
            entries,
        })
    };
    Ok(pieces.iter().zip(shown).map(part).collect())
}

/// The coming events of a digest, in a language.
fn of_digest(cx: &Context, content: Option<&Content>, language: Language) -> Vec<CalendarEntry> {
    let Some(Content::Digest(digest)) = content else {
        return Vec::new();
    };
    let entry = |(event, variants): &(Event, Vec<EventVariant>)| {
        let own = cx
            .reader(language)
            .pick(variants, |variant| variant.language);
        let own = own.cloned();
        let event = match own {
            Some(own) => Event {
                title: own.title,
                place: own.place,
                description: own.description,
                ..event.clone()
            },
            None => event.clone(),
        };
        calendar::next_entry(cx, &event).filter(|_| event.is_published)
    };
    digest.events.iter().filter_map(entry).collect()
}

async fn cancelled(cx: &Context, campaign: &Campaign) -> Result<Cancelled> {
    let kept =
        campaign_calendars::cancelled_entries(&mut cx.store.read().await?, campaign.id).await?;
    // What this program has written itself; an empty column is nothing.
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}
