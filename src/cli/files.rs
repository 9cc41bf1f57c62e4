//! Goal files read, and what went wrong with them said in one sentence.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::inputs::DataArgument;
use crate::run::Input;

use super::Failure;

/// The largest goal file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads a goal file (`-` is standard input) with the workbooks named beside it.
pub(super) fn input(goals: &Path, data: &[String]) -> Result<Input, Failure> {
    let (name, bytes, folder) = if goals.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::data(format!("standard input cannot be read: {error}")))?;
        ("standard input".to_owned(), bytes, PathBuf::from("."))
    } else {
        let folder = goals.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (goals.display().to_string(), read(goals)?, folder.to_owned())
    };
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::text(format!("`{name}` is larger than 64 MB: that is no goal file")));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(Failure::text(not_text(&name, &error))),
    };
    let data = data.iter().map(|argument| DataArgument::parse(argument)).collect();
    Ok(Input { name, text, folder, data })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        let shown = path.display();
        Failure::data(match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no goal file `{shown}`"),
            std::io::ErrorKind::PermissionDenied => {
                format!("goal file `{shown}` may not be read by this user")
            }
            std::io::ErrorKind::IsADirectory => format!("`{shown}` is a folder, a goal file is needed"),
            _ => format!("goal file `{shown}` cannot be read: {error}"),
        })
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Why the bytes of a goal file are no text, and what to do.
fn not_text(name: &str, error: &std::string::FromUtf8Error) -> String {
    let bytes = error.as_bytes();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return format!(
            "`{name}` is a workbook, a goal file is needed first: `goalsheet run GOALS {name}`, or `goalsheet inspect {name}`"
        );
    }
    let valid = error.utf8_error().valid_up_to();
    let line = String::from_utf8_lossy(&bytes[..valid]).matches('\n').count() + 1;
    format!("`{name}` is not UTF-8 text (line {line}): save it as UTF-8 and run again")
}
