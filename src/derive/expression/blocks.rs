//! Rows in blocks, on as many threads as there are: results come in the order of the rows, whatever their number.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Ranges of at most `size` rows, in order.
pub fn ranges(rows: usize, size: usize) -> impl Iterator<Item = Range<usize>> {
    let size = size.max(1);
    (0..rows.div_ceil(size)).map(move |at| at * size..rows.min((at + 1) * size))
}

/// `work` over each range, on `threads` threads; its results in the order of the ranges.
pub fn in_order<R: Send>(
    ranges: Vec<Range<usize>>,
    threads: usize,
    work: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    if threads <= 1 || ranges.len() <= 1 {
        return ranges.into_iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(ranges.len()));
    let step = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(range) = ranges.get(at)
        {
            let result = work(range.clone());
            if let Ok(mut done) = done.lock() {
                done.push((at, result));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(ranges.len()) {
            scope.spawn(step);
        }
        step();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_all_rows() {
        assert_eq!(ranges(10, 4).collect::<Vec<_>>(), [0..4, 4..8, 8..10]);
        assert_eq!(ranges(0, 4).count(), 0);
    }

    #[test]
    fn results_stand_in_order() {
        for threads in [1, 2, 5] {
            let found = in_order(ranges(1000, 7).collect(), threads, |range| range.start);
            assert_eq!(found, (0..1000).step_by(7).collect::<Vec<_>>());
        }
    }
}
