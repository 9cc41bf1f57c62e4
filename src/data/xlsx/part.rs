//! One part of the package → its bytes in pieces, inflated, checked and in UTF-8.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::errors::Fault;
use super::package::{Packing, Part};

const INPUT: usize = 128 << 10;
const RAW: usize = 64 << 10;
/// No deflated byte makes more than so many.
const MOST_TO_ONE: u64 = 1032;

/// Reads a part from its beginning to its end.
#[derive(Debug)]
pub(super) struct PartReader {
    raw: RawReader,
    transcoder: Option<Transcoder>,
    begun: bool,
}

/// The inflated bytes as they were written.
#[derive(Debug)]
struct RawReader {
    file: File,
    name: String,
    left: u64,
    /// Bytes of the part, as the archive says.
    size: u64,
    input: Vec<u8>,
    at: usize,
    inflate: Option<Decompress>,
    check_sum: u32,
    crc: Crc,
    done: bool,
}

/// From another encoding to UTF-8.
struct Transcoder {
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    done: bool,
}

impl std::fmt::Debug for Transcoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.decoder.encoding().name())
    }
}

impl PartReader {
    /// Opens the file anew, so that several parts can be read at once.
    pub(super) fn open(path: &Path, part: &Part) -> Result<Self, Fault> {
        Ok(Self { raw: RawReader::open(path, part)?, transcoder: None, begun: false })
    }

    /// Whether everything was handed out.
    pub(super) fn is_done(&self) -> bool {
        self.begun && self.transcoder.as_ref().map_or(self.raw.done, |transcoder| transcoder.done)
    }

    /// Fills `out` as far as possible, except for a few bytes that do not hold a whole character.
    pub(super) fn fill(&mut self, out: &mut [u8]) -> Result<usize, Fault> {
        if self.begun {
            return match &mut self.transcoder {
                None => self.raw.fill(out),
                Some(transcoder) => transcoder.fill(&mut self.raw, out),
            };
        }
        self.begun = true;
        let mut raw = vec![0; RAW.min(out.len())];
        let filled = self.raw.fill(&mut raw)?;
        raw.truncate(filled);
        match Transcoder::sniff(&raw) {
            None => {
                out[..filled].copy_from_slice(&raw);
                // a byte order mark reads as a blank
                if let Some(mark) =
                    out[..filled].first_chunk_mut::<3>().filter(|mark| **mark == *b"\xef\xbb\xbf")
                {
                    *mark = *b"   ";
                }
                let more = self.raw.fill(&mut out[filled..])?;
                Ok(filled + more)
            }
            Some(mut transcoder) => {
                transcoder.raw = raw;
                let filled = transcoder.fill(&mut self.raw, out)?;
                self.transcoder = Some(transcoder);
                Ok(filled)
            }
        }
    }

    /// The size that the archive states, where it is more than a limit and can be true.
    fn size_beyond(&self, limit: u64) -> Option<u64> {
        let can_be = self.raw.size <= self.raw.left.saturating_mul(MOST_TO_ONE);
        Some(self.raw.size).filter(|size| *size > limit && can_be)
    }

    /// Everything, if it is at most `limit` bytes.
    pub(super) fn read_to_end(mut self, limit: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut filled = 0;
        // the size that the archive states, if it can be true, within reason, and a byte to see the end by
        let beyond = self.size_beyond(limit);
        let mut step: usize = 16 << 10;
        if self.raw.size <= self.raw.left.saturating_mul(MOST_TO_ONE).min(limit) {
            step = step.max((self.raw.size as usize + 1).min(16 << 20));
        }
        while !self.is_done() {
            if filled as u64 > limit {
                return Err(Fault::PartTooLarge(self.raw.name.clone(), limit, beyond));
            }
            bytes.try_reserve_exact(step).map_err(|_| Fault::Memory(self.raw.name.clone()))?;
            bytes.resize(filled + step, 0);
            filled += self.fill(&mut bytes[filled..])?;
            bytes.truncate(filled);
            step = (filled / 2).clamp(16 << 10, 64 << 20);
        }
        if filled as u64 > limit {
            return Err(Fault::PartTooLarge(self.raw.name.clone(), limit, beyond));
        }
        Ok(bytes)
    }
}

impl RawReader {
    fn open(path: &Path, part: &Part) -> Result<Self, Fault> {
        let inflate = match part.packing {
            Packing::Stored => None,
            Packing::Deflated => Some(Decompress::new(false)),
            Packing::Encrypted => return Err(Fault::EncryptedPart(part.name.clone())),
            Packing::Other => return Err(Fault::Method(part.name.clone())),
        };
        let mut file = File::open(path).map_err(Fault::Io)?;
        file.seek(SeekFrom::Start(part.header)).map_err(Fault::Io)?;
        let mut header = [0; 30];
        let damaged = || Fault::Damaged(part.name.clone());
        file.read_exact(&mut header).map_err(|_| damaged())?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err(damaged());
        }
        let length = |at: usize| i64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        file.seek(SeekFrom::Current(length(26) + length(28))).map_err(Fault::Io)?;
        Ok(Self {
            file,
            name: part.name.clone(),
            left: part.packed,
            size: part.size,
            input: Vec::new(),
            at: 0,
            inflate,
            check_sum: part.check_sum,
            crc: Crc::new(),
            done: false,
        })
    }

    fn damaged(&self) -> Fault {
        Fault::Damaged(self.name.clone())
    }

    /// Fills `out`; less only at the end, where the check sum is compared.
    fn fill(&mut self, out: &mut [u8]) -> Result<usize, Fault> {
        let mut filled = 0;
        while filled < out.len() && !self.done {
            if self.at == self.input.len() {
                self.more_input()?;
            }
            filled += match &mut self.inflate {
                None => {
                    let count = (self.input.len() - self.at).min(out.len() - filled);
                    out[filled..filled + count].copy_from_slice(&self.input[self.at..self.at + count]);
                    self.at += count;
                    self.done = self.at == self.input.len() && self.left == 0;
                    count
                }
                Some(inflate) => {
                    let (in_before, out_before) = (inflate.total_in(), inflate.total_out());
                    let status = inflate
                        .decompress(&self.input[self.at..], &mut out[filled..], FlushDecompress::None)
                        .map_err(|_| Fault::Damaged(self.name.clone()))?;
                    let taken = (inflate.total_in() - in_before) as usize;
                    let given = (inflate.total_out() - out_before) as usize;
                    self.at += taken;
                    self.done = status == Status::StreamEnd;
                    if taken == 0 && given == 0 && !self.done {
                        return Err(self.damaged());
                    }
                    given
                }
            };
        }
        self.crc.update(&out[..filled]);
        if self.done && self.crc.sum() != self.check_sum {
            return Err(Fault::CheckSum(self.name.clone()));
        }
        Ok(filled)
    }

    fn more_input(&mut self) -> Result<(), Fault> {
        let want = self.left.min(INPUT as u64) as usize;
        self.input.resize(want, 0);
        self.at = 0;
        if want == 0 {
            self.done = self.inflate.is_none();
            return if self.done { Ok(()) } else { Err(self.damaged()) };
        }
        self.file.read_exact(&mut self.input).map_err(|_| self.damaged())?;
        self.left -= want as u64;
        Ok(())
    }
}

impl Transcoder {
    /// `None` where the bytes are UTF-8 already.
    fn sniff(raw: &[u8]) -> Option<Self> {
        let encoding = match raw {
            [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
            [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
            _ => declared_encoding(raw)?,
        };
        Some(Self { decoder: encoding.new_decoder(), raw: Vec::new(), at: 0, done: false })
    }

    fn fill(&mut self, source: &mut RawReader, out: &mut [u8]) -> Result<usize, Fault> {
        let mut filled = 0;
        while !self.done {
            let last = source.done;
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[self.at..], &mut out[filled..], last);
            self.at += read;
            filled += written;
            match result {
                CoderResult::OutputFull => break,
                CoderResult::InputEmpty if last => self.done = true,
                CoderResult::InputEmpty => {
                    self.raw.resize(RAW, 0);
                    let count = source.fill(&mut self.raw)?;
                    self.raw.truncate(count);
                    self.at = 0;
                }
            }
        }
        Ok(filled)
    }
}

/// The encoding of the XML declaration, unless it is UTF-8.
fn declared_encoding(raw: &[u8]) -> Option<&'static Encoding> {
    let head = raw.get(..200.min(raw.len()))?;
    let head = &head[..memchr::memmem::find(head, b"?>")?];
    let behind = head[memchr::memmem::find(head, b"encoding")? + 8..].trim_ascii_start();
    let behind = behind.strip_prefix(b"=")?.trim_ascii_start();
    let quote = *behind.first()?;
    let end = memchr::memchr(quote, &behind[1..])?;
    Encoding::for_label(&behind[1..=end])
        .filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}
