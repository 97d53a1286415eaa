//! One expression of a template, by its tokens, and what all of them may build.
//!
//! The engine counts what a template does, but not what a list that holds another
//! one twice comes to when it is printed, compared or joined: sixty lines that
//! double it each are endless. So the lists of a template are bounded by how it
//! is written.

/// Names, literals, operators and brackets of one expression: each may lie one
/// deeper in the last.
const TOKENS: usize = 200;
/// Digits of a number beside `*`, and of one that may multiply lists.
const FACTOR_DIGITS: usize = 5;
const LIST_FACTOR_DIGITS: usize = 2;
/// How many times larger than what is known of a reader a list may become.
const GROWTH: usize = 1_000;
/// Lists within each other that are kept in names.
const NESTING: usize = 60;

/// Words that are no names of values.
const WORDS: [&str; 19] = [
    "set",
    "with",
    "for",
    "in",
    "if",
    "elif",
    "else",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "filter",
    "autoescape",
];
/// Filters and functions that make a list of a text, or one as large as another.
const LIST_MAKERS: [&str; 12] = [
    "list",
    "split",
    "lines",
    "sort",
    "unique",
    "select",
    "selectattr",
    "reject",
    "rejectattr",
    "reverse",
    "range",
    "dictsort",
];
/// Those whose lists may hold what they are given besides, or lists.
const LIST_MIXERS: [&str; 8] = [
    "batch", "slice", "map", "groupby", "zip", "chain", "items", "dict",
];

/// What an expression is made of.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Names of values in it.
    names: usize,
    /// Whether it may make a list of a text, or one as large as another.
    makes_lists: bool,
    /// Whether it may make a list or a map that holds others.
    mixes_lists: bool,
    /// Whether it may join lists: numbers are added by the same sign.
    joins: bool,
    /// Whether it may put one of its names into a list many times.
    fills: bool,
    /// How much deeper than its names' its value may be.
    depth: usize,
    stars: usize,
    /// Whether a list may be multiplied by much: by anything but a short number.
    multiplies_freely: bool,
    /// Digits of the longest number.
    longest: usize,
}

impl Shape {
    /// Reads an expression, or a block's tag.
    ///
    /// # Errors
    /// What of it is too much.
    pub(super) fn of(code: &str) -> Result<Self, String> {
        let mut shape = Self::default();
        let mut tokens = 0;
        // The context before a token distinguishes a filter or a field from a name, and a
        // list from an index.
        let mut before = Before::Nothing;
        // The names between `set` or `for` and `=` or `in` are assigned.
        let mut is_given = false;
        let mut open: Vec<Bracket> = Vec::new();
        let (mut factor, mut last_digits) = (Factor::None, 0);
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            before = match c {
                c if c.is_whitespace() => continue,
                '"' | '\'' => {
                    while let Some(inner) = chars.next() {
                        match inner {
                            '\\' => {
                                chars.next();
                            }
                            inner if inner == c => break,
                            _ => {}
                        }
                    }
                    Before::Value
                }
                c if c.is_alphanumeric() || c == '_' => {
                    let mut word = String::from(c);
                    while let Some(next) =
                        chars.next_if(|next| next.is_alphanumeric() || *next == '_')
                    {
                        word.push(next);
                    }
                    last_digits = word.len();
                    let mut rest = chars.clone().skip_while(|next| next.is_whitespace());
                    let is_argument =
                        rest.next() == Some('=') && rest.next() != Some('=') && !open.is_empty();
                    if is_argument {
                        Before::Nothing
                    } else {
                        shape.word(&word, before, &mut is_given)?
                    }
                }
                '[' | '{' | '(' => {
                    open.push(match (c, before) {
                        ('[', Before::Value) => Bracket::Index,
                        ('(', Before::Value) => Bracket::Call,
                        ('(', _) => Bracket::Group,
                        _ => Bracket::List,
                    });
                    let lists = open.iter().filter(|one| **one == Bracket::List).count();
                    if open.last() == Some(&Bracket::List) {
                        shape.mixes_lists = true;
                        shape.depth = shape.depth.max(lists);
                    }
                    Before::Nothing
                }
                ']' | '}' | ')' => {
                    open.pop();
                    Before::Value
                }
                '|' => Before::Pipe,
                '.' => Before::Dot,
                '*' => {
                    shape.stars += 1;
                    Before::Nothing
                }
                '+' => {
                    shape.joins |= before == Before::Value;
                    Before::Nothing
                }
                ',' => {
                    // A list without its brackets.
                    let is_loose = matches!(open.last(), None | Some(Bracket::Group));
                    if is_loose && !is_given {
                        shape.mixes_lists = true;
                        shape.depth += 1;
                    }
                    Before::Nothing
                }
                '=' => {
                    is_given = false;
                    Before::Nothing
                }
                _ => Before::Nothing,
            };
            factor = match (c, factor) {
                ('*', Factor::Short) => Factor::Multiplied,
                ('*', Factor::Star) => {
                    shape.multiplies_freely = true;
                    Factor::Star
                }
                ('*', _) => Factor::Star,
                (digit, Factor::Star)
                    if digit.is_ascii_digit() && last_digits <= LIST_FACTOR_DIGITS =>
                {
                    Factor::Multiplied
                }
                (_, Factor::Star) => {
                    shape.multiplies_freely = true;
                    Factor::None
                }
                (digit, _) if digit.is_ascii_digit() && last_digits <= LIST_FACTOR_DIGITS => {
                    Factor::Short
                }
                _ => Factor::None,
            };
            tokens += 1;
            if tokens > TOKENS {
                return Err(format!(
                    "an expression may have {TOKENS} names, numbers and signs; split it"
                ));
            }
        }
        let is_multiplied = shape.stars > 3
            || shape.longest > FACTOR_DIGITS
            || shape.has_lists() && shape.multiplies_freely;
        if shape.stars > 0 && is_multiplied {
            Err(NUMBERS_ALONE.to_owned())
        } else {
            Ok(shape)
        }
    }

    fn word(&mut self, word: &str, before: Before, given: &mut bool) -> Result<Before, String> {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.longest = self.longest.max(word.len());
            return Ok(Before::Value);
        }
        if before == Before::Dot {
            return Ok(Before::Value);
        }
        self.makes_lists |= LIST_MAKERS.contains(&word);
        if LIST_MIXERS.contains(&word) {
            self.mixes_lists = true;
            self.fills |= matches!(word, "batch" | "slice" | "map" | "groupby");
            self.depth += 1;
        }
        match word {
            _ if before == Before::Pipe => Ok(Before::Value),
            "recursive" => Err(
                "{% for … recursive %} is not possible here; write a loop for each level"
                    .to_owned(),
            ),
            word if WORDS.contains(&word) => {
                *given = matches!(word, "set" | "with" | "for");
                Ok(Before::Nothing)
            }
            _ => {
                self.names += usize::from(!*given);
                Ok(Before::Value)
            }
        }
    }

    fn has_lists(&self) -> bool {
        self.makes_lists || self.mixes_lists
    }

    /// How many times larger than the largest of its names it may be.
    fn growth(&self) -> usize {
        if self.fills && self.names > 1 {
            usize::MAX
        } else {
            self.names
        }
    }
}

const NUMBERS_ALONE: &str = "* multiplies numbers of at most 5 digits, and no lists";

/// The context before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// An operator, a bracket, a word, or the beginning.
    Nothing,
    /// The end of a value.
    Value,
    Dot,
    Pipe,
}

/// What a `*` may have beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Factor {
    None,
    /// A short number.
    Short,
    /// A `*` without a short number before it.
    Star,
    /// A short number that a `*` has used, and its context.
    Multiplied,
}

/// What a bracket opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    List,
    Index,
    Call,
    Group,
}

/// What becomes of an expression's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It is shown or tested.
    Once,
    /// It is kept in a name (`set`, `with`).
    Kept,
    /// Its items are, one by one (`for`).
    ItemsKept,
}

/// What the expressions of a template come to together.
#[derive(Debug)]
pub(super) struct Weight {
    growth: usize,
    nesting: usize,
    keeps_lists: bool,
    multiplies_freely: bool,
    /// Whether what is multiplied may be multiplied again.
    keeps_products: bool,
}

impl Default for Weight {
    fn default() -> Self {
        Self {
            growth: 1,
            nesting: 0,
            keeps_lists: false,
            multiplies_freely: false,
            keeps_products: false,
        }
    }
}

impl Weight {
    /// Adds an expression.
    ///
    /// # Errors
    /// What is too much now.
    pub(super) fn add(&mut self, shape: &Shape, used: Use) -> Result<(), String> {
        self.multiplies_freely |= shape.multiplies_freely;
        self.keeps_lists |= match used {
            Use::Once => false,
            Use::Kept => shape.has_lists(),
            Use::ItemsKept => shape.mixes_lists,
        };
        self.keeps_products |= used != Use::Once && shape.stars > 0;
        if self.keeps_lists && (self.multiplies_freely || self.keeps_products) {
            return Err(NUMBERS_ALONE.to_owned());
        }
        // A list of literals grows nothing.
        let may_grow = shape.mixes_lists || shape.joins;
        if used == Use::Once || !may_grow || shape.names == 0 {
            return Ok(());
        }
        self.nesting += shape.depth;
        self.growth = self.growth.saturating_mul(shape.growth());
        if self.nesting > NESTING {
            return Err("the lists lie too deep in each other; use fewer".to_owned());
        }
        if self.growth > GROWTH {
            Err("the lists may grow too large; keep fewer of them in names".to_owned())
        } else {
            Ok(())
        }
    }
}
