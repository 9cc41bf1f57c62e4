//! What the command accepts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::calendar::AsOf;
use crate::data::{Limit, Limits};
use crate::language::Language;

/// Goals in plain text, over Excel exports, into a workbook worth sharing.
#[derive(Debug, Parser)]
#[command(name = "goalsheet", version, about, long_about = None, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to colour output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// How diagnostics are printed
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Full)]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Evaluate a goal file over its data
    Run(Run),
    /// Check a goal file against its data: text, names, sheets, headers; no rows are read
    Check(Check),
    /// Print the syntax tree of a goal file; no data is read
    Parse(Parse),
    /// Show what is in a workbook: sheets, header rows, columns, dates, what is left out
    Inspect(Inspect),
    /// Write a goal file to start from over a workbook
    Init(Init),
    /// Explain how a goal's numbers came about, or what a diagnostic code means
    Explain(Explain),
    /// Print a goal file in its canonical layout
    Fmt(Fmt),
}

/// Goal file and data.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// The goal file (`-` reads it from standard input)
    #[arg(value_name = "GOALS")]
    pub(super) goals: PathBuf,
    /// Workbooks: the sources of a goal file without `data` lines, or stand-ins for the files it names (`orders=new.xlsx`)
    #[arg(value_name = "DATA")]
    pub(super) data: Vec<String>,
    #[command(flatten)]
    pub(super) settings: Settings,
    #[command(flatten)]
    pub(super) limiting: Limiting,
}

/// What a file may hold at most.
#[derive(Debug, Args)]
pub(super) struct Limiting {
    /// Let a file hold more, or less, than usual: `inflated=16GB` (one part of a workbook), `cells=…` (of a sheet),
    /// `strings=…` (distinct texts), `columns=…`
    #[arg(long = "limit", value_name = "WHAT=SIZE", value_parser = limit)]
    stated: Vec<(Limit, u64)>,
}

impl Limiting {
    /// The usual limits, but for those that are stated.
    pub(super) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for (limit, value) in &self.stated {
            limits.set(*limit, *value);
        }
        limits
    }
}

/// Settings of an evaluation.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The day results hold for; without it the last day of the data
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    pub(super) as_of: Option<AsOf>,
    /// The language of a goal file that names none: en, sv, da, de
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    pub(super) language: Language,
}

#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Write the result workbook here
    #[arg(short, long, value_name = "FILE.xlsx")]
    pub(super) output: Option<PathBuf>,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Exit with 1 when a goal is at this status or worse (met, met early, holding, ahead, on track, at risk, off track,
    /// breached, missed early, missed), or at one of the other statuses when it is named
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(super) fail_on: Option<crate::judge::Status>,
    /// Print no table
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Parse {
    /// The goal file (`-` reads it from standard input)
    #[arg(value_name = "GOALS")]
    pub(super) goals: PathBuf,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// The only format is json
    #[arg(long, value_enum, default_value_t = TreeFormat::Json)]
    pub(super) format: TreeFormat,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The workbooks
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) limiting: Limiting,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The workbooks
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    /// Write the goal file here instead of printing it; a file that is there is not replaced
    #[arg(short, long, value_name = "GOALS")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) limiting: Limiting,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A diagnostic code (`N103`), or: GOALS [DATA…] NAME, where NAME is a goal's label, number, name or metric
    #[arg(value_name = "CODE | GOALS [DATA…] NAME", required = true)]
    pub(super) what: Vec<String>,
    #[command(flatten)]
    pub(super) settings: Settings,
    #[command(flatten)]
    pub(super) limiting: Limiting,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// The goal file (`-` reads it from standard input)
    #[arg(value_name = "GOALS")]
    pub(super) goals: PathBuf,
    /// Write the file instead of printing it
    #[arg(short, long)]
    pub(super) write: bool,
    /// Exit with 1 when the file is not in canonical layout; print nothing
    #[arg(long)]
    pub(super) check: bool,
    /// Pin relative periods: write the `declared` line they count from
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    pub(super) pin: Option<AsOf>,
    /// Translate keywords and number marks into this language: en, sv, da, de; names and texts stay
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub(super) language: Option<Language>,
    /// The language of a goal file that names none: en, sv, da, de
    #[arg(long = "from", value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    pub(super) from_language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With excerpts of the goal file
    Full,
    /// `path:line:column: error[N103]: …`
    Short,
    /// One object a line
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A scorecard for the terminal
    Text,
    /// The whole result, stable
    Json,
    /// A table for a code host or a wiki
    Markdown,
    /// A line a goal
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TreeFormat {
    /// JSON
    Json,
}

/// `inflated=4GB`, `cells=20000000`.
fn limit(text: &str) -> Result<(Limit, u64), String> {
    let words: Vec<&str> = Limit::ALL.iter().map(|limit| limit.word()).collect();
    let expected = || format!("expected one of {} with a number, such as `inflated=16GB`", words.join(", "));
    let (word, value) = text.split_once('=').ok_or_else(expected)?;
    let limit = Limit::ALL.into_iter().find(|limit| limit.word() == word.trim()).ok_or_else(expected)?;
    let value = value.trim().replace(['_', ','], "").to_lowercase();
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match value[digits.len()..].trim() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        "t" | "tb" | "tib" => 1 << 40,
        _ => return Err(expected()),
    };
    // a count is no size: a million is a million
    let unit = match (limit, unit) {
        (Limit::Inflated, unit) | (_, unit @ 1) => unit,
        (_, 1024) => 1_000,
        (_, 1_048_576) => 1_000_000,
        _ => 1_000_000_000,
    };
    let number: u64 = digits.trim().parse().map_err(|_| expected())?;
    number.checked_mul(unit).filter(|value| *value > 0).map(|value| (limit, value)).ok_or_else(expected)
}

fn as_of(text: &str) -> Result<AsOf, String> {
    text.parse().map(AsOf).map_err(|_| "expected a date such as 2025-06-30".to_owned())
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| {
        let codes: Vec<&str> = Language::ALL.iter().map(|l| l.code()).collect();
        format!("expected one of {}", codes.join(", "))
    })
}

fn status(text: &str) -> Result<crate::judge::Status, String> {
    let plain = |word: &str| word.replace(['-', '_'], " ").to_lowercase();
    crate::judge::Status::ALL.into_iter().find(|status| status.word() == plain(text)).ok_or_else(|| {
        let words: Vec<&str> = crate::judge::Status::ALL.iter().map(|s| s.word()).collect();
        format!("expected one of {}", words.join(", "))
    })
}
