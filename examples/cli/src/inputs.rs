//! What a command's arguments name: files, folders, addresses, standard input.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use lead_core::record::SafeUrl;
use lead_core::{Error, ErrorKind, Result};

use crate::app::App;
use crate::halt::io_error;
use crate::parallel::blocking;
use crate::secret::without_login;

/// Endings of the files a folder stands for: pages, and web archives.
const ENDINGS: &[&str] = &["html", "htm", "xhtml", "shtml", "warc", "wet", "wacz"];

/// The whole of a file, or of standard input (`-`), at most so many bytes. A pipe may give nothing for a long time: it is
/// waited for where a signal still ends the program.
///
/// # Errors
/// [`ErrorKind::Cancelled`] when the user asks to stop meanwhile; what keeps it from being read.
pub(crate) async fn whole(app: &mut App, name: &str, most: u64) -> Result<Vec<u8>> {
    let stdin = (name == "-").then(|| app.take_input());
    let own = name.to_owned();
    let read = blocking(move || {
        let mut bytes = Vec::new();
        let read = match stdin {
            Some(stdin) => stdin.take(most).read_to_end(&mut bytes),
            None => File::open(&own).and_then(|file| file.take(most).read_to_end(&mut bytes)),
        };
        read.map(|_| bytes).map_err(|cause| io_error("read", &own, cause))
    });
    let stopped = || Error::new(ErrorKind::Cancelled, "read", "stopped before it was read");
    let read = app.interrupt.unless_asked(1, read).await;
    read.ok_or_else(stopped)??
}

/// What is to be read.
pub(crate) enum Input {
    Stdin,
    File(PathBuf),
    Url(SafeUrl),
}

/// An input, or why there is none, by the name it is told under.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) input: Result<Input>,
}

/// The inputs that arguments name, in their order; a folder's files in order of their paths.
pub(crate) fn inputs(arguments: &[String]) -> Vec<Named> {
    arguments.iter().flat_map(|argument| named(argument)).collect()
}

fn named(argument: &str) -> Vec<Named> {
    let one = |name: String, input| vec![Named { name, input }];
    let path = Path::new(argument);
    if argument == "-" {
        return one("-".to_owned(), Ok(Input::Stdin));
    }
    if is_address(argument) && !path.exists() {
        return one(without_login(argument), SafeUrl::parse(argument).map(Input::Url));
    }
    if !path.exists()
        && let Some(address) = meant_as_address(argument)
    {
        let says = "there is no such file; for the web site say its address";
        let error = Error::new(ErrorKind::NotFound, "read", says).with("meant", address);
        return one(argument.to_owned(), Err(error));
    }
    if !path.is_dir() {
        return one(argument.to_owned(), Ok(Input::File(path.to_owned())));
    }
    let mut pages = Vec::new();
    match pages_of(path, &mut pages) {
        Err(error) => one(argument.to_owned(), Err(error)),
        Ok(()) if pages.is_empty() => {
            let says = "there is no web page and no web archive in this folder";
            one(
                argument.to_owned(),
                Err(Error::new(ErrorKind::NotFound, "read", says)),
            )
        }
        Ok(()) => {
            pages.sort();
            pages
                .into_iter()
                .map(|page| Named {
                    name: page.display().to_string(),
                    input: Ok(Input::File(page)),
                })
                .collect()
        }
    }
}

/// Whether it begins like `http:`, `file:`, `ftp:`; a single letter is a drive.
pub(crate) fn is_address(argument: &str) -> bool {
    argument.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The address that `www.example.com/contact` stands for: a host name of more than a file's, or one that begins as sites do.
fn meant_as_address(argument: &str) -> Option<SafeUrl> {
    let host = argument.split('/').next()?;
    let is_name = host.starts_with("www.")
        || (host.contains('.') && !is_page(Path::new(host)) && argument.contains('/'));
    let address = is_name && !argument.starts_with('.');
    address.then(|| SafeUrl::parse(&format!("https://{argument}")).ok())?
}

/// The web pages in a folder and those below it. Links are not followed, so a loop is none.
fn pages_of(folder: &Path, pages: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |cause| io_error("read", &folder.display().to_string(), cause);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if kind.is_dir() {
            pages_of(&path, pages)?;
        } else if kind.is_file() && is_page(&path) {
            pages.push(path);
        }
    }
    Ok(())
}

fn is_page(path: &Path) -> bool {
    let ending = |path: &Path| path.extension().map(OsStr::to_ascii_lowercase);
    let own = ending(path).unwrap_or_default();
    let inner = ending(Path::new(path.file_stem().unwrap_or_default())).unwrap_or_default();
    let packed = own == "gz" && (inner == "warc" || inner == "wet");
    packed || ENDINGS.iter().any(|known| own == *known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for secret in [
            "http://me:hunter2@a.test/",
            "http:me:hunter2@a.test",
            "http://me:hun@ter2@a.test/x@y",
        ] {
            let named = named(secret).remove(0);
            assert!(
                !named.name.contains("hunter2") && !named.name.contains("ter2"),
                "{}",
                named.name
            );
            assert!(named.input.is_err());
        }
    }

    #[test]
    fn addresses_are_told_from_files() {
        for address in [
            "http://a.test",
            "file:///etc/passwd",
            "FTP:x",
            "javascript:alert(1)",
        ] {
            assert!(is_address(address), "{address}");
        }
        let meant = |text| meant_as_address(text).map(|address| address.to_string());
        assert_eq!(
            meant("www.example.com").as_deref(),
            Some("https://www.example.com/")
        );
        assert_eq!(
            meant("example.com/contact").as_deref(),
            Some("https://example.com/contact")
        );
        for file in ["page.html", "./x.d/page", "../page", "folder/page.html", "page"] {
            assert_eq!(meant(file), None, "{file}");
        }
        for file in ["a.html", "./a:b.html", "C:\\page.html", ":x", "1http:x"] {
            assert!(!is_address(file), "{file}");
        }
    }
}
