//! What a fuzz target does with its bytes.

use std::io::Write as _;
use std::path::Path;

use goalsheet::data::{self, SourceRequest, Use, Wanted, WantedSource};
use goalsheet::diagnostic::Location;
use goalsheet::language::Language;
use goalsheet::source::Source;
use goalsheet::syntax::translate::{sense, translate};
use goalsheet::syntax::{format, parse};

/// Any text is a tree or a diagnostic in every language, and its layout means the same.
pub fn parse_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for language in Language::ALL {
        let source = Source::new("fuzz.goals", text.clone());
        let (program, findings) = parse(&source, language);
        for finding in findings.iter() {
            if let Location::Text(span) = finding.primary.at {
                assert!(source.text.get(span.range()).is_some(), "{span:?} lies in the text");
            }
        }
        let again = Source::new("fuzz.goals", format::format(&source, language));
        let (formatted, _) = parse(&again, language);
        assert_eq!(format::meaning(&program), format::meaning(&formatted), "the layout changes no meaning");
        let twice = format::format(&again, language);
        assert_eq!(twice, again.text, "formatting twice changes nothing");
    }
}

/// What can be translated means the same in the other language, and back again.
pub fn translate_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for from in Language::ALL {
        let source = Source::new("fuzz.goals", text.clone());
        let (program, _) = parse(&source, from);
        let from = program.language;
        for to in Language::ALL.into_iter().filter(|to| *to != from) {
            let Ok(translated) = translate(&source, from, to) else { continue };
            let translated = Source::new("fuzz.goals", translated);
            let (other, _) = parse(&translated, to);
            assert_eq!(sense(&program), sense(&other), "{from:?} to {to:?}: {}", translated.text);
        }
    }
}

/// Any bytes are a workbook, or an error.
pub fn load_workbook(bytes: &[u8], ending: &str) {
    let Ok(mut file) = tempfile(ending) else { return };
    if file.1.write_all(bytes).is_ok() {
        drop(file.1);
        load_path(&file.0);
    }
    let _ = std::fs::remove_file(&file.0);
}

fn tempfile(ending: &str) -> std::io::Result<(std::path::PathBuf, std::fs::File)> {
    let path = std::env::temp_dir().join(format!("goalsheet-fuzz-{}.{ending}", std::process::id()));
    Ok((path.clone(), std::fs::File::create(path)?))
}

fn load_path(path: &Path) {
    let request = SourceRequest { paths: vec![path.to_owned()], ..SourceRequest::default() };
    let (catalog, _, _) = data::open(&[request]);
    let sources = catalog.sources.iter().enumerate().map(|(source, described)| WantedSource {
        source,
        columns: (0..described.columns.len()).map(|column| (column, Use::Any)).collect(),
        ..WantedSource::default()
    });
    let wanted = Wanted { sources: sources.collect() };
    let _ = data::load(&catalog, &wanted);
}
