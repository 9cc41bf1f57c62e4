//! The zip archive that a workbook is: its directory, and its parts by name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use zip::{CompressionMethod, ZipArchive};

use super::errors::Fault;
use super::part::PartReader;

/// Where one part stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name as the archive has it.
    pub name: String,
    /// Where its local header begins.
    pub header: u64,
    /// Bytes in the file.
    pub packed: u64,
    /// Bytes of the part itself, as the archive says.
    pub size: u64,
    /// CRC-32 of its bytes.
    pub check_sum: u32,
    /// Kept as it is or deflated.
    pub packing: Packing,
}

/// How a part is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Stored,
    Deflated,
    Encrypted,
    Other,
}

/// The directory of a package. Parts are found whatever their case and slashes.
#[derive(Debug)]
pub(super) struct Package {
    path: PathBuf,
    parts: BTreeMap<String, Part>,
}

/// Parts other than sheets and shared texts are small: this is far above any seen.
pub(super) const SMALL_PART: u64 = 64 << 20;

impl Package {
    /// Reads the directory.
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let file = File::open(path).map_err(Fault::Io)?;
        let mut file = BufReader::new(file);
        let magic = first_bytes(&mut file)?;
        let archive = ZipArchive::new(file).map_err(|_| not_an_archive(magic))?;
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else { continue };
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let packing = match entry.compression() {
                _ if entry.encrypted() => Packing::Encrypted,
                CompressionMethod::Stored => Packing::Stored,
                CompressionMethod::Deflated => Packing::Deflated,
                _ => Packing::Other,
            };
            let part = Part {
                header: entry.header_start(),
                packed: entry.compressed_size(),
                size: entry.size(),
                check_sum: entry.crc32(),
                packing,
                name,
            };
            parts.entry(key(&part.name)).or_insert(part);
        }
        Ok(Self { path: path.to_owned(), parts })
    }

    /// The part of this name.
    pub(super) fn part(&self, name: &str) -> Option<&Part> {
        self.parts.get(&key(name))
    }

    /// The first part, in alphabetical order, whose name ends so.
    pub(super) fn ending(&self, end: &str) -> Option<&Part> {
        self.parts.iter().find(|(key, _)| key.ends_with(end)).map(|(_, part)| part)
    }

    /// A part to be read in pieces.
    pub(super) fn reader(&self, part: &Part) -> Result<PartReader, Fault> {
        PartReader::open(&self.path, part)
    }

    /// A whole part of at most `limit` bytes, as UTF-8.
    pub(super) fn read(&self, part: &Part, limit: u64) -> Result<Vec<u8>, Fault> {
        self.reader(part)?.read_to_end(limit)
    }

    /// A whole small part, if it is there.
    pub(super) fn small(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        self.part(name).map(|part| self.read(part, SMALL_PART)).transpose()
    }
}

/// The form in which names are compared: some programs write `\` or other letter case.
fn key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

fn first_bytes(file: &mut BufReader<File>) -> Result<[u8; 4], Fault> {
    let mut magic = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut magic).map_err(Fault::Io)?;
    file.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    if magic.is_empty() {
        return Err(Fault::Empty);
    }
    magic.resize(4, 0);
    Ok(magic.first_chunk().copied().unwrap_or_default())
}

/// Why the file is no archive, told by its first bytes.
fn not_an_archive(magic: [u8; 4]) -> Fault {
    match &magic {
        b"PK\x03\x04" => Fault::CutOff,
        b"\xd0\xcf\x11\xe0" => Fault::Compound,
        _ => Fault::NotPackage,
    }
}
