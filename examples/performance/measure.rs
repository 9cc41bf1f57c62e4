//! Whole processes, timed; the median of several rounds.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

/// What a run cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// Peak memory in kB, where the system tells it.
    kilobytes: Option<u64>,
}

impl Measured {
    pub(crate) fn memory(&self) -> String {
        self.kilobytes.map_or_else(|| "–".to_owned(), |kb| format!("{} MB", kb.div_ceil(1000)))
    }
}

/// The command under measurement.
pub(crate) struct Runner {
    command: PathBuf,
    pub(crate) folder: PathBuf,
}

impl Runner {
    /// The command beside this example.
    pub(crate) fn new(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let here = std::env::current_exe()?;
        let name = format!("goalsheet{}", std::env::consts::EXE_SUFFIX);
        let command = here.parent().and_then(Path::parent).map(|folder| folder.join(name));
        let command =
            command.filter(|path| path.exists()).ok_or("build the command first: cargo build --release")?;
        Ok(Self { command, folder: folder.to_owned() })
    }

    /// The median of several runs. A run that fails is no measurement.
    pub(crate) fn run(
        &self,
        goals: &Path,
        data: &Path,
        workbook: Option<&Path>,
    ) -> Result<Measured, Box<dyn Error>> {
        let mut found = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let mut command = Command::new(&self.command);
            command.arg("run").arg(goals).arg(data).args(["--as-of", "2025-06-30"]);
            match workbook {
                Some(path) => command.arg("-q").arg("-o").arg(path),
                None => command.args(["--format", "json"]),
            };
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let begun = Instant::now();
            let child = command.spawn()?;
            let (success, kilobytes) = wait(child)?;
            let seconds = begun.elapsed().as_secs_f64();
            if !success {
                return Err(format!("{command:?} failed").into());
            }
            found.push(Measured { seconds, kilobytes });
        }
        found.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let kilobytes = found.iter().filter_map(|one| one.kilobytes).max();
        Ok(Measured { kilobytes, ..found[ROUNDS / 2] })
    }
}

/// Waits for the end, looking at the peak of the memory on the way.
fn wait(mut child: Child) -> std::io::Result<(bool, Option<u64>)> {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    loop {
        if let Some(end) = child.try_wait()? {
            return Ok((end.success(), peak));
        }
        if let Ok(text) = std::fs::read_to_string(&status)
            && let Some(line) = text.lines().find(|line| line.starts_with("VmHWM:"))
        {
            peak = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).max(peak);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Stepping over the cells of the first sheet by calamine's streaming reader, adding up the numbers, in seconds.
pub(crate) fn calamine_loop(book: &Path) -> Result<f64, Box<dyn Error>> {
    use calamine::{DataRef, Reader as _, Xlsx, open_workbook};
    let begun = Instant::now();
    let mut workbook: Xlsx<_> = open_workbook(book)?;
    let sheet = workbook.sheet_names().first().cloned().ok_or("no sheet")?;
    let mut cells = workbook.worksheet_cells_reader(&sheet)?;
    let mut sum = 0.0;
    while let Some(cell) = cells.next_cell()? {
        match cell.get_value() {
            DataRef::Float(value) => sum += value,
            DataRef::Int(value) => sum += *value as f64,
            _ => {}
        }
    }
    if sum.is_nan() {
        return Err("no sum".into());
    }
    Ok(begun.elapsed().as_secs_f64())
}
