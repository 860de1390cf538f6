//! Locators: where in a document a value stood, as a CSS selector.
//!
//! A locator is the path from the root, one step an element, `name:nth-of-type(n)` where the parent has an earlier or
//! later child of that name: `html > body > footer > p:nth-of-type(2)`. It is a valid selector and leads to the same
//! element in [`Document::dom`](super::Document::dom) unless the page is nested wrongly, where the standard moves
//! elements about and this reader leaves them in place. Made only when asked for: counting siblings costs a pass over
//! the elements of the parent.

use super::element::Element;

/// The longest path that is written; of a deeper one the outermost steps are left out.
const MAX_STEPS: usize = 48;

/// The selector of an element.
pub(super) fn of(element: Element<'_>) -> String {
    let mut steps: Vec<String> = Vec::new();
    let mut current = Some(element);
    while let Some(at) = current.filter(|_| steps.len() < MAX_STEPS) {
        steps.push(step(at));
        current = at.parent();
    }
    steps.reverse();
    steps.join(" > ")
}

/// One step: the name, and its place among the siblings of that name when there are several.
fn step(element: Element<'_>) -> String {
    let name = element.name().into_owned();
    let Some(parent) = element.parent() else {
        return name;
    };
    let place = element.document.place_among_siblings(parent.index, element.index);
    match place {
        (1, 1) => name,
        (place, _) => format!("{name}:nth-of-type({place})"),
    }
}
