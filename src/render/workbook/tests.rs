use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::report::{Style, fixture};

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn cell(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, row: u32, column: u32) -> Data {
    book.worksheet_range(sheet).unwrap().get_value((row, column)).cloned().unwrap_or(Data::Empty)
}

fn text(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, row: u32, column: u32) -> String {
    cell(book, sheet, row, column).to_string()
}

#[test]
fn sheets_stand_in_reading_order() {
    let book = open(&workbook(&fixture::report()).unwrap());
    let names = book.sheet_names();
    assert_eq!(names[..2], ["Scorecard", "1 Revenue"]);
    assert_eq!(names[4], "4 Conversion rate, Google");
    assert_eq!(names[16..], ["Data quality", "Goals", "About", "Measures"]);
}

#[test]
fn the_scorecard_holds_exact_figures_and_words() {
    let mut book = open(&workbook(&fixture::report()).unwrap());
    let sheet = "Scorecard";
    assert_eq!(text(&mut book, sheet, 0, 0), "Nordic Webshop: goals, 30 June 2025");
    assert_eq!(text(&mut book, sheet, 5, 0), "Nordic Webshop");
    assert_eq!(text(&mut book, sheet, 5, 3), "7 of 15 on course");
    assert_eq!(cell(&mut book, sheet, 6, 0), Data::Float(1.0));
    let name = text(&mut book, sheet, 6, 1);
    assert!(name.contains("Revenue +10%") && name.contains("so far +8.6%"), "{name}");
    assert_eq!(text(&mut book, sheet, 6, 3), "▲ at risk");
    // 20,907,242 of 48,623,039.3 is 8.6 of 20 places; 21,178,592.6 of it stands at place 9
    assert_eq!(text(&mut book, sheet, 6, 4), "■■■■■■■■─│──────────");
    assert_eq!(cell(&mut book, sheet, 6, 5), Data::Float(20_907_242.0));
    assert_eq!(cell(&mut book, sheet, 6, 7), Data::Float(48_623_039.3));
    assert_eq!(text(&mut book, sheet, 6, 8), "MSEK");
    // 0.85906 is placed rounded down, as the column shows it
    assert_eq!(cell(&mut book, sheet, 6, 10), Data::Float(0.85));
    assert_eq!(cell(&mut book, sheet, 6, 13), Data::Float(0.21));
    // goal 15 knows nothing: dashes, never zeros
    assert_eq!(text(&mut book, sheet, 23, 3), "! invalid");
    for column in [5, 6, 7, 9, 10, 12, 13] {
        assert_eq!(text(&mut book, sheet, 23, column), "–");
    }
}

#[test]
fn details_carry_finding_figures_and_the_course() {
    let mut book = open(&workbook(&fixture::report()).unwrap());
    let sheet = "1 Revenue";
    let finding =
        "Revenue is 0.27 MSEK behind its path and heads for 48.00 MSEK, 0.62 MSEK short of the target";
    assert_eq!(text(&mut book, sheet, 1, 0), finding);
    assert_eq!(text(&mut book, sheet, 2, 0), "“grow: Increase revenue by 10% in 2025”");
    assert_eq!(text(&mut book, sheet, 6, 0), "▲ at risk");
    assert_eq!(cell(&mut book, sheet, 6, 2), Data::Float(20_907_242.0));
    let range = book.worksheet_range(sheet).unwrap();
    let first = range.rows().position(|r| r.first() == Some(&Data::String("Month".into()))).unwrap() + 1;
    let rows: Vec<&[Data]> = range.rows().skip(first).collect();
    assert_eq!(rows.len(), 12);
    assert!(matches!(&rows[0][0], Data::DateTime(_)));
    assert_eq!(rows[5][1], Data::Float(3_667_242.0));
    assert_eq!(rows[6][1], Data::Empty);
    // 20,907,242 − 21,178,592.6
    assert_eq!(rows[5][8], Data::Float(-271_350.6));
    let book_bytes = workbook(&fixture::report()).unwrap();
    assert!(String::from_utf8_lossy(&book_bytes).contains("xl/charts/chart2.xml"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert_eq!(workbook(&fixture::report()).unwrap(), workbook(&fixture::report()).unwrap());
}

#[test]
fn text_from_goals_and_data_stays_text() {
    let mut parts = fixture::parts();
    let goal = parts.model.goals[0].goal.as_mut().unwrap();
    goal.clauses.owner.as_mut().unwrap().node = "=cmd|' /C calc'!A0\u{0}\u{7}".into();
    parts.model.metrics[0].name = Some("Nice!A1 [x]:*?/\\ \u{202e}_x0041_ &D".into());
    parts.model.goals[0].path = vec!["History".into()];
    let report = parts.report(Style::default());
    let bytes = workbook(&report).unwrap();
    let mut book = open(&bytes);
    assert_eq!(text(&mut book, "Scorecard", 6, 2), "=cmd|' /C calc'!A0");
    let formulas = book.worksheet_formula("Scorecard").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()));
    assert!(book.sheet_names().iter().all(|n| n.encode_utf16().count() <= 31));
}

#[test]
fn hundreds_of_goals_get_sheets_only_where_somebody_is_needed() {
    let mut parts = fixture::parts();
    let one = parts.evaluation.goals.clone();
    for _ in 0..19 {
        parts.evaluation.goals.extend(one.iter().cloned());
    }
    let report = parts.report(Style::default());
    assert_eq!(report.goals.len(), 300);
    let book = open(&workbook(&report).unwrap());
    assert_eq!(book.sheet_names().len(), 60 + 5);
    // 4 of 15 need attention, twenty times: 80 of them are more than fit
    assert!(book.sheet_names().iter().skip(1).take(60).all(|n| !n.contains("Average order size")));
}

#[test]
fn a_report_of_nothing_is_a_workbook_all_the_same() {
    let mut parts = fixture::parts();
    parts.evaluation.goals.clear();
    parts.evaluation.as_of = None;
    let report = parts.report(Style::default());
    assert_eq!(report.headline, "The goal file states no goal.");
    let book = open(&workbook(&report).unwrap());
    assert_eq!(book.sheet_names(), ["Scorecard", "Data quality", "Goals", "About", "Measures"]);
}
