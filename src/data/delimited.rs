//! csv, tsv and their like → [`Book`] of one sheet.
//!
//! Encoding, delimiter and decimal mark are detected once per file; a cell that is a plain number by that mark comes
//! as a number, anything else as text.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::data::layout::{detect_decimal, detect_delimiter, detect_quote, named_delimiter};
use crate::data::reader::{
    Book, Flow, Limit, Limits, RawCell, RawRange, RawSheet, RawTable, RawValue, SheetFacts, Sink, Style,
};
use crate::data::{Error, errors};

/// How much text the detection looks at.
const SAMPLE: usize = 1 << 18;

/// Delimited text.
pub(crate) struct Delimited {
    path: PathBuf,
    sheets: Vec<RawSheet>,
    styles: Vec<Style>,
    encoding: &'static Encoding,
    delimiter: u8,
    quote: u8,
    decimal: char,
    /// The first line only names the delimiter (`sep=;`).
    skip_first: bool,
    limits: Limits,
}

impl Delimited {
    /// Looks at the file and decides how to read it. `decimal` is the mark that the goal file states.
    pub(crate) fn open(path: &Path, limits: Limits, decimal: Option<char>) -> Result<Self, Error> {
        let encoding = detect_encoding(path)?;
        let mut sample = String::new();
        let mut source = open_decoded(path, encoding)?.take(SAMPLE as u64);
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(|error| errors::cannot_open(path, &error))?;
        sample.push_str(&String::from_utf8_lossy(&bytes));
        let cut = bytes.len() == SAMPLE;
        if cut && let Some(end) = sample.rfind('\n') {
            sample.truncate(end);
        }
        let named = named_delimiter(&sample);
        let body =
            if named.is_some() { sample.split_once('\n').map_or("", |(_, rest)| rest) } else { &sample };
        let known = path.extension().and_then(|e| e.to_str()).map(str::to_lowercase);
        let is_text =
            known.as_deref().is_some_and(|e| matches!(e, "csv" | "tsv" | "tab" | "txt" | "dat" | "asc"));
        let delimiter = match named.or_else(|| detect_delimiter(body)) {
            Some(delimiter) => delimiter,
            None if is_text && body.lines().filter(|line| !line.trim().is_empty()).count() > 1 => b',',
            None if is_text && body.trim().is_empty() => return Err(errors::is_empty_text(path)),
            None => return Err(errors::plain_text(path)),
        };
        let quote = detect_quote(body, delimiter);
        let decimal = decimal.unwrap_or_else(|| detect_decimal(body, delimiter));
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or("data").to_owned();
        Ok(Self {
            path: path.to_owned(),
            sheets: vec![RawSheet { name, hidden: false, worksheet: true }],
            styles: vec![Style::Plain],
            encoding,
            delimiter,
            quote,
            decimal,
            skip_first: named.is_some(),
            limits,
        })
    }

    /// The decimal mark of its numbers.
    pub(crate) fn decimal(&self) -> char {
        self.decimal
    }

    /// What was detected, as `inspect` shows it.
    pub(crate) fn describe(&self) -> String {
        let delimiter = match self.delimiter {
            b'\t' => "tab".to_owned(),
            other => format!("`{}`", char::from(other)),
        };
        let mark = if self.decimal == ',' { "comma" } else { "point" };
        let quote = if self.quote == b'\'' { ", texts between apostrophes" } else { "" };
        format!("{}, columns divided by {delimiter}{quote}, decimal {mark}", self.encoding.name())
    }
}

/// Whether every byte of the file is UTF-8; else its first bytes tell UTF-16, else it is Windows-1252.
fn detect_encoding(path: &Path) -> Result<&'static Encoding, Error> {
    let cannot = |error: &std::io::Error| errors::cannot_open(path, error);
    let mut file = File::open(path).map_err(|error| cannot(&error))?;
    let mut buffer = vec![0_u8; 1 << 16];
    let (mut kept, mut first, mut valid) = (0, true, true);
    loop {
        let read = file.read(&mut buffer[kept..]).map_err(|error| cannot(&error))?;
        let bytes = &buffer[..kept + read];
        if first {
            first = false;
            if let Some((encoding, _)) = Encoding::for_bom(bytes) {
                return Ok(encoding);
            }
            let zeros = |offset| bytes.iter().skip(offset).step_by(2).take(256).filter(|b| **b == 0).count();
            let half = bytes.len().min(512) / 2;
            if half > 3 && zeros(1) * 10 > half * 7 {
                return Ok(UTF_16LE);
            }
            if half > 3 && zeros(0) * 10 > half * 7 {
                return Ok(UTF_16BE);
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() && read > 0 => {
                let start = error.valid_up_to();
                kept = bytes.len() - start;
                buffer.copy_within(start..start + kept, 0);
            }
            Err(_) => valid = false,
        }
        if read == 0 || !valid {
            return Ok(if valid { UTF_8 } else { WINDOWS_1252 });
        }
    }
}

fn open_decoded(path: &Path, encoding: &'static Encoding) -> Result<Decoded, Error> {
    let file = File::open(path).map_err(|error| errors::cannot_open(path, &error))?;
    Ok(Decoded {
        source: file,
        decoder: encoding.new_decoder_with_bom_removal(),
        raw: vec![0; 1 << 16],
        raw_range: (0, 0),
        text: vec![0; 1 << 16],
        text_range: (0, 0),
        ended: false,
        flushed: false,
    })
}

/// The bytes of a file as UTF-8.
struct Decoded {
    source: File,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_range: (usize, usize),
    text: Vec<u8>,
    text_range: (usize, usize),
    ended: bool,
    flushed: bool,
}

impl Decoded {
    /// Decodes more text; at the end of the file there is none.
    fn fill(&mut self) -> std::io::Result<()> {
        while self.text_range.0 == self.text_range.1 && !self.flushed {
            if self.raw_range.0 == self.raw_range.1 && !self.ended {
                let read = self.source.read(&mut self.raw)?;
                self.raw_range = (0, read);
                self.ended = read == 0;
            }
            let input = &self.raw[self.raw_range.0..self.raw_range.1];
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.text, self.ended);
            self.raw_range.0 += read;
            self.text_range = (0, written);
            self.flushed = self.ended && result == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.fill()?;
        let count = out.len().min(self.text_range.1 - self.text_range.0);
        out[..count].copy_from_slice(&self.text[self.text_range.0..self.text_range.0 + count]);
        self.text_range.0 += count;
        Ok(count)
    }
}

/// The value of a cell that is a plain number by this decimal mark: no groups, no leading zeros, at most 15 digits.
fn plain_number(text: &str, decimal: char) -> Option<f64> {
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    if digits.is_empty() || digits.len() > 24 || !digits[0].is_ascii_digit() {
        return None;
    }
    let mark = decimal as u8;
    let (mut marks, mut count, mut decimals, mut value) = (0, 0, 0, 0_u64);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                count += 1;
                decimals += marks;
                value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            }
            b if *b == mark => marks += 1,
            _ => return None,
        }
    }
    if marks > 1 || digits.ends_with(&[mark]) || digits.len() > 1 && digits[0] == b'0' && digits[1] != mark {
        return None;
    }
    if count - decimals > 15 || count > 18 {
        return None;
    }
    if count <= 15 {
        // both are exact, so that their quotient is the nearest double
        let number = value as f64 / TENS[decimals];
        return Some(if digits.len() < bytes.len() { -number } else { number });
    }
    if mark == b'.' || marks == 0 { text.parse().ok() } else { text.replace(',', ".").parse().ok() }
}

/// Powers of ten, exact.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

impl Book for Delimited {
    fn sheets(&self) -> &[RawSheet] {
        &self.sheets
    }

    fn tables(&self) -> &[RawTable] {
        &[]
    }

    fn names(&self) -> &[(String, RawRange)] {
        &[]
    }

    fn is_1904(&self) -> bool {
        false
    }

    fn styles(&self) -> &[Style] {
        &self.styles
    }

    fn shared(&self, _index: u32) -> &'static str {
        ""
    }

    fn shared_count(&self) -> usize {
        0
    }

    fn facts(&self, _sheet: usize) -> Result<SheetFacts, Error> {
        Ok(SheetFacts::default())
    }

    fn read(&self, _sheet: usize, columns: Option<&[u32]>, sink: &mut dyn Sink) -> Result<(), Error> {
        let broken = |error: &csv::Error| errors::damaged(&self.path, &error.to_string());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .quote(self.quote)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(open_decoded(&self.path, self.encoding)?);
        let mut record = csv::StringRecord::new();
        let mut row = 0_u32;
        let mut cells = 0_u64;
        let mut skip = self.skip_first;
        let mut wanted: Vec<bool> = Vec::new();
        while reader.read_record(&mut record).map_err(|error| broken(&error))? {
            if std::mem::take(&mut skip) {
                row += 1;
                continue;
            }
            cells += record.len() as u64;
            if let Some((of, found, limit)) = self.exceeded(cells, record.len() as u64) {
                return Err(errors::too_much(&self.path, of.word(), found, limit, Some(of)));
            }
            // the reader leaves out blank lines, but a message counts them
            let line = record.position().map_or(u64::from(row), |p| p.line().saturating_sub(1));
            row = row.max(u32::try_from(line).unwrap_or(u32::MAX));
            if sink.row(row, false) == Flow::Stop {
                return Ok(());
            }
            while wanted.len() < record.len() {
                wanted.push(sink.wants(wanted.len() as u32));
            }
            for (column, text) in record.iter().enumerate() {
                let column = column as u32;
                if columns.is_some_and(|columns| columns.binary_search(&column).is_err()) {
                    continue;
                }
                self.cell(row, column, text, wanted[column as usize], sink);
            }
            row += 1;
        }
        Ok(())
    }
}

impl Delimited {
    /// The limit that so many cells and columns exceed, with what was found and what is allowed.
    fn exceeded(&self, cells: u64, columns: u64) -> Option<(Limit, u64, u64)> {
        let widest = u64::from(self.limits.columns);
        if columns > widest {
            return Some((Limit::Columns, columns, widest));
        }
        (cells > self.limits.cells).then_some((Limit::Cells, cells, self.limits.cells))
    }

    fn cell(&self, row: u32, column: u32, text: &str, wanted: bool, sink: &mut dyn Sink) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // of a column not wanted it matters that something stands there
        let value = match if wanted { plain_number(text, self.decimal) } else { None } {
            Some(number) => RawValue::Number(number),
            None if wanted && is_error(text) => RawValue::Error(text),
            None => RawValue::Text(text),
        };
        sink.cell(RawCell { row, column, value, style: 0 });
    }
}

fn is_error(text: &str) -> bool {
    matches!(text, "#DIV/0!" | "#VALUE!" | "#REF!" | "#NAME?" | "#NUM!" | "#NULL!" | "#N/A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "-0",
            "7",
            "119.82",
            "-3.5",
            "0.1",
            "123456789012345",
            "12345678.9012345",
            "1234567890.12345678",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(plain_number(text, '.').map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
        assert_eq!(plain_number("1,5", ','), Some(1.5));
        for text in ["", "-", "01", "1.2.3", "5.", ".5", "1 000", "1234567890123456", "1e5"] {
            assert_eq!(plain_number(text, '.'), None, "{text}");
        }
    }

    #[test]
    fn plain_numbers_only() {
        assert_eq!(plain_number("17850.0", '.'), Some(17850.0));
        assert_eq!(plain_number("-2,5", ','), Some(-2.5));
        for text in ["007", "1,234", "12345678901234567890", "5.", "1e5", "+1", "-"] {
            assert_eq!(plain_number(text, '.'), None, "{text}");
        }
    }
}
