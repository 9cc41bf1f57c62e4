//! Lines that hold for the whole file: `language`, `declared`, `fiscal year …`, `calendar …`.

use chrono::{Datelike as _, Weekday};

use super::Block;
use super::context::{Context, Lowered, child};
use super::expression::plain_name;
use super::number::argument;
use super::period::{full_date, month_number, period};
use crate::calendar::{Calendar, CalendarSheet, PeriodPhrase, WeekCalendar};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::names;
use crate::source::{Source, Span, Spanned};
use crate::syntax::ast::{CalendarSheetStatement, Program};
use crate::syntax::errors;
use crate::syntax::grammar::{LONGEST, Node, Rule, tree};
use crate::syntax::lines::TextLine;
use crate::syntax::words::{LONGEST_FORM, Mode, table};

/// The words before the code of a `language` line, in each language.
const LANGUAGE_WORDS: [&str; 4] = ["language", "språk", "sprog", "sprache"];

/// The language of the file: its first `language` line, else the one asked for.
pub(crate) fn language(
    source: &Source,
    lines: &[TextLine],
    asked: Language,
    findings: &mut Diagnostics,
) -> Language {
    for line in lines.iter().filter(|line| line.indent == 0) {
        let text = &source.text[line.content.clone()];
        if let Some(code) = language_code(text) {
            let span = Span::new(source.id, line.content.clone());
            match Language::from_code(code) {
                Some(language) => return language,
                None => findings.push(*errors::unknown_language(span, code)),
            }
        }
    }
    asked
}

pub(crate) fn language_code(text: &str) -> Option<&str> {
    let (word, code) = text.split_once(char::is_whitespace)?;
    let code = code.trim().trim_end_matches('.');
    let is_code = !code.contains(char::is_whitespace)
        && LANGUAGE_WORDS.contains(&names::fold_text(word.trim_end_matches(':')).as_str());
    is_code.then_some(code)
}

/// Whether the block is a setting; then it is applied to the program, or its finding kept.
pub(crate) fn apply(block: &Block<'_>, program: &mut Program, context: &mut Context<'_>) -> bool {
    let at = block.head.content.clone();
    let text = context.source.text[at.clone()].to_owned();
    if block.head.heading > 0 || text.len() > LONGEST {
        return false;
    }
    if language_code(&text).is_some() {
        return true;
    }
    let keyword = leading_keyword(&text, context.language);
    let Some(keyword) =
        keyword.filter(|word| matches!(word.as_str(), "declared" | "fiscal-year" | "calendar"))
    else {
        return false;
    };
    let rewritten = context.read(at, Mode::Statement);
    let result = match keyword.as_str() {
        "declared" => declared(&rewritten, program, context),
        "fiscal-year" if rewritten.contains("‹starts-on›") || rewritten.contains("‹named-by-start›") => {
            fiscal(&rewritten, program, context)
        }
        "calendar" if rewritten.starts_with("‹calendar›") && rewritten.contains("‹from›") => {
            calendar_sheet(&rewritten, program, context)
        }
        "calendar" if !rewritten.contains("‹v:") => calendar(&rewritten, program, context),
        _ => return false,
    };
    if let Err(finding) = result {
        let head = Span::new(context.source.id, block.head.content.clone());
        context.findings.push(*errors::remedied(finding, &keyword, head, context.source));
    }
    for under in block.under {
        let span = Span::new(context.source.id, under.content.clone());
        let finding = errors::unknown_clause(span, context.slice(span), "a setting", &[]);
        context.findings.push(*finding);
    }
    true
}

/// The canonical word of the first words of a line, where it is one that declares.
pub(crate) fn leading_keyword(text: &str, language: Language) -> Option<String> {
    let table = table(language, Mode::Statement);
    let words: Vec<&str> =
        text.split_whitespace().take(3).take_while(|word| word.len() <= LONGEST_FORM).collect();
    (1..=words.len()).rev().find_map(|n| {
        let folded = names::fold_text(&words[..n].join(" "));
        table.phrase(folded.trim_end_matches(':')).map(str::to_owned)
    })
}

fn node(rule: Rule, rewritten: &str, context: &Context<'_>) -> Lowered<Option<()>> {
    tree(rule, rewritten).map(|_| Some(())).map_err(|error| errors::syntax(&error, context, rewritten))
}

fn declared(rewritten: &str, program: &mut Program, context: &mut Context<'_>) -> Lowered<()> {
    node(Rule::declared_line, rewritten, context)?;
    let Some(line) = tree(Rule::declared_line, rewritten).ok().and_then(|mut n| n.next()) else {
        return Ok(());
    };
    let Some(date) = child(&line, Rule::date) else { return Ok(()) };
    let span = context.span(&line);
    if let Some(earlier) = &program.declared {
        return Err(errors::said_twice("`declared`", earlier.span, span));
    }
    program.declared = Some(Spanned::new(full_date(&date, context)?, span));
    Ok(())
}

fn fiscal(rewritten: &str, program: &mut Program, context: &mut Context<'_>) -> Lowered<()> {
    node(Rule::fiscal_line, rewritten, context)?;
    let Some(line) = tree(Rule::fiscal_line, rewritten).ok().and_then(|mut n| n.next()) else {
        return Ok(());
    };
    if program.calendar_sheet.is_some() {
        return Err(errors::two_calendars(context.span(&line)));
    }
    if child(&line, Rule::named_by_start).is_some() {
        program.calendar.named_by_start = true;
    }
    let (month, day) = match (child(&line, Rule::date), child(&line, Rule::month)) {
        (Some(date), _) => match period(&date, context)? {
            PeriodPhrase::DayOfYear { month, day } => (month, day),
            PeriodPhrase::Day(day) => (day.month(), day.day()),
            _ => (1, 1),
        },
        (None, Some(month)) => (month_number(month.as_str()), 1),
        _ => return Ok(()),
    };
    if day > 28 {
        return Err(errors::fiscal_day(context.span(&line), day));
    }
    program.calendar.fiscal_start_month = month;
    program.calendar.fiscal_start_day = day;
    Ok(())
}

fn calendar_sheet(rewritten: &str, program: &mut Program, context: &mut Context<'_>) -> Lowered<()> {
    let another = program.calendar_sheet.is_none() && program.calendar != Calendar::default();
    // whatever else is wrong with the line: fiscal periods have no place without their sheet
    program.calendar.sheet = Some(CalendarSheet::Named);
    node(Rule::calendar_sheet, rewritten, context)?;
    let Some(line) = tree(Rule::calendar_sheet, rewritten).ok().and_then(|mut n| n.next()) else {
        return Ok(());
    };
    let Some(source) = child(&line, Rule::calendar_source) else { return Ok(()) };
    let span = context.span(&line);
    if let Some(earlier) = &program.calendar_sheet {
        return Err(errors::said_twice("`calendar`", earlier.span, span));
    }
    if another {
        return Err(errors::two_calendars(span));
    }
    let by: Vec<_> = line.clone().into_inner().filter(|n| n.as_rule() == Rule::potential_column).collect();
    if let [_] | [_, _, _, _, ..] = by.as_slice() {
        return Err(errors::calendar_columns(span, by.len()));
    }
    let statement = CalendarSheetStatement {
        source: plain_name(&source, context),
        by: by.iter().map(|n| plain_name(n, context)).collect(),
    };
    program.calendar_sheet = Some(Spanned::new(statement, span));
    Ok(())
}

fn calendar(rewritten: &str, program: &mut Program, context: &mut Context<'_>) -> Lowered<()> {
    node(Rule::calendar_line, rewritten, context)?;
    let Some(line) = tree(Rule::calendar_line, rewritten).ok().and_then(|mut n| n.next()) else {
        return Ok(());
    };
    if program.calendar_sheet.is_some() {
        return Err(errors::two_calendars(context.span(&line)));
    }
    let number =
        |rule| child(&line, rule).map_or(0, |n: Node<'_>| argument(n.as_str()).parse().unwrap_or(0_u32));
    let pattern = match child(&line, Rule::weeks).map(|n| n.as_str().trim().to_owned()).as_deref() {
        Some("4-5-4") => [4, 5, 4],
        Some("5-4-4") => [5, 4, 4],
        _ => [4, 4, 5],
    };
    let weekday = (1..number(Rule::weekday)).fold(Weekday::Mon, |day, _| day.succ());
    let month = child(&line, Rule::month).map_or(1, |n| month_number(n.as_str()));
    if child(&line, Rule::named_by_start).is_some() {
        program.calendar.named_by_start = true;
    }
    program.calendar.weeks = Some(WeekCalendar {
        pattern,
        ends_on: weekday,
        ends_in: month,
        nearest: child(&line, Rule::nearest).is_some(),
    });
    Ok(())
}
