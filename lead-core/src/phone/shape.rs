//! How groups of digits are written, without asking what they mean.

use std::ops::Range;

use super::scan::AllRuns;

/// Groups of three, three and four digits with signs between: `(415) 555-2671`, `1.800.555.2671`.
///
/// North American by form (NANP: area code and exchange begin with 2 to 9), the leading `1` and the brackets included,
/// nothing alphanumeric beside it on the left, no digit on the right.
///
/// `runs` are those of `text`.
pub(super) fn american(text: &str, runs: &AllRuns) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs = runs.iter();
    std::iter::from_fn(move || {
        loop {
            let run = runs.next()?;
            let leading_one = run.len() == 4 && bytes.get(run.start) == Some(&b'1');
            // `1866 296 6672`: the leading one stands with the area code.
            let area = run.start + usize::from(leading_one);
            if run.end - area == 3
                && let Some(end) = american_at(bytes, area)
            {
                runs.go_on_at(end);
                let start = if leading_one {
                    run.start
                } else {
                    with_lead(bytes, area)
                };
                return Some(start..end);
            }
        }
    })
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| {
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    })
}

/// The length of what may part two groups: one sign, or a bracket and a space.
fn gap(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b')', b' ' | b'-' | b'.', ..] | [0xC2, 0xA0, ..] => Some(2),
        [b')' | b'-' | b'.' | b' ' | b'/', ..] => Some(1),
        [0xE2, 0x80, 0x90..=0x94, ..] => Some(3),
        _ => None,
    }
}

fn american_at(bytes: &[u8], start: usize) -> Option<usize> {
    let opens = |at: usize| bytes.get(at).is_some_and(|byte| (b'2'..=b'9').contains(byte));
    let before = |at: usize| {
        at.checked_sub(1)
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(b' ')
    };
    let exchange = start + 3 + gap(bytes, start + 3)?;
    let first = if before(start) == b'1' {
        before(start - 1)
    } else {
        before(start)
    };
    if !opens(start) || !opens(exchange) || first.is_ascii_alphanumeric() {
        return None;
    }
    // `(876)4355118`
    if digits(bytes, exchange) == 7 && before(start) == b'(' {
        return Some(exchange + 7);
    }
    let line = exchange + 3 + gap(bytes, exchange + 3)?;
    (digits(bytes, exchange) == 3 && digits(bytes, line) == 4).then_some(line + 4)
}

/// Takes in `(`, `1-`, `+1 (` before the area code.
fn with_lead(bytes: &[u8], start: usize) -> usize {
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let mut at = start;
    if before(at) == Some(b'(') {
        at -= 1;
    }
    let bare = at;
    while before(at).is_some_and(|byte| matches!(byte, b' ' | b'-' | b'.')) && bare - at < 2 {
        at -= 1;
    }
    if before(at) != Some(b'1') {
        return bare;
    }
    match before(at - 1) {
        Some(b'+') => at - 2,
        Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') => bare,
        _ => at - 1,
    }
}

/// Stretches that begin with `0` or `(0` and hold nine to twelve digits in a few groups.
pub(super) fn with_trunk_zero<'a>(text: &'a str, runs: &AllRuns) -> impl Iterator<Item = &'a str> {
    let bytes = text.as_bytes();
    let mut runs = runs.iter();
    std::iter::from_fn(move || {
        loop {
            let Range { start, mut end } = runs.next()?;
            let mut count = end - start;
            while let Some(gap) = gap(bytes, end)
                && digits(bytes, end + gap) > 0
            {
                let run = digits(bytes, end + gap);
                end += gap + run;
                count += run;
            }
            runs.go_on_at(end);
            let lead = start
                .checked_sub(1)
                .and_then(|at| bytes.get(at))
                .copied()
                .unwrap_or(b' ');
            let zero = bytes.get(start) == Some(&b'0') && bytes.get(start + 1) != Some(&b'0');
            if zero
                && (9..=12).contains(&count)
                && !lead.is_ascii_alphanumeric()
                && !matches!(lead, b'+' | b'.' | b'-' | b'/')
            {
                return text.get(start..end);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_shapes_are_taken_whole() {
        let text = "(415) 555-2671, 1.800.669.6607 7am, +1 (415) 555-2671, 1866 296 6672, (876)4355118; 123-456-7890, 415-555-26711, A415-555-2671";
        let found: Vec<&str> = american(text, &AllRuns::of(text))
            .map(|span| &text[span])
            .collect();
        assert_eq!(
            found,
            [
                "(415) 555-2671",
                "1.800.669.6607",
                "+1 (415) 555-2671",
                "1866 296 6672",
                "(876)4355118"
            ]
        );
    }

    #[test]
    fn trunk_zeros_are_taken_with_their_groups() {
        let text = "Call 01634 375552 or 0207 515 7774, since 01.02.2003, 00441634375552";
        assert_eq!(
            with_trunk_zero(text, &AllRuns::of(text)).collect::<Vec<_>>(),
            ["01634 375552", "0207 515 7774"]
        );
    }
}
