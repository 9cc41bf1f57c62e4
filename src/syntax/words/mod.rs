//! A line as typed → the line with its keywords in canonical form between `‹` and `›`, and the way back to the offsets.
//!
//! The tables in `grammar/*.words` are all that a language is. Everything but keywords stands as typed, so the grammar
//! never mistakes a user's word for a keyword, and a keyword is read as a word where its clause is not whole.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};

use super::grammar::{DEEPEST, DEEPEST_IN_SENTENCE};
use crate::language::Language;
use crate::names;

mod table;

pub(crate) use table::{LONGEST_FORM, Table, forms_everywhere, name_words, table};

/// Which words of a table hold in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Declarations and expressions.
    Statement,
    /// Goal sentences and what is written like them.
    Sentence,
}

/// Names that the file declares: kept whole, whatever words they hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared {
    names: BTreeSet<String>,
    longest: usize,
}

impl Declared {
    pub(crate) fn add(&mut self, name: &str) {
        let folded = names::fold(name);
        if !folded.is_empty() {
            self.longest = self.longest.max(name.split(|c: char| !c.is_alphanumeric()).count().min(12));
            self.names.insert(folded);
        }
    }

    pub(crate) fn holds(&self, name: &str) -> bool {
        self.names.contains(&names::fold(name))
    }

    /// The first name that begins with a folded text.
    fn beginning_with(&self, folded: &str) -> Option<&str> {
        let next = self.names.range::<str, _>((Bound::Included(folded), Bound::Unbounded)).next();
        next.map(String::as_str).filter(|name| name.starts_with(folded))
    }
}

/// A rewritten line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// The text the grammar reads.
    pub(crate) text: String,
    pieces: Vec<Piece>,
    /// Where in the file the bracket stands that opens one level too many.
    pub(crate) too_deep: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    rewritten: usize,
    original: usize,
    original_end: usize,
    verbatim: bool,
}

impl Line {
    /// The byte range of the original file that a range of the rewritten text stands for.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.at(range.start, false);
        let end = if range.end > range.start { self.at(range.end, true) } else { start };
        start..end.max(start)
    }

    fn at(&self, offset: usize, is_end: bool) -> usize {
        let after = self
            .pieces
            .partition_point(|p| if is_end { p.rewritten < offset } else { p.rewritten <= offset });
        let Some(piece) = after.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return self.pieces.first().map_or(0, |p| p.original);
        };
        if piece.verbatim {
            (piece.original + offset - piece.rewritten).min(piece.original_end)
        } else if is_end || offset > piece.rewritten {
            piece.original_end
        } else {
            piece.original
        }
    }

    /// The keywords: where each was written, and its canonical word.
    pub(crate) fn keywords(&self) -> Vec<(Range<usize>, &str)> {
        let ends = self.pieces.iter().skip(1).map(|next| next.rewritten).chain([self.text.len()]);
        let pieces = self.pieces.iter().zip(ends).filter(|(piece, _)| !piece.verbatim);
        pieces
            .filter_map(|(piece, end)| {
                let canonical = self.text[piece.rewritten..end].strip_prefix('‹')?.strip_suffix('›')?;
                let is_word = !canonical.starts_with("open-");
                is_word.then_some((piece.original..piece.original_end, canonical))
            })
            .collect()
    }

    /// The stretches that stand as typed.
    pub(crate) fn verbatim(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.pieces.iter().filter(|piece| piece.verbatim).map(|piece| piece.original..piece.original_end)
    }

    fn push(&mut self, text: &str, original: Range<usize>, verbatim: bool) {
        if let (true, Some(last)) = (verbatim, self.pieces.last_mut())
            && last.verbatim
            && last.original_end == original.start
            && last.original_end - last.original == self.text.len() - last.rewritten
        {
            last.original_end = original.end;
        } else {
            let piece = Piece {
                rewritten: self.text.len(),
                original: original.start,
                original_end: original.end,
                verbatim,
            };
            self.pieces.push(piece);
        }
        self.text.push_str(text);
    }
}

/// Rewrites a stretch of a file.
pub(crate) fn rewrite(
    text: &str,
    at: Range<usize>,
    language: Language,
    mode: Mode,
    declared: &Declared,
) -> Line {
    let line = text.get(at.clone()).unwrap_or("");
    let mut out = Line::default();
    let last_close = (line.rfind(['"', '”', '“']).unwrap_or(0), line.rfind(']').unwrap_or(0));
    let mut scan = Scan {
        line,
        offset: at.start,
        mode,
        table: table(language, mode),
        declared,
        words: Vec::new(),
        last_close,
        unclosed: Vec::new(),
    };
    out.too_deep = scan.find_words().map(|offset| at.start + offset);
    scan.write(&mut out);
    out
}

/// A word of the line: its place and its folded form.
struct Word {
    range: Range<usize>,
    folded: String,
}

struct Scan<'a> {
    line: &'a str,
    offset: usize,
    mode: Mode,
    table: &'static Table,
    declared: &'a Declared,
    words: Vec<Word>,
    /// Where the last closing quote and the last closing bracket stand.
    last_close: (usize, usize),
    /// Where the round brackets of a sentence stand that are not closed.
    unclosed: Vec<usize>,
}

impl Scan<'_> {
    /// Finds the words, and what is said of the round brackets between them; where one opens one level too many.
    fn find_words(&mut self) -> Option<usize> {
        let deepest = if self.mode == Mode::Sentence { DEEPEST_IN_SENTENCE } else { DEEPEST };
        let (mut open, mut too_deep) = (Vec::new(), None);
        let mut at = 0;
        while let Some(c) = self.line[at..].chars().next() {
            if let Some(end) = self.quotation_end(at) {
                at = end;
            } else if c.is_alphabetic() || c == '_' || (c == '%' && self.line[at + 1..].starts_with('-')) {
                let end = word_end(self.line, at, self.mode);
                let range = at..end;
                self.words.push(Word { folded: names::fold_text(&self.line[range.clone()]), range });
                at = end;
            } else {
                match c {
                    '(' | '（' => open.push(at),
                    ')' | '）' => drop(open.pop()),
                    _ => {}
                }
                if open.len() > deepest && too_deep.is_none() {
                    too_deep = Some(at);
                }
                at += c.len_utf8();
            }
        }
        if self.mode == Mode::Sentence {
            self.unclosed = open;
        }
        too_deep
    }

    fn write(&self, out: &mut Line) {
        let (mut at, mut next) = (0, 0);
        while at < self.line.len() {
            let Some(word) = self.words.get(next) else {
                self.between(at..self.line.len(), out);
                return;
            };
            if at < word.range.start {
                self.between(at..word.range.start, out);
            }
            let (used, end) = self.word(next, out);
            (next, at) = (next + used, end);
        }
    }

    /// Writes the word at `index`, or the keyword or declared name that begins with it; how many words were used.
    fn word(&self, index: usize, out: &mut Line) -> (usize, usize) {
        let word = &self.words[index];
        let keyword = self.keyword(index);
        let (named, named_end) = self.declared_name(index);
        let keyword_end = keyword.map_or(0, |(_, end, _)| end);
        let is_own_word = named_end == keyword_end
            && named == 1
            && keyword.is_some_and(|(used, _, canonical)| !self.is_name_here(canonical, index + used));
        if named > 0 && named_end >= keyword_end && !is_own_word {
            let range = word.range.start..named_end;
            out.push("«", self.file(range.start..range.start), false);
            out.push(&self.line[range.clone()].replace(['«', '»'], " "), self.file(range.clone()), false);
            out.push("»", self.file(range.end..range.end), false);
            return (named, range.end);
        }
        if let Some((used, end, canonical)) = keyword {
            let range = word.range.start..end;
            out.push(&format!("‹{canonical}›"), self.file(range.clone()), false);
            return (used, range.end);
        }
        if let Some(end) = self.compound(word, out) {
            return (1, end);
        }
        out.push(&self.line[word.range.clone()], self.file(word.range.clone()), true);
        (1, word.range.end)
    }

    /// Whether a declared name that is also a word before a name (`a`, `number of`) is the name: no other word of it follows.
    fn is_name_here(&self, canonical: &str, next: usize) -> bool {
        let before_a_name = |canonical: &str| {
            matches!(canonical, "a" | "the" | "number-of" | "share-of" | "average" | "levels" | "rows")
                || canonical.starts_with("noun")
                || canonical.starts_with("agg:")
        };
        let follows = next == self.words.len()
            || self.keyword(next).is_some_and(|(_, _, following)| !before_a_name(following));
        before_a_name(canonical) && follows
    }

    /// The keyword that begins with a word: how many words it has, where it ends, and its canonical word.
    fn keyword(&self, index: usize) -> Option<(usize, usize, &str)> {
        let word = &self.words[index];
        let plain = self.table.phrases.get(&word.folded);
        let found = plain.and_then(|entries| self.longest(index, word.range.end, entries));
        // `pct.`, `mio. kr.`: the full stop of an abbreviation belongs to it where the table has it so
        if !self.line[word.range.end..].starts_with('.') {
            return found;
        }
        let dotted = self.table.phrases.get(&format!("{}.", word.folded));
        let dotted = dotted.and_then(|entries| self.longest(index, word.range.end + 1, entries));
        dotted.filter(|(used, _, _)| found.is_none_or(|(plain, _, _)| *used >= plain)).or(found)
    }

    /// The longest of the phrases that begin with a word which ends at `end`.
    fn longest<'b>(
        &self,
        index: usize,
        end: usize,
        entries: &'b [(Vec<String>, String)],
    ) -> Option<(usize, usize, &'b str)> {
        entries.iter().find_map(|(rest, canonical)| {
            let mut end = end;
            for (n, wanted) in rest.iter().enumerate() {
                let word = self.words.get(index + 1 + n)?;
                let gap = &self.line[end..word.range.start];
                // `Unser Ziel ist, dass`, `Målet er, at`: the comma before a subordinate clause
                let gap = if canonical == "lead" { gap.strip_prefix(',').unwrap_or(gap) } else { gap };
                if gap.is_empty() || !gap.chars().all(char::is_whitespace) {
                    return None;
                }
                end = word.range.end;
                if word.folded != *wanted {
                    let is_dotted = wanted.strip_suffix('.') == Some(word.folded.as_str())
                        && self.line[end..].starts_with('.');
                    if !is_dotted {
                        return None;
                    }
                    end += 1;
                }
            }
            Some((rest.len() + 1, end, canonical.as_str()))
        })
    }

    /// Where the longest declared name that begins with the word at `index` ends, and how many words it holds.
    fn declared_name(&self, index: usize) -> (usize, usize) {
        if self.declared.names.is_empty() || self.mode == Mode::Statement {
            return (0, 0);
        }
        let start = self.words[index].range.start;
        let mut found = (0, 0);
        let mut parts = 0;
        let mut rest = self.line[start..].char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let is_mark = unicode_normalization::char::is_combining_mark;
            let belongs = |c: char| c.is_alphanumeric() || is_mark(c);
            let ends = rest.peek().is_none_or(|(_, next)| !belongs(*next));
            if !(belongs(c) || c == ' ' || "-_/&.%'’".contains(c)) || parts > self.declared.longest {
                break;
            }
            if belongs(c) && ends {
                parts += 1;
                let end = start + at + c.len_utf8();
                let folded = names::fold(&self.line[start..end]);
                let Some(name) = self.declared.beginning_with(&folded) else { break };
                if name == folded {
                    let words = self.words[index..].iter().take_while(|word| word.range.start < end).count();
                    found = (words, end);
                }
            }
        }
        found
    }

    /// `Q3`, `FY2026`: letters of the table before digits; `three-day`: a number word before a unit.
    fn compound(&self, word: &Word, out: &mut Line) -> Option<usize> {
        let text = &self.line[word.range.clone()];
        if let Some((first, last)) = text.split_once('-')
            && let (Some(from), Some(to)) = (self.end_of_range(first), self.end_of_range(last))
        {
            let mut at = word.range.start;
            for (canonical, part, mark) in [(from, first, "-"), (to, last, "")] {
                let letters = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
                if !canonical.is_empty() {
                    out.push(&format!("‹{canonical}›"), self.file(at..at + letters), false);
                }
                let plain = at + letters..at + part.len() + mark.len();
                out.push(&self.line[plain.clone()], self.file(plain.clone()), true);
                at = plain.end;
            }
            return Some(word.range.end);
        }
        if let Some((number, unit)) = text.split_once('-') {
            let number_word =
                self.table.canonical(&names::fold_text(number)).filter(|c| c.starts_with("n:"))?;
            let unit_word = self.table.canonical(&names::fold_text(unit)).filter(|c| {
                c.starts_with("unit:")
                    || matches!(*c, "third" | "thirds" | "fourth" | "fifths" | "tenths" | "quarters")
            })?;
            let cut = word.range.start + number.len();
            out.push(&format!("‹{number_word}›"), self.file(word.range.start..cut), false);
            out.push("-", self.file(cut..cut + 1), true);
            out.push(&format!("‹{unit_word}›"), self.file(cut + 1..word.range.end), false);
            return Some(word.range.end);
        }
        let cut = text.find(|c: char| c.is_ascii_digit())?;
        if !text[cut..].chars().all(|c| c.is_ascii_digit() || c == '/') {
            return None;
        }
        let canonical = self.table.numbered.get(&names::fold_text(&text[..cut]))?;
        let cut = word.range.start + cut;
        out.push(&format!("‹{canonical}›"), self.file(word.range.start..cut), false);
        out.push(&self.line[cut..word.range.end], self.file(cut..word.range.end), true);
        Some(word.range.end)
    }

    /// What an end of `Mar-May`, `Q1-Q3` or `end-2025` begins with: its keyword, empty for a bare number.
    fn end_of_range(&self, text: &str) -> Option<&str> {
        let cut = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
        let (letters, digits) = text.split_at(cut);
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let folded = names::fold_text(letters);
        match (letters.is_empty(), digits.is_empty()) {
            (true, _) => Some(""),
            (false, true) => {
                let is_end = |word: &&str| word.starts_with("month:") || matches!(*word, "may" | "end-word");
                self.table.canonical(&folded).filter(is_end)
            }
            (false, false) => self.table.numbered.get(&folded).map(String::as_str),
        }
    }

    /// What stands between words: blanks and marks, in the forms the grammar knows.
    fn between(&self, range: Range<usize>, out: &mut Line) {
        let mut at = range.start;
        while at < range.end {
            let Some(c) = self.line[at..].chars().next() else { return };
            let end = self.quotation_end(at).unwrap_or(at + c.len_utf8()).min(range.end);
            let original = self.file(at..end);
            // emphasis and code of Markdown around a part of the sentence
            if self.mode == Mode::Sentence && (c == '`' || self.line[at..].starts_with("**")) {
                at += if c == '`' { 1 } else { 2 };
                continue;
            }
            match c {
                '“' | '„' | '”' if end > at + c.len_utf8() => {
                    let inner = self.line[at..end].trim_matches(['“', '„', '”', '"']).replace('"', "'");
                    out.push(&format!("\"{inner}\""), original, false);
                }
                '"' | '“' | '„' | '”' if end == at + c.len_utf8() => {
                    out.push("‹open-quote›", original, false);
                }
                '[' if end == at + 1 => out.push("‹open-bracket›", original, false),
                '(' | '（' if self.unclosed.binary_search(&at).is_ok() => {
                    out.push("‹open-paren›", original, false);
                }
                '‹' | '›' | '«' | '»' => out.push("\u{fffd}", original, false),
                _ if c.is_whitespace() => out.push(" ", original, c == ' '),
                _ if c.is_control() => out.push("\u{fffd}", original, false),
                '\u{ff01}'..='\u{ff5e}' => {
                    let plain = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
                    out.push(plain.encode_utf8(&mut [0; 4]), original, false);
                }
                _ => out.push(&self.line[at..end], original, true),
            }
            at = end;
        }
    }

    /// Where the quoted or bracketed stretch that begins at `at` ends, if one does and is closed.
    fn quotation_end(&self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        let open = rest.chars().next()?;
        let (closers, last): (&[char], usize) = match open {
            '"' => (&['"'], self.last_close.0),
            '“' | '„' | '”' => (&['”', '“', '"'], self.last_close.0),
            '[' => (&[']'], self.last_close.1),
            _ => return None,
        };
        if at >= last {
            return None;
        }
        let inner = &rest[open.len_utf8()..];
        let close = inner.find(closers)?;
        Some(at + open.len_utf8() + close + inner[close..].chars().next()?.len_utf8())
    }

    fn file(&self, range: Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }
}

/// Where the word that begins at `at` ends. Hyphens and apostrophes between letters belong to it; in a sentence so do
/// dots, slashes and ampersands (`demo/order`, `R&D`, `targets.amount`).
fn word_end(line: &str, at: usize, mode: Mode) -> usize {
    let mut end = at;
    let mut rest = line[at..].chars().peekable();
    while let Some(c) = rest.next() {
        let joins = match c {
            '\'' | '’' | '-' => true,
            '.' | '/' | '&' | '+' => mode == Mode::Sentence,
            _ => false,
        };
        let belongs = c.is_alphanumeric()
            || c == '_'
            || (c == '%' && end == at)
            || (unicode_normalization::char::is_combining_mark(c) && end > at)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
            || (joins && end > at && rest.peek().is_some_and(|next| next.is_alphanumeric()));
        if !belongs {
            break;
        }
        end += c.len_utf8();
    }
    end
}
