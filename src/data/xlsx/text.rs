//! Text of a cell as written in XML → as Excel shows it.

use std::borrow::Cow;

use memchr::{memchr3, memmem};

use super::xml::{push_lossy, unescape_into};

/// Whether the bytes read as they stand: no entity, no carriage return, no `_x000D_`.
pub(super) fn is_plain(raw: &[u8]) -> bool {
    let Some(at) = memchr3(b'&', b'\r', b'_', raw) else { return true };
    let rest = &raw[at..];
    memchr::memchr2(b'&', b'\r', rest).is_none() && memmem::find(rest, b"_x").is_none()
}

/// The text; borrowed where nothing has to be replaced and it is valid UTF-8.
pub(super) fn read(raw: &[u8]) -> Cow<'_, str> {
    if is_plain(raw) {
        return String::from_utf8_lossy(raw);
    }
    let mut text = String::new();
    append(raw, &mut text);
    Cow::Owned(text)
}

/// Appends the text of one run.
pub(super) fn append(raw: &[u8], text: &mut String) {
    if is_plain(raw) {
        push_lossy(raw, text);
        return;
    }
    let from = text.len();
    unescape_into(raw, text);
    expand_from(text, from);
}

/// Appends the text of a CDATA section: no entities, but escapes.
pub(super) fn append_verbatim(raw: &[u8], text: &mut String) {
    let from = text.len();
    push_lossy(raw, text);
    expand_from(text, from);
}

/// Replaces `_x000D_` and the like in what stands behind `from`: how characters that XML cannot hold are written.
fn expand_from(text: &mut String, from: usize) {
    if let Cow::Owned(expanded) = expand(&text[from..]) {
        text.truncate(from);
        text.push_str(&expanded);
    }
}

fn expand(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut taken, mut at) = (0, 0);
    while let Some(found) = text[at..].find("_x") {
        at += found;
        let Some(unit) = escape(&text[at..]) else {
            at += 2;
            continue;
        };
        out.push_str(&text[taken..at]);
        at += 7;
        let low = escape(&text[at..]).filter(|low| (0xDC00..0xE000).contains(low));
        match low {
            Some(low) if (0xD800..0xDC00).contains(&unit) => {
                let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                at += 7;
            }
            _ => out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
        taken = at;
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[taken..]);
    Cow::Owned(out)
}

/// The UTF-16 unit of `_xHHHH_` at the start of `text`.
fn escape(text: &str) -> Option<u32> {
    let bytes = text.as_bytes().first_chunk::<7>()?;
    let [b'_', b'x', digits @ .., b'_'] = bytes else { return None };
    digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_entities() {
        let cases = [
            ("plain_text", "plain_text"),
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xD83D__xDE00_!", "😀!"),
            ("_xD83D_!", "\u{fffd}!"),
            ("a &lt; b_x0009_c", "a < b\tc"),
            ("x_x_x_x0041_", "x_x_xA"),
        ];
        for (raw, text) in cases {
            assert_eq!(read(raw.as_bytes()), text, "{raw}");
        }
    }

    #[test]
    fn what_is_not_utf8_is_replaced() {
        assert_eq!(read(b"a\xffb"), "a\u{fffd}b");
    }
}
