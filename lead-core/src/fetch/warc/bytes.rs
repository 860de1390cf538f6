//! The bytes of an archive, inflated where they are compressed.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// The first bytes of a gzip member with the only method there is (RFC 1952 §2.3.1).
const MEMBER: [u8; 3] = [0x1f, 0x8b, 8];
/// A record is read in pieces of this size.
const BUFFER: usize = 64 << 10;
/// How far back the next member is looked for after damage.
const WINDOW: usize = 64 << 10;

/// An archive as it is read.
#[derive(Debug)]
pub(super) enum Bytes<R> {
    Plain(Counted<R>),
    Gzip(BufReader<Members<R>>),
}

impl<R: BufRead> Bytes<R> {
    /// Looks at the first bytes. What cannot be read then cannot be read later either, and is told then.
    pub(super) fn new(mut input: R) -> Self {
        let compressed = input
            .fill_buf()
            .is_ok_and(|first| first.starts_with(first_of_member(first)));
        let input = Counted {
            inner: input,
            taken: 0,
            remembers: compressed,
            back: Vec::new(),
            again: 0,
            last: Vec::new(),
        };
        if compressed {
            Self::Gzip(BufReader::with_capacity(BUFFER, Members::new(input)))
        } else {
            Self::Plain(input)
        }
    }

    /// Where in the file the next byte stands, or the gzip member that holds it begins.
    pub(super) fn offset(&self) -> u64 {
        match self {
            Self::Plain(input) => input.taken,
            Self::Gzip(input) => input.get_ref().member,
        }
    }

    /// After a fault: goes to the next gzip member. `false` when there is none; plain bytes have no such places.
    pub(super) fn skip_damage(&mut self) -> io::Result<bool> {
        match self {
            Self::Plain(_) => Ok(false),
            Self::Gzip(input) => {
                let stale = input.buffer().len();
                input.consume(stale);
                input.get_mut().skip_damage()
            }
        }
    }
}

/// As much of the sign of a member as there are bytes; nothing begins with no bytes.
fn first_of_member(first: &[u8]) -> &'static [u8] {
    MEMBER
        .get(..first.len().clamp(1, MEMBER.len()))
        .unwrap_or(&MEMBER)
}

impl<R: BufRead> Read for Bytes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Gzip(input) => input.read(buffer),
        }
    }
}

impl<R: BufRead> BufRead for Bytes<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Plain(input) => input.fill_buf(),
            Self::Gzip(input) => input.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Self::Plain(input) => input.consume(amount),
            Self::Gzip(input) => input.consume(amount),
        }
    }
}

/// Counts what is taken, and can go back a little.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    taken: u64,
    /// Whether it can go back: plain bytes need not.
    remembers: bool,
    /// What is to be taken again before `inner` goes on, and how much of it was.
    back: Vec<u8>,
    again: usize,
    /// What was taken last, at least [`WINDOW`] bytes of it if there were so many.
    last: Vec<u8>,
}

impl<R: BufRead> Counted<R> {
    /// Goes back to `to`, or as far as is remembered.
    fn go_back(&mut self, to: u64) {
        let wanted = usize::try_from(self.taken.saturating_sub(to)).unwrap_or(usize::MAX);
        let count = wanted.min(self.last.len());
        let mut back = self.last.split_off(self.last.len() - count);
        back.extend_from_slice(self.back.get(self.again..).unwrap_or_default());
        self.taken -= count as u64;
        (self.back, self.again) = (back, 0);
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.back.get(self.again..) {
            Some(back) if !back.is_empty() => Ok(back),
            _ => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        if !self.remembers {
            return self.inner.consume(amount);
        }
        if self.last.len() >= 2 * WINDOW {
            self.last.drain(..self.last.len() - WINDOW);
        }
        if let Some(back) = self.back.get(self.again..).filter(|back| !back.is_empty()) {
            self.last.extend_from_slice(back.get(..amount).unwrap_or(back));
            self.again += amount;
            return;
        }
        // What was looked at is at hand: this reads nothing.
        let seen = self.inner.fill_buf().unwrap_or_default();
        self.last.extend_from_slice(seen.get(..amount).unwrap_or(seen));
        self.inner.consume(amount);
    }
}

/// The members of a gzip file, one after another.
#[derive(Debug)]
pub(super) struct Members<R> {
    state: State<R>,
    /// Where the member that is being read begins.
    member: u64,
}

#[derive(Debug)]
enum State<R> {
    Between(Counted<R>),
    Within(Box<GzDecoder<Counted<R>>>),
    Gone,
}

impl<R: BufRead> Members<R> {
    fn new(input: Counted<R>) -> Self {
        Self {
            state: State::Between(input),
            member: 0,
        }
    }

    /// The compressed bytes from here on.
    fn take(&mut self) -> Option<Counted<R>> {
        match std::mem::replace(&mut self.state, State::Gone) {
            State::Between(input) => Some(input),
            State::Within(decoder) => Some(decoder.into_inner()),
            State::Gone => None,
        }
    }

    /// Begins the next member; `false` at the end of the file.
    fn begin(&mut self, mut input: Counted<R>) -> io::Result<bool> {
        if input.fill_buf()?.is_empty() {
            self.state = State::Between(input);
            return Ok(false);
        }
        self.member = input.taken;
        self.state = State::Within(Box::new(GzDecoder::new(input)));
        Ok(true)
    }

    /// Goes to the next sign of a member and begins that. It may stand behind what the broken one has taken for its own: the
    /// inflater does not see at once that a member was cut off and another one has begun.
    fn skip_damage(&mut self) -> io::Result<bool> {
        let Some(mut input) = self.take() else {
            return Ok(false);
        };
        input.go_back(self.member + 1);
        let mut matched = 0;
        while matched < MEMBER.len() {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                self.state = State::Between(input);
                return Ok(false);
            }
            let mut taken = 0;
            for byte in buffer {
                taken += 1;
                matched = match MEMBER.get(matched) {
                    Some(wanted) if wanted == byte => matched + 1,
                    _ => usize::from(*byte == MEMBER[0]),
                };
                if matched == MEMBER.len() {
                    break;
                }
            }
            input.consume(taken);
        }
        input.go_back(input.taken - MEMBER.len() as u64);
        self.begin(input)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let State::Within(decoder) = &mut self.state {
                let read = decoder.read(buffer)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
            }
            let Some(input) = self.take() else {
                return Ok(0);
            };
            if !self.begin(input)? {
                return Ok(0);
            }
        }
    }
}
