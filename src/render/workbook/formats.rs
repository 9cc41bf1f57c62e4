//! Colours, fonts and cell formats of the design.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::report::look::Tone;

pub(super) const INK: u32 = 0x001B_1F24;
pub(super) const MUTED: u32 = 0x0059_626D;
pub(super) const FAINT: u32 = 0x008B_95A1;
pub(super) const RULE: u32 = 0x00CB_D2D9;
pub(super) const HAIR: u32 = 0x00E6_EAEE;
pub(super) const BAND: u32 = 0x00F4_F6F8;
pub(super) const GOOD: u32 = 0x000B_6B5D;
pub(super) const WARNING: u32 = 0x0095_5300;
pub(super) const TINT: u32 = 0x00FF_F3DC;
pub(super) const BAD: u32 = 0x00B3_221B;
pub(super) const PALE_BAD: u32 = 0x00DB_A29E;
pub(super) const LINK: u32 = 0x001D_5BA6;
pub(super) const ACTUAL: u32 = 0x001F_5A92;
pub(super) const FORECAST: u32 = 0x00B9_D0E6;
pub(super) const BEFORE: u32 = 0x00B4_BDC7;
pub(super) const PATH: u32 = 0x0045_4D57;
pub(super) const WHITE: u32 = 0x00FF_FFFF;

/// The ink of a treatment.
pub(super) fn tone_ink(tone: Tone) -> u32 {
    match tone {
        Tone::Good => GOOD,
        Tone::Warning => WARNING,
        Tone::Bad => BAD,
        Tone::Quiet => MUTED,
    }
}

/// Where text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The line below or above a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    None,
    HairBelow,
    RuleBelow,
    InkBelow,
    InkAbove,
}

/// A cell format in the terms of the design.
#[derive(Debug, Clone)]
// each is an attribute of a cell by itself
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Look {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) ink: u32,
    pub(super) side: Side,
    pub(super) line: Line,
    pub(super) fill: Option<u32>,
    pub(super) indent: u8,
    pub(super) wrap: bool,
    pub(super) low: bool,
    pub(super) mono: bool,
    pub(super) underline: bool,
    pub(super) shrink: bool,
    pub(super) code: Option<String>,
}

/// Body text.
pub(super) const BODY: Look = Look {
    size: 10.0,
    bold: false,
    ink: INK,
    side: Side::Left,
    line: Line::None,
    fill: None,
    indent: 0,
    wrap: false,
    low: false,
    mono: false,
    underline: false,
    shrink: false,
    code: None,
};

/// Labels, reasons, units, headers.
pub(super) const SMALL: Look = Look { size: 9.0, ink: MUTED, ..BODY };

impl Look {
    pub(super) fn right(self) -> Self {
        Self { side: Side::Right, ..self }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn ink(self, ink: u32) -> Self {
        Self { ink, ..self }
    }

    pub(super) fn size(self, size: f64) -> Self {
        Self { size, ..self }
    }

    pub(super) fn line(self, line: Line) -> Self {
        Self { line, ..self }
    }

    pub(super) fn indent(self, indent: u8) -> Self {
        Self { indent, ..self }
    }

    pub(super) fn wrap(self) -> Self {
        Self { wrap: true, ..self }
    }

    pub(super) fn low(self) -> Self {
        Self { low: true, ..self }
    }

    pub(super) fn shrink(self) -> Self {
        Self { shrink: true, ..self }
    }

    pub(super) fn fill(self, fill: u32) -> Self {
        Self { fill: Some(fill), ..self }
    }

    pub(super) fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    pub(super) fn format(&self) -> Format {
        let mut format = Format::new()
            .set_font_name(if self.mono { "Courier New" } else { "Arial" })
            .set_font_size(self.size)
            .set_font_color(Color::RGB(self.ink))
            .set_align(if self.low { FormatAlign::Bottom } else { FormatAlign::VerticalCenter })
            .set_align(match self.side {
                Side::Left => FormatAlign::Left,
                Side::Right => FormatAlign::Right,
            });
        if self.bold {
            format = format.set_bold();
        }
        if self.shrink {
            format = format.set_shrink();
        }
        if self.underline {
            format = format.set_underline(rust_xlsxwriter::FormatUnderline::Single);
        }
        if self.wrap {
            format = format.set_text_wrap();
        }
        if self.indent > 0 {
            format = format.set_indent(self.indent);
        }
        if let Some(fill) = self.fill {
            format = format.set_background_color(Color::RGB(fill));
        }
        if let Some(code) = &self.code {
            format = format.set_num_format(code);
        }
        let below = |format: Format, ink| {
            format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(Color::RGB(ink))
        };
        match self.line {
            Line::None => format,
            Line::HairBelow => below(format, HAIR),
            Line::RuleBelow => below(format, RULE),
            Line::InkBelow => below(format, INK),
            Line::InkAbove => format.set_border_top(FormatBorder::Thin).set_border_top_color(Color::RGB(INK)),
        }
    }
}
