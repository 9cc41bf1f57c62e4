//! A path → what the file is, told by its content, or why it cannot be read.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::data::compound::{self, Compound};
use crate::data::{Error, Format, errors};

/// How much of a text is looked at to tell what it is.
const HEAD: usize = 1 << 16;
/// How much of an XML part is searched for a document type, which stands at its start.
const DECLARATIONS: u64 = 4096;

/// Tells the format of a file by its content.
pub(crate) fn sniff(path: &Path) -> Result<Format, Error> {
    let meta = std::fs::metadata(path).map_err(|error| errors::cannot_open(path, &error))?;
    if meta.is_dir() {
        return Err(errors::is_folder(path));
    }
    if meta.len() == 0 {
        return Err(errors::is_empty(path));
    }
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD as u64).read_to_end(&mut head))
        .map_err(|error| errors::cannot_open(path, &error))?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08") {
        return package(path);
    }
    if head.starts_with(&compound::SIGNATURE) {
        return compound_file(path);
    }
    text(path, &head)
}

fn package(path: &Path) -> Result<Format, Error> {
    let file = File::open(path).map_err(|error| errors::cannot_open(path, &error))?;
    let mut archive = match ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => archive,
        Err(ZipError::InvalidArchive(_)) => return Err(errors::cut_off(path)),
        Err(error) => return Err(errors::damaged(path, &error.to_string())),
    };
    if archive.is_empty() {
        return Err(errors::empty_package(path));
    }
    let names: Vec<String> =
        archive.file_names().flatten().map(|n| n.replace('\\', "/").to_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|n| n.trim_start_matches('/') == wanted);
    let under = |folder: &str| names.iter().any(|n| n.trim_start_matches('/').starts_with(folder));
    if (0..archive.len()).any(|at| archive.by_index_raw(at).is_ok_and(|entry| entry.encrypted())) {
        return Err(errors::encrypted(path));
    }
    if has("mimetype") || has("content.xml") {
        return open_document(path, &mut archive);
    }
    let format = if has("xl/workbook.bin") || names.iter().any(|n| n.ends_with("workbook.bin")) {
        Format::Xlsb
    } else if under("xl/") || names.iter().any(|n| n.ends_with("workbook.xml")) {
        Format::Xlsx
    } else if under("word/") {
        return Err(errors::other_document(path, "a text document (Word)"));
    } else if under("ppt/") {
        return Err(errors::other_document(path, "a presentation (PowerPoint)"));
    } else if has("index/document.iwa") {
        return Err(errors::other_document(path, "a Numbers document"));
    } else {
        return Err(errors::other_document(path, "a zip archive without a workbook in it"));
    };
    no_declarations(path, &mut archive)?;
    Ok(format)
}

fn open_document(path: &Path, archive: &mut ZipArchive<BufReader<File>>) -> Result<Format, Error> {
    let mut mime = String::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        let _ = entry.take(256).read_to_string(&mut mime);
    }
    if mime.contains("opendocument") && !mime.contains("spreadsheet") {
        return Err(errors::other_document(path, "an OpenDocument file, but no spreadsheet"));
    }
    let mut manifest = String::new();
    if let Ok(entry) = archive.by_name("META-INF/manifest.xml") {
        let _ = entry.take(1 << 20).read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") {
        return Err(errors::encrypted(path));
    }
    no_declarations(path, archive)?;
    Ok(Format::Ods)
}

/// Workbooks declare no entities; a part that does is made to blow up.
fn no_declarations(path: &Path, archive: &mut ZipArchive<BufReader<File>>) -> Result<(), Error> {
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index(at) else { continue };
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        let ending = Path::new(&name).extension().unwrap_or_default();
        if !ending.eq_ignore_ascii_case("xml") && !ending.eq_ignore_ascii_case("rels") {
            continue;
        }
        let mut head = Vec::new();
        let _ = entry.take(DECLARATIONS).read_to_end(&mut head);
        let plain: Vec<u8> = head.into_iter().filter(|byte| *byte != 0).collect();
        let text = String::from_utf8_lossy(&plain);
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err(errors::declares_entities(path, &name));
        }
    }
    Ok(())
}

fn compound_file(path: &Path) -> Result<Format, Error> {
    let bytes = std::fs::read(path).map_err(|error| errors::cannot_open(path, &error))?;
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let Some(file) = Compound::open(&bytes) else {
        if bytes.windows(encrypted.len()).any(|part| part == encrypted) {
            return Err(errors::encrypted(path));
        }
        return Err(errors::damaged(path, "its directory of streams cannot be read"));
    };
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(errors::encrypted(path));
    }
    if file.has("Workbook") || file.has("Book") {
        return Ok(Format::Xls);
    }
    if file.has("WordDocument") {
        return Err(errors::other_document(path, "a text document (Word)"));
    }
    if file.has("PowerPoint Document") {
        return Err(errors::other_document(path, "a presentation (PowerPoint)"));
    }
    Err(errors::damaged(path, "it holds no workbook stream"))
}

fn text(path: &Path, head: &[u8]) -> Result<Format, Error> {
    if head.starts_with(b"%PDF") {
        return Err(errors::other_document(path, "a PDF document"));
    }
    if head.starts_with(b"PAR1") {
        return Err(errors::other_document(path, "a Parquet file, which needs the `cluster` feature"));
    }
    if head.len() >= 4 && head[0] == 9 && matches!(head[1], 0 | 2 | 4 | 8) && head[2] < 10 && head[3] == 0 {
        return Err(errors::other_document(path, "a workbook of Excel 4 or older; save it as xlsx"));
    }
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || looks_utf16(head);
    if !wide && head.contains(&0) {
        return Err(errors::other_document(path, "no workbook and no text"));
    }
    let start: String =
        String::from_utf8_lossy(&head[..head.len().min(2048)]).replace(['\u{feff}', '\0'], "").to_lowercase();
    let start = start.trim_start();
    if start.starts_with("version https://git-lfs") {
        return Err(errors::lfs_pointer(path));
    }
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head") {
        return Err(errors::web_page(path));
    }
    if start.starts_with("<?xml") || start.starts_with('<') {
        let what = if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "an Excel 2003 XML spreadsheet; open it in a spreadsheet program and save it as xlsx"
        } else if start.contains("<html") {
            return Err(errors::web_page(path));
        } else {
            "an XML document"
        };
        return Err(errors::other_document(path, what));
    }
    if start.starts_with('{') || start.starts_with("[{") {
        return Err(errors::other_document(path, "JSON text"));
    }
    Ok(Format::Delimited)
}

/// Every second byte of plain Western text in UTF-16 is zero.
fn looks_utf16(head: &[u8]) -> bool {
    let sample = &head[..head.len().min(512) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    half >= 4 && (zeros(0) * 10 > half * 8 && zeros(1) == 0 || zeros(1) * 10 > half * 8 && zeros(0) == 0)
}
