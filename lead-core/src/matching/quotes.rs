//! Rows of a table whose quotes do not hold: one that is never closed would swallow the rows below it.

/// Whether a row is torn: a quote of it is never closed, or only by a mark further down that is another row's. `row` is what
/// a reader took for one row, line ends within and behind it included.
///
/// Within a line a mark behind the closing quote is let pass, as readers of tables do.
pub(super) fn is_torn(row: &[u8], separator: u8) -> bool {
    let (row, mut at) = (row.trim_ascii_end(), 0);
    while let Some(first) = row.get(at) {
        if *first != b'"' {
            at = next(row, at, separator);
            continue;
        }
        let Some(end) = closing(row, at + 1) else {
            return true;
        };
        let closes = row
            .get(end + 1)
            .is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'));
        let lines = row.get(at..end).is_some_and(|cell| cell.contains(&b'\n'));
        if lines && !closes {
            return true;
        }
        at = next(row, end + 1, separator);
    }
    false
}

/// Where the next cell begins.
fn next(row: &[u8], at: usize, separator: u8) -> usize {
    let rest = row.get(at..).unwrap_or_default();
    rest.iter()
        .position(|byte| *byte == separator)
        .map_or(row.len(), |found| at + found + 1)
}

/// Where the quote that was opened before `at` is closed; two in a row stand for one.
fn closing(row: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = at + row.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if row.get(found + 1) != Some(&b'"') {
            return Some(found);
        }
        at = found + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_whose_quotes_do_not_hold_are_torn() {
        for (row, torn) in [
            ("A,Lyon\n", false),
            ("\"A, B\",Lyon\r\n", false),
            ("\"A\nB\",Lyon\n", false),
            ("\"A \"\"x\"\"\",\"\"\n", false),
            ("\"A\" B,Lyon\n", false),
            ("12\" pipes,Lyon", false),
            ("\"A,Lyon\nB,Lyon\n", true),
            ("A,\"Lyon", true),
            ("\"A,Lyon\n\"B\",Lyon\n", true),
            ("\"\"\"", true),
            ("", false),
        ] {
            assert_eq!(is_torn(row.as_bytes(), b','), torn, "{row}");
        }
    }
}
