//! Names behind a label: `Geschäftsführer: Max Muster und Erika Beispiel`, `Vertreten durch` with names on the next lines.

use super::function::{is_title, label_at_start};
use super::line::Line;
use super::name;

/// A name and what the person does.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) function: &'a str,
    /// The line it stands on.
    pub(super) line: Line<'a>,
}

/// At most so many lines below a label hold its names.
const MAX_LINES: usize = 5;
/// At most so many bytes stand between a label and its colon: `Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV:`.
const REACH: usize = 90;

/// The names that the label at the beginning of `line` announces.
pub(super) fn names_behind<'a>(whole: &'a str, line: Line<'a>) -> Vec<Named<'a>> {
    let Some((function, rest, sure)) = parts(line.text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if !rest.is_empty() {
        let open = names_of(rest, function, line, &mut found);
        // Without a colon the line must be the label and its names.
        if sure && !open.is_empty() {
            found.clear();
        }
        return found;
    }
    let mut below = line.next(whole);
    for _ in 0..MAX_LINES {
        let Some(line) = below else { break };
        let before = found.len();
        let open = names_of(line.text, function, line, &mut found);
        if found.len() == before || !open.is_empty() {
            found.truncate(before);
            break;
        }
        below = line.next(whole);
    }
    found
}

/// The label, what stands behind it, and whether only names may.
fn parts(line: &str) -> Option<(&str, &str, bool)> {
    let label = label_at_start(line);
    let colon = line
        .find(':')
        .filter(|at| *at <= REACH + label.map_or(0, |(end, _)| end));
    match (label, colon) {
        (Some((end, sure)), None) => {
            let rest = line.get(end..)?;
            let behind = rest.trim_start_matches([' ', '\u{a0}']);
            let dashed = behind.strip_prefix(['-', '–', '—']).map(str::trim_start);
            match dashed {
                Some(names) => Some((line.get(..end)?, names, true)),
                None if sure => Some((line.get(..end)?, behind, true)),
                None => None,
            }
        }
        (Some((end, _)), Some(colon)) => Some((line.get(..end)?, line.get(colon + 1..)?.trim(), false)),
        (None, Some(colon)) => {
            let title = line
                .get(..colon)
                .map(str::trim_end)
                .filter(|title| is_title(title))?;
            let names = line.get(colon + 1..)?.trim();
            (!names.is_empty()).then_some((title, names, false))
        }
        (None, None) => None,
    }
}

/// Reads names one after the other; what follows the last of them.
fn names_of<'a>(text: &'a str, function: &'a str, line: Line<'a>, found: &mut Vec<Named<'a>>) -> &'a str {
    let mut rest = text;
    while let Some((name, behind)) = name::at_start(rest) {
        let (own, behind) = own_function(behind);
        found.push(Named {
            name,
            function: own.unwrap_or(function),
            line,
        });
        let Some(next) = strip_joint(behind) else {
            return behind;
        };
        rest = next;
    }
    // `Max Muster, Erika`: a name that was begun is none.
    if found.is_empty() { rest } else { "" }
}

/// `(Vorsitzender)`, `, CEO` behind a name: the function that is the person's own.
fn own_function(behind: &str) -> (Option<&str>, &str) {
    if let Some((inside, after)) = behind.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        return (
            Some(inside.trim()).filter(|inside| is_title(inside)),
            after.trim_start(),
        );
    }
    if let Some(after) = behind.strip_prefix(',') {
        let title = after.split(',').next().unwrap_or_default();
        if is_title(title) {
            return (Some(title.trim()), after.get(title.len()..).unwrap_or_default());
        }
    }
    (None, behind)
}

/// Strips what parts names in a row.
fn strip_joint(text: &str) -> Option<&str> {
    const JOINTS: [&str; 14] = [
        ",", ";", "/", "&", "|", "•", "und ", "and ", "et ", "ed ", "e ", "y ", "en ", "i ",
    ];
    let text = text.trim_start();
    let rest = JOINTS.iter().find_map(|joint| text.strip_prefix(joint))?;
    Some(rest.trim_start())
}
