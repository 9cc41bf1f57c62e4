//! One sentence for each way in which a file cannot be read, with its name and what to do.

use std::path::Path;

use crate::data::Error;
use crate::data::reader::Limit;

fn unreadable(path: &Path, sentence: impl Into<String>) -> Error {
    Error::Unreadable { path: path.to_owned(), sentence: sentence.into() }
}

/// There is no such file, or it may not be read.
pub(crate) fn cannot_open(path: &Path, error: &std::io::Error) -> Error {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        _ => error.to_string().to_lowercase(),
    };
    unreadable(path, format!("cannot read `{}`: {why}", path.display()))
}

/// The path names a folder.
pub(crate) fn is_folder(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{0}`: it is a folder; name its files by a pattern such as `{0}/*.xlsx`",
            path.display()
        ),
    )
}

/// The file holds nothing.
pub(crate) fn is_empty(path: &Path) -> Error {
    unreadable(path, format!("cannot read `{}`: the file is empty (0 bytes)", path.display()))
}

/// Text of nothing but blanks.
pub(crate) fn is_empty_text(path: &Path) -> Error {
    unreadable(path, format!("cannot read `{}`: the file holds no text", path.display()))
}

/// A zip archive with no entry.
pub(crate) fn empty_package(path: &Path) -> Error {
    unreadable(path, format!("cannot read `{}`: it is a zip archive that holds nothing", path.display()))
}

/// The package ends before its directory.
pub(crate) fn cut_off(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: the file is cut off or damaged (its directory at the end is missing); \
             copy or download it again",
            path.display()
        ),
    )
}

/// Something inside is not as its format says.
pub(crate) fn damaged(path: &Path, detail: &str) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: the file is damaged ({}); open it in a spreadsheet program and save it anew",
            path.display(),
            detail.trim_end_matches('.')
        ),
    )
}

/// A password is needed.
pub(crate) fn encrypted(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: it is protected by a password; open it and save a copy without one",
            path.display()
        ),
    )
}

/// Another kind of document.
pub(crate) fn other_document(path: &Path, what: &str) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: it is {what} (expected xlsx, xlsm, xlsb, xls, ods, csv or tsv)",
            path.display()
        ),
    )
}

/// A pointer that stands for a file that was not downloaded.
pub(crate) fn lfs_pointer(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: it is a git-lfs pointer in place of the workbook; fetch the file itself with \
             `git lfs pull`",
            path.display()
        ),
    )
}

/// A page saved under a workbook's name.
pub(crate) fn web_page(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: it is a web page, not a workbook (often a sign-in page saved in its place); \
             download it again",
            path.display()
        ),
    )
}

/// Text without columns under the name of a workbook.
pub(crate) fn plain_text(path: &Path) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: it holds plain text without columns, not a workbook or a table",
            path.display()
        ),
    )
}

/// A part that declares entities.
pub(crate) fn declares_entities(path: &Path, part: &str) -> Error {
    unreadable(
        path,
        format!(
            "cannot read `{}`: its part `{part}` declares XML entities, which no workbook does; it is not safe \
             to read",
            path.display()
        ),
    )
}

/// More of something than a file may hold.
pub(crate) fn too_much(path: &Path, what: &str, found: u64, limit: u64, of: Option<Limit>) -> Error {
    let more = of.map_or_else(String::new, |of| format!("; {}", of.raised(limit)));
    let sentence = format!(
        "cannot read `{}`: it asks for {} {what}, more than the limit of {}{more}",
        path.display(),
        crate::wording::group(found as usize),
        crate::wording::group(limit as usize)
    );
    Error::TooLarge { path: path.to_owned(), sentence }
}

/// The parser library gave up in an unforeseen way.
pub(crate) fn broke_the_parser(path: &Path) -> Error {
    damaged(path, "its structure contradicts itself")
}
