//! Reading a query character by character, with comments skipped and lines counted for error messages.

/// What went wrong, as the real service words it.
pub(super) type Failure = String;

/// A position in a query.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// The next character that is neither space nor comment.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest.chars().next()
    }

    pub(super) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Takes this text if it stands next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes this text or fails.
    pub(super) fn expect(&mut self, text: &str) -> Result<(), Failure> {
        if self.take(text) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("'{text}' expected")))
        }
    }

    pub(super) fn unexpected(&mut self, wanted: &str) -> Failure {
        let found = self
            .peek()
            .map_or_else(|| "end of input".to_owned(), |c| format!("'{c}'"));
        format!("line {}: parse error: {wanted} - {found} found.", self.line)
    }

    pub(super) fn fail(&self, why: &str) -> Failure {
        format!("line {}: static error: {why}", self.line)
    }

    /// Letters, digits, underscores and (inside tags) colons and hyphens.
    pub(super) fn word(&mut self, more: &[char]) -> Option<&'a str> {
        self.skip();
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || more.contains(&c)))
            .unwrap_or(self.rest.len());
        if end == 0 {
            return None;
        }
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(word)
    }

    /// A quoted text, or a bare word.
    pub(super) fn text(&mut self) -> Result<String, Failure> {
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => self
                .word(&[':', '-', '.'])
                .map(str::to_owned)
                .ok_or_else(|| self.unexpected("a text expected")),
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, Failure> {
        let mut out = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.advance(at + c.len_utf8());
                return Ok(out);
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            match chars.next().map(|(_, escaped)| escaped) {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(escaped) => out.push(escaped),
                None => break,
            }
        }
        Err(self.unexpected("closing quote expected"))
    }

    /// A finite number.
    pub(super) fn number(&mut self) -> Result<f64, Failure> {
        self.skip();
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E')))
            .unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.rest = rest;
                Ok(number)
            }
            _ => Err(self.unexpected("a number expected")),
        }
    }

    pub(super) fn integer(&mut self) -> Result<u64, Failure> {
        let found = self.word(&[]).and_then(|word| word.parse().ok());
        found.ok_or_else(|| self.unexpected("an integer expected"))
    }

    fn advance(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        self.line += taken.matches('\n').count();
        self.rest = rest;
    }

    fn skip(&mut self) {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.advance(blank);
            if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.advance(end);
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                self.advance(end);
            } else {
                return;
            }
        }
    }
}
