//! The same cells as calamine, on workbooks of many programs.

use goalsheet::data::reader::{Book, Limits};
use goalsheet::data::xlsx::XlsxBook;
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::support::{assert_same, cells_of, judged, real_workbooks, times_of};

/// Compares all sheets of a workbook; `false` where calamine cannot read it.
fn compare(path: &std::path::Path) -> bool {
    let Some(sheets) = judged(path) else { return false };
    let book = XlsxBook::open(path, &Limits::default()).unwrap();
    assert_eq!(book.sheets().len(), sheets.len(), "{}", path.display());
    for (index, (name, theirs, their_times)) in sheets.iter().enumerate() {
        assert_eq!(&book.sheets()[index].name, name);
        let mut ours = cells_of(&book, index).unwrap();
        // calamine says nothing of formulas that were never calculated
        ours.retain(|_, text| text != "uncalculated");
        for text in ours.values_mut().filter(|text| text.starts_with("d ")) {
            text.truncate(1);
        }
        eprintln!("{} {name}: {} cells", path.display(), ours.len());
        assert_same("reader", &ours, "calamine", theirs);
        assert_eq!(&times_of(&book, index), their_times, "{} {name}", path.display());
    }
    true
}

#[test]
fn real_workbooks_agree() {
    let mut compared = 0;
    for path in real_workbooks() {
        let large = std::fs::metadata(&path).is_ok_and(|data| data.len() > 4 << 20);
        let bad = path.parent().is_some_and(|folder| folder.ends_with("bad-files"));
        if !large && !bad && compare(&path) {
            compared += 1;
        }
    }
    assert!(compared > 10 || real_workbooks().is_empty(), "{compared} compared");
}

#[test]
fn generated_workbooks_agree() {
    let folder = tempfile::tempdir().unwrap();
    for rows in [3_000, 30] {
        let path = folder.path().join(format!("{rows}.xlsx"));
        let mut workbook = Workbook::new();
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let money = Format::new().set_num_format("#,##0.00 \"kr\"");
        let border = Format::new().set_bold();
        let sheet = workbook.add_worksheet();
        for row in 0..rows {
            let n = f64::from(row);
            sheet.write(row, 0, n).unwrap();
            if row % 7 != 3 {
                sheet.write(row, 1, n / 7.0).unwrap();
            }
            sheet.write(row, 2, format!("text <{}> & more", row % 50)).unwrap();
            sheet.write_with_format(row, 4, 45_000.0 + n / 24.0, &date).unwrap();
            sheet.write_with_format(row, 5, -n * 1.01, &money).unwrap();
            if row % 5 == 0 {
                sheet.write_blank(row, 6, &border).unwrap();
            } else if row % 5 == 1 {
                sheet.write(row, 6, row % 2 == 0).unwrap();
            } else {
                sheet.write(row, 6, format!(" {row} ")).unwrap();
            }
            sheet
                .write_formula(
                    row,
                    7,
                    Formula::new(format!("A{0}*2", row + 1)).set_result((n * 2.0).to_string()),
                )
                .unwrap();
            if row % 100 == 0 {
                sheet.write(row, 700, 1e-9 * n).unwrap();
                sheet.write(row, 16_383, "last\rline\nx_x000D_y").unwrap();
            }
        }
        workbook.save(&path).unwrap();
        assert!(compare(&path));
    }
}
