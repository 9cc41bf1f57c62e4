//! [`Diagnostics`] → text for a terminal: with excerpts of the goal file, one line each, or JSON lines.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};
use serde_json::{Map, Value};

use crate::cell::{CellRange, a1, sheet_prefix};
use crate::data::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Location, Severity};
use crate::render::text::is_unsafe;
use crate::source::{Source, SourceMap, Span};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// With the line and marks under it.
    #[default]
    Full,
    /// `path:line:column: error[P101]: message`.
    Short,
    /// An object a line.
    Json,
}

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The form.
    pub form: Form,
    /// Colours may be used.
    pub colour: bool,
    /// Characters in a line.
    pub width: usize,
}

/// At most so many findings of one code are shown in full; the rest are counted.
const MOST_OF_A_CODE: usize = 20;

/// All findings in the order of their places, ending in a line break; empty where there are none.
pub fn diagnostics(found: &Diagnostics, sources: &SourceMap, catalog: &Catalog, shown: &Shown) -> String {
    let mut text = String::new();
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for one in found.sorted() {
        let count = counts.entry(one.code.as_str()).or_default();
        *count += 1;
        if shown.form == Form::Full && *count > MOST_OF_A_CODE {
            continue;
        }
        text.push_str(&match shown.form {
            Form::Full => full(one, sources, catalog, shown),
            Form::Short => short(one, sources, catalog),
            Form::Json => json(one, sources, catalog),
        });
        text.push('\n');
    }
    if shown.form == Form::Full {
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_CODE) {
            text.push_str(&format!(
                "note: {} more findings of {code} are not shown\n",
                count - MOST_OF_A_CODE
            ));
        }
    }
    text
}

/// Text in which nothing is obeyed by a terminal, byte for byte as long as it was.
fn tame(text: &str) -> Cow<'_, str> {
    let harmful = |sign: char| is_unsafe(sign) && sign != '\n' && sign != '\t';
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut tamed = String::with_capacity(text.len());
    for sign in text.chars() {
        if harmful(sign) {
            tamed.extend(std::iter::repeat_n(' ', sign.len_utf8()));
        } else {
            tamed.push(sign);
        }
    }
    Cow::Owned(tamed)
}

/// The same on one line, for titles and labels.
fn line_of_text(text: &str) -> String {
    tame(text).replace(['\n', '\t'], " ")
}

/// The same, line breaks kept, for notes.
fn note_text(text: &str) -> String {
    tame(text).replace('\t', " ")
}

/// `sales.xlsx → Orders!C2:C17`.
fn show_cells(range: CellRange, catalog: &Catalog) -> String {
    let first = a1(range.first.0, range.first.1);
    let cells =
        if range.first == range.last { first } else { format!("{first}:{}", a1(range.last.0, range.last.1)) };
    let Some(sheet) = catalog.sheets.get(range.sheet.0 as usize) else { return cells };
    let place = format!("{}!{cells}", sheet_prefix(&sheet.name));
    match catalog.files.get(sheet.file) {
        Some(file) => format!("{} → {place}", file.name),
        None => place,
    }
}

/// Where a finding points outside of a goal file.
fn place(at: &Location, catalog: &Catalog) -> Option<String> {
    let text = match at {
        Location::Cell(cell) => {
            let corner = (cell.row, cell.column);
            show_cells(CellRange { sheet: cell.sheet, first: corner, last: corner }, catalog)
        }
        Location::Cells(range) => show_cells(*range, catalog),
        Location::File(path) => path.display().to_string(),
        Location::Text(_) | Location::Nowhere => return None,
    };
    Some(line_of_text(&text))
}

/// The lines of a text that hold some spans.
struct Excerpt<'a> {
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Excerpt<'a> {
    fn of(source: &'a Source, spans: &[Span]) -> Option<Self> {
        let whole = &source.text;
        let first = spans.iter().map(|s| s.range().start).min()?;
        let last = spans.iter().map(|s| s.range().end).max()?.max(first);
        let start = whole.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
        let end = whole.get(last..)?.find('\n').map_or(whole.len(), |at| last + at);
        Some(Self { text: whole.get(start..end)?, start, line: source.line_column(start as u32).0 })
    }

    fn inside(&self, span: Span) -> Range<usize> {
        let most = self.text.len();
        let range = span.range();
        range.start.saturating_sub(self.start).min(most)..range.end.saturating_sub(self.start).min(most)
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn full(one: &Diagnostic, sources: &SourceMap, catalog: &Catalog, shown: &Shown) -> String {
    let title = level(one.severity).primary_title(line_of_text(&one.message)).id(one.code.as_str());
    let mut main = Group::with_title(title);
    let mut others = Vec::new();
    match &one.primary.at {
        Location::Text(span) => {
            let here: Vec<(Span, &str)> = one
                .related
                .iter()
                .filter_map(|label| match label.at {
                    Location::Text(other) if other.source == span.source => {
                        Some((other, label.text.as_str()))
                    }
                    _ => None,
                })
                .collect();
            main = main.elements(snippet(sources, *span, &one.primary.text, &here));
        }
        other => {
            if let Some(place) = place(other, catalog) {
                main = main.element(Origin::path(place));
            }
            if !one.primary.text.is_empty() {
                main = main.element(Level::NOTE.message(line_of_text(&one.primary.text)));
            }
        }
    }
    for note in &one.notes {
        main = main.element(Level::NOTE.message(note_text(note)));
    }
    for help in &one.help {
        main = main.element(Level::HELP.message(note_text(help)));
    }
    for label in &one.related {
        others.extend(related(&one.primary.at, &label.at, &label.text, sources, catalog));
    }
    others.extend(one.fixes.iter().filter_map(|fix| patch(fix, sources)));
    let mut groups = vec![main];
    groups.extend(others);
    let renderer = if shown.colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.term_width(shown.width.clamp(40, 400)).render(&groups);
    text.push('\n');
    text
}

fn snippet<'a>(
    sources: &'a SourceMap,
    span: Span,
    label: &str,
    related: &[(Span, &str)],
) -> Option<Element<'a>> {
    let source = sources.get(span.source)?;
    let spans: Vec<Span> = std::iter::once(span).chain(related.iter().map(|(span, _)| *span)).collect();
    let excerpt = Excerpt::of(source, &spans)?;
    let mut annotation = AnnotationKind::Primary.span(excerpt.inside(span));
    if !label.is_empty() {
        annotation = annotation.label(line_of_text(label));
    }
    let mut snippet = Snippet::source(tame(excerpt.text))
        .line_start(excerpt.line)
        .path(line_of_text(&source.name))
        .annotation(annotation);
    for (span, text) in related {
        let mut annotation = AnnotationKind::Context.span(excerpt.inside(*span));
        if !text.is_empty() {
            annotation = annotation.label(line_of_text(text));
        }
        snippet = snippet.annotation(annotation);
    }
    Some(snippet.into())
}

/// A place elsewhere: what is said of it as a title, then where it is.
fn related<'a>(
    primary: &Location,
    at: &Location,
    text: &str,
    sources: &'a SourceMap,
    catalog: &Catalog,
) -> Option<Group<'a>> {
    let title = Level::NOTE.secondary_title(line_of_text(text));
    match (primary, at) {
        (Location::Text(first), Location::Text(span)) if first.source == span.source => None,
        (_, Location::Text(span)) => {
            Some(Group::with_title(title).elements(snippet(sources, *span, "", &[])))
        }
        (_, other) => Some(Group::with_title(title).element(Origin::path(place(other, catalog)?))),
    }
}

fn patch<'a>(fix: &Fix, sources: &'a SourceMap) -> Option<Group<'a>> {
    let source = sources.get(fix.span.source)?;
    let excerpt = Excerpt::of(source, &[fix.span])?;
    let patch = Patch::new(excerpt.inside(fix.span), note_text(&fix.replacement));
    let snippet: Snippet<'a, Patch<'a>> = Snippet::source(tame(excerpt.text))
        .line_start(excerpt.line)
        .path(line_of_text(&source.name))
        .patch(patch);
    Some(Level::HELP.secondary_title(line_of_text(&fix.title)).element(snippet))
}

/// `sales.goals:2:10`, `sales.xlsx → Orders!C17`.
fn short_place(one: &Diagnostic, sources: &SourceMap, catalog: &Catalog) -> Option<String> {
    match &one.primary.at {
        Location::Text(span) => {
            let source = sources.get(span.source)?;
            let (line, column) = source.line_column(span.start);
            Some(format!("{}:{line}:{column}", line_of_text(&source.name)))
        }
        other => place(other, catalog),
    }
}

fn short(one: &Diagnostic, sources: &SourceMap, catalog: &Catalog) -> String {
    let what = format!("{}[{}]: {}", one.severity.word(), one.code, line_of_text(&one.message));
    match short_place(one, sources, catalog) {
        Some(place) => format!("{place}: {what}"),
        None => what,
    }
}

fn json(one: &Diagnostic, sources: &SourceMap, catalog: &Catalog) -> String {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("code", one.code.as_str().into());
    put("severity", one.severity.word().into());
    put("message", one.message.as_str().into());
    let (mut file, mut from, mut to) = (Value::Null, Value::Null, Value::Null);
    if let Location::Text(span) = &one.primary.at
        && let Some(source) = sources.get(span.source)
    {
        file = source.name.as_str().into();
        from = position(source, span.start);
        to = position(source, span.end);
    }
    put("file", file);
    put("start", from);
    put("end", to);
    let places = std::iter::once(&one.primary).chain(&one.related);
    put("cells", places.filter_map(|label| place(&label.at, catalog)).map(Value::from).collect());
    put("label", one.primary.text.as_str().into());
    put("notes", one.notes.iter().map(|n| Value::from(n.as_str())).collect());
    put("help", one.help.iter().map(|n| Value::from(n.as_str())).collect());
    let fix = |fix: &Fix| {
        let source = sources.get(fix.span.source)?;
        let mut fields = Map::new();
        fields.insert("title".to_owned(), fix.title.as_str().into());
        fields.insert("start".to_owned(), position(source, fix.span.start));
        fields.insert("end".to_owned(), position(source, fix.span.end));
        fields.insert("replacement".to_owned(), fix.replacement.as_str().into());
        Some(Value::Object(fields))
    };
    put("fixes", one.fixes.iter().filter_map(fix).collect());
    Value::Object(fields).to_string()
}

/// One-based line and column.
fn position(source: &Source, offset: u32) -> Value {
    let (line, column) = source.line_column(offset);
    let mut fields = Map::new();
    fields.insert("line".to_owned(), line.into());
    fields.insert("column".to_owned(), column.into());
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{CellRef, SheetId};
    use crate::data::{FileInfo, Format, SheetInfo, SheetVerdict};
    use crate::diagnostic::Code;

    const PLAIN: Shown = Shown { form: Form::Full, colour: false, width: 100 };

    fn catalog() -> Catalog {
        Catalog {
            files: vec![FileInfo {
                path: "sales.xlsx".into(),
                name: "sales.xlsx".into(),
                format: Format::Xlsx,
                size: 1,
                sha256: crate::data::Fingerprint::default(),
            }],
            sheets: vec![SheetInfo {
                file: 0,
                name: "Orders".into(),
                index: 0,
                hidden: false,
                verdict: SheetVerdict::Data,
            }],
            ..Catalog::default()
        }
    }

    fn shown(one: Diagnostic, text: &str, shown: &Shown) -> String {
        let mut sources = SourceMap::default();
        sources.add("sales.goals", text);
        diagnostics(&std::iter::once(one).collect(), &sources, &catalog(), shown)
    }

    const TEXT: &str = "language en\nincrease revenu by 10% by 2025-12-31\n";

    fn unknown_metric() -> Diagnostic {
        let at = Span { start: 21, end: 27, ..Span::default() };
        Diagnostic::error(Code::P101, at, "unknown metric `revenu`")
            .label("no metric or column has this name")
            .fix("did you mean `revenue`?", at, "revenue")
    }

    #[test]
    fn an_error_in_the_goal_file_shows_its_line_and_its_fix() {
        let expected = "\
error[P101]: unknown metric `revenu`
 --> sales.goals:2:10
  |
2 | increase revenu by 10% by 2025-12-31
  |          ^^^^^^ no metric or column has this name
  |
help: did you mean `revenue`?
  |
2 | increase revenue by 10% by 2025-12-31
  |                +

";
        assert_eq!(shown(unknown_metric(), TEXT, &PLAIN), expected);
    }

    #[test]
    fn a_cell_is_named_with_its_file_and_where_it_is_used() {
        let cell = Location::Cell(CellRef { sheet: SheetId(0), row: 16, column: 2 });
        let one = Diagnostic::new(Code::P101, Severity::Error, cell, "expected a number, found text")
            .with_note("the cell holds the text `n/a`")
            .related(
                Location::Text(Span { start: 21, end: 27, ..Span::default() }),
                "column `amount` is summed here",
            );
        let text = shown(one.clone(), TEXT, &PLAIN);
        assert!(text.contains(" --> sales.xlsx → Orders!C17\n"), "{text}");
        assert!(text.contains("note: the cell holds the text `n/a`"), "{text}");
        assert!(text.contains("note: column `amount` is summed here\n --> sales.goals:2:10"), "{text}");
        let short = shown(one, TEXT, &Shown { form: Form::Short, ..PLAIN });
        assert_eq!(short, "sales.xlsx → Orders!C17: error[P101]: expected a number, found text\n");
    }

    #[test]
    fn one_line_and_json_carry_line_and_column() {
        let short = shown(unknown_metric(), TEXT, &Shown { form: Form::Short, ..PLAIN });
        assert_eq!(short, "sales.goals:2:10: error[P101]: unknown metric `revenu`\n");
        let json = shown(unknown_metric(), TEXT, &Shown { form: Form::Json, ..PLAIN });
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["start"]["line"], 2);
        assert_eq!(value["end"]["column"], 16);
        assert_eq!(value["fixes"][0]["replacement"], "revenue");
    }

    #[test]
    fn nothing_in_a_text_is_obeyed_by_the_terminal() {
        let text = "increase \u{1b}[31mred\u{202e} by 10%\r\nx\n";
        let at = Span { start: 9, end: 17, ..Span::default() };
        let shown = shown(Diagnostic::error(Code::P101, at, "bad \u{1b}]0;name\u{7}"), text, &PLAIN);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']), "{shown:?}");
    }

    #[test]
    fn a_span_beyond_the_text_is_no_reason_to_fail() {
        let at = Span { start: 500, end: 900, ..Span::default() };
        assert!(
            shown(Diagnostic::error(Code::P101, at, "lost"), TEXT, &PLAIN).starts_with("error[P101]: lost")
        );
    }
}
