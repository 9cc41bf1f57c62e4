//! What the format allows, one small package each.

use goalsheet::data::reader::{Book, Flow, Limits, RawCell, Sink, Style};
use goalsheet::data::xlsx::{Finish, Pick, XlsxBook};

use crate::support::{Package, cells_of, rows_of, show};

/// Sheet data and what its cells are.
#[track_caller]
fn case(rows: &str, cells: &str) {
    assert_eq!(Package::rows(rows).shown(), cells);
}

#[test]
fn every_type_of_cell() {
    case(
        r#"<row r="1"><c r="A1"><v>1.5</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><f>A1&amp;""</f><v>x</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="inlineStr"><is><t>in</t></is></c><c r="G1" t="d"><v>2000-03-01T12:00:00Z</v></c><c r="H1" t="n"><v>-2</v></c></row>"#,
        "A1=n 1.5 B1=t South C1=t x D1=b true E1=e #DIV/0! F1=t in G1=d 11017.5 H1=n -2",
    );
}

#[test]
fn rich_and_phonetic_inline_text() {
    case(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>Ri</t></r><r><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a</t><phoneticPr/></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r></is></c></row>"#,
        "A1=t Rich  A2=t a A3=t bc",
    );
}

#[test]
fn places_that_are_not_said() {
    case(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>\
         <row r=\"5\"><c><v>4</v></c><c r=\"D5\"><v>5</v></c><c><v>6</v></c></row><row><c r=\"B8\"><v>7</v></c></row>\
         <row><c><v>8</v></c></row>",
        "A1=n 1 B1=n 2 A2=n 3 A5=n 4 D5=n 5 E5=n 6 B8=n 7 A9=n 8",
    );
}

#[test]
fn entities_and_verbatim_text() {
    case(
        r#"<row r="1"><c r="A1" t="str"><v>a &lt;&amp;&gt; &#8364;&#x41;</v></c><c r="B1" t="str"><v><![CDATA[<b>&amp;]]></v></c><c r="C1"><v>&#49;2</v></c><c r="D1" t="inlineStr"><is><t><![CDATA[x]]>y</t></is></c></row>"#,
        "A1=t a <&> €A B1=t <b>&amp; C1=n 12 D1=t xy",
    );
}

#[test]
fn escaped_characters() {
    case(
        r#"<row r="1"><c r="A1" t="str"><v>a_x000D_b</v></c><c r="B1" t="str"><v>_x005F_x000D_</v></c></row>"#,
        "A1=t a\rb B1=t _x000D_",
    );
}

#[test]
fn blanks_of_all_sorts() {
    case(
        r#"<row r="1"/><row r="2"></row><row r="3" spans="1:2"><c r="A3" s="1"/><c r="B3"></c><c r="C3" t="s"><v/></c><c r="D3" t="str"><v></v></c><c r="E3" t="inlineStr"><is><t/></is></c><c r="F3"><v>1</v></c></row><row r="4"/>"#,
        "F3=n 1",
    );
}

#[test]
fn comments_and_instructions_anywhere() {
    case(
        r#"<!-- <row r="9"> --><row r="1"><?x y?><c r="A1"><!-- c --><v>1<!-- 0 -->2</v></c><!-- > --><c r="B1"><v>3</v></c></row><?p?><row r="2"><c r="A2"><v>4</v></c><!----><c r="B2"><v>5</v></c></row>"#,
        "A1=n 12 B1=n 3 A2=n 4 B2=n 5",
    );
}

#[test]
fn attributes_in_any_order_and_quotes() {
    case(
        "<row spans='1:2' r='1' ht=\"15\"><c t='s' s='1' r='A1'><v>0</v></c><c s = \"0\"\n r = \"B1\" ><v >2</v ></c ></row >\
         <row ht='9' r='2'><c t='s' s='1' r='A2'><v>1</v></c><c vm=\"1\" r=\"B2\" cm='a>b'><v xml:space=\"preserve\"> 3 </v></c></row>",
        "A1=t North B1=n 2 A2=t South B2=n 3",
    );
}

#[test]
fn prefixes_and_strict_namespaces() {
    let sheet = r#"<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:y="other"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><y:c r="B1"><y:v>9</y:v></y:c></x:row><x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c></x:row><x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    let workbook = r#"<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships"><x:workbookPr date1904="true"/><x:sheets><x:sheet q:id="rId1" sheetId="4" name="A &amp; B" state="hidden"/></x:sheets></x:workbook>"#;
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/xl/worksheets/sheet1.xml" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Id="rId1"/><Relationship Target="/xl/sharedStrings.xml" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings" Id="rId2"/></Relationships>"#;
    let package =
        Package::new(sheet).with("xl/workbook.xml", workbook).with("xl/_rels/workbook.xml.rels", rels);
    assert_eq!(package.shown(), "A1=t North A2=t South A3=t North");
    let book = package.open().unwrap();
    assert!(book.is_1904());
    assert_eq!((book.sheets()[0].name.as_str(), book.sheets()[0].hidden), ("A & B", true));
}

#[test]
fn other_encodings() {
    let rows = r#"<row r="1"><c r="A1" t="str"><v>Île € 😀</v></c></row>"#;
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet xmlns=\"m\"><sheetData>{rows}</sheetData></worksheet>"
    );
    let big: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(sheet.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let little: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(sheet.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let unmarked: Vec<u8> = sheet.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [big, little, unmarked] {
        assert_eq!(Package::new(bytes).shown(), "A1=t Île € 😀");
    }
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><worksheet><sheetData><row><c t='str'><v>\xcele</v></c></row></sheetData></worksheet>";
    assert_eq!(Package::new(latin.to_vec()).shown(), "A1=t Île");
    let marked = "\u{feff}<?xml version='1.0' encoding='utf-8'?><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    assert_eq!(Package::new(marked).shown(), "A1=n 1");
}

#[test]
fn a_large_part_in_another_encoding() {
    let rows: String = (1..=40_000)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"str\"><v>ä{n}</v></c></row>"))
        .collect::<Vec<_>>()
        .concat();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(sheet.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cells = cells_of(&Package::new(bytes).open().unwrap(), 0).unwrap();
    assert_eq!(cells.len(), 40_000);
    assert_eq!(cells[&(39_999, 0)], "t ä40000");
}

#[test]
fn stored_parts_odd_names_and_lost_relations() {
    let package = || Package::rows(r#"<row r="1"><c r="A1" t="s"><v>1</v></c></row>"#);
    assert_eq!(package().stored().shown(), "A1=t South");
    assert_eq!(package().renamed(|name| name.replace('/', "\\")).shown(), "A1=t South");
    assert_eq!(package().renamed(str::to_uppercase).shown(), "A1=t South");
    assert_eq!(package().renamed(|name| format!("/{name}")).shown(), "A1=t South");
    assert_eq!(package().without("_rels/.rels").shown(), "A1=t South");
    assert_eq!(package().without("xl/_rels/workbook.xml.rels").shown(), "A1=t South");
    assert_eq!(package().with("xl/_rels/workbook.xml.rels", "<Relat").shown(), "A1=t South");
    assert_eq!(package().without("[Content_Types].xml").without("xl/styles.xml").shown(), "A1=t South");
}

#[test]
fn shared_texts_with_wrong_counts_and_without_any() {
    let rows =
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>5</v></c><c r="C1"><v>1</v></c></row>"#;
    let counted = r#"<sst count="9999999999" uniqueCount="0"><si><t>a</t></si></sst>"#;
    let package = Package::rows(rows).with("xl/sharedStrings.xml", counted);
    // a text that is not there is an empty one
    assert_eq!(show(&rows_of(&package.open().unwrap(), 0).unwrap().0), "A1=t a C1=n 1");
    let package = package.without("xl/sharedStrings.xml");
    assert_eq!(show(&rows_of(&package.open().unwrap(), 0).unwrap().0), "C1=n 1");
}

#[test]
fn columns_and_rows_in_no_order() {
    case(
        r#"<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="C2"><v>6</v></c><c r="A2"><v>4</v></c></row>"#,
        "A1=n 1 B1=n 2 C1=n 3 A2=n 4 C2=n 6",
    );
    case(
        r#"<row r="3"><c r="A3"><v>3</v></c></row><row r="1" hidden="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>4</v></c></row>"#,
        "A1=n 1 B1=n 2 A3=n 3 B3=n 4",
    );
    // a cell that names another row than its row does
    case(r#"<row r="1"><c r="A1"><v>1</v></c><c r="A2"><v>2</v></c></row>"#, "A1=n 1 A2=n 2");
}

#[test]
fn a_sink_that_cannot_start_again_refuses_disorder() {
    struct Once;
    impl Sink for Once {
        fn row(&mut self, _row: u32, _hidden: bool) -> Flow {
            Flow::Continue
        }
        fn cell(&mut self, _cell: RawCell<'_>) {}
    }
    let package = Package::rows(r#"<row r="3"/><row r="1"/>"#);
    let error = package.open().unwrap().read(0, None, &mut Once).unwrap_err();
    assert!(error.to_string().contains("in no order"), "{error}");
}

#[test]
fn formulas_shared_and_never_calculated() {
    case(
        r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/></c><c r="B3"><f>1+1</f><v></v></c><c r="C3" t="str"><f>""</f><v></v></c></row><row r="4"><c r="A4"><f t="array" ref="A4">SUM(B1:B2)</f><v>6</v></c></row>"#,
        "A1=n 2 A2=n 4 A3=uncalculated B3=uncalculated A4=n 6",
    );
}

#[test]
fn dimensions_are_not_believed() {
    let rows = r#"<row r="2"><c r="B2"><v>1</v></c></row>"#;
    for dimension in
        ["", r#"<dimension ref="A1:XFD1048576"/>"#, r#"<dimension ref="Z9"/>"#, r#"<dimension ref="?"/>"#]
    {
        let sheet = format!("<worksheet>{dimension}<sheetData>{rows}</sheetData></worksheet>");
        assert_eq!(Package::new(sheet).shown(), "B2=n 1");
    }
}

#[test]
fn hidden_rows_columns_and_merges() {
    let sheet = r#"<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="9"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="3" hidden="1"><c r="A3"><v>3</v></c></row><row r="4" hidden="0"><c r="A4"><v>4</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells></worksheet>"#;
    let package = Package::new(sheet);
    let book = package.open().unwrap();
    assert_eq!(rows_of(&book, 0).unwrap().1, [1, 2]);
    let facts = book.facts(0).unwrap();
    assert_eq!(facts.hidden_columns, [(1, 2)]);
    assert_eq!((facts.merged[0].first, facts.merged[0].last), ((0, 0), (1, 2)));
    assert!(!facts.merged_unknown);
}

#[test]
fn tables_and_names() {
    let rels = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/table" Target="../tables/table1.xml"/></Relationships>"#;
    let table =
        r#"<table id="1" name="t" displayName="Orders" ref="B3:D9" totalsRowCount="1"><autoFilter/></table>"#;
    let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="It's" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="Sales">'It''s'!$A$1:$C$5</definedName><definedName name="Rate">0.25</definedName></definedNames></workbook>"#;
    let package = Package::rows("")
        .with("xl/worksheets/_rels/sheet1.xml.rels", rels)
        .with("xl/tables/table1.xml", table)
        .with("xl/workbook.xml", workbook);
    let book = package.open().unwrap();
    let table = &book.tables()[0];
    assert_eq!((table.name.as_str(), table.rows, table.columns), ("Orders", (2, 8), (1, 3)));
    assert_eq!((table.header_rows, table.total_rows), (1, 1));
    assert_eq!(book.names().len(), 1);
    assert_eq!((book.names()[0].1.first, book.names()[0].1.last), ((0, 0), (4, 2)));
    assert_eq!(book.styles()[1], Style::Date);
}

#[test]
fn empty_sheets() {
    for sheet in ["<worksheet/>", "<worksheet></worksheet>", "<worksheet><sheetData/></worksheet>"] {
        assert_eq!(Package::new(sheet).shown(), "");
    }
}

#[test]
fn what_is_refused_and_how() {
    let limits = |limits: Limits, package: &Package| {
        let result = XlsxBook::open(&package.write(), &limits).and_then(|book| cells_of(&book, 0));
        result.unwrap_err().to_string()
    };
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="E1" t="s"><v>1</v></c></row>"#;
    let package = Package::rows(rows);
    let sentence = limits(Limits { columns: 4, ..Limits::default() }, &package);
    assert!(sentence.contains("right of column 4"), "{sentence}");
    let sentence = limits(Limits { cells: 1, ..Limits::default() }, &package);
    assert!(sentence.contains("more than 1 cells"), "{sentence}");
    let sentence = limits(Limits { strings: 1, ..Limits::default() }, &package);
    assert!(sentence.contains("more than 1 distinct texts"), "{sentence}");
    let sentence = limits(Limits { part_bytes: 160, ..Limits::default() }, &package);
    assert!(sentence.contains("inflates to more than 160 bytes"), "{sentence}");

    let bomb = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\">]><worksheet><sheetData/></worksheet>";
    assert!(Package::new(bomb).refused().contains("declares a document type"));
    assert!(
        package.with("xl/styles.xml", bomb).refused().contains("`xl/styles.xml` declares a document type")
    );
    assert!(
        Package::new("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>")
            .refused()
            .contains("ends in the middle")
    );
    assert!(
        Package::new("<worksheet><sheetData>< </sheetData></worksheet>")
            .refused()
            .contains("not well-formed")
    );
    assert!(Package::new("").refused().contains("ends in the middle"));
    assert!(Package::rows("").without("xl/worksheets/sheet1.xml").refused().contains("is missing"));
    assert!(Package::rows("").without("xl/workbook.xml").refused().contains("without an Excel workbook"));
    assert!(Package::rows(r#"<row r="99999999"/>"#).refused().contains("row number"));
}

#[test]
fn archives_with_zip64_entries_and_sizes_behind_the_data() {
    use std::io::Write as _;
    let package = Package::rows(r#"<row r="1"><c r="A1" t="s"><v>1</v></c></row>"#);
    let folder = tempfile::tempdir().unwrap();
    let options = zip::write::SimpleFileOptions::default();
    let path = folder.path().join("zip64.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, content) in package.parts() {
        archive.start_file(name.as_str(), options.large_file(true)).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
    let book = XlsxBook::open(&path, &Limits::default()).unwrap();
    assert_eq!(show(&cells_of(&book, 0).unwrap()), "A1=t South");

    let path = folder.path().join("streamed.xlsx");
    let mut archive = zip::ZipWriter::new_stream(std::fs::File::create(&path).unwrap());
    for (name, content) in package.parts() {
        archive.start_file(name.as_str(), options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
    let book = XlsxBook::open(&path, &Limits::default()).unwrap();
    assert_eq!(show(&cells_of(&book, 0).unwrap()), "A1=t South");
}

#[test]
fn cells_and_tags_longer_than_a_block() {
    let long = "x&amp;y ".repeat(400_000);
    let rows = format!(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2" note="{long}"><c r="A2" t="str"><v>{long}</v></c><c r="B2"><!--{long}--><v>2</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>{long}</t></is></c></row><row r="4"><c r="A4"><v>3</v></c></row>"#
    );
    let (_package, book) = Package::rows(&rows).open_kept();
    let cells = cells_of(&book, 0).unwrap();
    assert_eq!(cells.len(), 5);
    assert_eq!(cells[&(1, 0)].len(), 2 + 4 * 400_000);
    assert_eq!(cells[&(1, 1)], "n 2");
    assert_eq!(cells[&(2, 0)], cells[&(1, 0)]);
    assert_eq!(cells[&(3, 0)], "n 3");
}

#[test]
fn a_pick_of_rows_and_columns() {
    let rows: Vec<String> = (1..=3000)
        .map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" s="1"><v>1</v></c><c r="D{n}" t="s"><v>0</v></c></row>"#))
        .collect();
    let (_package, book) = Package::rows(&rows.concat()).open_kept();
    let pick = Pick { columns: vec![1, 2, 3], first_row: 10, last_row: Some(2499), span: (1, 3) };
    let (mut rows, mut texts) = (Vec::new(), book.texts());
    let finish = book.read_columns(0, &pick, &mut texts, |chunk, _| {
        rows.extend_from_slice(&chunk.rows);
        assert!(chunk.filled.iter().all(|filled| *filled == 2));
        assert!(chunk.lanes[0].numbers.iter().all(|number| *number == 1.0));
        assert_eq!(chunk.lanes[0].styles, [(0, 1)]);
        assert!(chunk.lanes[1].numbers.is_empty() && chunk.lanes[1].codes.is_empty());
        assert!(chunk.lanes[2].codes.iter().all(|code| *code == 0));
        Flow::Continue
    });
    assert_eq!(finish.unwrap(), Finish::Done);
    assert_eq!(rows, (10..=2499).collect::<Vec<u32>>());
    let finish = book.read_columns(0, &pick, &mut texts, |_, _| Flow::Stop);
    assert_eq!(finish.unwrap(), Finish::Stopped);
}

#[test]
fn a_book_is_read_from_several_threads() {
    let (_package, book) = Package::rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#).open_kept();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| cells_of(&book, 0).unwrap().len())).collect();
        assert!(readers.into_iter().all(|reader| reader.join().unwrap() == 1));
    });
}
