//! A sheet with the design's set-up, and cells in which text is text and nothing else.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Formula, Url, Worksheet, XlsxError};

use crate::quantity::f64_from_decimal;
use crate::render::workbook::formats::{
    BAD, FAINT, GOOD, LINK, Line, Look, MUTED, SMALL, TINT, WARNING, WHITE,
};
use crate::report::number::{Room, Shape, UNKNOWN};
use crate::report::{Figure, Report, Style, Value};

pub(super) type Done = Result<(), XlsxError>;

/// Excel's longest text in a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Text as a cell can hold it: no control characters but line breaks, none that XML or Excel cannot hold or that
/// turn the direction of what follows, no longer than a cell.
pub(super) fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut units = 0;
    for sign in text.chars() {
        let sign = match sign {
            '\n' => '\n',
            '\t' | '\r' => ' ',
            sign if crate::render::text::is_unsafe(sign) => continue,
            sign => sign,
        };
        units += sign.len_utf16();
        if units > LONGEST {
            break;
        }
        safe.push(sign);
    }
    safe
}

/// As [`safe`], on one line and at most `most` characters: for attributes, titles, footers.
pub(super) fn one_line(text: &str, most: usize) -> String {
    safe(text).replace('\n', " ").chars().take(most).collect()
}

/// Rich text is written as it is; what looks like an escaped character there has to be escaped by us.
pub(super) fn rich(text: &str) -> String {
    let safe = safe(text);
    let mut escaped = String::with_capacity(safe.len());
    let bytes = safe.as_bytes();
    for (at, sign) in safe.char_indices() {
        let escape = sign == '_'
            && bytes.get(at + 1) == Some(&b'x')
            && bytes.get(at + 6) == Some(&b'_')
            && bytes.get(at + 2..at + 6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        escaped.push_str(if escape { "_x005F_" } else { "" });
        if !escape {
            escaped.push(sign);
        }
    }
    escaped
}

/// Lines that `text` takes where about `per_line` characters fit.
pub(super) fn lines(text: &str, per_line: usize) -> u32 {
    let count: usize = text.lines().map(|l| l.chars().count().div_ceil(per_line.max(1)).max(1)).sum();
    count.max(1) as u32
}

/// A sheet being written.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) style: Style,
}

impl<'a> Page<'a> {
    /// A sheet with name, view and print set-up: A4 landscape, one page wide, footer.
    pub(super) fn new(sheet: &'a mut Worksheet, name: &str, report: &Report) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_screen_gridlines(false);
        sheet.set_paper_size(9).set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.354, 0.354, 0.394, 0.512, 0.2, 0.2);
        let subject = one_line(&report.subject, 80).replace('&', "&&");
        let day = report.as_of.map_or_else(String::new, |d| format!(", as of {d}"));
        sheet.set_footer(format!("&L&\"Arial\"&8 {subject}{day}&C&\"Arial\"&8&A&R&\"Arial\"&8Page &P of &N"));
        Ok(Self { sheet, style: report.style })
    }

    pub(super) fn widths(&mut self, pixels: &[u32]) -> Done {
        for (column, width) in pixels.iter().enumerate() {
            self.sheet.set_column_width_pixels(column as u16, *width)?;
        }
        Ok(())
    }

    pub(super) fn height(&mut self, row: u32, pixels: u32) -> Done {
        self.sheet.set_row_height_pixels(row, pixels)?;
        Ok(())
    }

    /// Text, as a string cell whatever it holds.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, look: &Look) -> Done {
        let safe = safe(text);
        if safe.is_empty() {
            return self.blank(row, column, look);
        }
        self.sheet.write_string_with_format(row, column, safe, &look.format())?;
        Ok(())
    }

    /// An empty cell with a format.
    pub(super) fn blank(&mut self, row: u32, column: u16, look: &Look) -> Done {
        self.sheet.write_blank(row, column, &look.format())?;
        Ok(())
    }

    pub(super) fn blanks(&mut self, row: u32, columns: std::ops::Range<u16>, look: &Look) -> Done {
        columns.into_iter().try_for_each(|column| self.blank(row, column, look))
    }

    /// Text over several columns, wrapped.
    pub(super) fn merged(&mut self, row: u32, first: u16, last: u16, text: &str, look: &Look) -> Done {
        self.sheet.merge_range(row, first, row, last, "", &look.format())?;
        self.text(row, first, text, look)
    }

    /// A number that is what it is, with a number format.
    pub(super) fn number(&mut self, row: u32, column: u16, value: f64, look: &Look) -> Done {
        if !value.is_finite() {
            return self.text(row, column, UNKNOWN, look);
        }
        self.sheet.write_number_with_format(row, column, value, &look.format())?;
        Ok(())
    }

    /// A figure in its shape; unknown ones as a grey dash at the decimal place.
    pub(super) fn figure(&mut self, row: u32, column: u16, figure: &Figure, room: Room, look: &Look) -> Done {
        let code = figure.shape.format_code(figure.value, room, self.style);
        let look = look.clone().code(code);
        let Some(value) = figure.value else {
            return self.text(row, column, UNKNOWN, &look.ink(FAINT));
        };
        let stored = f64_from_decimal(figure.shape.stored(value));
        match &figure.formula {
            Some(formula) => {
                let formula = Formula::new(&formula.0).set_result(stored.to_string());
                self.sheet.write_formula_with_format(row, column, formula, &look.format())?;
                Ok(())
            }
            None => self.number(row, column, stored, &look),
        }
    }

    /// Whatever stands in a place of a report.
    pub(super) fn value(&mut self, row: u32, column: u16, value: &Value, room: Room, look: &Look) -> Done {
        match value {
            Value::Empty => self.blank(row, column, look),
            Value::Figure(figure) => self.figure(row, column, figure, room, look),
            Value::Count(number) => {
                let shape = Shape::Number { thousands: 0, decimals: 0 };
                self.figure(row, column, &Figure::new(Some(Decimal::from(*number)), shape, ""), room, look)
            }
            Value::Text(_) | Value::Period(..) | Value::Verdict(_) | Value::Status(_) => {
                self.text(row, column, &value.text(self.style), look)
            }
        }
    }

    /// The link back to the scorecard.
    pub(super) fn link_back(&mut self) -> Done {
        let look = Look { underline: true, ..SMALL.ink(LINK) };
        self.link(0, 0, crate::render::workbook::SCORECARD, "‹ Scorecard", &look)
    }

    /// A link to the first cell of a sheet of this workbook.
    pub(super) fn link(&mut self, row: u32, column: u16, sheet: &str, text: &str, look: &Look) -> Done {
        let target = Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''"))).set_text(safe(text));
        self.sheet.write_url_with_format(row, column, target, &look.format())?;
        Ok(())
    }

    /// A block's title over an ink rule.
    pub(super) fn block(&mut self, row: u32, first: u16, last: u16, title: &str) -> Done {
        let look = SMALL.ink(super::formats::INK).size(11.0).bold().line(Line::InkBelow);
        self.height(row, 24)?;
        self.text(row, first, title, &look)?;
        self.blanks(row, first + 1..last + 1, &look)
    }

    /// The treatments of a status by the first character of the cell at `key`, over a range.
    pub(super) fn status_rules(
        &mut self,
        rows: (u32, u32),
        columns: (u16, u16),
        key: &str,
        filled: bool,
    ) -> Done {
        let is = |icons: &[char]| {
            let tests: Vec<String> = icons.iter().map(|icon| format!("LEFT({key},1)=\"{icon}\"")).collect();
            if tests.len() == 1 {
                format!("={}", tests.join(""))
            } else {
                format!("=OR({})", tests.join(","))
            }
        };
        let ink = |ink: u32| Format::new().set_font_color(Color::RGB(ink));
        let fill = |format: Format, colour: u32| {
            if filled { format.set_bold().set_background_color(Color::RGB(colour)) } else { format }
        };
        let rules = [
            (is(&['●', '✓']), ink(GOOD)),
            (is(&['▲']), fill(ink(WARNING), TINT)),
            (is(&['■', '✗']), if filled { fill(ink(WHITE), BAD) } else { ink(BAD) }),
            (is(&['○', '!']), ink(MUTED)),
        ];
        for (rule, format) in rules {
            let condition = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
            self.sheet.add_conditional_format(rows.0, columns.0, rows.1, columns.1, &condition)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_no_control_characters() {
        assert_eq!(safe("a\u{0}b\u{7}c\td\ne"), "abc d\ne");
        assert_eq!(safe("\u{202e}x\u{fffe}"), "x");
        assert_eq!(one_line("a\nb", 10), "a b");
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_by_utf16_units() {
        assert_eq!(safe(&"a".repeat(40_000)).len(), 32_767);
        assert_eq!(safe(&"\u{1f600}".repeat(20_000)).chars().count(), 16_383);
    }

    #[test]
    fn what_looks_escaped_is_escaped_in_rich_text() {
        assert_eq!(rich("a _x0041_ b"), "a _x005F_x0041_ b");
        assert_eq!(rich("max_x_value"), "max_x_value");
    }
}
