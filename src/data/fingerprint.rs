//! The SHA-256 of files: computed on a thread of its own while they are read where it is known to be asked for, else
//! when it is.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};

use sha2::{Digest, Sha256};

/// When the fingerprints of files are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fingerprinting {
    /// While the files are read: a result that shows them will be written.
    Ahead,
    /// Not before someone asks: they cost a twentieth of reading a workbook.
    #[default]
    WhenAsked,
}

/// The SHA-256 of a file, in lower-case hex, as soon as it is there.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(Arc<Promise>);

#[derive(Debug, Default)]
struct Promise {
    text: OnceLock<String>,
    origin: Mutex<Option<Origin>>,
}

#[derive(Debug)]
enum Origin {
    /// It is being computed.
    Coming(Receiver<String>),
    /// It is computed from the file there: kept open, many files would be too many.
    At(PathBuf),
}

impl Fingerprint {
    /// One that is known.
    pub fn known(text: &str) -> Self {
        Self(Arc::new(Promise { text: OnceLock::from(text.to_owned()), origin: Mutex::new(None) }))
    }

    fn from(origin: Origin) -> Self {
        Self(Arc::new(Promise { text: OnceLock::new(), origin: Mutex::new(Some(origin)) }))
    }

    /// The digits; waits for them. None where the file could no longer be read.
    pub fn text(&self) -> &str {
        self.0.text.get_or_init(|| match self.0.origin.lock().ok().and_then(|mut origin| origin.take()) {
            Some(Origin::Coming(coming)) => coming.recv().unwrap_or_default(),
            Some(Origin::At(path)) => sha256(&path).unwrap_or_default(),
            None => String::new(),
        })
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Fingerprint {}

/// Takes the fingerprints of one file after the other.
#[derive(Debug)]
pub(crate) struct Fingerprints {
    when: Fingerprinting,
    worker: Option<Sender<(PathBuf, Sender<String>)>>,
}

impl Fingerprints {
    pub(crate) fn new(when: Fingerprinting) -> Self {
        Self { when, worker: None }
    }

    /// The fingerprint of a file.
    pub(crate) fn of(&mut self, path: &Path) -> Fingerprint {
        if self.when == Fingerprinting::Ahead && self.worker.is_none() {
            self.worker = start();
        }
        let Some(worker) = &self.worker else { return Fingerprint::from(Origin::At(path.to_owned())) };
        let (done, coming) = channel();
        // a worker that has ended leaves the promise empty
        let _ = worker.send((path.to_owned(), done));
        Fingerprint::from(Origin::Coming(coming))
    }
}

/// The worker, if the system gives one.
fn start() -> Option<Sender<(PathBuf, Sender<String>)>> {
    let (worker, files) = channel::<(PathBuf, Sender<String>)>();
    let work = move || {
        for (path, done) in files {
            let _ = done.send(sha256(&path).unwrap_or_default());
        }
    };
    std::thread::Builder::new().name("fingerprint".into()).spawn(work).ok().map(|_| worker)
}

fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    let mut shown = String::with_capacity(64);
    for byte in hash.finalize() {
        for half in [byte >> 4, byte & 15] {
            shown.extend(char::from_digit(u32::from(half), 16));
        }
    }
    Ok(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_have_their_own() {
        let folder = tempfile::tempdir().unwrap();
        for when in [Fingerprinting::Ahead, Fingerprinting::WhenAsked] {
            let mut fingerprints = Fingerprints::new(when);
            let mut of = |name: &str, text: &str| {
                let path = folder.path().join(name);
                std::fs::write(&path, text).unwrap();
                fingerprints.of(&path)
            };
            let (empty, abc) = (of("empty", ""), of("abc", "abc"));
            // FIPS 180-4, example B.1, and the well-known hash of nothing
            assert_eq!(abc.text(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assert_eq!(empty.text(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
            assert_eq!(abc, Fingerprint::known(abc.text()));
        }
    }
}
