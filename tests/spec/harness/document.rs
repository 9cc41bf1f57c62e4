//! A Markdown file → its cases.

use std::path::{Path, PathBuf};

/// A heading with the blocks below it.
pub(crate) struct Case {
    /// The file's name without its ending.
    pub(crate) file: String,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// A fenced block.
pub(crate) struct Block {
    /// The line in the file, for messages.
    pub(crate) line: usize,
    /// The first word after the fence.
    pub(crate) kind: String,
    /// The rest of that line.
    pub(crate) info: String,
    pub(crate) text: String,
}

impl Case {
    /// The blocks of a kind.
    pub(crate) fn blocks_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }
}

impl Block {
    /// `key=value` on the fence.
    pub(crate) fn option(&self, key: &str) -> Option<&str> {
        self.info.split_whitespace().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    /// The lines that hold something.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim().is_empty())
    }
}

/// The Markdown files of a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/spec is part of the package")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    files
}

/// The cases of a file.
pub(crate) fn cases(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(mut block) = open.take() {
            if line == "```" {
                if let Some(case) = cases.last_mut() {
                    case.blocks.push(block);
                }
            } else {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
        } else if let Some(fence) = line.strip_prefix("```") {
            let (kind, info) = fence.split_once(' ').unwrap_or((fence, ""));
            let (kind, info) = (kind.to_owned(), info.trim().to_owned());
            open = Some(Block { line: index + 1, kind, info, text: String::new() });
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { file: file.clone(), title: title.trim().to_owned(), blocks: Vec::new() });
        }
    }
    assert!(open.is_none(), "{}: a block is not closed", path.display());
    cases
}

/// The cells of a line of an aligned table: two blanks or more part them.
pub(crate) fn cells(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}
