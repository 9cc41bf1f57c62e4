//! Lines → [`Program`]: settings first, then every statement with the lines indented under it.

mod amount;
mod bound;
mod broken;
mod certain;
mod change;
mod chunk;
mod clause;
mod context;
mod data;
mod draft;
mod expression;
mod goal;
mod implied;
mod line;
mod number;
mod part;
mod period;
mod phrase;
mod setting;
mod statement;
mod subject;
mod time;
mod verb;
mod when;
mod word;

use std::borrow::Cow;

pub(crate) use context::Expected;
pub(crate) use number::{NumeralProblem, numeral};
pub(crate) use setting::{language_code, leading_keyword};

use super::ast::{Heading, InvalidStatement, Program, Statement};
use super::errors;
use super::grammar::{LONGEST, MOST_REFUSED, MOST_REFUSED_BYTES};
use super::lines::{TextLine, lines, tables};
use super::words::{Declared, Mode};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::names;
use crate::source::{Source, Span, Spanned};
use context::Context;

/// A statement's line and the lines indented under it.
pub(crate) struct Block<'a> {
    pub(crate) head: &'a TextLine,
    pub(crate) under: &'a [TextLine],
}

/// The program of a source.
pub(crate) fn program(source: &Source, language: Language) -> (Program, Diagnostics) {
    program_among(source, language, &Declared::default())
}

/// The program of a source that stands among others, whose declared names it knows.
pub(crate) fn program_among(source: &Source, language: Language, known: &Declared) -> (Program, Diagnostics) {
    let lines = lines(&source.text);
    let mut findings = Diagnostics::new();
    let language = setting::language(source, &lines, language, &mut findings);
    let own = declarations(source, &lines, language);
    let names = if own.iter().all(|name| known.holds(name)) {
        Cow::Borrowed(known)
    } else {
        let mut names = known.clone();
        own.iter().for_each(|name| names.add(name));
        Cow::Owned(names)
    };
    let line = super::words::Line::default();
    let mut context = Context {
        source,
        language,
        names: &names,
        declared: None,
        line,
        mode: Mode::Statement,
        operands: 0,
        findings,
    };
    for table in tables(&source.text) {
        context.findings.push(errors::table_not_read(Span::new(source.id, table)));
    }
    let mut program = Program { language, ..Program::default() };
    let blocks = blocks(source, &lines, &mut context.findings);
    let is_setting: Vec<bool> =
        blocks.iter().map(|block| setting::apply(block, &mut program, &mut context)).collect();
    context.declared = program.declared.as_ref().map(|declared| declared.node);
    let (mut refused, mut bytes) = (0, 0);
    for (block, _) in blocks.iter().zip(is_setting).filter(|(_, is_setting)| !is_setting) {
        let whole = block.under.last().map_or(block.head.content.end, |last| last.content.end);
        let span = Span::new(source.id, block.head.content.start..whole.max(block.head.content.end));
        if refused > MOST_REFUSED || bytes > MOST_REFUSED_BYTES {
            let head = Span::new(source.id, block.head.content.clone());
            context.findings.push(*errors::too_many_refused(head, refused));
            break;
        }
        let statement = one(block, &mut context);
        if let Statement::Invalid(statement) = &statement {
            refused += 1;
            bytes += statement.text.len();
        }
        program.statements.push(Spanned::new(statement, span));
    }
    (program, context.findings)
}

/// Groups lines into statements; an indented line belongs to the statement above it.
fn blocks<'a>(source: &Source, lines: &'a [TextLine], findings: &mut Diagnostics) -> Vec<Block<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let head = &lines[at];
        let mut end = at + 1;
        if head.indent > 0 {
            let span = Span::new(source.id, head.content.clone());
            findings.push(*errors::indented_first(span, source.slice(span)));
        } else if head.heading == 0 {
            while lines.get(end).is_some_and(|line| line.indent > 0) {
                end += 1;
            }
            found.push(Block { head, under: &lines[at + 1..end] });
        } else {
            found.push(Block { head, under: &[] });
        }
        at = end;
    }
    found
}

/// The names of metrics and segments as their declarations write them.
pub(crate) fn declarations(source: &Source, lines: &[TextLine], language: Language) -> Vec<String> {
    let mut found = Vec::new();
    let table = super::words::table(language, Mode::Statement);
    for line in lines.iter().filter(|line| line.indent == 0 && line.heading == 0) {
        let text = &source.text[line.content.clone()];
        let Some((first, rest)) = text.split_once(char::is_whitespace) else { continue };
        let keyword = table.canonical(&names::fold_text(first));
        if !matches!(keyword, Some("metric" | "segment")) {
            continue;
        }
        let Some((name, _)) = rest.split_once('=') else { continue };
        let name = name.trim().trim_matches(['"', '[', ']', '“', '”']);
        if name.len() < 200 {
            found.push(name.to_owned());
        }
    }
    found
}

/// One statement; where it is not understood, the finding is kept in the context.
fn one(block: &Block<'_>, context: &mut Context<'_>) -> Statement {
    let at = block.head.content.clone();
    let text = context.source.text[at.clone()].to_owned();
    if block.head.heading > 0 {
        return heading(block, &text, context);
    }
    let span = Span::new(context.source.id, at);
    if text.len() > LONGEST {
        context.findings.push(*errors::line_too_long(span, text.len()));
        return invalid(text, false);
    }
    match statement::statement(block, &text, context) {
        Ok(statement) => statement,
        Err(statement::Refused { finding, is_goal }) => {
            context.findings.push(*finding);
            invalid(text, is_goal)
        }
    }
}

fn invalid(text: String, is_goal: bool) -> Statement {
    Statement::Invalid(InvalidStatement { text, is_goal })
}

fn heading(block: &Block<'_>, text: &str, context: &mut Context<'_>) -> Statement {
    if block.head.heading > 3 {
        let span = Span::new(context.source.id, block.head.content.clone());
        context.findings.push(*errors::deep_heading(span, block.head.heading));
    }
    Statement::Heading(Heading {
        level: block.head.heading.min(3),
        text: text.trim_end_matches(['#', ' ']).to_owned(),
    })
}
