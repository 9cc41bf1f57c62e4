//! What a language says as a whole, and not word by word: a time, a comparison, a repetition. Written from the tree by the
//! templates under `[writing]` in the table of the language.

use std::ops::Range;

use chrono::Datelike;

use super::{Slot, Translator, table};
use crate::calendar::{Grain, PeriodPhrase, Time};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Change, Comparison, Direction, Goal};
use crate::syntax::words::{Mode, rewrite};

/// What a template is filled with.
#[derive(Default, Clone)]
struct Filling {
    /// What kind of period it is, after the colon of a key.
    kind: String,
    values: Vec<(&'static str, String)>,
}

impl Filling {
    fn with(mut self, mark: &'static str, value: impl Into<String>) -> Self {
        self.values.push((mark, value.into()));
        self
    }

    fn fill(&self, template: &str) -> String {
        let filled = self
            .values
            .iter()
            .fold(template.to_owned(), |text, (mark, value)| text.replace(&format!("{{{mark}}}"), value));
        filled.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The keywords of one stretch of the text.
struct Keywords<'a>(Vec<(Range<usize>, &'a str)>);

impl Keywords<'_> {
    fn has(&self, span: Span, canonical: &str) -> bool {
        let inside = |at: &Range<usize>| span.start as usize <= at.start && at.end <= span.end as usize;
        self.0.iter().any(|(at, word)| *word == canonical && inside(at))
    }
}

/// The canonical words that number the quarters of a year.
const ORDINALS: &[&str] = &["first", "second", "third", "fourth"];

impl Translator<'_> {
    /// The stretches of a goal that are written as a whole.
    pub(super) fn whole(&self, goal: &Goal) -> Vec<Slot> {
        let line =
            rewrite(&self.source.text, goal.text.span.range(), self.from, Mode::Sentence, &self.reader.names);
        let mut keywords = Keywords(line.keywords());
        let clauses: Vec<_> =
            [goal.comparison.as_ref().map(|c| c.span), goal.starting.as_ref().map(|s| s.span)]
                .into_iter()
                .flatten()
                .filter(|span| span.start >= goal.text.span.end)
                .map(|span| {
                    rewrite(&self.source.text, span.range(), self.from, Mode::Sentence, &self.reader.names)
                })
                .collect();
        clauses.iter().for_each(|clause| keywords.0.extend(clause.keywords()));
        let mut found = Vec::new();
        let mut add = |span: Span, options: Vec<String>| {
            if !options.is_empty() {
                found.push(Slot { range: span.range(), canonical: String::new(), options });
            }
        };
        if let Some(Spanned { node, span }) = &goal.time {
            add(*span, self.time(node, *span, &keywords));
        }
        if let Some(Spanned { node, span }) = &goal.comparison {
            add(*span, self.comparison(node, *span, &keywords));
        }
        if let Some(Spanned { node, span }) = &goal.starting {
            let filling = self.period(node, *span, &keywords);
            add(*span, filling.map_or_else(Vec::new, |filling| self.filled("starting", &filling)));
        }
        if let Some(Spanned { node, span }) = &goal.every {
            add(*span, self.filled(&format!("every:{}", grain_key(*node, false)), &Filling::default()));
        }
        // what the words hold together with something else is not a whole
        let text = &self.source.text;
        found.retain(|slot| text.get(slot.range.clone()).is_some_and(|said| said.trim() == said));
        let apart = |slot: &Slot| !found.iter().any(|other| other.range != slot.range && other.meets(slot));
        let alone: Vec<bool> = found.iter().map(apart).collect();
        let mut alone = alone.into_iter();
        found.retain(|_| alone.next().unwrap_or(false));
        found.sort_by_key(|slot| slot.range.start);
        found
    }

    fn templates(&self, key: &str) -> &'static [String] {
        table(self.to, Mode::Sentence).writing(key)
    }

    /// Every template of a key, filled.
    fn filled(&self, key: &str, filling: &Filling) -> Vec<String> {
        let specific = self.templates(&format!("{key}:{}", filling.kind));
        let templates = if specific.is_empty() { self.templates(key) } else { specific };
        templates.iter().map(|template| filling.fill(template)).collect()
    }

    fn first(&self, key: &str) -> Option<String> {
        self.templates(key).first().cloned()
    }

    fn time(&self, time: &Time, span: Span, keywords: &Keywords<'_>) -> Vec<String> {
        let count = |count: u32, grain: Grain| {
            let number = if count == 1 { "one" } else { "many" };
            let unit = self.first(&format!("{number}:{}", grain_key(grain, false)))?;
            let definite = self.first(&format!("all:{}", grain_key(grain, false))).unwrap_or_default();
            Some(Filling::default().with("n", count.to_string()).with("u", unit).with("t", definite))
        };
        let written = match time {
            Time::In(PeriodPhrase::Range(first, last)) => self.ends(first, Some(last), span, keywords),
            Time::From { start, until } => self.ends(start, until.as_ref(), span, keywords),
            Time::In(period) => self.period(period, span, keywords).map(|f| self.filled("in", &f)),
            Time::By(period) => self.deadline(period, span, keywords),
            Time::Within { count: n, grain } => {
                let is_next = keywords.has(span, "next") || keywords.has(span, "upcoming");
                count(*n, *grain).map(|f| self.filled(if is_next { "next-n" } else { "within" }, &f))
            }
            Time::For { count: n, grain, from: Some(from) } => {
                let filling = count(*n, *grain);
                let from = self.period(from, span, keywords).map(|f| f.fill("{p}"));
                filling.zip(from).map(|(f, from)| self.filled("for-from", &f.with("p", from)))
            }
            Time::Rolling { months, by: None } => {
                Some(self.filled("rolling", &Filling::default().with("n", months.to_string())))
            }
            Time::For { from: None, .. } | Time::Rolling { .. } => None,
        };
        written.unwrap_or_default()
    }

    fn ends(
        &self,
        first: &PeriodPhrase,
        last: Option<&PeriodPhrase>,
        span: Span,
        keywords: &Keywords<'_>,
    ) -> Option<Vec<String>> {
        // `between March and May 2025`
        let first = match (first, last) {
            (
                PeriodPhrase::Month { year: Some(one), month },
                Some(PeriodPhrase::Month { year: Some(two), .. }),
            ) if one == two => {
                self.period(&PeriodPhrase::Month { year: None, month: *month }, span, keywords)?
            }
            _ => self.period(first, span, keywords)?,
        };
        let Some(last) = last else {
            return Some(self.filled("starting", &first));
        };
        let last = self.period(last, span, keywords)?;
        let filling = Filling { kind: first.kind.clone(), ..Filling::default() }
            .with("a", first.fill("{p}"))
            .with("b", last.fill("{p}"));
        Some(self.filled(if keywords.has(span, "between") { "between" } else { "from-until" }, &filling))
    }

    fn deadline(&self, period: &PeriodPhrase, span: Span, keywords: &Keywords<'_>) -> Option<Vec<String>> {
        let relative = matches!(period, PeriodPhrase::Relative { .. });
        if let Some(end) = ["eoy", "eoq", "eom"].into_iter().find(|end| keywords.has(span, end))
            && relative
        {
            return Some(self.filled(end, &Filling::default()));
        }
        let filling = self.period(period, span, keywords)?;
        let is_end = keywords.has(span, "end-of") || keywords.has(span, "eoy");
        Some(self.filled(if is_end { "end" } else { "by" }, &filling))
    }

    fn comparison(&self, comparison: &Comparison, span: Span, keywords: &Keywords<'_>) -> Vec<String> {
        let than =
            |kind: &str, filling: Filling| self.filled("than", &Filling { kind: kind.to_owned(), ..filling });
        let none = Filling::default();
        if !keywords.has(span, "compared") && !keywords.has(span, "related") {
            return Vec::new();
        }
        match comparison {
            Comparison::LastYear if keywords.has(span, "last-year") && !keywords.has(span, "same-period") => {
                than("last-year", none)
            }
            Comparison::LastYear
                if keywords.has(span, "same-period") || keywords.has(span, "same-period-last-year") =>
            {
                than("same-period", none)
            }
            Comparison::LastYear => than("last-year", none),
            Comparison::PeriodBefore => than("before", none),
            Comparison::Previous { grain, fiscal: false } => {
                than(&format!("previous-{}", grain_key(*grain, false)), none)
            }
            Comparison::AverageOf { first, last } => {
                than("average", none.with("a", first.to_string()).with("b", last.to_string()))
            }
            Comparison::Sheet(name) => than("sheet", none.with("p", name.clone())),
            Comparison::Period(period) => {
                self.period(period, span, keywords).map_or_else(Vec::new, |f| self.filled("than", &f))
            }
            Comparison::Previous { .. } => Vec::new(),
        }
    }

    /// A period as the language writes it, with its parts.
    fn period(&self, period: &PeriodPhrase, span: Span, keywords: &Keywords<'_>) -> Option<Filling> {
        // `the third quarter of 2025`, written out, stays so
        let written_out = keywords.has(span, "of") && ORDINALS.iter().any(|nth| keywords.has(span, nth));
        match period {
            PeriodPhrase::Quarter { year: Some(year), quarter: nth, fiscal: false } if written_out => {
                self.part(*nth as i32, "quarter", year.to_string())
            }
            PeriodPhrase::Day(_) | PeriodPhrase::DayOfYear { .. } | PeriodPhrase::Month { .. } => {
                self.dated(period, span)
            }
            PeriodPhrase::Quarter { year, quarter, fiscal: false } => {
                self.numbered(("quarter", "q"), *year, *quarter, keywords.has(span, "q"))
            }
            PeriodPhrase::Half { year, half, fiscal: false } => {
                self.numbered(("half", "h"), *year, *half, keywords.has(span, "h"))
            }
            PeriodPhrase::Week { year, week } if !self.source.slice(span).contains('-') => {
                let filling = Filling::default().with("n", week.to_string()).with("y", year_name(*year));
                self.named("week", filling, false)
            }
            PeriodPhrase::Year(year) => Some(plain("year", year.to_string())),
            PeriodPhrase::FiscalYear { year, start_year } => {
                let name = start_year
                    .map_or_else(|| year.to_string(), |first| format!("{first}/{:02}", year.rem_euclid(100)));
                if keywords.has(span, "fiscal-year") {
                    return self.named("fiscal-year", Filling::default().with("y", name), false);
                }
                Some(plain("fy", if keywords.has(span, "fy") { format!("FY{name}") } else { name }))
            }
            PeriodPhrase::Relative { offset, grain, fiscal } => {
                let shift = match offset {
                    0 => "this",
                    1 => "next",
                    -1 => "last",
                    _ => return None,
                };
                let kind = format!("{shift}-{}", grain_key(*grain, *fiscal));
                Some(plain(&kind, self.first(&format!("relative:{kind}"))?))
            }
            PeriodPhrase::Part { nth, grain, of } => {
                let of = self.period(of, span, keywords)?.fill("{p}");
                self.part(*nth, grain_key(*grain, false), of)
            }
            _ => None,
        }
    }

    /// A day or a month: as digits where it was written so.
    fn dated(&self, period: &PeriodPhrase, span: Span) -> Option<Filling> {
        let said = self.source.slice(span);
        match period {
            PeriodPhrase::Day(day) if said.contains(&day.to_string()) => Some(plain("iso", day.to_string())),
            PeriodPhrase::Day(day) => {
                let filling =
                    Filling::default().with("d", day.day().to_string()).with("y", day.year().to_string());
                self.named("day", filling.with("m", self.month(day.month())?), false)
            }
            PeriodPhrase::DayOfYear { month, day } => {
                let filling = Filling::default().with("d", day.to_string()).with("y", "");
                self.named("day", filling.with("m", self.month(*month)?), true)
            }
            PeriodPhrase::Month { year, month } => {
                let digits = year.map(|year| format!("{year}-{month:02}"));
                if let Some(digits) = digits.filter(|digits| said.contains(digits)) {
                    return Some(plain("iso", digits));
                }
                let filling = Filling::default().with("m", self.month(*month)?).with("y", year_name(*year));
                self.named("month", filling, false)
            }
            _ => None,
        }
    }

    /// A quarter or a half: with its letter where it was written so.
    fn numbered(
        &self,
        (kind, letter): (&str, &str),
        year: Option<i32>,
        number: u32,
        has_letter: bool,
    ) -> Option<Filling> {
        let year_said = year_name(year);
        if has_letter {
            let written = format!("{}{number} {year_said}", letter.to_uppercase());
            return Some(plain(letter, written.trim_end().to_owned()));
        }
        let filling = Filling::default().with("n", number.to_string()).with("y", year_said);
        self.named(kind, filling.with("o", self.first(&format!("nth:{number}"))?), year.is_none())
    }

    fn part(&self, nth: i32, unit: &str, of: String) -> Option<Filling> {
        let nth = if nth == -1 { "last".to_owned() } else { nth.to_string() };
        let specific = format!("part-{unit}");
        let is_specific = !self.templates(&format!("in:{specific}")).is_empty();
        let kind = if is_specific { specific } else { "part".to_owned() };
        let filling = Filling { kind, ..Filling::default() }
            .with("o", self.first(&format!("nth:{nth}"))?)
            .with("u", self.first(&format!("one:{unit}"))?)
            .with("t", self.first(&format!("the:{unit}")).unwrap_or_default());
        Some(filling.with("p", of))
    }

    /// A period by the template of its kind.
    fn named(&self, kind: &str, filling: Filling, is_alone: bool) -> Option<Filling> {
        let key = if is_alone { format!("{kind}-alone") } else { kind.to_owned() };
        let written = filling.fill(&self.first(&key).or_else(|| self.first(kind))?);
        Some(Filling { kind: kind.to_owned(), ..filling }.with("p", written))
    }

    fn month(&self, month: u32) -> Option<String> {
        let table = table(self.to, Mode::Sentence);
        let canonical = if month == 5 && table.written("month:5").is_none() {
            "may".to_owned()
        } else {
            format!("month:{month}")
        };
        Some(super::wording::dressed(table.written(&canonical)?, "", &canonical, self.to))
    }

    /// The words of a sentence that are said another way in their place: a verb after a lead-in, the word before a level.
    pub(super) fn placed(
        &self,
        goal: &Goal,
        canonical: &str,
        at: &Range<usize>,
        after: Option<&str>,
    ) -> Vec<String> {
        let change = goal.change.span.range();
        let in_change = change.start <= at.start && at.end <= change.end;
        let level = matches!(goal.change.node, Change::Level(_)) && goal.direction == Direction::Keep;
        let is_bound = matches!(
            goal.change.node,
            Change::AtLeast(_)
                | Change::AtMost(_)
                | Change::Above(_)
                | Change::Below(_)
                | Change::Between(..)
        );
        if matches!(canonical, "at" | "on") && in_change && is_bound {
            let form = self.first("bound-at").unwrap_or_default();
            return vec![form];
        }
        let key = match canonical {
            "on" if in_change && level => "level-at".to_owned(),
            "at" if in_change && level => "level-at".to_owned(),
            "by" if goal.note.as_ref().is_some_and(|note| note.span.start as usize == at.start) => {
                "note-by".to_owned()
            }
            word => match (word.split_once(':'), after) {
                (Some(("v", verb)), Some("modal"))
                    if !self.templates(&format!("intransitive:{verb}")).is_empty() =>
                {
                    format!("intransitive:{verb}")
                }
                (Some(("v", verb)), Some(_)) => format!("infinitive:{verb}"),
                (Some(("s", verb)), Some("modal")) => format!("passive:{verb}"),
                (None, Some("modal")) if word == "be" => "infinitive:be".to_owned(),
                _ => return Vec::new(),
            },
        };
        self.templates(&key).to_vec()
    }
}

/// A period that is written in one way.
fn plain(kind: &str, written: String) -> Filling {
    Filling { kind: kind.to_owned(), ..Filling::default() }.with("p", written)
}

fn year_name(year: Option<i32>) -> String {
    year.map(|year| year.to_string()).unwrap_or_default()
}

fn grain_key(grain: Grain, fiscal: bool) -> &'static str {
    match (grain, fiscal) {
        (Grain::Day, _) => "day",
        (Grain::Week, _) => "week",
        (Grain::Month, _) => "month",
        (Grain::Quarter, false) => "quarter",
        (Grain::Quarter, true) => "fiscal-quarter",
        (Grain::Half, _) => "half",
        (Grain::Year, false) => "year",
        (Grain::Year, true) => "fiscal-year",
    }
}
