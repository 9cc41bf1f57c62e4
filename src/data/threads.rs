//! Work on several columns at a time, each on one thread: what becomes of a column depends on it alone.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

/// Below so many rows a second thread costs more than it saves.
pub(crate) const FEW_ROWS: usize = 50_000;

/// More threads than this share no memory any faster.
const MOST_THREADS: usize = 8;

/// How many threads the machine offers, within reason.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).clamp(1, MOST_THREADS)
}

/// `work` on every item, on so many threads.
pub(crate) fn each_on<T: Send>(threads: usize, items: &mut [T], work: impl Fn(&mut T) + Sync) {
    let threads = threads.min(items.len());
    let queue = Mutex::new(items.iter_mut());
    let next = || queue.lock().ok().and_then(|mut queue| queue.next());
    let run = || {
        while let Some(item) = next() {
            work(item);
        }
    };
    if threads <= 1 {
        return run();
    }
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
}

/// Two works at a time, where the machine can.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, beside: impl FnOnce() -> B + Send) -> (A, B) {
    if threads() <= 1 {
        return (here(), beside());
    }
    thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let here = here();
        match beside.join() {
            Ok(beside) => (here, beside),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_once_on_any_number_of_threads() {
        for threads in [0, 1, 2, 9] {
            let mut items = [1, 2, 3, 4, 5];
            each_on(threads, &mut items, |item| *item *= 10);
            assert_eq!(items, [10, 20, 30, 40, 50]);
        }
    }
}
