//! Plain text: the text is the source, the paragraphs are the blocks.

use super::builder::{NONE, Tapes};
use super::tape::Run;
use crate::page::block::{BlockKind, BlockRecord};
use crate::page::element::ElementRecord;
use crate::page::span::{Span, small};
use crate::page::tag::Tag;

/// Reads plain text: a body, and a paragraph for each stretch between blank lines.
pub(in crate::page) fn read_plain(source: &str) -> Tapes {
    let mut tapes = Tapes {
        text: source.to_owned(),
        ..Tapes::default()
    };
    push(&mut tapes, Tag::Body, BlockKind::Body, Span::new(0, source.len()));
    for paragraph in paragraphs(source) {
        tapes.runs.push(Run {
            start: paragraph.start,
            block: small(tapes.blocks.len()),
        });
        push(&mut tapes, Tag::P, BlockKind::Paragraph, paragraph);
    }
    let end = small(tapes.blocks.len());
    if let Some(body) = tapes.blocks.first_mut() {
        body.end = end;
    }
    tapes
}

fn push(tapes: &mut Tapes, tag: Tag, kind: BlockKind, text: Span) {
    let (element, block) = (small(tapes.elements.len()), small(tapes.blocks.len()));
    let parent = if element == 0 { NONE } else { 0 };
    tapes.elements.push(ElementRecord {
        tag,
        parent,
        source: text.start,
        name_length: 0,
        text,
        block,
        attributes: 0,
    });
    tapes.blocks.push(BlockRecord {
        kind,
        element,
        parent,
        end: block + 1,
    });
}

/// Stretches of lines that are not blank, without the line end of the last.
fn paragraphs(source: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            found.extend(open.take());
        } else {
            let end = start + line.trim_end().len();
            open = Some(Span::new(open.map_or(start, |span| span.start as usize), end));
        }
    }
    found.extend(open);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = "a\nb \r\n\r\n  \nc";
        let found: Vec<&str> = paragraphs(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["a\nb", "c"]);
        assert!(paragraphs(" \n").is_empty());
    }
}
