//! Buffers of a document that is gone, for the next one of the same thread.
//!
//! A page's buffers are larger than what an allocator keeps at hand: without this each page is paid for twice, once by the
//! system that clears the memory and once by the reader that fills it.

use std::cell::RefCell;

use super::reader::Tapes;

/// What a thread keeps at most, in bytes: enough for pages of several megabytes.
const MOST: usize = 8 << 20;

#[derive(Default)]
struct Spare {
    source: String,
    tapes: Tapes,
}

thread_local! {
    static SPARE: RefCell<Spare> = RefCell::default();
}

/// An empty text with room in it, if a document of this thread left one.
pub(super) fn source() -> String {
    with(|spare| std::mem::take(&mut spare.source))
}

/// Empty tapes with room in them, if a document of this thread left some.
pub(super) fn tapes() -> Tapes {
    with(|spare| std::mem::take(&mut spare.tapes))
}

/// Keeps the buffers of a document that is gone.
pub(super) fn keep(mut source: String, mut tapes: Tapes) {
    if source.capacity() + tapes.capacity() <= MOST {
        source.clear();
        tapes.clear();
        with(|spare| *spare = Spare { source, tapes });
    }
}

/// What is there is handed out; nothing when the thread is about to end.
fn with<T: Default>(act: impl FnOnce(&mut Spare) -> T) -> T {
    let acted = SPARE.try_with(|spare| spare.try_borrow_mut().map(|mut spare| act(&mut spare)));
    acted.ok().and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::page::{Document, ParseOptions};

    /// What one page leaves behind is in none of the next.
    #[test]
    fn a_page_is_read_as_if_it_were_the_first() {
        let pages = [
            "<title>A</title><style>.x{display:none}</style><p hidden>hidden<p itemprop=name>Bakery<script>1</script><a href=/x>x</a>",
            "",
            "<p>",
            "plain & simple",
            "<svg><title>t</title></svg><table><td>1<td>2</table><body class=late><html lang=de>",
        ];
        let told = |html: &str| {
            let page = Document::from_html(html, &ParseOptions::new()).unwrap();
            let attributes: Vec<_> = page
                .attributes()
                .map(|attribute| format!("{attribute:?}"))
                .collect();
            let counts = [
                page.elements().len(),
                page.blocks().len(),
                page.links().len(),
                page.scripts().len(),
                page.hidden_spans().len(),
                page.warnings().count(),
            ];
            (
                page.text().to_owned(),
                page.title().map(str::to_owned),
                attributes,
                counts,
            )
        };
        let fresh: Vec<_> = pages
            .iter()
            .map(|html| std::thread::scope(|scope| scope.spawn(|| told(html)).join().unwrap()))
            .collect();
        for _ in 0..2 {
            for (html, fresh) in pages.iter().zip(&fresh) {
                assert_eq!(told(html), *fresh);
            }
        }
    }
}
