//! Where Chromium is.

use std::path::PathBuf;

use crate::{Error, ErrorKind, Result};

/// Where distributions put it: the program itself, not a script around it, which would stand between us and its process group.
const KNOWN: &[&str] = &[
    "/usr/lib/chromium/chromium",
    "/usr/lib/chromium-browser/chromium-browser",
    "/usr/lib64/chromium-browser/chromium-browser",
    "/opt/google/chrome/chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/google-chrome",
];

/// The program to run: `given`, or the first of those known that is there.
pub(super) fn find(given: Option<&PathBuf>) -> Result<PathBuf> {
    if let Some(path) = given {
        return if path.is_file() {
            Ok(path.clone())
        } else {
            Err(Error::new(
                ErrorKind::Config,
                "browser",
                "there is no program at the path given for the browser",
            )
            .with("path", path.display()))
        };
    }
    let known = KNOWN.iter().map(PathBuf::from).find(|path| path.is_file());
    known.ok_or_else(|| {
        let message = "no Chromium was found; install it (on Debian the package chromium) or say where it is";
        Error::new(ErrorKind::Config, "browser", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_given_is_not_guessed_around() {
        let missing = PathBuf::from("/nowhere/chromium");
        let error = find(Some(&missing)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("/nowhere/chromium"), "{error}");
    }
}
