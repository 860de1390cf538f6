//! Which start tags end other elements, and which elements an end tag ends: the WHATWG HTML standard's tree
//! construction (section 13.2.6), as far as a flat tape needs it.
//!
//! What is left out, since it moves or copies elements and a tape has none to move: foster parenting (text lost in a
//! table stays where it is), the copying of formatting elements across blocks (an end tag ends them where it stands),
//! and the quirks of framesets. One thing is added: rows and cells outside a table, which the standard drops, part the
//! text, since pieces of pages are read too.

use super::builder::{Builder, Phase};
use super::stack::Position;
use super::tokenizer::TagToken;
use super::traits::{self, Traits};
use crate::page::span::Span;
use crate::page::tag::Tag;
use crate::page::warning::WarningKind;

const HEADINGS: [Tag; 6] = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6];
const TABLE_SECTIONS: [Tag; 3] = [Tag::Tbody, Tag::Thead, Tag::Tfoot];

impl Builder<'_> {
    /// Whether a tag ends SVG and MathML around it; ends them then.
    pub(super) fn breaks_out(&mut self, tag: Tag) -> bool {
        let breaks = Traits::of(tag).has(traits::BREAKS_OUT);
        while breaks && self.in_foreign() {
            self.pop_to(self.foreign_root());
        }
        breaks
    }

    /// The innermost `<svg>` or `<math>`.
    fn foreign_root(&self) -> Position {
        self.stack.topmost_of(&[Tag::Svg, Tag::Math])
    }

    /// Whether the current node is in SVG or MathML, where HTML's rules do not hold.
    #[inline]
    pub(super) fn in_foreign(&self) -> bool {
        self.stack.had_foreign && self.stands_in_foreign()
    }

    fn stands_in_foreign(&self) -> bool {
        let root = self.foreign_root();
        root > 0
            && root
                > self
                    .stack
                    .topmost_of(&[Tag::Foreignobject, Tag::Desc, Tag::Title])
    }

    /// Ends what the start tag ends and opens what it implies. `false`: the tag is to be passed over.
    #[inline]
    pub(super) fn make_room(&mut self, token: TagToken, traits: Traits) -> bool {
        let is_plain = !traits.has(traits::ENDS_ALIKE | traits::TABLE_PART)
            && (!traits.has(traits::CLOSES_P) || self.stack.topmost(Tag::P) == 0);
        self.phase == Phase::InBody && is_plain || self.make_room_by_rules(token, traits)
    }

    fn make_room_by_rules(&mut self, token: TagToken, traits: Traits) -> bool {
        let tag = token.tag;
        match tag {
            Tag::Html | Tag::Head | Tag::Body if self.stack.topmost(Tag::Template) > 0 => return false,
            Tag::Html => return self.stack.len() == 0,
            Tag::Head => return self.open_head(token),
            Tag::Body => return self.open_body(token),
            _ => {}
        }
        self.place(token, traits);
        if traits.has(traits::TABLE_PART) {
            return self.table_part(token);
        }
        if traits.has(traits::CLOSES_P) {
            self.pop_to(self.stack.paragraph());
        }
        self.end_alike(tag)
    }

    /// Sees to it that the element stands in the head or the body.
    fn place(&mut self, token: TagToken, traits: Traits) {
        if self.phase == Phase::InBody || self.stack.topmost(Tag::Template) > 0 {
            return;
        }
        self.ensure_root(token.at);
        if !traits.has(traits::HEAD) && !matches!(token.tag, Tag::Frameset | Tag::Frame) {
            self.ensure_body(token.at);
        } else if self.phase == Phase::BeforeHead && token.tag != Tag::Frameset {
            self.imply(Tag::Head, token.at);
            self.phase = Phase::InHead;
        }
    }

    fn ensure_root(&mut self, at: usize) {
        if self.stack.len() == 0 {
            self.imply(Tag::Html, at);
        }
    }

    fn open_head(&mut self, token: TagToken) -> bool {
        self.ensure_root(token.at);
        let is_first = self.phase == Phase::BeforeHead;
        if is_first {
            self.phase = Phase::InHead;
        }
        is_first
    }

    fn open_body(&mut self, token: TagToken) -> bool {
        if self.phase == Phase::InBody {
            return false;
        }
        self.ensure_root(token.at);
        self.pop_to(self.stack.topmost(Tag::Head));
        self.phase = Phase::InBody;
        true
    }

    /// Opens the body when none is open.
    pub(super) fn ensure_body(&mut self, at: usize) {
        if self.phase == Phase::InBody {
            return;
        }
        self.ensure_root(at);
        self.pop_to(self.stack.topmost(Tag::Head));
        self.phase = Phase::InBody;
        self.imply(Tag::Body, at);
    }

    /// Opens an element that no tag stands for.
    fn imply(&mut self, tag: Tag, at: usize) {
        if self.is_too_deep() {
            return;
        }
        let element = self.record(tag, at, Span::new(at, at));
        self.open(tag, element, false, false);
    }

    /// Ends the elements a start tag ends by being of their kind.
    fn end_alike(&mut self, tag: Tag) -> bool {
        let stack = &self.stack;
        let ended = match tag {
            Tag::Li => stack.in_list_scope(&[Tag::Li], &[Tag::Dd, Tag::Dt]),
            Tag::Dd | Tag::Dt => stack.in_list_scope(&[Tag::Dd, Tag::Dt], &[Tag::Li]),
            Tag::Option => stack.in_scope(stack.topmost(Tag::Option)),
            Tag::Optgroup => stack.in_scope(stack.topmost_of(&[Tag::Option, Tag::Optgroup])),
            Tag::Button => stack.in_scope(stack.topmost(Tag::Button)),
            Tag::Rt | Tag::Rp | Tag::Rb if matches!(stack.top_tag(), Some(Tag::Rt | Tag::Rp | Tag::Rb)) => {
                stack.top_position()
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6
                if stack.top_tag().is_some_and(|top| HEADINGS.contains(&top)) =>
            {
                stack.top_position()
            }
            // Forms do not nest: the inner tag is passed over.
            Tag::Form if stack.topmost(Tag::Form) > 0 => return false,
            Tag::A | Tag::Nobr => {
                self.end_formatting(tag);
                0
            }
            _ => 0,
        };
        self.pop_to(ended);
        true
    }

    /// Rows, cells and the like: ends what they end in the innermost table, implies what lies between. Outside a table
    /// the tag is passed over, but parts the text.
    fn table_part(&mut self, token: TagToken) -> bool {
        let table = self.stack.table();
        if table == 0 {
            self.end_line();
            return false;
        }
        match token.tag {
            Tag::Tr => self.pop_to_table_section(table, token.at),
            Tag::Td | Tag::Th => {
                let row = self.stack.topmost(Tag::Tr);
                if row > table {
                    self.pop_above(row);
                } else {
                    self.pop_to_table_section(table, token.at);
                    self.imply(Tag::Tr, token.at);
                }
            }
            Tag::Col => {
                let group = self.stack.topmost(Tag::Colgroup);
                self.pop_above(if group > table { group } else { table });
                if group <= table {
                    self.imply(Tag::Colgroup, token.at);
                }
            }
            _ => self.pop_above(table),
        }
        true
    }

    fn pop_to_table_section(&mut self, table: Position, at: usize) {
        let section = self.stack.topmost_of(&TABLE_SECTIONS);
        if section > table {
            self.pop_above(section);
        } else {
            self.pop_above(table);
            self.imply(Tag::Tbody, at);
        }
    }

    /// Ends the element an end tag belongs to, and all that stand open inside it.
    #[inline]
    pub(super) fn end_tag(&mut self, token: TagToken) {
        let traits = Traits::of(token.tag);
        // Nearly always the element on top: it is in every scope.
        let is_plain = !traits.has(traits::ENDS_APART) && self.overflow == 0 && !self.in_foreign();
        let position = self.stack.topmost(token.tag);
        if is_plain && position > 0 && position == self.stack.top_position() {
            self.pop();
        } else {
            self.end_tag_by_rules(token, traits);
        }
    }

    fn end_tag_by_rules(&mut self, token: TagToken, traits: Traits) {
        let tag = token.tag;
        if self.overflow > 0 && !traits.has(traits::VOID) {
            self.overflow -= 1;
            self.part(tag, traits);
            return;
        }
        if matches!(tag, Tag::P | Tag::Br) {
            self.breaks_out(tag);
        }
        if self.in_foreign() && tag != Tag::Other && self.stack.topmost(tag) > self.foreign_root() {
            return self.pop_to(self.stack.topmost(tag));
        }
        let stack = &self.stack;
        let ended = match tag {
            // What follows the body's end tag belongs to the body all the same.
            Tag::Html | Tag::Body => 0,
            Tag::Br => return self.end_line(),
            Tag::Head => return self.end_head(),
            Tag::P => stack.paragraph(),
            Tag::Li => {
                // The list item scope: a list inside the item keeps its end tag out.
                let item = stack.topmost(Tag::Li);
                stack.in_scope(if item > stack.topmost_of(&[Tag::Ul, Tag::Ol]) {
                    item
                } else {
                    0
                })
            }
            Tag::Dd | Tag::Dt => stack.in_scope(stack.topmost(tag)),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                stack.in_scope(stack.topmost_of(&HEADINGS))
            }
            Tag::Form => return self.end_form(),
            Tag::Table | Tag::Template | Tag::Svg | Tag::Math => stack.topmost(tag),
            Tag::Noscript | Tag::Noframes => stack.above_special(stack.topmost(tag)),
            Tag::Other => self.other_of_name(token),
            _ if traits.has(traits::TABLE_PART) => stack.in_table_scope(stack.topmost(tag)),
            _ if traits.has(traits::FORMATTING) => return self.end_formatting(tag),
            _ if traits.has(traits::SPECIAL) => stack.in_scope(stack.topmost(tag)),
            _ => stack.above_special(stack.topmost(tag)),
        };
        if ended == 0 && (tag == Tag::P || traits.has(traits::TABLE_PART)) {
            // `</p>` on its own is an empty paragraph; parts of a table part the text outside one too.
            self.part(tag, traits);
        }
        self.pop_to(ended);
    }

    fn end_head(&mut self) {
        if self.phase == Phase::InHead && self.stack.topmost(Tag::Template) == 0 {
            self.pop_to(self.stack.topmost(Tag::Head));
            self.phase = Phase::AfterHead;
        }
    }

    /// A form ends where its end tag stands; elements inside it may stay open.
    fn end_form(&mut self) {
        if self.stack.topmost(Tag::Form) == self.stack.top_position() {
            self.pop();
        } else if let Some(entry) = self.stack.kill(Tag::Form) {
            self.close(entry);
        }
    }

    /// Ends a formatting element: with all inside it, or alone where blocks inside it are still open.
    fn end_formatting(&mut self, tag: Tag) {
        let position = self.stack.in_scope(self.stack.topmost(tag));
        if self.stack.above_special(position) > 0 {
            self.pop_to(position);
        } else if position > 0
            && let Some(entry) = self.stack.kill(tag)
        {
            self.close(entry);
        }
    }

    /// The open element of another vocabulary that the end tag belongs to.
    fn other_of_name(&self, token: TagToken) -> Position {
        let name = self.token_name(token);
        let same = |element: u32| self.source_name(element).eq_ignore_ascii_case(name);
        let found = self.stack.others().find(|(_, entry)| same(entry.element));
        found.map_or(0, |(position, _)| self.stack.above_special(position))
    }

    /// Closes elements until the one at `position` is closed; 0 closes none.
    fn pop_to(&mut self, position: Position) {
        if position > 0 {
            self.pop_above(position - 1);
        }
    }

    /// Closes the elements above `position`.
    fn pop_above(&mut self, position: Position) {
        while self.stack.top_position() > position {
            self.pop();
        }
    }

    /// Passes over an element that is nested too deep: its text stays, its end tag is awaited.
    pub(super) fn pass_over(&mut self, token: TagToken, has_end: bool) {
        self.overflow += usize::from(has_end);
        self.part(token.tag, Traits::of(token.tag));
        self.warn_once(
            WarningKind::TooDeep,
            "nested deeper than the cap: deeper elements hang at it",
            token.at,
        );
    }
}
