//! A goal → one exact sentence, with dates and values, that parses to the same goal.

use rust_decimal::Decimal;

use super::ast::{
    BinaryOperator, Change, Comparison, Direction, Expr, Goal, Level, PhraseHead, Retarget, SegmentPhrase,
};
use super::words::{Mode, table};
use crate::calendar::{Grain, Period, PeriodPhrase, Time};
use crate::language::Language;
use crate::names;
use crate::quantity::{DurationUnit, Quantity, Unit};
use crate::source::{Source, Span};

/// The goal as one sentence in its language. `window` is the goal's time on the calendar, where it has one: periods are
/// said by their dates. Label, `for each`, note and clauses are left out, but dated retargets, which stand under the
/// sentence as clauses.
///
/// Parsed in the same file the sentence gives the same direction, metric, filters, change, comparison and window.
pub fn read_back(goal: &Goal, source: &Source, language: Language, window: Option<Period>) -> String {
    let writer = Writer { source, language };
    let mut parts = vec![writer.opening(goal)];
    parts.extend(goal.segments.iter().map(|segment| writer.segment(&segment.node, segment.span)));
    parts.push(writer.change(goal.direction, &goal.change.node));
    parts.extend(writer.base(goal));
    if let Some(tolerance) = &goal.tolerance {
        parts.push(format!("± {}", writer.quantity(&tolerance.node)));
    }
    if let Some(grain) = goal.grain.as_ref().filter(|grain| grain.span.start > goal.metric.span.end) {
        parts.push(format!("{} {}", writer.word("per"), writer.unit_word(grain.node)));
    }
    if let Some(every) = &goal.every {
        parts.push(format!("{} {}", writer.word("every"), writer.unit_word(every.node)));
    }
    parts.extend(
        goal.comparison.as_ref().map(|comparison| writer.comparison(&comparison.node, comparison.span)),
    );
    parts.extend(writer.time(goal, window));
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join(" ");
    for retarget in &goal.clauses.retargets {
        let Retarget { from, change } = &retarget.node;
        let change = writer.change(goal.direction, change);
        text.push_str(&format!("\n    {} {from}: {change}", writer.word("from")));
    }
    text
}

struct Writer<'a> {
    source: &'a Source,
    language: Language,
}

impl Writer<'_> {
    /// The first form of a canonical word in the language, the canonical word itself where it has none.
    fn word(&self, canonical: &str) -> String {
        let table = table(self.language, Mode::Sentence);
        table.shown(table.written(canonical).unwrap_or(canonical)).to_owned()
    }

    fn slice(&self, span: Span) -> String {
        self.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Verb and metric.
    fn opening(&self, goal: &Goal) -> String {
        let verb = match (&goal.change.node, goal.direction) {
            (Change::Factor(factor), Direction::Increase) if *factor == Decimal::TWO => "v:double",
            (Change::Factor(factor), Direction::Increase) if *factor == Decimal::from(3) => "v:triple",
            (Change::Factor(_), Direction::Increase) => "v:increase",
            (Change::Factor(_), _) => "v:halve",
            _ if goal.by_improvement => "v:improve",
            (_, Direction::Increase) => "v:increase",
            (_, Direction::Decrease) => "v:decrease",
            (_, Direction::Reach) => "v:get",
            (_, Direction::Keep) => "v:keep",
        };
        format!("{} {}", self.word(verb), self.metric(goal))
    }

    /// What the metric is a share, or so many times, of: it stands behind the value.
    fn base(&self, goal: &Goal) -> Option<String> {
        let Some(Expr::Binary(BinaryOperator::Divide, _, base)) = goal.metric.expr.as_deref() else {
            return None;
        };
        if base.span.start <= goal.metric.span.end {
            return None;
        }
        let base = self.slice(base.span);
        let times = match &goal.change.node {
            Change::Level(Level::Amount(level))
            | Change::AtLeast(Level::Amount(level))
            | Change::AtMost(Level::Amount(level))
            | Change::Above(Level::Amount(level))
            | Change::Below(Level::Amount(level)) => level.unit == Unit::Times,
            _ => false,
        };
        Some(if times { base } else { format!("{} {base}", self.word("of")) })
    }

    fn metric(&self, goal: &Goal) -> String {
        let written = self.slice(goal.metric.span);
        let (metric, change) = (goal.metric.span, goal.change.span);
        // a count inside the words: the name is what stands around it
        if metric.start < change.start && change.end < metric.end {
            let words: Vec<&str> = goal.metric.words.iter().map(|word| word.node.as_str()).collect();
            return format!("[{}]", words.join(" "));
        }
        // the head is written where the words begin after it
        let is_said = goal.metric.words.first().is_some_and(|word| word.span.start > metric.start);
        let ends_open = goal.metric.words.last().is_some_and(|word| {
            let known = table(self.language, Mode::Sentence).phrase(&names::fold_text(&word.node));
            known.is_some_and(|word| word.starts_with("particle:"))
        });
        match &goal.metric.head {
            PhraseHead::Bare if ends_open => format!("[{written}]"),
            PhraseHead::NumberOf if !is_said => format!("{} {written}", self.word("number-of")),
            PhraseHead::ShareOf(condition) => {
                let holds_a_count =
                    goal.metric.words.iter().any(|word| self.is_count(&word.node)) && !is_said;
                let written = if holds_a_count { format!("[{written}]") } else { written };
                let head = if is_said { String::new() } else { format!("{} ", self.word("share-of")) };
                let condition =
                    condition.as_ref().map(|condition| format!(" {}", self.condition(condition.span)));
                format!("{head}{written}{}", condition.unwrap_or_default())
            }
            _ => written,
        }
    }

    /// A condition with its opener.
    fn condition(&self, span: Span) -> String {
        self.slice(span)
    }

    fn segment(&self, segment: &SegmentPhrase, span: Span) -> String {
        match segment {
            // a subject stands before its verb without a word that opens it
            SegmentPhrase::Values(values)
                if values.first().is_some_and(|first| first.span.start == span.start) =>
            {
                format!("{} {}", self.word("for"), self.slice(span))
            }
            SegmentPhrase::Condition(_) | SegmentPhrase::Values(_) => self.slice(span),
        }
    }

    /// Whether a word holds a number, which opens a change of its own.
    fn is_count(&self, word: &str) -> bool {
        let table = table(self.language, Mode::Sentence);
        word.split_whitespace().map(names::fold_text).any(|part| {
            part.starts_with(|c: char| c.is_ascii_digit())
                || table.canonical(&part).is_some_and(|canonical| canonical.starts_with("n:"))
        })
    }

    fn change(&self, direction: Direction, change: &Change) -> String {
        let by = self.word("by");
        let to = self.word("to");
        match change {
            Change::Factor(factor)
                if ![Decimal::TWO, Decimal::from(3)].contains(factor) && *factor > Decimal::ONE =>
            {
                format!("{by} {} {}", self.number(*factor), self.word("times"))
            }
            Change::Factor(_) => String::new(),
            Change::Percent(share) => format!("{by} {} %", self.number(*share * Decimal::ONE_HUNDRED)),
            Change::Points(share) => {
                format!("{by} {} {}", self.number(*share * Decimal::ONE_HUNDRED), self.word("points"))
            }
            Change::Amount(quantity) => format!("{by} {}", self.quantity(quantity)),
            Change::FromTo { from, to: level } => {
                format!("{} {} {to} {}", self.word("from"), self.first_of_two(from), self.quantity(level))
            }
            Change::Level(level) if direction == Direction::Keep => {
                format!("{} {}", self.word("at"), self.level(level))
            }
            Change::Level(level) => format!("{to} {}", self.level(level)),
            Change::Between(low, high) => {
                let range = format!(
                    "{} {} {} {}",
                    self.word("between"),
                    match low {
                        Level::Amount(quantity) => self.first_of_two(quantity),
                        Level::Column(_) => self.level(low),
                    },
                    self.word("and"),
                    self.level(high)
                );
                if direction == Direction::Keep { range } else { format!("{to} {range}") }
            }
            Change::AtLeast(level) => self.bound(direction, "at-least", level),
            Change::AtMost(level) => self.bound(direction, "at-most", level),
            Change::Above(level) => self.bound(direction, "above", level),
            Change::Below(level) => self.bound(direction, "below", level),
        }
    }

    fn bound(&self, direction: Direction, bound: &str, level: &Level) -> String {
        let bound = format!("{} {}", self.word(bound), self.level(level));
        if direction == Direction::Keep { bound } else { format!("{} {bound}", self.word("to")) }
    }

    fn level(&self, level: &Level) -> String {
        match level {
            Level::Amount(quantity) => self.quantity(quantity),
            Level::Column(name) => self.slice(name.span),
        }
    }

    /// The first number of a pair: a noun stands behind the second.
    fn first_of_two(&self, quantity: &Quantity) -> String {
        match quantity.unit {
            Unit::Named(_) => self.number(quantity.value),
            _ => self.quantity(quantity),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        let number = |value| self.number(value);
        match &quantity.unit {
            Unit::None => number(quantity.value),
            Unit::Percent => format!("{} %", number(quantity.value * Decimal::ONE_HUNDRED)),
            Unit::Points => {
                format!("{} {}", number(quantity.value * Decimal::ONE_HUNDRED), self.word("points"))
            }
            Unit::Money(currency) => format!("{} {currency}", number(quantity.value)),
            Unit::Times => format!("{} {}", number(quantity.value), self.word("times")),
            Unit::Duration(unit) => {
                let forms = table(self.language, Mode::Sentence).all_written(duration_word(*unit));
                let form = if quantity.value == Decimal::ONE {
                    forms.first()
                } else {
                    forms.get(1).or(forms.first())
                };
                format!(
                    "{} {}",
                    number(quantity.value),
                    form.map_or("", |form| table(self.language, Mode::Sentence).shown(form))
                )
            }
            Unit::Named(noun) => format!("{} {noun}", number(quantity.value)),
        }
    }

    /// A number with the decimal mark of the language, ungrouped: it can be read in one way only.
    fn number(&self, value: Decimal) -> String {
        let text = value.normalize().to_string();
        match self.language.decimal_mark() {
            '.' => text,
            mark => text.replace('.', &mark.to_string()),
        }
    }

    fn unit_word(&self, grain: Grain) -> String {
        self.word(match grain {
            Grain::Day => "unit:day",
            Grain::Week => "unit:week",
            Grain::Month => "unit:month",
            Grain::Quarter => "unit:quarter",
            Grain::Half => "unit:half",
            Grain::Year => "unit:year",
        })
    }

    fn comparison(&self, comparison: &Comparison, span: Span) -> String {
        let compared = self.word("compared");
        match comparison {
            Comparison::LastYear => format!("{compared} {}", self.word("same-period-last-year")),
            Comparison::PeriodBefore => format!("{compared} {}", self.word("period-before")),
            Comparison::Period(PeriodPhrase::Year(year)) => format!("{compared} {year}"),
            Comparison::Previous { grain, fiscal: false } => {
                format!("{compared} {} {}", self.word("previous"), self.unit_word(*grain))
            }
            Comparison::AverageOf { first, last } => {
                format!(
                    "{compared} {} {} {first} {} {last}",
                    self.word("average"),
                    self.word("of"),
                    self.word("to")
                )
            }
            Comparison::Sheet(name) => format!("{compared} {} \"{name}\"", self.word("sheet")),
            // as written: what comes after its first word is a period
            Comparison::Previous { .. } | Comparison::Period(_) => self.slice(span),
        }
    }

    fn time(&self, goal: &Goal, window: Option<Period>) -> Option<String> {
        let period = window?;
        let (first, last) = (period.start, period.last_day());
        let deadline = if self.language == Language::English { "by" } else { "until" };
        let until = |day| format!("{} {day}", self.word(deadline));
        match goal.time.as_ref().map(|time| &time.node) {
            Some(Time::Rolling { months, by }) => {
                let basis = format!("{} {months}-{}", self.word("rolling"), self.unit_word(Grain::Month));
                Some(match by {
                    Some(_) => format!("{basis} {}", until(last)),
                    None => basis,
                })
            }
            Some(Time::By(_)) if goal.starting.is_none() => Some(until(last)),
            Some(Time::By(_) | Time::Within { .. }) => {
                Some(format!("{} {first} {}", self.word("starting"), until(last)))
            }
            None if goal.starting.is_none() => None,
            _ => Some(format!("{} {first} {} {last}", self.word("from"), self.word("to"))),
        }
    }
}

fn duration_word(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::Second => "unit:second",
        DurationUnit::Minute => "unit:minute",
        DurationUnit::Hour => "unit:hour",
        DurationUnit::Day => "unit:day",
        DurationUnit::Week => "unit:week",
        DurationUnit::Month => "unit:month",
        DurationUnit::Year => "unit:year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::window;
    use crate::syntax::{Program, Statement, parse};
    use chrono::NaiveDate;

    fn goal_of(program: &Program) -> Goal {
        let goals = program.statements.iter().filter_map(|statement| match &statement.node {
            Statement::Goal(goal) => Some((**goal).clone()),
            _ => None,
        });
        goals.into_iter().next().expect("a goal")
    }

    /// Reads a sentence back and parses what was read back: the same goal, in the same window.
    #[track_caller]
    fn reads_back(language: Language, sentence: &str, expected: &str) {
        let declared = NaiveDate::from_ymd_opt(2025, 3, 15).unwrap();
        let read = |text: &str| {
            let source = Source::new("a", text);
            let (program, findings) = parse(&source, language);
            assert!(!findings.has_errors(), "{text}: {findings:?}");
            let goal = goal_of(&program);
            let placed = (goal.time.is_some() || goal.starting.is_some()).then(|| {
                let starting = goal.starting.as_ref().map(|s| &s.node);
                window(goal.time.as_ref().map(|t| &t.node), starting, &program.calendar, declared).unwrap()
            });
            let said = read_back(&goal, &source, language, placed.map(|placed| placed.period));
            (goal, placed.map(|placed| placed.period), said)
        };
        let (goal, period, said) = read(sentence);
        assert_eq!(said, expected);
        let (again, period_again, said_again) = read(&said);
        assert_eq!(said_again, said);
        assert_eq!(period, period_again);
        assert_eq!((goal.direction, goal.by_improvement), (again.direction, again.by_improvement));
        let name = |goal: &Goal| {
            goal.metric.words.iter().map(|word| word.node.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(name(&goal), name(&again));
        let debug = |change: &Change| {
            format!("{change:?}")
                .split("span")
                .next()
                .unwrap_or("")
                .replace("decimals: 1", "")
                .replace("decimals: 0", "")
        };
        assert_eq!(debug(&goal.change.node), debug(&again.change.node));
    }

    #[test]
    fn english() {
        let case = |sentence, expected| reads_back(Language::English, sentence, expected);
        case("Increase revenue by 10% by end of Q4 2025.", "increase revenue by 10 % by 2025-12-31");
        case(
            "revenue grows by 3 pp in Q3",
            "increase revenue by 3 percentage points from 2025-07-01 to 2025-09-30",
        );
        case(
            "keep return rate below 8% every month in 2025",
            "keep return rate below 8 % every month from 2025-01-01 to 2025-12-31",
        );
        case("uptime: 99.5%", "get uptime to 99.5 %");
        case("train 40 nurses by June", "get number of nurses to 40 by 2025-06-30");
        case("halve complaints within 6 months", "halve complaints starting 2025-03-15 by 2025-09-14");
        case("reduce cost from 5 to 4k SEK", "decrease cost from 5000 SEK to 4000 SEK");
        case("improve score by 5 vs last year", "improve score by 5 compared to same period last year");
        case("keep nps at 50 ± 2", "keep nps at 50 ± 2");
        case(
            "increase revenue by 5% on a rolling 12-month basis",
            "increase revenue by 5 % rolling 12-month",
        );
        case(
            "increase visits per month for region = \"West\" by 10% compared to the average of 2022 to 2024",
            "increase visits for region = \"West\" by 10 % per month compared to average of 2022 to 2024",
        );
    }

    #[test]
    fn subjects_factors_and_counts_inside() {
        let case = |sentence, expected| reads_back(Language::English, sentence, expected);
        case("Each team shall have a margin of at least 10%", "keep margin for Each team at least 10 %");
        case("increase new hires to 30% of all hires", "increase new hires to 30 % of all hires");
        case("Net debt should not exceed 3 times EBITDA", "keep Net debt at most 3 times EBITDA");
        case("grow sales 4x by 2027", "increase sales by 4 times by 2027-12-31");
        case("increase members from 100 to 200 members", "increase members from 100 to 200 members");
        case("80% of teams have at least 2 owners", "get share of [teams have at least 2 owners] to 80 %");
    }

    #[test]
    fn a_retarget_stands_under_its_sentence() {
        let text = "increase revenue by 10% in 2025\n    from 2025-07-01: by 12%";
        let source = Source::new("a", text);
        let (program, _) = parse(&source, Language::English);
        let goal = goal_of(&program);
        let day = |m, d| NaiveDate::from_ymd_opt(2025, m, d).unwrap();
        let period = Period { start: day(1, 1), end: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() };
        let said = read_back(&goal, &source, Language::English, Some(period));
        assert_eq!(
            said,
            "increase revenue by 10 % from 2025-01-01 to 2025-12-31\n    from 2025-07-01: by 12 %"
        );
        let again = Source::new("b", said.clone());
        let (program, findings) = parse(&again, Language::English);
        assert!(!findings.has_errors());
        let goal_again = goal_of(&program);
        assert_eq!(goal_again.clauses.retargets.len(), 1);
        assert_eq!(goal_again.clauses.retargets[0].node.from, day(7, 1));
        assert_eq!(goal_again.clauses.retargets[0].node.change, goal.clauses.retargets[0].node.change);
        assert_eq!(read_back(&goal_again, &again, Language::English, Some(period)), said);
    }

    #[test]
    fn swedish() {
        let case = |sentence, expected| reads_back(Language::Swedish, sentence, expected);
        case(
            "den genomsnittliga orderstorleken ökas med 5,5 % till 2025-12-31",
            "öka genomsnittliga orderstorleken med 5,5 % senast 2025-12-31",
        );
        case("svarstiden ska vara högst 2 dagar varje månad", "håll svarstiden högst 2 dagar varje månad");
        case(
            "halvera antalet klagomål inom 6 månader",
            "halvera antalet klagomål från och med 2025-03-15 senast 2025-09-14",
        );
    }
}
