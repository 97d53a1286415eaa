//! The daily tasks of people who do not program, one after the other.

mod outcome;
mod people;
mod sending;
mod walk;
mod writing;

use std::fmt::Write as _;
use std::io::Write as _;

use jarshy::text::locale::Language;
use walk::Walk;

/// Does one task after the other, and notes the clicks that it took and may take.
macro_rules! tasks {
    ($walk:ident, $table:ident: $($run:path, $name:literal, $limit:literal;)*) => {$(
        $run(&mut $walk).await;
        $table.push(($name, $walk.clicks(), $limit));
    )*};
}

/// Does every task as somebody who reads this language.
pub async fn in_language(language: Language) {
    let mut walk = Walk::start(language).await;
    let mut table: Vec<(&str, usize, usize)> = Vec::new();
    tasks! { walk, table:
        writing::post_with_picture_and_table, "post with picture and table", 6;
        writing::test_to_myself_from_the_post, "test to myself from the post", 2;
        sending::segment_and_schedule_in_one_form, "segment and schedule in one form", 8;
        sending::report, "report", 2;
        writing::event, "event", 4;
        writing::music, "music", 3;
        writing::colour_and_logo, "colour and logo in site and mail", 5;
        writing::welcome_email, "welcome email", 4;
        people::import_of_300, "import of 300 from Mailchimp", 5;
        sending::why_not_got_it, "why not got it", 3;
        people::typo_in_an_address, "typo in an address", 3;
        people::erase, "erase", 4;
        people::invite, "invite", 3;
        sending::weekly_digest_for_everybody, "weekly digest for everybody", 4;
        sending::welcome_emails_then_the_weekly_digest, "three welcome emails, a week apart, then the weekly digest", 12;
        people::growth_by_source, "growth by source", 2;
    }
    walk.browser.quit().await;

    let mut lines = format!("\nclicks  at most  task ({language})\n");
    for (name, clicks, limit) in &table {
        let _ = writeln!(lines, "{clicks:>6} {limit:>8}  {name}");
    }
    // To the terminal itself: what tests print is hidden where they pass.
    let _ = std::io::stderr().write_all(lines.as_bytes());
    table.retain(|(_, clicks, limit)| clicks > limit);
    assert!(table.is_empty(), "more clicks than allowed: {table:?}");
}
