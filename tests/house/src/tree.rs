//! What files there are.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}

/// A file of the project: its path from the workspace's folder, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct File {
    /// The path.
    pub path: String,
    /// The text; bytes that are no UTF-8 are replaced.
    pub text: String,
}

impl File {
    /// A file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    /// Whether it is Rust source.
    pub fn is_rust(&self) -> bool {
        std::path::Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// Whether it is a test as a whole: under `tests/`, or a file of that name.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }
}

/// Every file git knows or would add; without git, every file outside the folders that builds make.
pub fn files(root: &Path) -> Vec<File> {
    let mut paths = known_to_git(root).unwrap_or_else(|| {
        let mut found = Vec::new();
        walk(root, root, &mut found);
        found
    });
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let bytes = std::fs::read(root.join(&path)).ok()?;
            Some(File::new(path, String::from_utf8_lossy(&bytes)))
        })
        .collect()
}

fn known_to_git(root: &Path) -> Option<Vec<String>> {
    let answer = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let paths: Vec<String> = text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect();
    (answer.status.success() && !paths.is_empty()).then_some(paths)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            let made = ["target", "node_modules", "__pycache__", ".git", ".venv"];
            if !made.iter().any(|made| name == *made) {
                walk(root, &path, found);
            }
        } else if let Ok(path) = path.strip_prefix(root) {
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}
