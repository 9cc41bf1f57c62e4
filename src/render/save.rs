//! Bytes → a file, whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A result that could not be written: one clear sentence, without a full stop.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub struct SaveError {
    /// The file that was to be written.
    pub path: PathBuf,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// Replaces the file at `path` by `bytes`: they are written beside it and then take its name, so that whatever
/// happens either the old file or the new one is there, whole.
///
/// # Errors
///
/// When the folder is missing or cannot be written to, when `path` is a folder, when the disk is full.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    // a link is followed, so that it stays a link
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| behind_links(path));
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    check_place(path, &target, &folder)?;
    let failed = |error: &std::io::Error| refuse(path, &reason(error, &folder));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".goalsheet-");
    #[cfg(unix)]
    builder.permissions(new_rights());
    let mut file = unfinished(|open| {
        let file = builder.tempfile_in(&folder)?;
        open.push(file.path().to_owned());
        Ok(file)
    })
    .map_err(|error| failed(&error))?;
    let place = file.path().to_owned();
    let written = file.write_all(bytes).and_then(|()| file.as_file().sync_all());
    let written = written.and_then(|()| keep_rights(&file, &target));
    unfinished(|open| {
        open.retain(|known| *known != place);
        // dropped where it failed, and so taken away
        written.and_then(|()| file.persist(&target).map(drop).map_err(|error| error.error))
    })
    .map_err(|error| failed(&error))
}

/// Files that are being written.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Begins or ends the writing of a file, one at a time and never after [`abandon`].
fn unfinished<T>(change: impl FnOnce(&mut Vec<PathBuf>) -> std::io::Result<T>) -> std::io::Result<T> {
    change(&mut UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Takes away what is half written, and lets nothing more be written: for a process that is about to end.
pub fn abandon() {
    let open = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in open.iter() {
        let _ = std::fs::remove_file(path);
    }
    // whoever begins or ends a file now waits for the end
    std::mem::forget(open);
}

fn check_place(path: &Path, target: &Path, folder: &Path) -> Result<(), SaveError> {
    if path.file_name().is_none() || target.is_dir() {
        return Err(refuse(path, "it is a folder; name a file in it"));
    }
    if !folder.exists() {
        return Err(refuse(path, &format!("there is no folder `{}`; make it first", folder.display())));
    }
    if !folder.is_dir() {
        return Err(refuse(path, &format!("`{}` is a file, not a folder", folder.display())));
    }
    let locked = target.metadata().is_ok_and(|meta| meta.permissions().readonly());
    if locked {
        return Err(refuse(path, "the file is read-only; choose another name or allow writing"));
    }
    Ok(())
}

fn refuse(path: &Path, why: &str) -> SaveError {
    SaveError { path: path.to_owned(), sentence: format!("cannot write `{}`: {why}", path.display()) }
}

fn reason(error: &std::io::Error, folder: &Path) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("the folder `{}` cannot be written to", folder.display())
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::NotFound => format!("there is no folder `{}`", folder.display()),
        _ => error.to_string(),
    }
}

/// Where a link leads that leads nowhere yet: the file is made there, and the link stays.
fn behind_links(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    // as many as systems follow; a ring of links ends here and fails when it is opened
    for _ in 0..40 {
        let Ok(next) = std::fs::read_link(&place) else { break };
        place = match place.parent() {
            Some(folder) => folder.join(next),
            None => next,
        };
    }
    place
}

/// A new file has the rights that the user's mask leaves, as any file has; a temporary one would be private.
#[cfg(unix)]
fn new_rights() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(0o666)
}

/// A file that is replaced leaves its rights and, where that is allowed, its owner.
#[cfg(unix)]
fn keep_rights(file: &tempfile::NamedTempFile, target: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(old) = target.metadata() else { return Ok(()) };
    let new = file.as_file().metadata()?;
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        // only the superuser may give files away; the result is no less right without it
        let _ = fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
    }
    let rights = std::fs::Permissions::from_mode(old.permissions().mode() & 0o777);
    file.as_file().set_permissions(rights)
}

#[cfg(not(unix))]
fn keep_rights(_file: &tempfile::NamedTempFile, _target: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether two paths lead to one file, by whatever name: links, `..`, and letters of another case where the file
/// system ignores it.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    if let (Ok(one), Ok(other)) = (std::fs::canonicalize(one), std::fs::canonicalize(other)) {
        return one == other || is_same_node(&one, &other);
    }
    // a file that is not there yet: its folder and name decide
    let place = |path: &Path| {
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some((std::fs::canonicalize(folder).ok()?, path.file_name()?.to_owned()))
    };
    matches!((place(one), place(other)), (Some(a), Some(b)) if a == b)
}

#[cfg(unix)]
fn is_same_node(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => one.dev() == other.dev() && one.ino() == other.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_node(_one: &Path, _other: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        save(&path, b"one").unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_said_in_one_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let missing = save(&folder.path().join("no/a.xlsx"), b"").unwrap_err().to_string();
        assert!(missing.contains("there is no folder"), "{missing}");
        let itself = save(folder.path(), b"").unwrap_err().to_string();
        assert!(itself.contains("it is a folder"), "{itself}");
        let file = folder.path().join("a");
        save(&file, b"").unwrap();
        let below = save(&file.join("b"), b"").unwrap_err().to_string();
        assert!(below.contains("is a file, not a folder"), "{below}");
    }

    #[test]
    fn one_file_has_many_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, b"x").unwrap();
        assert!(is_same_file(
            &path,
            &folder.path().join("../").join(folder.path().file_name().unwrap()).join("a.xlsx")
        ));
        let link = folder.path().join("b.xlsx");
        std::fs::hard_link(&path, &link).unwrap();
        assert!(is_same_file(&path, &link));
        assert!(!is_same_file(&path, &folder.path().join("c.xlsx")));
        assert!(is_same_file(&folder.path().join("c.xlsx"), &folder.path().join("./c.xlsx")));
    }
}
