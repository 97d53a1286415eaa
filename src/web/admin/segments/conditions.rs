//! Conditions in groups, as a form of a segment or of a campaign has them. Nothing is lost when
//! it is sent: it comes back with one more row, one less, or as it was.

use crate::audience::segment::{self, Matching};
use crate::model::segment::{Match, Part, Rule, RuleError};
use crate::store::segments::Sampled;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::segments::choices::{Choices, Offer};
use crate::web::admin::segments::entry::{Choice, Entry};
use crate::web::admin::segments::row::Row;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Conditions in a form, as many as a rule may have.
const CONDITIONS: usize = 100;
/// Groups in a form.
const GROUPS: usize = 100;
/// How deep groups may be nested within the first.
const DEPTH: usize = 4;
/// Characters of a name or value in a condition.
const LENGTH: usize = 200;

/// A group of conditions. Those within it follow it, one deeper.
#[derive(Debug, Clone)]
pub struct Group {
    pub how: Match,
    /// 0 only for the first, which all others are in.
    pub depth: usize,
    pub rows: Vec<Row>,
}

impl Group {
    fn new(how: Match, depth: usize) -> Self {
        Self {
            how,
            depth,
            rows: Vec::new(),
        }
    }

    pub fn is(&self, how: &str) -> bool {
        self.how.as_str() == how
    }

    pub fn is_first(&self) -> bool {
        self.depth == 0
    }

    pub fn may_nest(&self) -> bool {
        self.depth < DEPTH
    }
}

/// What a page writes next.
pub enum Step<'a> {
    Open(usize, &'a Group),
    Row(usize, &'a Row),
    /// The buttons below a group, and its end.
    Close(usize, &'a Group),
}

/// The conditions of a form.
pub struct Conditions {
    /// At least one; each with those within it behind it.
    groups: Vec<Group>,
    pub choices: Choices,
    pub errors: FormErrors,
    /// Whom they pick; `None` while that is unknown.
    pub matching: Option<Matching>,
    /// Whether that is looked up only when somebody asks for it, since it takes long.
    pub is_counted_later: bool,
    /// Whether somebody has asked for it.
    pub is_asked: bool,
    /// Where the form is sent to be shown again.
    pub draft: String,
}

impl Conditions {
    /// One empty row.
    pub fn blank() -> Self {
        Self::of_groups(vec![Group::new(Match::All, 0)]).with_a_row()
    }

    fn of_groups(groups: Vec<Group>) -> Self {
        Self {
            groups,
            choices: Choices::default(),
            errors: FormErrors::default(),
            matching: None,
            is_counted_later: false,
            is_asked: false,
            draft: String::new(),
        }
    }

    /// As sent.
    pub fn of_form(form: &Form) -> Self {
        let cut = |text: &str| text.trim().chars().take(LENGTH).collect();
        let how = |word: &str| word.parse().unwrap_or(Match::All);
        let mut groups = vec![Group::new(how(form.text("match")), 0)];
        let mut depths = form.all("group_depth");
        for word in form.all("group_match").take(GROUPS) {
            let depth = depths.next().and_then(|depth| depth.parse().ok());
            let deepest = groups.last().map_or(0, |group| group.depth) + 1;
            let depth: usize = depth.unwrap_or(1);
            groups.push(Group::new(how(word), depth.clamp(1, deepest.min(DEPTH))));
        }
        let mut of_rows = form.all("group");
        let mut shown_for = form.all("shown_for");
        let rows = form
            .all("test")
            .zip(form.all("key").zip(form.all("value")))
            .take(CONDITIONS);
        for (test, (key, value)) in rows {
            let group = of_rows.next().and_then(|number| number.parse().ok());
            let group = group.filter(|number| *number < groups.len()).unwrap_or(0);
            let mut row = Row {
                test: test.to_owned(),
                shown_for: shown_for.next().unwrap_or_default().to_owned(),
                key: cut(key),
                value: cut(value),
                number: 0,
            };
            row.fit();
            groups[group].rows.push(row);
        }
        let mut conditions = Self::of_groups(groups);
        conditions.is_asked = form.text("show") == "count";
        conditions.number();
        conditions
    }

    /// Of a rule.
    pub fn of_rule(rule: &Rule, viewer: &Viewer) -> Self {
        let mut conditions = Self::of_groups(Vec::new());
        conditions.fill(rule, 0, viewer);
        conditions.number();
        conditions
    }

    fn fill(&mut self, rule: &Rule, depth: usize, viewer: &Viewer) {
        let mut group = Group::new(rule.all_or_any, depth);
        let mut within = Vec::new();
        for part in &rule.conditions {
            match part {
                Part::Condition(one) => group.rows.push(Row::of(one, viewer)),
                Part::Group(rule) => within.push(rule),
            }
        }
        self.groups.push(group);
        for rule in within {
            self.fill(rule, depth + 1, viewer);
        }
    }

    /// With an empty row, where there is none.
    pub fn with_a_row(mut self) -> Self {
        if self.groups.iter().all(|group| group.rows.is_empty())
            && let Some(first) = self.groups.first_mut()
        {
            first.rows.push(Row::default());
        }
        self.number();
        self
    }

    /// Numbers the rows in page order.
    fn number(&mut self) {
        let rows = self.groups.iter_mut().flat_map(|group| &mut group.rows);
        for (number, row) in rows.enumerate() {
            row.number = number;
        }
    }

    /// The number of the group after those within `number`.
    fn end_of(&self, number: usize) -> usize {
        let depth = self.groups[number].depth;
        let after = self.groups.iter().enumerate().skip(number + 1);
        let mut after = after.filter(|(_, group)| group.depth <= depth);
        after.next().map_or(self.groups.len(), |(end, _)| end)
    }

    /// Does what the pressed button says: `more` with the number of a group adds a row, with
    /// `group` a group (`group-2`: within that one); `remove` takes out `row-3` or `group-2`.
    pub fn press(&mut self, form: &Form) {
        let numbered = |text: &str, kind: &str| {
            let number = text.strip_prefix(kind)?;
            number.parse::<usize>().ok()
        };
        let known = |number: &usize| *number < self.groups.len();
        let more = form.text("more");
        let inside = match more {
            "group" => Some(0),
            other => numbered(other, "group-").filter(known),
        };
        let add_to = more.parse().ok().filter(known);
        let remove = form.text("remove");
        let group = numbered(remove, "group-").filter(known);
        if let Some(number) = numbered(remove, "row-") {
            for group in &mut self.groups {
                group.rows.retain(|row| row.number != number);
            }
        } else if let Some(number) = group.filter(|number| *number > 0) {
            let end = self.end_of(number);
            self.groups.drain(number..end);
        } else if let Some(number) = inside
            && self.has_room()
            && self.groups[number].may_nest()
        {
            let mut new = Group::new(Match::Any, self.groups[number].depth + 1);
            new.rows.push(Row::default());
            let end = self.end_of(number);
            self.groups.insert(end, new);
        } else if let Some(number) = add_to
            && self.has_room()
        {
            self.groups[number].rows.push(Row::default());
        }
        self.number();
    }

    fn has_room(&self) -> bool {
        let rows: usize = self.groups.iter().map(|group| group.rows.len()).sum();
        rows < CONDITIONS && self.groups.len() <= GROUPS
    }

    /// The rule, with the errors of rows. `is_final`: what is begun must be finished; before
    /// that it does not count yet.
    fn read(&mut self, web: &Web, viewer: &Viewer, is_final: bool) -> Option<Rule> {
        let mut read: Vec<(usize, Rule)> = Vec::new();
        for group in &self.groups {
            let mut rule = Rule::of(group.how, []);
            for row in group.rows.iter().filter(|row| !row.is_blank()) {
                if !is_final && row.is_unfinished() {
                    continue;
                }
                let condition = row.read(web, viewer, &self.choices.lists);
                let condition = self.errors.take(&format!("test-{}", row.number), condition);
                rule.conditions.extend(condition.map(Part::from));
            }
            read.push((group.depth, rule));
        }
        if !self.errors.is_empty() {
            return None;
        }
        let rule = nested(read)?;
        let checked = rule.check();
        if is_final || !matches!(checked, Err(RuleError::Empty)) {
            self.errors.take("test-0", checked)?;
        }
        (!rule.conditions.is_empty()).then_some(rule)
    }

    fn fields(&self) -> Vec<Entry> {
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        rows.flat_map(|row| [row.key_entry(), row.value_entry()])
            .collect()
    }

    /// The rule as far as it is entered.
    pub async fn so_far(&mut self, web: &Web, viewer: &Viewer) -> Result<Option<Rule>, HttpError> {
        self.choices = Choices::load(web, &self.fields()).await?;
        Ok(self.read(web, viewer, false))
    }

    /// The rule to save; `None` where it has errors.
    pub async fn finished(
        &mut self,
        web: &Web,
        viewer: &Viewer,
    ) -> Result<Option<Rule>, HttpError> {
        self.choices = Choices::load(web, &self.fields()).await?;
        Ok(self.read(web, viewer, true))
    }

    /// Looks up whom they pick, unless that takes long and nobody has asked for it.
    pub async fn look<E>(
        &mut self,
        web: &Web,
        matching: impl Future<Output = Result<Matching, E>>,
    ) -> Result<(), HttpError>
    where
        HttpError: From<E>,
    {
        if self.is_asked || segment::is_counted_at_once(&web.cx).await? {
            self.matching = Some(matching.await?);
        } else {
            self.is_counted_later = true;
        }
        Ok(())
    }

    /// The page's order of groups, rows and buttons.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        let mut open: Vec<(usize, &Group)> = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            while let Some((last, outer)) = open.pop_if(|(_, outer)| outer.depth >= group.depth) {
                steps.push(Step::Close(last, outer));
            }
            steps.push(Step::Open(number, group));
            steps.extend(group.rows.iter().map(|row| Step::Row(number, row)));
            open.push((number, group));
        }
        while let Some((last, outer)) = open.pop() {
            steps.push(Step::Close(last, outer));
        }
        steps
    }

    pub fn error(&self, row: &Row, viewer: &Viewer) -> String {
        viewer.explain(self.errors.at(&format!("test-{}", row.number)))
    }

    pub fn offers(&self, choice: &Choice, chosen: &str, viewer: &Viewer) -> Vec<Offer> {
        self.choices.offers(*choice, chosen, viewer)
    }

    pub fn may_be_any(&self, choice: &Choice) -> bool {
        *choice == Choice::AnyList
    }

    /// A few of whom they pick.
    pub fn sample(&self) -> &[Sampled] {
        self.matching.as_ref().map_or(&[], |found| &found.sample)
    }
}

/// The first rule, with each other in the last before it that is less deep. Groups without
/// conditions are left out.
fn nested(read: Vec<(usize, Rule)>) -> Option<Rule> {
    let mut open: Vec<(usize, Rule)> = Vec::new();
    for (depth, rule) in read {
        close(&mut open, depth);
        open.push((depth, rule));
    }
    close(&mut open, 1);
    open.pop().map(|(_, rule)| rule)
}

/// Puts the open rules that are at least `depth` deep into those around them.
fn close(open: &mut Vec<(usize, Rule)>, depth: usize) {
    while let Some((_, inner)) = open.pop_if(|(own, _)| *own >= depth && *own > 0) {
        if let Some((_, outer)) = open.last_mut()
            && !inner.conditions.is_empty()
        {
            outer.conditions.push(Part::Group(inner));
        }
    }
}

#[cfg(test)]
mod tests;
