//! How long the parts of a run take on the examples: `cargo bench`. The best of several rounds, in milliseconds.
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::time::Instant;

use goalsheet::language::Language;
use goalsheet::source::SourceMap;
use goalsheet::{Input, Options, resolve_only, run};

const ROUNDS: usize = 7;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/webshop");
    let text = std::fs::read_to_string(folder.join("goals.goals")).unwrap_or_default();
    let shop = Input { name: "goals.goals".to_owned(), text, folder, data: Vec::new() };
    let options = Options::default();
    let sentences = "increase revenue for region = \"West\" by 10% by 2025-12-31\n".repeat(1000);
    let mut sources = SourceMap::default();
    let id = sources.add("sentences".to_owned(), sentences);

    let parse = best(|| {
        if let Some(source) = sources.get(id) {
            goalsheet::syntax::parse(source, Language::English);
        }
    });
    println!("parse 1000 sentences        {parse:9.2} ms");
    println!("web shop: open and resolve  {:9.2} ms", best(|| drop(resolve_only(&shop, &options))));
    println!("web shop: the whole run     {:9.2} ms", best(|| drop(run(&shop, &options))));
}

/// The shortest of several rounds.
fn best(mut work: impl FnMut()) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .fold(f64::INFINITY, f64::min)
}
