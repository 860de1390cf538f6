//! JSON: a list of objects, one in an object, or an object a line.
//!
//! Objects are cut out by their braces, so a damaged one costs itself: behind it, the next brace is tried.

use std::io::{self, Read};

use serde_json::{Map, Value};

use super::cells::{Cell, clean, is_missing};
use super::header::Header;
use super::layout::Layout;
use super::reader::{Row, Rows, Visit};
use super::window::Window;

/// The most bytes of an object, and how deep it may go: rows are flat, and what is neither ends soon.
const LONGEST: usize = 256 * 1024;
const DEEPEST: usize = 32;

/// A file of objects.
pub(super) struct Objects<R> {
    window: Window<R>,
    told: Option<Layout>,
}

/// What stands at a brace.
enum Cut {
    Object(usize),
    /// A list of objects begins so far behind it: the brace is that of a frame.
    Frame(usize),
    More,
    Broken,
}

impl<R: Read> Objects<R> {
    pub(super) fn new(inner: R, told: Option<Layout>) -> Self {
        Self {
            window: Window::new(inner),
            told,
        }
    }

    /// Steps to the next brace; whether there is one.
    fn seek(&mut self) -> io::Result<bool> {
        loop {
            if let Some(at) = memchr::memchr(b'{', self.window.rest()) {
                self.window.step(at);
                return Ok(true);
            }
            self.window.step(self.window.rest().len());
            if self.window.over {
                return Ok(false);
            }
            self.window.fill()?;
        }
    }

    /// Cuts out what stands at the brace.
    fn cut(&mut self, first: bool) -> io::Result<Cut> {
        loop {
            match cut(self.window.rest(), first) {
                Cut::More if self.window.over => return Ok(Cut::Broken),
                Cut::More => self.window.fill()?,
                cut => return Ok(cut),
            }
        }
    }
}

/// Goes to the brace that closes the first one; `frame` says that a list of objects may be what is sought.
fn cut(bytes: &[u8], frame: bool) -> Cut {
    let (mut depth, mut within, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if at > LONGEST {
            return Cut::Broken;
        }
        if within {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => within = false,
                // No string of JSON holds a line's end (RFC 8259 §7).
                b'\n' => return Cut::Broken,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => within = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > DEEPEST {
                    return Cut::Broken;
                }
                if frame && *byte == b'[' && depth == 2 && object_follows(bytes, at) {
                    return Cut::Frame(at);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Cut::Object(at + 1);
                }
            }
            _ => {}
        }
    }
    Cut::More
}

fn object_follows(bytes: &[u8], at: usize) -> bool {
    let behind = bytes.get(at + 1..).unwrap_or_default();
    behind.trim_ascii_start().starts_with(b"{")
}

impl<R: Read> Rows for Objects<R> {
    fn each(mut self: Box<Self>, visit: &mut Visit<'_>) -> io::Result<()> {
        let mut header: Option<Header> = None;
        let mut first = true;
        while self.seek()? {
            let place = self.window.line;
            let cut = self.cut(first)?;
            first = false;
            let cells = match cut {
                Cut::Frame(length) => {
                    self.window.step(length);
                    continue;
                }
                Cut::Object(length) => {
                    let object = self.window.rest().get(..length).unwrap_or_default();
                    // Bytes that are not UTF-8 are damage of one value, not of the object.
                    let text = String::from_utf8_lossy(object);
                    let object = serde_json::from_str::<Map<String, Value>>(&text);
                    self.window.step(if object.is_ok() { length } else { 1 });
                    object.map_err(|_| "no object of JSON")
                }
                Cut::Broken | Cut::More => {
                    self.window.step(1);
                    Err("an object that is not closed")
                }
            };
            if header.is_none() {
                // A damaged first object says nothing of the others.
                let Ok(object) = &cells else { continue };
                let columns = Header::of(object.keys().map(String::as_str));
                if !visit.header(&columns, self.told) {
                    return Ok(());
                }
                header = Some(columns);
            }
            let Some(header) = header.as_mut() else { continue };
            let row = visit.wanted().then(|| Row {
                place: format!("line {place}"),
                cells: cells.map(|object| read(header, object)),
            });
            if !visit.row(row) {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn read(header: &mut Header, object: Map<String, Value>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(object.len());
    for (key, value) in object {
        let value = match value {
            Value::Null => continue,
            Value::String(text) => clean(&text),
            other => other.to_string(),
        };
        if is_missing(&value) {
            continue;
        }
        let name = header.find(&key).unwrap_or_else(|| header.push(&key));
        cells.push((name, value));
    }
    cells
}
