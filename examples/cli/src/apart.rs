//! What is written is never what is read: a file that is opened for writing is empty from then on, and one that is continued
//! has no end.

use std::path::{Path, PathBuf};

use lead_core::{Error, Result};

/// Refuses to write into a file that this call reads. To be asked before anything is opened.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when `out` is one of `read`, whichever way it is named.
pub(crate) fn apart<'a>(
    flag: &'static str,
    out: &Path,
    read: impl IntoIterator<Item = &'a Path>,
) -> Result<()> {
    let Some(own) = real(out) else {
        return Ok(()); // no such folder: opening it tells that
    };
    match read.into_iter().find(|path| real(path).as_ref() == Some(&own)) {
        None => Ok(()),
        Some(path) => {
            let says = "this file is read by the same call: what is written needs another";
            Err(Error::invalid("write", says)
                .with("flag", flag)
                .with("file", path.display()))
        }
    }
}

/// Where a path leads, links followed; a file that is not there yet lies in its folder.
fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_known_by_whatever_name() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("inner"))?;
        std::fs::write(at("a.csv"), "a")?;
        for same in ["a.csv", "inner/../a.csv", "./a.csv"] {
            assert!(apart("--rejects", &at(same), [at("b").as_path(), &at("a.csv")]).is_err());
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("a.csv"), at("link"))?;
            assert!(apart("--rejects", &at("link"), [at("a.csv").as_path()]).is_err());
        }
        assert!(apart("--rejects", &at("new"), [at("inner/../new").as_path()]).is_err());
        for other in ["b.csv", "inner/a.csv", "no/a.csv"] {
            assert!(apart("--rejects", &at(other), [at("a.csv").as_path()]).is_ok());
        }
        Ok(())
    }
}
