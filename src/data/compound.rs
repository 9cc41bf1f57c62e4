//! Bytes of a compound file (OLE, the container of `.xls` and of encrypted workbooks) → its streams by name.
//!
//! Every chain of sectors is bounded by the number of sectors, so that a damaged or hostile file ends in `None`.

/// A compound file, taken apart as far as its directory.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// The first bytes of every compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const LAST: u32 = 0xffff_fffa;
const MINI_SECTOR: usize = 64;
const MINI_LIMIT: usize = 4096;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'a> Compound<'a> {
    /// Takes the container apart; `None` where it is damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&SIGNATURE) {
            return None;
        }
        let shift = u16_at(bytes, 30)?;
        if shift != 9 && shift != 12 {
            return None;
        }
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.mini_fat = words(&file.chain(u32_at(bytes, 60)?).unwrap_or_default());
        for record in directory.chunks_exact(128) {
            let length = usize::from(u16_at(record, 64)?).min(64);
            if length < 2 {
                continue;
            }
            let units: Vec<u16> = record[..length - 2]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            let entry = Entry {
                name: String::from_utf16_lossy(&units),
                start: u32_at(record, 116)?,
                size: u32_at(record, 120)? as usize,
            };
            if record[66] == 5 {
                file.mini_stream = file.chain(entry.start).unwrap_or_default();
            }
            file.entries.push(entry);
        }
        Some(file)
    }

    /// Whether there is a stream or folder of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes =
            if entry.size < MINI_LIMIT { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        bytes.truncate(entry.size);
        Some(bytes)
    }

    fn sector_bytes(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn read_fat(&mut self) -> Option<()> {
        let limit = self.bytes.len() / self.sector + 1;
        let mut blocks: Vec<u32> = words(self.bytes.get(76..512)?);
        let mut next = u32_at(self.bytes, 68)?;
        let mut seen = 0;
        while next < LAST && seen < limit {
            let mut more = words(self.sector_bytes(next)?);
            next = more.pop()?;
            blocks.extend(more);
            seen += 1;
        }
        for block in blocks.into_iter().filter(|block| *block < LAST).take(limit) {
            let part = words(self.sector_bytes(block)?);
            self.fat.extend(part);
        }
        (!self.fat.is_empty()).then_some(())
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut left = self.fat.len() + 1;
        while next < LAST {
            left = left.checked_sub(1)?;
            bytes.extend_from_slice(self.sector_bytes(next)?);
            next = *self.fat.get(next as usize)?;
        }
        Some(bytes)
    }

    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut left = self.mini_fat.len() + 1;
        while next < LAST {
            left = left.checked_sub(1)?;
            let at = (next as usize).checked_mul(MINI_SECTOR)?;
            bytes.extend_from_slice(self.mini_stream.get(at..at + MINI_SECTOR)?);
            next = *self.mini_fat.get(next as usize)?;
        }
        Some(bytes)
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_containers_are_none() {
        assert!(Compound::open(b"").is_none());
        assert!(Compound::open(&SIGNATURE).is_none());
        let mut bytes = vec![0u8; 4096];
        bytes[..8].copy_from_slice(&SIGNATURE);
        bytes[30] = 9;
        // the allocation table points at itself for ever
        assert!(Compound::open(&bytes).is_none_or(|file| file.stream("Workbook").is_none()));
    }
}
