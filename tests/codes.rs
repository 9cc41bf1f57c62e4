//! Each code has a page, and each page is that of a code; its example, where it has one, comes to that code
//! (`tests/spec.rs` runs it).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use goalsheet::diagnostic::Code;

/// The headings of the pages with the text below each.
fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut pages: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut is_inside = false;
        for line in text.lines() {
            is_inside ^= line.starts_with("```");
            if let Some(heading) = line.strip_prefix("## ").filter(|_| !is_inside) {
                pages.push((heading.to_owned(), String::new()));
            } else if let Some((_, body)) = pages.last_mut() {
                body.push('\n');
                body.push_str(line);
            }
        }
    }
    pages
}

#[test]
fn every_code_has_one_page_with_its_title() {
    let pages = pages();
    let mut faults = Vec::new();
    for code in Code::ALL {
        let heading = format!("{} {}", code.as_str(), code.title());
        let count = pages.iter().filter(|(found, _)| *found == heading).count();
        if count != 1 {
            faults.push(format!("`## {heading}` stands {count} times in docs/diagnostics"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_is_that_of_a_code_and_comes_to_it() {
    let mut faults = Vec::new();
    for (heading, body) in pages() {
        let code = heading.split(' ').next().unwrap_or_default();
        if Code::from_name(code).is_none() {
            faults.push(format!("`## {heading}` is no code"));
        } else if body.contains("```goals") && !body.contains(&format!("\n{code}: ")) {
            faults.push(format!("the example of {code} does not come to it"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
