//! Files cut off and changed at random: refused in one sentence or read, never a panic.

use std::path::Path;

use goalsheet::data::reader::{Book, Limits};
use goalsheet::data::xlsx::XlsxBook;

use crate::support::{Package, damaged_cells_of, real_workbooks};

/// Reads everything; `true` where that worked.
fn read(path: &Path) -> bool {
    let limits = Limits { part_bytes: 64 << 20, cells: 1 << 22, strings: 1 << 20, ..Limits::default() };
    let book = match XlsxBook::open(path, &limits) {
        Ok(book) => book,
        Err(error) => {
            assert_sentence(&error.to_string());
            return false;
        }
    };
    (0..book.sheets().len()).all(|sheet| {
        let read = book.facts(sheet).map(drop).and_then(|()| damaged_cells_of(&book, sheet));
        if let Err(error) = &read {
            assert_sentence(&error.to_string());
        }
        read.is_ok()
    })
}

fn assert_sentence(sentence: &str) {
    assert!(
        sentence.contains("cannot be read: ") && !sentence.ends_with('.') && !sentence.contains('\n'),
        "{sentence}"
    );
}

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

const SHEET: &str = r#"<?xml version="1.0"?><worksheet xmlns="m"><dimension ref="A1:H9"/><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44927</v></c><c r="C1" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c></row><row r="2" spans="1:3"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>44928.5</v></c><c r="C2" t="inlineStr"><is><t>x &amp; y</t></is></c></row><row r="3" spans="1:3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>1E3</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3"><f>A1*B1</f><v>3</v></c></row><row r="4"><c r="A4" t="b"><v>1</v></c><!-- c --><c r="C4" t="str"><v><![CDATA[z]]></v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;

const SHARED: &str = r#"<sst count="2"><si><t>North</t></si><si><r><t>So</t></r><r><t>uth_x000D_</t></r><rPh><t>p</t></rPh></si></sst>"#;

#[test]
fn parts_changed_at_random() {
    let mut random = Random(0x5EED_1234_5678_9ABC);
    let pieces: [&[u8]; 18] = [
        b"<",
        b">",
        b"/",
        b"\"",
        b"&",
        b"<c r=\"",
        b"</c>",
        b"<v>",
        b"</row>",
        b"<row r=\"9\">",
        b"<!--",
        b"<![CDATA[",
        b"0",
        b"9999999999",
        b"\xff\xfe",
        b"\0",
        b"</sheetData>",
        b"XFD",
    ];
    let (mut read_count, rounds) = (0, 1500);
    for round in 0..rounds {
        let change = |random: &mut Random, text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                match random.below(4) {
                    0 => bytes[at] = random.below(256) as u8,
                    1 => drop(bytes.drain(at..(at + random.below(12)).min(bytes.len()))),
                    2 => drop(bytes.splice(at..at, pieces[random.below(pieces.len())].iter().copied())),
                    _ => {
                        let from = random.below(bytes.len());
                        let copy = bytes[from..(from + random.below(40)).min(bytes.len())].to_vec();
                        drop(bytes.splice(at..at, copy));
                    }
                }
            }
            bytes
        };
        let sheet = change(&mut random, SHEET);
        let mut package = Package::new(sheet).with("xl/sharedStrings.xml", SHARED);
        if round % 3 == 0 {
            package = package.with("xl/sharedStrings.xml", change(&mut random, SHARED));
        }
        read_count += u32::from(read(&package.write()));
    }
    assert!(read_count > 100 && read_count < rounds, "{read_count} of {rounds} read");
}

#[test]
fn archives_changed_at_random_and_cut_off() {
    let mut random = Random(0xC0FF_EE00_1234_5678);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.xlsx");
    let whole = std::fs::read(Package::new(SHEET).write()).unwrap();
    for cut in (0..whole.len()).step_by(7) {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert!(!read(&path), "cut at {cut}");
    }
    for _ in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            bytes[at] = random.below(256) as u8;
        }
        std::fs::write(&path, &bytes).unwrap();
        read(&path);
    }
}

#[test]
fn a_change_inside_the_compressed_rows_is_noticed() {
    let row = |n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c></row>");
    let rows = (1..=5000).map(row).collect::<Vec<_>>().concat();
    let package = Package::rows(&rows);
    let path = package.write();
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 0x10;
    std::fs::write(&path, &bytes).unwrap();
    assert!(!read(&path));
}

#[test]
fn large_sheets_changed_at_random() {
    let mut random = Random(0x0DD_BA11_0F0F_0F0F);
    let row = |n| {
        format!(
            r#"<row r="{n}"><c r="A{n}" t="s"><v>1</v></c><c r="B{n}" s="1"><v>{n}.5</v></c><c r="C{n}" t="str"><v>t{}</v></c></row>"#,
            n % 9
        )
    };
    let rows = (1..=8_000).map(row).collect::<Vec<_>>().concat();
    let path = Package::rows(&rows).stored().write_kept();
    let whole = std::fs::read(&path.1).unwrap();
    for _ in 0..60 {
        let mut bytes = whole.clone();
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] = random.below(256) as u8,
            1 => bytes[at] = b"<>/\"&"[random.below(5)],
            _ => drop(bytes.drain(at..(at + random.below(200_000)).min(bytes.len()))),
        }
        std::fs::write(&path.1, &bytes).unwrap();
        read(&path.1);
    }
}

#[test]
fn real_bad_files_are_refused_or_read() {
    for path in real_workbooks() {
        if path.parent().is_some_and(|folder| folder.ends_with("bad-files")) {
            let done = read(&path);
            let odd = ["xlmmacro.xlsm", "xlsx-corrupted.xlsx", "issue252.xlsx"];
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(!done || odd.contains(&name.as_str()), "{name} was read");
        }
    }
}
