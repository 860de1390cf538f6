//! Locators: where in a document a value stood, as a CSS selector.
//!
//! A locator is the path from the root, one step an element, `name:nth-of-type(n)` where the parent has an earlier or
//! later child of that name: `html > body > footer > p:nth-of-type(2)`. It is a valid selector and leads to the same
//! element in [`Document::dom`](super::Document::dom) unless the page is nested wrongly, where the standard moves
//! elements about and this reader leaves them in place. Made only when asked for: the first one costs a pass over the
//! elements, which finds the siblings of all.

use std::fmt::Write as _;

use super::document::Document;
use super::element::{Element, ElementRecord};
use super::span::small;
use super::tag::Tag;

/// The longest path that is written; of a deeper one the outermost steps are left out.
const MAX_STEPS: usize = 48;

/// No element.
const NONE: u32 = u32::MAX;

/// For each element its first child and its next sibling.
#[derive(Debug)]
pub(super) struct Siblings {
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Siblings {
    pub(super) fn of(elements: &[ElementRecord]) -> Self {
        let mut first = vec![NONE; elements.len()];
        let mut next = vec![NONE; elements.len()];
        for (index, (element, next)) in elements.iter().zip(&mut next).enumerate().rev() {
            if let Some(first) = first.get_mut(element.parent as usize) {
                *next = std::mem::replace(first, small(index));
            }
        }
        Self { first, next }
    }

    fn children(&self, parent: u32) -> impl Iterator<Item = u32> {
        let known = |list: &[u32], index: u32| list.get(index as usize).copied().filter(|at| *at != NONE);
        std::iter::successors(known(&self.first, parent), move |at| known(&self.next, *at))
    }

    /// The place of an element among the children of its parent that have its name, from 1, and their number.
    fn place(&self, document: &Document, parent: u32, own: Element<'_>) -> (usize, usize) {
        let (tag, name) = (own.tag(), own.name());
        let children = self.children(parent).map(|index| Element { document, index });
        let alike =
            children.filter(|child| child.tag() == tag && (tag != Tag::Other || child.name() == name));
        alike.fold((0, 0), |(place, count), child| {
            (place + usize::from(child.index <= own.index), count + 1)
        })
    }
}

/// The selector of an element.
pub(super) fn of(element: Element<'_>) -> String {
    let path = std::iter::successors(Some(element), Element::parent).take(MAX_STEPS);
    let path: Vec<Element<'_>> = path.collect();
    let mut selector = String::new();
    for step in path.into_iter().rev() {
        if !selector.is_empty() {
            selector.push_str(" > ");
        }
        write_step(step, &mut selector);
    }
    selector
}

/// One step: the name, and its place among the siblings of that name when there are several.
fn write_step(element: Element<'_>, selector: &mut String) {
    selector.push_str(&element.name());
    let Some(parent) = element.parent() else {
        return;
    };
    let document = element.document;
    let (place, count) = document.siblings().place(document, parent.index, element);
    if (place, count) != (1, 1) {
        // Writing into a text cannot fail.
        let _ = write!(selector, ":nth-of-type({place})");
    }
}
