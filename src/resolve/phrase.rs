//! Metric phrases: what the words of a goal measure (SPEC §2, *Metric*).

use crate::data::{Kind, NumberShape, names_identity};
use crate::language::Language;
use crate::names::{fold, stems};
use crate::source::{Span, Spanned};
use crate::syntax::{
    AggregateFunction, BinaryOperator, Change, Expr, Phrase, PhraseHead, name_words, names_with_head,
};

use super::errors;
use super::failure::{Bound, Failure};
use super::model::{Formula, MetricId, RowExpr, RowNode};
use super::resolver::Resolver;
use super::scope::Match;

/// Whether a ratio of this name is a share.
pub(super) fn is_share_name(name: &str, language: Language) -> bool {
    holds_word(name, &name_words(language, "share"), language)
}

/// Whether one word of a name is one of `words`, in some form; in compounding languages as its ending too.
fn holds_word(name: &str, words: &[&str], language: Language) -> bool {
    let compounds = language != Language::English;
    name.split(|c: char| !c.is_alphanumeric() && c != '%').map(str::to_lowercase).any(|word| {
        let forms = stems(&word, language);
        words.iter().any(|wanted| {
            forms.iter().any(|form| {
                form == wanted || (compounds && form.len() > wanted.len() && form.ends_with(wanted))
            })
        })
    })
}

/// What an identity column is called after its thing: `customer id`, `invoice no`.
const IDENTITY_ENDINGS: [&str; 12] =
    ["id", "no", "number", "nr", "nummer", "code", "kod", "ids", "key", "num", "kode", "uuid"];

/// A level is stated: the goal says where the measure should be, not how it should change.
fn states_level(change: &Change) -> bool {
    match change {
        Change::Level(_)
        | Change::FromTo { .. }
        | Change::AtLeast(_)
        | Change::AtMost(_)
        | Change::Above(_)
        | Change::Below(_)
        | Change::Between(..) => true,
        Change::Percent(_) | Change::Points(_) | Change::Amount(_) | Change::Factor(_) => false,
    }
}

fn joined(words: &[Spanned<String>]) -> String {
    words.iter().map(|w| w.node.as_str()).collect::<Vec<_>>().join(" ")
}

fn span_of(words: &[Spanned<String>], otherwise: Span) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => otherwise,
    }
}

/// A phrase decided: the formula with what has to be said of it, or a declared metric.
enum Reading {
    Declared(MetricId),
    Stated(Formula, Option<String>),
}

impl Resolver<'_> {
    /// The metric that a goal's phrase means.
    pub(super) fn phrase(&mut self, phrase: &Phrase, change: Option<&Change>) -> Bound<MetricId> {
        match self.read_phrase(phrase, change)? {
            Reading::Declared(id) => Ok(id),
            Reading::Stated(formula, note) => {
                let text = self.show_formula(&formula);
                let mut metric = self.measure(formula, text, phrase.span);
                metric.note = note;
                Ok(self.add_metric(metric))
            }
        }
    }

    fn read_phrase(&mut self, phrase: &Phrase, change: Option<&Change>) -> Bound<Reading> {
        if let Some(expr) = &phrase.expr {
            let expr = Spanned::new((**expr).clone(), phrase.span);
            return Ok(Reading::Stated(self.formula(&expr, None)?, None));
        }
        let whole = self.text.slice(phrase.span).to_owned();
        let words = joined(&phrase.words);
        let bare = phrase.head == PhraseHead::Bare;
        let full: Vec<&str> = if bare { vec![&words, &whole] } else { vec![&whole] };
        for name in &full {
            if let Some(at) = self.metric_names.one_exact(name) {
                return Ok(Reading::Declared(self.metric(at)?));
            }
        }
        if full.iter().any(|name| self.is_broken(name)) {
            return Err(Failure::Said);
        }
        for name in &full {
            let exact: Vec<(usize, usize)> = self.columns_named(name, true);
            if !exact.is_empty() {
                return self.bare_column(&exact, name, phrase.span, change);
            }
        }
        for name in &full {
            if let Match::One { at, .. } = self.metric_names.find(name) {
                return Ok(Reading::Declared(self.metric(at)?));
            }
        }
        if !bare {
            // `antalet besökare` is the column `Antal besökare` in its definite form, before it is a count
            let found = self.columns_named(&whole, false);
            if !found.is_empty() {
                return self.bare_column(&found, &whole, phrase.span, change);
            }
            if let Some(reading) = self.named_with_head(phrase, &words, change)? {
                return Ok(reading);
            }
        }
        match &phrase.head {
            PhraseHead::Bare => {
                let found = self.columns_named(&words, false);
                if found.is_empty() {
                    return Err(self.unknown_phrase(phrase.span, &words));
                }
                self.bare_column(&found, &words, phrase.span, change)
            }
            PhraseHead::Aggregate(function) => self.aggregate_of(*function, &phrase.words, phrase.span),
            PhraseHead::NumberOf => {
                let formula = self.number_of(&phrase.words, phrase.span)?;
                Ok(Reading::Stated(formula, self.counts_amounts(&joined(&phrase.words))))
            }
            PhraseHead::ShareOf(condition) => {
                let formula = self.share_of(&phrase.words, condition.as_deref(), phrase.span)?;
                Ok(Reading::Stated(formula, None))
            }
            PhraseHead::Per(per) => self.quotient(&phrase.words, per, phrase.span),
        }
    }

    /// A metric or column whose name begins as the phrase does, in any language: `antallet af besøgende` and, in a
    /// translated file, `number of besøgende` are the column `Antal besøgende`.
    fn named_with_head(
        &mut self,
        phrase: &Phrase,
        words: &str,
        change: Option<&Change>,
    ) -> Bound<Option<Reading>> {
        let names = names_with_head(&phrase.head, words);
        for name in &names {
            if let Match::One { at, .. } = self.metric_names.find(name) {
                return Ok(Some(Reading::Declared(self.metric(at)?)));
            }
        }
        for name in &names {
            let found = self.columns_named(name, false);
            if !found.is_empty() {
                return self.bare_column(&found, name, phrase.span, change).map(Some);
            }
        }
        Ok(None)
    }

    /// `X per Y`.
    fn quotient(
        &mut self,
        above: &[Spanned<String>],
        below: &[Spanned<String>],
        whole: Span,
    ) -> Bound<Reading> {
        let above = self.measured_words(above, whole)?;
        let below = self.number_of(below, whole)?;
        let quotient = Formula::Binary(BinaryOperator::Divide, Box::new(above), Box::new(below));
        Ok(Reading::Stated(quotient, None))
    }

    /// `X` of `X per Y`: a metric, a column's sum, else the number of X.
    fn measured_words(&mut self, words: &[Spanned<String>], whole: Span) -> Bound<Formula> {
        let name = joined(words);
        if let Match::One { at, .. } = self.metric_names.find(&name) {
            let id = self.metric(at)?;
            return Ok(self.model.metrics[id.0 as usize].formula.clone());
        }
        let found = self.columns_named(&name, false);
        let numbers: Vec<(usize, usize)> =
            found.into_iter().filter(|(s, c)| self.kind_of(*s, *c) == Kind::Number).collect();
        if numbers.is_empty() {
            return self.number_of(words, whole);
        }
        let span = span_of(words, whole);
        let (source, column) = self.one_of(&numbers, &name, span)?;
        Ok(self.of_column(AggregateFunction::Sum, source, column, span))
    }

    /// `total|average|median|highest|lowest|first|last X`.
    fn aggregate_of(
        &mut self,
        function: AggregateFunction,
        words: &[Spanned<String>],
        whole: Span,
    ) -> Bound<Reading> {
        let name = joined(words);
        let span = span_of(words, whole);
        if function == AggregateFunction::Sum
            && let Match::One { at, .. } = self.metric_names.find(&name)
        {
            return Ok(Reading::Declared(self.metric(at)?));
        }
        let found = self.columns_named(&name, false);
        if found.is_empty() && function == AggregateFunction::Last && fold(&name) == "count" {
            let source = self.source_of(&[], span, None)?;
            let id = self.add_aggregate(source, function, None, None, None);
            return Ok(Reading::Stated(Formula::Aggregate(id), None));
        }
        if found.is_empty() {
            return Err(self.unknown_phrase(span, &name));
        }
        let (source, column) = self.one_of(&found, &name, span)?;
        self.needs_numbers(source, column, span)?;
        Ok(Reading::Stated(self.of_column(function, source, column, span), None))
    }

    /// `number of X`: a metric X, the distinct values of column X or `X id|no|number`, else the rows of source X.
    fn number_of(&mut self, words: &[Spanned<String>], whole: Span) -> Bound<Formula> {
        let name = joined(words);
        let span = span_of(words, whole);
        if let Match::One { at, .. } = self.metric_names.find(&name) {
            let id = self.metric(at)?;
            return Ok(self.model.metrics[id.0 as usize].formula.clone());
        }
        let mut found = self.columns_named(&name, false);
        if found.is_empty() {
            found = self.identities_named(&name);
        }
        if !found.is_empty() {
            let (source, column) = self.one_of(&found, &name, span)?;
            return Ok(self.of_column(AggregateFunction::CountDistinct, source, column, span));
        }
        if let Match::One { at, .. } = self.source_names.find(&name) {
            return Ok(Formula::Aggregate(self.add_aggregate(
                at,
                AggregateFunction::Count,
                None,
                None,
                None,
            )));
        }
        if self.catalog.sources.is_empty() {
            return Err(self.no_data(span));
        }
        if self.unreadable {
            return Err(Failure::Said);
        }
        let sources: Vec<&str> = self.source_names.all().collect();
        Err(errors::unknown_number_of(span, &name, &self.all_columns(), &sources).into())
    }

    /// What has to be said of `number of X` where X is a column of amounts: it counts them, it does not add them up.
    fn counts_amounts(&self, name: &str) -> Option<String> {
        if let Match::One { .. } = self.metric_names.find(name) {
            return None;
        }
        let (source, column) = *self.columns_named(name, false).first()?;
        let shown = &self.model.sources[source].columns[column];
        let amounts = self.kind_of(source, column) == Kind::Number && !names_identity(shown);
        amounts.then(|| {
            format!(
                "`{shown}` holds numbers: their different values are counted; `sum([{shown}])` adds them up"
            )
        })
    }

    /// `share of X where C`: the X that C takes, among all X.
    fn share_of(
        &mut self,
        words: &[Spanned<String>],
        condition: Option<&Spanned<Expr>>,
        whole: Span,
    ) -> Bound<Formula> {
        let all = self.number_of(words, whole)?;
        let Some(condition) = condition else {
            return Err(errors::share_needs_condition(whole, &joined(words)).into());
        };
        let some = self.filtered(&all, condition)?;
        Ok(Formula::Binary(BinaryOperator::Divide, Box::new(some), Box::new(all)))
    }

    /// The formula over those rows alone that a condition takes.
    fn filtered(&mut self, formula: &Formula, condition: &Spanned<Expr>) -> Bound<Formula> {
        Ok(match formula {
            Formula::Number(value) => Formula::Number(*value),
            Formula::Negate(inner) => Formula::Negate(Box::new(self.filtered(inner, condition)?)),
            Formula::Binary(operator, left, right) => Formula::Binary(
                *operator,
                Box::new(self.filtered(left, condition)?),
                Box::new(self.filtered(right, condition)?),
            ),
            Formula::Aggregate(id) => {
                let aggregate = self.model.aggregates[id.0 as usize].clone();
                let bound = self.row(condition, aggregate.source)?;
                let filter = match aggregate.filter {
                    None => bound,
                    Some(own) => RowExpr {
                        span: bound.span,
                        node: RowNode::Binary(BinaryOperator::And, Box::new(own), Box::new(bound)),
                    },
                };
                Formula::Aggregate(self.add_aggregate(
                    aggregate.source,
                    aggregate.function,
                    aggregate.argument,
                    aggregate.share,
                    Some(filter),
                ))
            }
        })
    }

    /// A bare column: its sum; a rate or price its average where a level is stated, else refused.
    fn bare_column(
        &mut self,
        found: &[(usize, usize)],
        name: &str,
        span: Span,
        change: Option<&Change>,
    ) -> Bound<Reading> {
        let (source, column) = self.one_of(found, name, span)?;
        self.needs_numbers(source, column, span)?;
        let shown = self.model.sources[source].columns[column].clone();
        if !self.reads_as_rate(source, column) {
            return Ok(Reading::Stated(self.of_column(AggregateFunction::Sum, source, column, span), None));
        }
        if !change.is_some_and(states_level) {
            return Err(errors::rate_needs_metric(span, &shown).into());
        }
        let note = format!("`{shown}` reads as a rate or a price: the average of its rows is taken");
        Ok(Reading::Stated(self.of_column(AggregateFunction::Average, source, column, span), Some(note)))
    }

    fn reads_as_rate(&self, source: usize, column: usize) -> bool {
        let info = self.catalog.sources[source].columns.get(column);
        if info.is_some_and(|i| i.shape == NumberShape::Percent) {
            return true;
        }
        let name = &self.model.sources[source].columns[column];
        let language = self.model.language;
        let word = |words: &[&str]| holds_word(name, words, language);
        name.contains('%')
            || word(&["per"])
            || word(&name_words(language, "rate"))
            || word(&name_words(Language::English, "rate"))
    }

    fn needs_numbers(&self, source: usize, column: usize, span: Span) -> Bound<()> {
        let kind = match self.kind_of(source, column) {
            Kind::Text => "text",
            Kind::Date => "dates",
            Kind::Boolean => "truth values",
            Kind::Number | Kind::Empty => return Ok(()),
        };
        let name = &self.model.sources[source].columns[column];
        Err(errors::needs_numbers(span, name, kind).into())
    }

    /// The provisional kind of a column; computed ones may be numbers.
    pub(super) fn kind_of(&self, source: usize, column: usize) -> Kind {
        self.catalog.sources[source].columns.get(column).map_or(Kind::Number, |c| c.kind)
    }

    /// Columns of this name in all sources: exactly so named, else as a form of the word.
    fn columns_named(&self, name: &str, exact: bool) -> Vec<(usize, usize)> {
        let find = |inflected_too: bool| -> Vec<(usize, usize)> {
            self.columns
                .iter()
                .enumerate()
                .filter_map(|(source, names)| match names.find(name) {
                    Match::One { at, inflected } if inflected_too || !inflected => Some((source, at)),
                    Match::Many(found) if names.one_exact(name).is_some() => Some((source, found[0])),
                    _ => None,
                })
                .collect()
        };
        let found = find(false);
        if found.is_empty() && !exact { find(true) } else { found }
    }

    /// Columns that identify a thing: `customer id` for `customers`.
    fn identities_named(&self, name: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (source, names) in self.columns.iter().enumerate() {
            let place = stems(&fold(name), self.model.language).into_iter().find_map(|stem| {
                IDENTITY_ENDINGS.iter().find_map(|ending| names.by_folded(&format!("{stem}{ending}")))
            });
            found.extend(place.map(|at| (source, at)));
        }
        found
    }

    /// One of the columns found in several sources.
    fn one_of(&mut self, found: &[(usize, usize)], name: &str, span: Span) -> Bound<(usize, usize)> {
        let chosen = match found {
            [] => return Err(Failure::Said),
            [one] => *one,
            several => {
                let sources: Vec<usize> = several.iter().map(|(s, _)| *s).collect();
                let source = self.choose(&sources, name, span)?;
                several.iter().copied().find(|(s, _)| *s == source).unwrap_or(several[0])
            }
        };
        let name = crate::syntax::Name { text: name.to_owned(), source: None, span };
        // two headers of this name in one sheet are not decided here
        self.column_in(chosen.0, &name)?;
        Ok(chosen)
    }

    fn unknown_phrase(&mut self, span: Span, words: &str) -> Failure {
        if self.catalog.sources.is_empty() {
            return self.no_data(span);
        }
        let folded = crate::names::fold(words);
        let mut metrics = self.metrics.iter();
        let failed = metrics.any(|m| m.state == super::resolver::State::Failed && m.folded == folded);
        if failed || self.unreadable {
            return Failure::Said;
        }
        let countable =
            !self.identities_named(words).is_empty() || self.source_names.find(words) != Match::None;
        errors::unknown_metric(span, words, &self.all_metrics(), &self.all_columns(), countable).into()
    }
}
