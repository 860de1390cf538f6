//! What a tracked file must not name: paths of one machine, addresses of package registries.

use crate::tree::File;
use crate::{Breach, line_of};

/// Beginnings of paths that only one machine has. (Cut in two, so that this file does not name them.)
const PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tm", "p/"),
    concat!("/Use", "rs/"),
    concat!("C:\\Use", "rs\\"),
];

/// Hosts that lock files like to note.
const REGISTRIES: &[&str] = &[
    concat!("index.crat", "es.io"),
    concat!("static.crat", "es.io"),
    concat!("registry.npm", "js.org"),
    concat!("files.python", "hosted.org"),
    concat!("pypi.o", "rg/simple"),
    concat!("deb.deb", "ian.org"),
];

/// Places where `files` name a machine or a registry.
pub fn check(files: &[File]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for File { path, text } in files {
        for name in PATHS {
            for (at, _) in text.match_indices(name) {
                if begins_a_path(text.get(..at).unwrap_or_default()) {
                    breaches.push(format!("{path}:{}: a path of one machine", line_of(text, at)));
                }
            }
        }
        for name in REGISTRIES {
            breaches.extend(
                text.match_indices(name)
                    .map(|(at, _)| format!("{path}:{}: the address of a registry", line_of(text, at))),
            );
        }
    }
    breaches
}

/// Whether a path may begin here: not in the midst of an address or a longer path.
fn begins_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || "/._-}>~)".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_paths_and_registries_are_caught() {
        for (planted, count) in [
            (concat!("cd \"/ro", "ot/x\""), 1),
            (concat!("a\nb=/tm", "p/x"), 1),
            (concat!("https://firm.example/wo", "rk/team"), 0),
            (concat!("\"resolved\": \"https://registry.npm", "js.org/x\""), 1),
        ] {
            assert_eq!(check(&[File::new("a", planted)]).len(), count, "{planted}");
        }
    }
}
