//! Web archives as inputs: their pages, some at a time.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use futures::Stream;
use lead_core::Result;
use lead_core::fetch::warc::WarcReader;
use lead_core::seam::Response;
use tokio::sync::mpsc;

use crate::halt::io_error;

/// Endings of archives.
const ENDINGS: &[&str] = &[".warc", ".warc.gz", ".wet", ".wet.gz"];

/// Pages that are handed on together: enough that handing them on costs nothing beside reading them.
const TOGETHER: usize = 32;

/// Bytes read at a time.
const BUFFER: usize = 256 * 1024;

/// Whether the file is an archive, by its name.
pub(crate) fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The pages of an archive in their order, and what is damaged; read on a thread of its own, no further ahead than a
/// few portions.
pub(crate) fn pages(path: PathBuf) -> impl Stream<Item = Vec<Result<Response>>> {
    let (sender, portions) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let name = path.display().to_string();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(cause) => return drop(sender.blocking_send(vec![Err(io_error("read", &name, cause))])),
        };
        let mut portion = Vec::with_capacity(TOGETHER);
        for record in WarcReader::new(BufReader::with_capacity(BUFFER, file)) {
            match record.and_then(|record| record.response()) {
                Ok(Some(response)) if is_page(&response) => portion.push(Ok(response)),
                Ok(_) => {}
                Err(error) => portion.push(Err(error.with("input", &name))),
            }
            if portion.len() == TOGETHER && sender.blocking_send(std::mem::take(&mut portion)).is_err() {
                return;
            }
        }
        // Nobody may be listening any more; then nobody needs the rest.
        let _ = sender.blocking_send(portion);
    });
    futures::stream::unfold(portions, |mut portions| async {
        Some((portions.recv().await?, portions))
    })
}

/// Whether an answer is a page that was read in full, by its head.
fn is_page(response: &Response) -> bool {
    let kind = response.content_type().unwrap_or_default();
    response.status.is_success()
        && (kind.is_empty() || kind.contains("html") || kind.starts_with("text/plain"))
}
