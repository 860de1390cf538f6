//! Rust source with everything blanked that is no code, byte for byte as long as before.

/// Where the scanner stands.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Code,
    Line,
    Block(usize),
    Text,
    Raw(usize),
}

/// `source` with comments and the insides of string and character literals turned to spaces; line breaks stay.
pub fn blank(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut state = State::Code;
    while let Some(rest) = bytes.get(out.len()..).filter(|rest| !rest.is_empty()) {
        let before = out.last().copied().unwrap_or(b' ');
        let (next, taken, kept) = step(state, rest, before);
        state = next;
        for byte in rest.iter().take(taken) {
            out.push(if kept || *byte == b'\n' { *byte } else { b' ' });
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The next state, how many bytes it took, and whether they are code.
fn step(state: State, rest: &[u8], before: u8) -> (State, usize, bool) {
    match state {
        State::Code => code(rest, before),
        State::Line if rest.starts_with(b"\n") => (State::Code, 1, true),
        State::Block(depth) if rest.starts_with(b"/*") => (State::Block(depth + 1), 2, false),
        State::Block(1) if rest.starts_with(b"*/") => (State::Code, 2, false),
        State::Block(depth) if rest.starts_with(b"*/") => (State::Block(depth - 1), 2, false),
        State::Text if rest.starts_with(b"\\") => (State::Text, rest.len().min(2), false),
        State::Text if rest.starts_with(b"\"") => (State::Code, 1, true),
        State::Raw(hashes) if ends_raw(rest, hashes) => (State::Code, 1 + hashes, true),
        _ => (state, 1, false),
    }
}

fn code(rest: &[u8], before: u8) -> (State, usize, bool) {
    let in_word = before.is_ascii_alphanumeric() || before == b'_';
    if rest.starts_with(b"//") {
        (State::Line, 2, false)
    } else if rest.starts_with(b"/*") {
        (State::Block(1), 2, false)
    } else if rest.starts_with(b"\"") {
        (State::Text, 1, true)
    } else if let Some((hashes, length)) = raw_start(rest).filter(|_| !in_word) {
        (State::Raw(hashes), length, true)
    } else if let Some(length) = char_literal(rest) {
        (State::Code, length, false)
    } else {
        (State::Code, 1, true)
    }
}

/// How many `#` the raw string that begins here has, and how long its opening is: `r"`, `br##"`.
fn raw_start(rest: &[u8]) -> Option<(usize, usize)> {
    let after = rest.strip_prefix(b"r").or_else(|| rest.strip_prefix(b"br"))?;
    let hashes = after.iter().take_while(|byte| **byte == b'#').count();
    let length = rest.len() - after.len() + hashes + 1;
    (after.get(hashes) == Some(&b'"')).then_some((hashes, length))
}

fn ends_raw(rest: &[u8], hashes: usize) -> bool {
    rest.starts_with(b"\"") && rest.iter().skip(1).take_while(|byte| **byte == b'#').count() >= hashes
}

/// The length of the character literal that begins here; a lifetime is none.
fn char_literal(rest: &[u8]) -> Option<usize> {
    let inside = rest.strip_prefix(b"'")?;
    if inside.starts_with(b"\\") {
        let end = inside.iter().skip(2).position(|byte| *byte == b'\'')?;
        return Some(end + 4);
    }
    let first = std::str::from_utf8(inside.get(..inside.len().min(4))?)
        .map_or_else(|cut| cut.valid_up_to(), str::len);
    let text = std::str::from_utf8(inside.get(..first)?).ok()?;
    let length = text.chars().next()?.len_utf8();
    (inside.get(length) == Some(&b'\'')).then_some(length + 2)
}

/// Blanked source with `#[cfg(test)]` items blanked too.
pub fn without_tests(blanked: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = blanked.to_owned();
    while let Some(start) = out.find(MARK) {
        let end = start + item_end(out.get(start..).unwrap_or_default());
        let hole: String = out
            .get(start..end)
            .unwrap_or_default()
            .chars()
            .map(|c| if c == '\n' { '\n' } else { ' ' })
            .collect();
        // The hole may be shorter than what stood there, never longer: it ends the search for this mark.
        out.replace_range(start..end, &hole);
    }
    out
}

/// Where the item ends whose attribute begins `text`: behind its braces, or its semicolon.
fn item_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_nothing_moves() {
        let source = "a // crate::x\nb /* c /* d */ e */ f \"crate::\\\" g\" h r#\"i \" j\"# 'k' '\\'' &'l m 'é' br\"n\" o";
        let blanked = blank(source);
        assert_eq!(blanked.lines().count(), 2);
        let words: Vec<&str> = blanked
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        assert_eq!(words, ["a", "b", "f", "h", "r", "l", "m", "br", "o"]);
    }

    #[test]
    fn an_identifier_that_ends_in_r_begins_no_raw_string() {
        assert_eq!(blank("for\"x\"; y"), "for\" \"; y");
    }

    #[test]
    fn test_modules_are_left_out() {
        let source = "fn a() { 1 }\n#[cfg(test)]\nmod tests {\n fn b() { {} }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}";
        let left = without_tests(&blank(source));
        assert_eq!(left.lines().filter(|line| !line.trim().is_empty()).count(), 3);
        assert!(left.contains("fn c()") && left.contains("fn d()") && !left.contains("fn b()"));
    }
}
