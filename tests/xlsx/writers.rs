//! The same rows as other programs write them: the same cells.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use goalsheet::data::reader::Limits;
use goalsheet::data::xlsx::XlsxBook;
use regex::{Captures, Regex};
use rust_xlsxwriter::{Format, Workbook};

use crate::support::{Cells, assert_same, cells_of};

const ROWS: u32 = 1500;
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn cells(path: &Path) -> Cells {
    cells_of(&XlsxBook::open(path, &Limits::default()).unwrap(), 0).unwrap()
}

/// Orders: numbers, dates, texts, some of them missing.
fn write_orders(path: &Path) {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["id", "date", "customer", "amount", "quantity"]) {
        sheet.write(0, column, name).unwrap();
    }
    for row in 1..=ROWS {
        let n = f64::from(row);
        sheet.write(row, 0, 100_000.0 + n).unwrap();
        sheet.write_with_format(row, 1, 45_000.0 + (n / 10.0).floor(), &date).unwrap();
        sheet.write(row, 2, format!("Café {} & søn", row % 70)).unwrap();
        sheet.write(row, 3, (n * 13.37).floor() / 100.0).unwrap();
        if row % 3 != 0 {
            sheet.write(row, 4, n % 9.0).unwrap();
        }
    }
    workbook.save(path).unwrap();
}

/// A copy of the workbook whose sheet is written in another way.
fn rewritten(from: &Path, to: &Path, change: &dyn Fn(&str) -> Vec<u8>) {
    let mut source = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut target = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for index in 0..source.len() {
        let mut part = source.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == SHEET {
            let changed = change(std::str::from_utf8(&bytes).unwrap());
            assert_ne!(changed, bytes, "the layout differs");
            bytes = changed;
        }
        target.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        target.write_all(&bytes).unwrap();
    }
    target.finish().unwrap();
}

fn replaced(sheet: &str, pattern: &str, by: &str) -> String {
    Regex::new(pattern).unwrap().replace_all(sheet, by).into_owned()
}

/// How a layout is made from the usual one.
type Layout = (&'static str, Box<dyn Fn(&str) -> Vec<u8>>);

/// What is seen in files of LibreOffice, openpyxl, ExcelJS, POI, `ClosedXML` and home-made exporters.
fn layouts() -> Vec<Layout> {
    let layout =
        |name, change: fn(&str) -> String| -> Layout { (name, Box::new(move |sheet| change(sheet).into())) };
    vec![
        layout("row attributes", |sheet| {
            replaced(
                sheet,
                r#"<row r="(\d+)"[^>]*>"#,
                r#"<row r="$1" spans="1:5" ht="12.8" x14ac:dyDescent="0.25">"#,
            )
        }),
        layout("a type on every cell", |sheet| {
            replaced(sheet, r#"(<c r="\w+"(?: s="\d+")?)>"#, r#"$1 t="n">"#)
        }),
        layout("attributes the other way round", |sheet| {
            replaced(sheet, r#"<c (r="\w+")( s="\d+")?( t="\w+")?>"#, "<c$2$3 $1>")
        }),
        layout("no places", |sheet| {
            // blank cells have to be there, then
            let filled =
                replaced(sheet, r#"(<c r="D(\d+)"><v>[^<]*</v></c>)(</row>)"#, r#"$1<c r="E$2"/>$3"#);
            replaced(&filled, r#" r="[A-Z]*\d+""#, "")
        }),
        layout("places of rows alone", |sheet| replaced(sheet, r#"<c r="\w+""#, "<c")),
        layout("places of cells alone", |sheet| replaced(sheet, r"<row [^>]*>", "<row>")),
        layout("pretty", |sheet| {
            replaced(&replaced(sheet, "<(row|c |v|/row|/c)", "\n  <$1"), "<v>\n", "<v>")
        }),
        layout("a line for each row", |sheet| sheet.replace("</row>", "</row>\r\n")),
        layout("single quotes", |sheet| sheet.replace('"', "'")),
        layout("prefixes", |sheet| {
            let body = sheet.find("<worksheet").map_or(sheet, |at| &sheet[at..]);
            replaced(body, r"<(/?)(\w)", "<${1}x:$2").replace("xmlns=", "xmlns:x=")
        }),
        layout("points everywhere", |sheet| {
            replaced(sheet, r#"(<c r="[A-E]\d+"(?: s="1")?><v>\d+)</v>"#, "$1.0</v>")
        }),
        layout("exponents", |sheet| {
            let pattern = Regex::new(r"<v>(\d+\.\d+)</v>").unwrap();
            let scientific = |found: &Captures| format!("<v>{:E}</v>", found[1].parse::<f64>().unwrap());
            pattern.replace_all(sheet, scientific).into_owned()
        }),
        layout("formulas", |sheet| replaced(sheet, r#"(<c r="D(\d+)">)<v>"#, "$1<f>A$2*E$2</f><v>")),
        layout("banded rows", |sheet| replaced(sheet, r#"(<c r="\w+[02468]")>"#, r#"$1 s="0">"#)),
        layout("columns from right to left", |sheet| {
            let row = Regex::new(r"(<row[^>]*>)(.*?)(</row>)").unwrap();
            let cell = Regex::new(r"<c [^>]*?(?:/>|>.*?</c>)").unwrap();
            row.replace_all(sheet, |found: &Captures| {
                let mut cells: Vec<&str> = cell.find_iter(&found[2]).map(|cell| cell.as_str()).collect();
                cells.reverse();
                format!("{}{}{}", &found[1], cells.concat(), &found[3])
            })
            .into_owned()
        }),
        (
            "UTF-16",
            Box::new(|sheet| format!("\u{feff}{sheet}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ),
    ]
}

#[test]
fn every_layout_gives_the_same_cells() {
    let folder = tempfile::tempdir().unwrap();
    let usual = folder.path().join("usual.xlsx");
    write_orders(&usual);
    let wanted = cells(&usual);
    assert_eq!(wanted.len() as u32, 5 + 4 * ROWS + ROWS - ROWS / 3);
    for (name, change) in layouts() {
        let path = folder.path().join("other.xlsx");
        rewritten(&usual, &path, &*change);
        assert_same(name, &cells(&path), "usual", &wanted);
    }
}

/// A program that may not be there.
fn run(program: &str, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output();
    output.is_ok_and(|output| output.status.success())
}

fn saved_again(usual: &Path, folder: &Path) -> Vec<PathBuf> {
    let (openpyxl, office) = (folder.join("openpyxl.xlsx"), folder.join("office"));
    let script = "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
    run("python3", &["-c", script, &usual.to_string_lossy(), &openpyxl.to_string_lossy()]);
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let out = office.to_string_lossy();
    run(
        "soffice",
        &[&profile, "--headless", "--convert-to", "xlsx", "--outdir", &out, &usual.to_string_lossy()],
    );
    [openpyxl, office.join("usual.xlsx")].into_iter().filter(|path| path.exists()).collect()
}

#[test]
fn other_programs_give_the_same_cells() {
    let folder = tempfile::tempdir().unwrap();
    let usual = folder.path().join("usual.xlsx");
    write_orders(&usual);
    let wanted = cells(&usual);
    for path in saved_again(&usual, folder.path()) {
        eprintln!("{}", path.display());
        assert_same(&path.to_string_lossy(), &cells(&path), "usual", &wanted);
    }
}
