//! A text → its lines: indentation, comment and markup taken off, nothing understood yet.

use std::ops::Range;

/// A line with something on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextLine {
    /// What the line says: without blanks around it, bullet, full markup and comment.
    pub(crate) content: Range<usize>,
    /// The whole line, its comment included.
    pub(crate) whole: Range<usize>,
    /// Columns of blanks before it.
    pub(crate) indent: usize,
    /// `#` marks of a heading.
    pub(crate) heading: u32,
    /// `[ ]` or `[x]` after the bullet.
    pub(crate) checkbox: Option<bool>,
    /// A bullet stood before it.
    pub(crate) bullet: bool,
}

/// The lines of a text that hold something. Comments, quotations, rulers, tables, the fields at the head of a document and
/// what stands in a fence of another language are prose.
pub(crate) fn lines(text: &str) -> Vec<TextLine> {
    let mut found: Vec<TextLine> = Vec::new();
    let mut prose = Prose::at_head(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        let said = text.get(whole.clone()).unwrap_or("").trim();
        // a heading that is underlined
        if said.len() >= 3
            && said.chars().all(|c| c == '=')
            && let Some(above) = found.last_mut().filter(|above| above.indent == 0 && !above.bullet)
            && text
                .get(above.whole.end..whole.start)
                .is_some_and(|gap| gap.trim().is_empty() && gap.lines().count() <= 1)
        {
            above.heading = above.heading.max(1);
            continue;
        }
        if prose.holds(said, whole.start) {
            continue;
        }
        if let Some(line) = read(text, whole) {
            found.push(line);
        }
    }
    found
}

/// The places where tables begin: their rows are not read.
pub(crate) fn tables(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut prose = Prose::at_head(text);
    let (mut start, mut inside) = (0, false);
    for line in text.split_inclusive('\n') {
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        let said = text.get(whole.clone()).unwrap_or("").trim();
        let is_other_prose = prose.is_inside();
        prose.holds(said, whole.start);
        let is_row = is_table_row(said) && !is_other_prose;
        if is_row && !inside {
            found.push(trimmed(text, whole));
        }
        inside = is_row;
    }
    found
}

/// What stretches over several lines and is not read.
struct Prose {
    /// Where the fields at the head end.
    head: usize,
    /// In a fence: whether what it holds is read.
    fence: Option<bool>,
    /// In a comment of several lines.
    comment: bool,
}

impl Prose {
    /// The fields between two rulers at the head of a document (`title: Goals`) are for whoever shows it.
    fn at_head(text: &str) -> Self {
        let mut head = 0;
        if let Some(rest) = text.trim_start_matches('\u{feff}').strip_prefix("---")
            && rest.lines().next().is_some_and(|line| line.trim().is_empty())
        {
            let mut at = text.len() - rest.len();
            for line in rest.split_inclusive('\n').take(100) {
                at += line.len();
                if line.trim_end() == "---" {
                    head = at;
                    break;
                }
            }
        }
        Self { head, fence: None, comment: false }
    }

    fn is_inside(&self) -> bool {
        self.comment || self.fence == Some(false)
    }

    /// Whether a line is prose.
    fn holds(&mut self, said: &str, at: usize) -> bool {
        if at < self.head {
            return true;
        }
        if self.comment {
            self.comment = !said.contains("-->");
            return true;
        }
        if let Some(info) = said.strip_prefix("```").or_else(|| said.strip_prefix("~~~")) {
            let info = info.trim();
            let is_read = info.is_empty() || info.eq_ignore_ascii_case("goals");
            self.fence = if self.fence.is_some() { None } else { Some(is_read) };
            return true;
        }
        if self.fence == Some(false) {
            return true;
        }
        if said.starts_with("<!--") {
            self.comment = !said.contains("-->");
            return true;
        }
        let is_tag = said.strip_prefix('<').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && said.ends_with('>')
        });
        let is_picture = said.starts_with("![") && said.ends_with(')');
        is_tag || is_picture || is_table_row(said)
    }
}

/// `| revenue | +10% |`
fn is_table_row(said: &str) -> bool {
    said.len() > 1 && said.starts_with('|')
}

/// What stands between the marks of emphasis around the whole of it: `**Increase revenue by 10%**`.
fn without_emphasis(text: &str, content: Range<usize>) -> Range<usize> {
    let said = text.get(content.clone()).unwrap_or("");
    for mark in ["**", "__", "*", "_"] {
        let inner = said.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(mark)) {
            return trimmed(text, content.start + mark.len()..content.end - mark.len());
        }
    }
    content
}

fn read(text: &str, whole: Range<usize>) -> Option<TextLine> {
    let line = text.get(whole.clone())?;
    let indent = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let start = whole.start + (line.len() - line.trim_start().len());
    let end = whole.start + comment_start(line);
    let mut content = trimmed(text, start.min(end)..end);
    let said = text.get(content.clone())?;
    if said.is_empty() || is_quotation(said) || is_ruler(said) {
        return None;
    }
    let mut result =
        TextLine { content: content.clone(), whole, indent, heading: 0, checkbox: None, bullet: false };
    let marks = said.chars().take_while(|c| *c == '#').count();
    if marks > 0 && indent == 0 && (said.len() == marks || said[marks..].starts_with(char::is_whitespace)) {
        result.heading = marks as u32;
        result.content = trimmed(text, content.start + marks..content.end);
        return Some(result);
    }
    if let Some(length) = bullet_length(said) {
        result.bullet = true;
        content = trimmed(text, content.start + length..content.end);
        let said = text.get(content.clone())?;
        let boxed = [("[ ]", false), ("[x]", true), ("[X]", true)]
            .into_iter()
            .find(|(mark, _)| said.starts_with(mark));
        if let Some((mark, done)) = boxed {
            result.checkbox = Some(done);
            content = trimmed(text, content.start + mark.len()..content.end);
        }
    }
    let content = without_emphasis(text, content);
    result.content = content.clone();
    (!content.is_empty()).then_some(result)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let said = text.get(range.clone()).unwrap_or("");
    let start = range.start + (said.len() - said.trim_start().len());
    start..(range.start + said.trim_end().len()).max(start)
}

/// Where the comment of a line begins, its length where it has none: `//` at the start or after a blank, not in quotes.
fn comment_start(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut quoted = false;
    let closes = bytes.iter().rposition(|b| *b == b'"').unwrap_or(0);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted && at < closes,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'/') => {
                let blank_before = line[..at].chars().next_back().is_none_or(char::is_whitespace);
                if blank_before {
                    return at;
                }
            }
            _ => {}
        }
    }
    line.len()
}

/// `> prose`; `>8 visits` is a value with its bound.
fn is_quotation(said: &str) -> bool {
    said.strip_prefix('>').is_some_and(|rest| {
        rest.is_empty() || rest.starts_with([' ', '\t', '>']) || rest.starts_with(char::is_alphabetic)
    })
}

/// `---`, `***`, `===`: a ruler of Markdown.
fn is_ruler(said: &str) -> bool {
    said.len() >= 3 && ['-', '*', '_', '='].iter().any(|mark| said.chars().all(|c| c == *mark || c == ' '))
}

/// `- `, `* `, `+ `, `1. `, `• ` before the rest.
fn bullet_length(said: &str) -> Option<usize> {
    for bullet in ["-", "*", "+", "•", "–"] {
        if let Some(rest) = said.strip_prefix(bullet)
            && rest.starts_with(char::is_whitespace)
        {
            return Some(bullet.len());
        }
    }
    let digits = said.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &said[digits..];
    let numbered = (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
    numbered.then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        lines(text).into_iter().map(|line| &text[line.content]).collect()
    }

    #[test]
    fn markup_is_taken_off() {
        let text = "# Shop\n\n- grow it // later\n  * [x] done\n1. third\r\n> prose\n---\n  // note\nhttp://x.se stays";
        assert_eq!(contents(text), ["Shop", "grow it", "done", "third", "http://x.se stays"]);
        assert_eq!(lines(text)[2].checkbox, Some(true));
    }

    #[test]
    fn a_document_is_read_around_its_prose() {
        let text = "---\ntitle: Goals\n---\nCompany\n=======\n\n| a | b |\n|---|---|\n<!-- x\ny -->\n```python\nraise it\n```\n```goals\nmetric x\n```\n<br>\n![logo](a.png)\n1. **raise it**\n+ *hold it*\n";
        assert_eq!(contents(text), ["Company", "metric x", "raise it", "hold it"]);
        assert_eq!(lines(text)[0].heading, 1);
        assert_eq!(tables(text).len(), 1);
    }

    #[test]
    fn quotes_hide_comments() {
        assert_eq!(contents("data \"a // b\" // c"), ["data \"a // b\""]);
        assert_eq!(contents("say \"open // c"), ["say \"open"]);
    }

    #[test]
    fn a_minus_before_a_number_is_no_bullet() {
        assert_eq!(contents("-5 degrees"), ["-5 degrees"]);
        assert_eq!(contents("12.5 points"), ["12.5 points"]);
    }
}
