//! The A/B test of a campaign, on its page and in its report.

use crate::campaign::ab_test::counts::Counts;
use crate::campaign::ab_test::plan::AbTest;
use crate::campaign::ab_test::verdict::{self, Comparison, Verdict};
use crate::campaign::ab_test::{deciding, placing, rest, setting};
use crate::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Measure};
use crate::store::campaigns::Campaign;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A variant with its numbers, in words.
pub(super) struct VariantLine {
    pub(super) variant: AbVariant,
    pub(super) letter: &'static str,
    /// In what it differs.
    pub(super) about: String,
    pub(super) is_winner: bool,
    pub(super) sent: String,
    /// Empty where clicks are not counted.
    pub(super) clicks: String,
    pub(super) left: String,
    pub(super) complaints: String,
    pub(super) replies: String,
}

/// What pages show of a test.
pub(super) struct AbCard {
    /// What is tried, on how many and how it is decided.
    pub(super) plan: String,
    /// How far it is; empty before it starts.
    pub(super) progress: String,
    pub(super) lines: Vec<VariantLine>,
    pub(super) has_clicks: bool,
    /// Each variant beside A, in words.
    pub(super) comparisons: Vec<String>,
    pub(super) has_started: bool,
    /// Whether a person may decide it now.
    pub(super) is_open: bool,
    /// Whether its time is over and only a person's choice is missing.
    pub(super) is_waiting: bool,
    pub(super) has_rest: bool,
    share: i64,
    /// How many wait for the decision; `None` while that is not known.
    pub(super) rest: Option<i64>,
}

impl AbCard {
    /// The test of a campaign, if it has one.
    pub(super) async fn of(
        web: &Web,
        viewer: &Viewer,
        campaign: &Campaign,
    ) -> Result<Option<Self>, HttpError> {
        let Some(test) = setting::of_campaign(&web.cx, campaign.id).await? else {
            return Ok(None);
        };
        let has_started = test.row.state != AbState::Planned;
        let counts = if has_started {
            deciding::counts(&web.cx, campaign, &test).await?
        } else {
            Counts::default()
        };
        let count = test.variant_count();
        Ok(Some(Self {
            plan: plan(viewer, &test),
            progress: progress(viewer, &test),
            lines: AbVariant::first(count)
                .map(|variant| line(viewer, &test, &counts, variant))
                .collect(),
            has_clicks: counts.clicks.is_some(),
            comparisons: if has_started {
                comparisons(viewer, &test, &counts)
            } else {
                Vec::new()
            },
            has_started,
            is_open: test.is_open(),
            is_waiting: test.row.state == AbState::Waiting,
            has_rest: test.row.has_rest(),
            share: test.row.fields.share,
            rest: rest::known_of_campaign(&web.cx, campaign)
                .await?
                .map(|rest| rest.count),
        }))
    }
}

/// What comes of choosing a variant, for the question before it.
pub(super) fn decision(wording: &Wording, rest: Option<i64>, variant: AbVariant) -> String {
    let line = match rest {
        Some(count) => wording.say("admin-ab-decide-count").number("count", count),
        None => wording.say("admin-ab-decide-others"),
    };
    line.text("variant", variant.letter()).into()
}

impl AbCard {
    pub(super) fn decision(&self, viewer: &Viewer, variant: &AbVariant) -> String {
        decision(viewer, self.rest, *variant)
    }

    /// Before the start: what is tried, and who gets which variant. `reached` are those whom the
    /// campaign reaches by itself.
    pub(super) fn announced(&self, viewer: &Viewer, reached: i64) -> Vec<String> {
        let mut values = vec![self.plan.clone()];
        let each = self.expected(reached);
        for line in &self.lines {
            let said = viewer.say("admin-ab-summary-variant");
            let said = said.text("variant", line.letter).text("about", &line.about);
            values.push(said.number("count", each).into());
        }
        let rest = reached - each * self.lines.len() as i64;
        if self.has_rest && rest > 0 {
            let said = viewer.say("admin-ab-summary-rest").number("count", rest);
            values.push(said.into());
        }
        values
    }

    /// Readers whom each variant is expected to reach.
    fn expected(&self, reached: i64) -> i64 {
        placing::expected(reached, self.share, self.lines.len())
    }
}

fn plan(viewer: &Viewer, test: &AbTest) -> String {
    let fields = &test.row.fields;
    let plan = viewer.say("admin-ab-plan");
    let (differs, measure) = (
        viewer.word("admin-ab-differs", fields.differs),
        viewer.word("admin-ab-measure", fields.measure),
    );
    plan.text("differs", &differs)
        .number("share", fields.share)
        .text("measure", &measure)
        .text("lasts", lasts(viewer, fields.minutes))
        .into()
}

/// A time in its largest whole unit.
pub(super) fn in_units(minutes: i64) -> (i64, &'static str) {
    match minutes {
        days if days % (24 * 60) == 0 => (days / (24 * 60), "days"),
        hours if hours % 60 == 0 => (hours / 60, "hours"),
        minutes => (minutes, "minutes"),
    }
}

fn lasts(viewer: &Viewer, minutes: i64) -> String {
    let (number, unit) = in_units(minutes);
    let phrase = match unit {
        "days" => viewer.say("admin-ab-lasts-days"),
        "hours" => viewer.say("admin-ab-lasts-hours"),
        _ => viewer.say("admin-ab-lasts-minutes"),
    };
    phrase.number("count", number).into()
}

fn progress(viewer: &Viewer, test: &AbTest) -> String {
    let row = &test.row;
    let winner = row.winner.map_or("", AbVariant::letter);
    match (row.state, row.decide_at) {
        (AbState::Planned, _) => String::new(),
        (AbState::Testing, None) => viewer.t("admin-ab-sending"),
        (AbState::Testing, Some(at)) => {
            let line = viewer.say("admin-ab-until");
            line.text("at", viewer.when(&at)).into()
        }
        (AbState::Waiting, _) => viewer.word("admin-ab-waits", row.outcome),
        (AbState::Decided, _) if row.outcome == AbOutcome::Chosen => {
            let line = viewer.say("admin-ab-decided-chosen");
            line.text("winner", winner)
                .text("by", &row.decided_by)
                .into()
        }
        (AbState::Decided, _) => {
            let line = match row.outcome {
                AbOutcome::NoDifference => viewer.say("admin-ab-decided-no-difference"),
                AbOutcome::TooFew => viewer.say("admin-ab-decided-too-few"),
                AbOutcome::NotCounted => viewer.say("admin-ab-decided-not-counted"),
                _ => viewer.say("admin-ab-decided-measured"),
            };
            line.text("winner", winner).into()
        }
        (AbState::Ended, _) => viewer.word("admin-ab-ended", row.outcome),
    }
}

fn line(viewer: &Viewer, test: &AbTest, counts: &Counts, variant: AbVariant) -> VariantLine {
    let numbers = counts.total(variant.index());
    let clicks = counts.total_clicks(variant.index());
    VariantLine {
        variant,
        letter: variant.letter(),
        about: about(viewer, test, variant),
        is_winner: test.row.winner == Some(variant),
        sent: viewer.number(numbers.sent),
        clicks: clicks.map_or_else(String::new, |clicks| viewer.number(clicks)),
        left: viewer.number(numbers.left),
        complaints: viewer.number(numbers.complaints),
        replies: viewer.number(numbers.replies),
    }
}

/// In what a variant differs from A.
fn about(viewer: &Viewer, test: &AbTest, variant: AbVariant) -> String {
    let own = test.variants.iter().find(|one| one.variant == variant);
    let Some(own) = own else {
        return viewer.t("admin-ab-as-it-stands");
    };
    match test.row.fields.differs {
        Differs::Hour => {
            let line = viewer.say("admin-ab-later");
            line.text("time", lasts(viewer, own.minutes_later)).into()
        }
        Differs::Content => {
            let line = viewer.say("admin-ab-text-of");
            line.text("name", &own.content_name).into()
        }
        Differs::Subject | Differs::FromName | Differs::Preheader => {
            let texts = own.texts.iter().map(|text| {
                [&text.subject, &text.from_name, &text.preheader]
                    .into_iter()
                    .find(|words| !words.is_empty())
                    .map_or("", String::as_str)
            });
            texts.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// The variants beside A, by the measure that decides; where a person does, by all.
fn comparisons(viewer: &Viewer, test: &AbTest, counts: &Counts) -> Vec<String> {
    let measures = match test.row.fields.measure {
        Measure::Person => vec![
            Measure::Clicks,
            Measure::Left,
            Measure::Complaints,
            Measure::Replies,
        ],
        measure => vec![measure],
    };
    let of_one = |measure: Measure| {
        let all = verdict::compare(counts, measure, test.variant_count());
        let words = all.into_iter().map(move |one| words(viewer, measure, &one));
        words.collect::<Vec<_>>()
    };
    let shown = measures.into_iter();
    let shown = shown.filter(|measure| *measure != Measure::Clicks || counts.clicks.is_some());
    shown.flat_map(of_one).collect()
}

/// One comparison in words: never a sign for what may be chance.
fn words(viewer: &Viewer, measure: Measure, found: &Comparison) -> String {
    let by = viewer.word("admin-ab-measure", measure);
    let letter = found.variant.letter();
    let Some(difference) = &found.difference else {
        if found.verdict == Verdict::TooFew {
            let line = viewer.say("admin-ab-too-few");
            let line = line.text("variant", letter).text("measure", &by);
            return line.number("least", verdict::LEAST_SENT).into();
        }
        let line = viewer.say("admin-ab-unknown");
        return line.text("variant", letter).text("measure", &by).into();
    };
    let key = match found.verdict {
        Verdict::Better => "admin-ab-better",
        Verdict::Worse => "admin-ab-worse",
        Verdict::NoDifference | Verdict::TooFew | Verdict::Unknown => "admin-ab-no-difference",
    };
    let thousand = |number: f64| thousandths(viewer, number);
    let line = viewer.say(key);
    let line: String = line
        .text("variant", letter)
        .text("measure", &by)
        .text("difference", thousand(difference.difference))
        .text("low", thousand(difference.low))
        .text("high", thousand(difference.high))
        .into();
    match difference.needed {
        Some(needed) if found.verdict == Verdict::NoDifference => {
            let more = viewer.say("admin-ab-needed");
            let more: String = more.text("count", viewer.number(needed)).into();
            format!("{line} {more}")
        }
        _ => line,
    }
}

/// A number of each email as one of a thousand, with its sign.
fn thousandths(viewer: &Viewer, number: f64) -> String {
    let text = format!("{:.1}", (number * 1_000.0).abs());
    let (whole, tenths) = text.split_once('.').unwrap_or((text.as_str(), "0"));
    let sign = match number {
        _ if text == "0.0" => "",
        below if below < 0.0 => "−",
        _ => "+",
    };
    let decimal = viewer.say("admin-ab-decimal");
    let decimal: String = decimal.text("whole", whole).text("tenths", tenths).into();
    format!("{sign}{decimal}")
}
