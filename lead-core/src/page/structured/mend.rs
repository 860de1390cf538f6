//! Mending JSON that people wrote by hand or templates put together wrongly.
//!
//! Mended are the faults that leave no doubt about what was meant: comments and CDATA marks around and inside, a
//! semicolon at the end, commas before a closing bracket or doubled, control characters and needless backslashes inside
//! strings. A missing comma, quote or bracket leaves doubt and stays a fault.

use std::borrow::Cow;

/// The content of a script without the marks that once hid it from old browsers.
pub(super) fn unwrapped(script: &str) -> &str {
    const OPENING: [&str; 6] = [
        "\u{feff}",
        "<!--",
        "//<![CDATA[",
        "// <![CDATA[",
        "/*<![CDATA[*/",
        "<![CDATA[",
    ];
    const CLOSING: [&str; 7] = ["//-->", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";"];
    let mut text = script.trim();
    while let Some(rest) = OPENING.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest.trim_start();
    }
    while let Some(rest) = CLOSING.iter().find_map(|mark| text.strip_suffix(mark)) {
        text = rest.trim_end();
    }
    text
}

/// The text with its undoubted faults mended; one pass.
pub(super) fn mended(text: &str) -> String {
    let decoded = if text.contains("&quot;") && !text.contains('"') {
        Cow::Owned(text.replace("&quot;", "\"").replace("&amp;", "&"))
    } else {
        Cow::Borrowed(text)
    };
    let mut mender = Mender {
        rest: &decoded,
        out: String::with_capacity(decoded.len()),
    };
    while !mender.rest.is_empty() {
        mender.step();
    }
    mender.out
}

struct Mender<'a> {
    rest: &'a str,
    out: String,
}

impl Mender<'_> {
    fn take(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn step(&mut self) {
        let Some(next) = self.rest.chars().next() else {
            return;
        };
        match next {
            '"' => self.string(),
            '/' if self.rest.starts_with("//") => self.skip_through("\n"),
            '/' if self.rest.starts_with("/*") => self.skip_through("*/"),
            '}' | ']' | ',' => {
                self.drop_comma();
                self.keep(next);
            }
            '\u{feff}' | '\u{a0}' | '\u{2028}' | '\u{2029}' => {
                self.out.push(' ');
                self.take(next.len_utf8());
            }
            _ => self.keep(next),
        }
    }

    fn keep(&mut self, next: char) {
        self.out.push(next);
        self.take(next.len_utf8());
    }

    fn skip_through(&mut self, end: &str) {
        let found = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.out.push(' ');
        self.take(found);
    }

    /// Removes a comma that is the last thing written but white space.
    fn drop_comma(&mut self) {
        let length = self.out.trim_end().len();
        if self
            .out
            .get(..length)
            .is_some_and(|written| written.ends_with(','))
        {
            self.out.truncate(length - 1);
        }
    }

    /// Copies a string; control characters are escaped, backslashes that escape nothing are dropped.
    fn string(&mut self) {
        self.keep('"');
        while let Some(next) = self.rest.chars().next() {
            match next {
                '"' => return self.keep('"'),
                '\\' => self.escape(),
                control if control < ' ' => {
                    self.out.push_str(match control {
                        '\n' => "\\n",
                        '\t' => "\\t",
                        '\r' => "",
                        _ => " ",
                    });
                    self.take(1);
                }
                _ => self.keep(next),
            }
        }
    }

    fn escape(&mut self) {
        self.take(1);
        match self.rest.chars().next() {
            Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                self.out.push('\\');
                self.keep(escaped);
            }
            Some('u')
                if self
                    .rest
                    .get(1..5)
                    .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())) =>
            {
                self.out.push('\\');
                self.keep('u');
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_are_removed() {
        assert_eq!(unwrapped("\n//<![CDATA[\n{}\n//]]>\n"), "{}");
        assert_eq!(unwrapped("<!-- {} -->;"), "{}");
        assert_eq!(unwrapped("\u{feff}/*<![CDATA[*/[1];/*]]>*/"), "[1]");
    }

    #[test]
    fn undoubted_faults_are_mended() {
        assert_eq!(mended("{\"a\": [1, 2, ], }"), "{\"a\": [1, 2]}");
        assert_eq!(mended("[1,, /* x */ 2] // y"), "[1,   2]  ");
        assert_eq!(mended("\"a\nb\t\u{1}\\'\\x\\u12g\""), "\"a\\nb\\t 'xu12g\"");
        assert_eq!(
            mended("\"http://x, ]\""),
            "\"http://x, ]\"",
            "strings keep what looks like a fault"
        );
        assert_eq!(
            mended("{&quot;a&quot;: &quot;b &amp; c&quot;}"),
            "{\"a\": \"b & c\"}"
        );
    }
}
