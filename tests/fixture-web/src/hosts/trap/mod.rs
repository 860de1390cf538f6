//! Hosts that misbehave on purpose: one file each.

pub(super) mod bomb;
pub(super) mod broken;
pub(super) mod calendar;
pub(super) mod huge;
pub(super) mod redirect;
pub(super) mod slow;
pub(super) mod status;

use super::Answer;

/// The page a trap shows at `/` and where nothing else fits.
fn guide(guide: &super::HostGuide) -> Answer {
    let links: String = guide
        .paths
        .iter()
        .map(|path| format!("<li><a href=\"{path}\">{path}</a></li>\n"))
        .collect();
    Answer::html(
        200,
        format!(
            "<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p><ul>\n{links}</ul>\n",
            guide.host, guide.what
        ),
    )
}
