//! A part → blocks of its bytes, inflated on a thread of their own while the caller looks at the block before.
//!
//! What the caller could not take of a block is put in front of the next one, so that he sees it whole.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use super::ITEM_BYTES;
use super::errors::Fault;
use super::part::PartReader;

/// Room in front of a block for what was left of the one before.
const FRONT: usize = 64 << 10;
/// Readable zero bytes behind a block.
pub(super) const BEHIND: usize = 64;
/// Bytes of a block: first those of a head, often all that is wanted, then as many as stay in a core's own cache.
const SIZES: [usize; 4] = [64 << 10, 256 << 10, 768 << 10, 512 << 10];
/// Blocks on their way at one time.
const IN_FLIGHT: usize = 8;

/// Bytes of a part, with zeros behind.
#[derive(Debug)]
pub(super) struct Block {
    data: Vec<u8>,
    from: usize,
    to: usize,
    /// The part ends with this block.
    pub last: bool,
}

impl Block {
    fn new(size: usize) -> Self {
        Self { data: vec![0; FRONT + size + BEHIND], from: FRONT, to: FRONT, last: false }
    }

    fn fill(&mut self, part: &mut PartReader) -> Result<(), Fault> {
        let room = self.data.len() - BEHIND;
        let filled = part.fill(&mut self.data[FRONT..room])?;
        self.from = FRONT;
        self.to = FRONT + filled;
        self.data[self.to..self.to + BEHIND].fill(0);
        self.last = part.is_done();
        Ok(())
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }

    /// The bytes and [`BEHIND`] zeros.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.data[self.from..self.to + BEHIND]
    }

    /// Puts bytes in front.
    fn prepend(&mut self, left: &[u8]) {
        if left.len() <= self.from {
            let from = self.from - left.len();
            self.data[from..self.from].copy_from_slice(left);
            self.from = from;
        } else {
            let mut data = Vec::with_capacity(FRONT + left.len() + self.len() + BEHIND);
            data.resize(FRONT, 0);
            data.extend_from_slice(left);
            data.extend_from_slice(self.bytes());
            *self = Self { from: FRONT, to: data.len() - BEHIND, data, last: self.last };
        }
    }
}

/// Hands out the blocks of a part in order.
#[derive(Debug)]
pub(super) struct Blocks {
    source: Source,
    name: String,
    limit: u64,
    total: u64,
    count: usize,
    wanted: usize,
}

#[derive(Debug)]
enum Source {
    Here(Box<PartReader>),
    Thread { full: Receiver<Result<Block, Fault>>, empty: Sender<Block>, worker: Option<JoinHandle<()>> },
    Over,
}

impl Blocks {
    /// `limit` is the most that the part may inflate to.
    pub(super) fn new(part: PartReader, name: &str, limit: u64) -> Self {
        Self {
            source: Source::Here(Box::new(part)),
            name: name.to_owned(),
            limit,
            total: 0,
            count: 0,
            wanted: 0,
        }
    }

    /// The next block, with `taken` bytes of the one before dropped and the rest put in front; `None` at the end.
    pub(super) fn next(&mut self, before: Option<(Block, usize)>) -> Result<Option<Block>, Fault> {
        let Some((before, taken)) = before else { return self.fetch() };
        let left = &before.data[before.from + taken..before.to];
        if left.len() > ITEM_BYTES {
            return Err(Fault::ItemTooLarge(self.name.clone()));
        }
        let Some(mut block) = self.fetch()? else { return Ok(None) };
        if taken == 0 {
            return self.join(&before, block).map(Some);
        }
        self.wanted = 0;
        block.prepend(left);
        self.recycle(before);
        Ok(Some(block))
    }

    /// A block longer than usual, for an item that does not end in `before`. It holds twice as much as the last time,
    /// so that an item of many blocks is not looked at once for each.
    fn join(&mut self, before: &Block, mut block: Block) -> Result<Block, Fault> {
        let mut data = vec![0; FRONT];
        data.extend_from_slice(&before.data[before.from..before.to]);
        self.wanted = self.wanted.max(before.len()) * 2;
        loop {
            data.extend_from_slice(&block.data[block.from..block.to]);
            let last = block.last;
            self.recycle(block);
            let next = if last || data.len() >= self.wanted { None } else { self.fetch()? };
            let Some(next) = next else {
                let to = data.len();
                data.resize(to + BEHIND, 0);
                return Ok(Block { data, from: FRONT, to, last });
            };
            block = next;
        }
    }

    fn fetch(&mut self) -> Result<Option<Block>, Fault> {
        if self.count == SIZES.len() - 1 {
            self.move_to_thread();
        }
        let block = match &mut self.source {
            Source::Here(part) => {
                if part.is_done() {
                    return Ok(None);
                }
                let mut block = Block::new(SIZES[self.count.min(SIZES.len() - 1)]);
                block.fill(part)?;
                block
            }
            Source::Thread { full, .. } => match full.recv() {
                Ok(block) => block?,
                Err(_) => return Ok(None),
            },
            Source::Over => return Ok(None),
        };
        self.count += 1;
        self.total += block.len() as u64;
        if self.total > self.limit {
            return Err(Fault::PartTooLarge(self.name.clone(), self.limit, None));
        }
        Ok(Some(block))
    }

    /// Gives a block back to be filled again.
    fn recycle(&self, block: Block) {
        if let Source::Thread { empty, .. } = &self.source {
            // a worker that has ended needs no blocks
            let _ = empty.send(block);
        }
    }

    /// From here on the part is inflated by a worker, if the system gives one.
    fn move_to_thread(&mut self) {
        let Source::Here(part) = std::mem::replace(&mut self.source, Source::Over) else { return };
        if part.is_done() {
            self.source = Source::Here(part);
            return;
        }
        let (full, full_out) = sync_channel(IN_FLIGHT);
        let (empty, empty_out) = channel();
        for _ in 0..IN_FLIGHT {
            let _ = empty.send(Block::new(SIZES[SIZES.len() - 1]));
        }
        let (hand_over, parts) = channel::<Box<PartReader>>();
        let worker = std::thread::Builder::new()
            .name("inflate".into())
            .spawn(move || parts.recv().map_or((), |part| inflate(*part, &full, &empty_out)));
        self.source = match worker {
            Ok(worker) => {
                let _ = hand_over.send(part);
                Source::Thread { full: full_out, empty, worker: Some(worker) }
            }
            Err(_) => Source::Here(part),
        };
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        if let Source::Thread { worker, .. } = &mut self.source {
            let worker = worker.take();
            // closes both channels, at which the worker ends
            self.source = Source::Over;
            if let Some(worker) = worker {
                let _ = worker.join();
            }
        }
    }
}

/// What the worker does.
fn inflate(mut part: PartReader, full: &SyncSender<Result<Block, Fault>>, empty: &Receiver<Block>) {
    while !part.is_done() {
        let Ok(mut block) = empty.recv() else { return };
        if block.data.len() != FRONT + SIZES[SIZES.len() - 1] + BEHIND {
            block = Block::new(SIZES[SIZES.len() - 1]);
        }
        let filled = block.fill(&mut part).map(|()| block);
        let failed = filled.is_err();
        if full.send(filled).is_err() || failed {
            return;
        }
    }
}
