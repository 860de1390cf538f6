//! The open elements (WHATWG HTML standard, section 13.2.4.2), with every scope question answered in constant time.
//!
//! The standard's algorithms walk the stack for each end tag, which is quadratic on hostile input. Here each entry
//! remembers the previous open element of its own name and the nearest element that bounds each scope, so "is there a
//! `p` in scope" is one comparison.

use super::traits::{SCOPE, SPECIAL, TABLE_PART, Traits};
use crate::page::tag::Tag;

/// A position on the stack, counted from 1; 0 says "nowhere".
pub(super) type Position = u32;

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) tag: Tag,
    /// Its end tag was seen while blocks inside it were still open.
    pub(super) dead: bool,
    pub(super) hidden: bool,
    pub(super) element: u32,
    /// The innermost block that is or holds it.
    pub(super) block: u32,
    /// The open element of the same tag below it.
    previous: Position,
    scope: Position,
    list_scope: Position,
    table_scope: Position,
    special: Position,
}

/// Under the lowest entry: bounds nothing.
const GROUND: Entry = Entry {
    tag: Tag::Other,
    dead: false,
    hidden: false,
    element: 0,
    block: 0,
    previous: 0,
    scope: 0,
    list_scope: 0,
    table_scope: 0,
    special: 0,
};

impl Entry {
    /// Makes the entry, which is at `position`, the bound of what its element bounds.
    fn bound(&mut self, position: Position, traits: Traits) {
        if traits.has(SCOPE) {
            self.scope = position;
        }
        let passes_lists = matches!(
            self.tag,
            Tag::Address | Tag::Div | Tag::P | Tag::Li | Tag::Dd | Tag::Dt
        );
        if traits.has(SPECIAL) && !passes_lists {
            self.list_scope = position;
        }
        if traits.has(SPECIAL | TABLE_PART) {
            self.special = position;
        }
    }
}

pub(super) struct Stack {
    entries: Vec<Entry>,
    heads: [Position; Tag::COUNT],
    /// Whether SVG or MathML was ever open: most pages have none.
    pub(super) had_foreign: bool,
}

impl Stack {
    pub(super) fn new() -> Self {
        Self {
            entries: Vec::with_capacity(64),
            heads: [0; Tag::COUNT],
            had_foreign: false,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The position of the topmost entry.
    pub(super) fn top_position(&self) -> Position {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn top(&self) -> Option<&Entry> {
        self.entries.last()
    }

    pub(super) fn top_tag(&self) -> Option<Tag> {
        self.top().map(|entry| entry.tag)
    }

    fn at(&self, position: Position) -> Option<&Entry> {
        self.entries.get((position as usize).checked_sub(1)?)
    }

    /// The topmost open element of a tag.
    pub(super) fn topmost(&self, tag: Tag) -> Position {
        self.heads.get(tag as usize).copied().unwrap_or(0)
    }

    /// The element that is topmost among the open ones of a tag.
    pub(super) fn topmost_element(&self, tag: Tag) -> Option<u32> {
        self.at(self.topmost(tag)).map(|entry| entry.element)
    }

    /// The topmost open element of any of some tags.
    pub(super) fn topmost_of(&self, tags: &[Tag]) -> Position {
        tags.iter().map(|tag| self.topmost(*tag)).max().unwrap_or(0)
    }

    /// The open paragraph that is in button scope, else 0.
    pub(super) fn paragraph(&self) -> Position {
        let paragraph = self.topmost(Tag::P);
        if paragraph > self.topmost(Tag::Button) {
            self.in_scope(paragraph)
        } else {
            0
        }
    }

    /// `position` when it is in scope, else 0.
    pub(super) fn in_scope(&self, position: Position) -> Position {
        if position >= self.top().map_or(0, |entry| entry.scope) {
            position
        } else {
            0
        }
    }

    /// The topmost of these items when no special element but `address`, `div` and `p` is above it, else 0: the rule for
    /// `li`, `dd`, `dt`. `others` are the items that bound these as any special element does.
    pub(super) fn in_list_scope(&self, items: &[Tag], others: &[Tag]) -> Position {
        let position = self.topmost_of(items);
        let bound = self.top().map_or(0, |entry| entry.list_scope);
        if position > bound && position > self.topmost_of(others) {
            position
        } else {
            0
        }
    }

    /// `position` when it belongs to the innermost table, else 0.
    pub(super) fn in_table_scope(&self, position: Position) -> Position {
        if position >= self.table().max(1) {
            position
        } else {
            0
        }
    }

    /// The innermost open table, unless a template hides it.
    pub(super) fn table(&self) -> Position {
        self.top().map_or(0, |entry| entry.table_scope)
    }

    /// `position` when no special element is above it, else 0.
    pub(super) fn above_special(&self, position: Position) -> Position {
        if position >= self.special() { position } else { 0 }
    }

    fn special(&self) -> Position {
        self.top().map_or(0, |entry| entry.special)
    }

    /// Opens an element. `bounds`: it may bound scopes; elements of SVG with names of HTML do not.
    pub(super) fn push(&mut self, tag: Tag, element: u32, block: u32, hidden: bool, bounds: bool) {
        let traits = Traits::of(tag);
        let position = self.top_position() + 1;
        let inherited = self.top().copied().unwrap_or(GROUND);
        let mut entry = Entry {
            tag,
            dead: false,
            hidden,
            element,
            block,
            previous: self.topmost(tag),
            ..inherited
        };
        if bounds && traits.has(SCOPE | SPECIAL | TABLE_PART) {
            entry.bound(position, traits);
        }
        match tag {
            Tag::Table => entry.table_scope = position,
            Tag::Template => entry.table_scope = 0,
            _ => {}
        }
        self.had_foreign |= matches!(tag, Tag::Svg | Tag::Math);
        self.set_topmost(tag, position);
        self.entries.push(entry);
    }

    pub(super) fn pop(&mut self) -> Option<Entry> {
        let entry = self.entries.pop()?;
        if !entry.dead {
            self.set_topmost(entry.tag, entry.previous);
        }
        Some(entry)
    }

    /// Ends the topmost element of `tag` where it stands, under others that stay open; gives it back.
    pub(super) fn kill(&mut self, tag: Tag) -> Option<Entry> {
        let position = self.topmost(tag);
        let entry = self.entries.get_mut((position as usize).checked_sub(1)?)?;
        entry.dead = true;
        let entry = *entry;
        self.set_topmost(tag, entry.previous);
        Some(entry)
    }

    fn set_topmost(&mut self, tag: Tag, position: Position) {
        if let Some(head) = self.heads.get_mut(tag as usize) {
            *head = position;
        }
    }

    /// The open elements of other vocabularies, from the top, a few: their names have to be compared one by one.
    pub(super) fn others(&self) -> impl Iterator<Item = (Position, &Entry)> {
        const LOOKED_AT: usize = 16;
        let first = self.topmost(Tag::Other);
        let chain = std::iter::successors(Some(first), |position| {
            self.at(*position).map(|entry| entry.previous)
        });
        chain
            .take(LOOKED_AT)
            .filter_map(|position| self.at(position).map(|entry| (position, entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(tags: &[Tag]) -> Stack {
        let mut stack = Stack::new();
        for tag in tags {
            stack.push(*tag, 0, 0, false, true);
        }
        stack
    }

    #[test]
    fn a_cell_bounds_the_scope_of_a_paragraph() {
        assert_eq!(stack(&[Tag::P, Tag::Div]).in_scope(1), 1);
        assert_eq!(stack(&[Tag::P, Tag::Table, Tag::Tr, Tag::Td]).in_scope(1), 0);
    }

    #[test]
    fn a_list_bounds_the_scope_of_an_item() {
        let item = |tags: &[Tag]| stack(tags).in_list_scope(&[Tag::Li], &[Tag::Dd, Tag::Dt]);
        assert_eq!(item(&[Tag::Ul, Tag::Li, Tag::Div]), 2);
        assert_eq!(item(&[Tag::Ul, Tag::Li, Tag::Ul]), 0);
        assert_eq!(item(&[Tag::Ul, Tag::Li, Tag::Dd]), 0);
    }

    #[test]
    fn popping_restores_the_element_below() {
        let mut stack = stack(&[Tag::Div, Tag::B, Tag::Div, Tag::B]);
        assert_eq!(stack.topmost(Tag::B), 4);
        stack.kill(Tag::B);
        assert_eq!(stack.topmost(Tag::B), 2);
        stack.pop();
        stack.pop();
        assert_eq!((stack.topmost(Tag::B), stack.topmost(Tag::Div)), (2, 1));
    }
}
