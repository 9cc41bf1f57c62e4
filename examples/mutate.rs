//! The fuzz targets over a fixed sequence of mutations, on a stable compiler.
//!
//! `cargo run --release --example mutate -- parse|translate|load [SECONDS] [SEED]`; the input at hand is kept in
//! `goalsheet-mutate.last` of the temporary directory, so that what breaks can be run again.
// a program that says what it did; the bodies are shared with the fuzz targets, where they are public
#![allow(clippy::print_stdout, unreachable_pub)]

#[path = "../fuzz/fuzz_targets/bodies.rs"]
mod bodies;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A sequence of numbers that repeats with its seed (xorshift).
struct Sequence(u64);

impl Sequence {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let target = arguments.next().unwrap_or_default();
    let loads = target == "load";
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(10);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let seeds = seeds(loads);
    let mut sequence = Sequence(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (begun, mut runs, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
    let last = std::env::temp_dir().join("goalsheet-mutate.last");
    while begun.elapsed() < Duration::from_secs(seconds) {
        let Some((ending, bytes)) = seeds.get(sequence.next(seeds.len())) else { return };
        let other = &seeds[sequence.next(seeds.len())].1;
        let mutated = mutated(bytes, other, &mut sequence);
        let _ = std::fs::write(&last, &mutated);
        let at = Instant::now();
        if loads {
            bodies::load_workbook(&mutated, ending);
        } else if target == "translate" {
            bodies::translate_text(&mutated);
        } else {
            bodies::parse_text(&mutated);
        }
        slowest = slowest.max(at.elapsed());
        runs += 1;
    }
    println!("{runs} inputs, the slowest took {} ms", slowest.as_millis());
}

/// What is mutated: goal files and sentences, or small workbooks.
fn seeds(loads: bool) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let endings: &[&str] = if loads { &["xlsx", "xls", "xlsb", "ods", "csv"] } else { &["goals", "words"] };
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["examples", "tests", "grammar"].iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if endings.contains(&ending.as_str())
                && let Ok(bytes) = std::fs::read(&path)
                && bytes.len() < 200_000
            {
                found.push((ending, bytes));
            }
        }
    }
    found
}

/// The bytes with a few of them changed, doubled, left out, or replaced by some of another input.
fn mutated(bytes: &[u8], other: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        " by ", " to ", " from ", "1 ", "10% ", "(", ")", "[", "\"", "\u{202e}", "\n", "\r", "\0", " = ",
        "2025-", "в",
    ];
    let begin = if bytes.len() > 2_000 && bytes.is_ascii() { sequence.next(bytes.len() - 1_000) } else { 0 };
    let mut made =
        if begin > 0 { bytes[begin..(begin + 1_000).min(bytes.len())].to_vec() } else { bytes.to_vec() };
    for _ in 0..=sequence.next(8) {
        let at = sequence.next(made.len() + 1);
        let end = (at + sequence.next(20)).min(made.len());
        match sequence.next(6) {
            0 if at < made.len() => made[at] ^= 1 << sequence.next(8),
            1 => drop(made.drain(at..end)),
            2 => {
                let part = made[at..end].to_vec();
                let times = 1 + sequence.next(30);
                made.splice(at..at, part.repeat(times));
            }
            3 => {
                let from = sequence.next(other.len());
                let to = (from + sequence.next(60)).min(other.len());
                made.splice(at..end, other[from..to].iter().copied());
            }
            4 => made.truncate(at),
            _ => {
                let word = WORDS[sequence.next(WORDS.len())];
                made.splice(at..at, word.bytes());
            }
        }
    }
    made
}
