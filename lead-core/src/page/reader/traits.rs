//! What the reader has to know of each tag, after the WHATWG HTML standard: the parsing rules of section 13.2.6 and the
//! display rules of section 15.3.

use crate::page::block::BlockKind;
use crate::page::tag::Tag;

/// Has no content and no end tag.
pub(super) const VOID: u16 = 1;
/// A "special" element of section 13.2.4.2: end tags of inline elements do not reach past it.
pub(super) const SPECIAL: u16 = 1 << 1;
/// Bounds the scope of section 13.2.4.2.
pub(super) const SCOPE: u16 = 1 << 2;
/// Its start tag ends an open paragraph.
pub(super) const CLOSES_P: u16 = 1 << 3;
/// A formatting element: its end tag ends it even across blocks.
pub(super) const FORMATTING: u16 = 1 << 4;
/// Stands between words like a word: pictures, fields, buttons.
pub(super) const WORD: u16 = 1 << 5;
/// May stand in the head.
pub(super) const HEAD: u16 = 1 << 6;
/// Its content is not markup.
pub(super) const RAW: u16 = 1 << 7;
/// Its text is no text of the page.
pub(super) const MUTED: u16 = 1 << 8;
/// Its white space is kept.
pub(super) const PRESERVED: u16 = 1 << 9;
/// Browsers show its content to nobody.
pub(super) const UNSEEN: u16 = 1 << 10;
/// A part of a table.
pub(super) const TABLE_PART: u16 = 1 << 11;
/// Breaks out of SVG and MathML (section 13.2.6.5).
pub(super) const BREAKS_OUT: u16 = 1 << 12;

/// Its start tag ends elements of its kind, or has rules of its own.
pub(super) const ENDS_ALIKE: u16 = 1 << 13;
/// Its end tag has rules of its own, whatever is open.
pub(super) const ENDS_APART: u16 = 1 << 14;

/// What there is to know of a tag.
#[derive(Clone, Copy)]
pub(super) struct Traits {
    pub(super) flags: u16,
    pub(super) block: Option<BlockKind>,
}

impl Traits {
    pub(super) fn of(tag: Tag) -> Self {
        TRAITS.get(tag as usize).copied().unwrap_or(Self {
            flags: 0,
            block: None,
        })
    }

    pub(super) fn has(self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

static TRAITS: [Traits; Tag::COUNT] = {
    let mut table = [Traits {
        flags: 0,
        block: None,
    }; Tag::COUNT];
    let mut index = 0;
    #[allow(
        clippy::indexing_slicing,
        reason = "runs at compile time: an index out of range is a build error"
    )]
    while index < Tag::COUNT {
        let tag = Tag::ALL[index];
        let block = block_kind(tag);
        let inline_to_parser = matches!(tag, Tag::Option | Tag::Optgroup | Tag::Legend);
        let special = if block.is_some() && !inline_to_parser {
            SPECIAL
        } else {
            0
        };
        table[index] = Traits {
            flags: parsing(tag) | display(tag) | special | breaks_out(tag) | apart(tag),
            block,
        };
        index += 1;
    }
    table
};

const fn block_kind(tag: Tag) -> Option<BlockKind> {
    use BlockKind as Kind;
    Some(match tag {
        Tag::Body => Kind::Body,
        Tag::P => Kind::Paragraph,
        Tag::H1 => Kind::Heading(1),
        Tag::H2 => Kind::Heading(2),
        Tag::H3 => Kind::Heading(3),
        Tag::H4 => Kind::Heading(4),
        Tag::H5 => Kind::Heading(5),
        Tag::H6 => Kind::Heading(6),
        Tag::Hgroup => Kind::Heading(0),
        Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl => Kind::List,
        Tag::Li => Kind::ListItem,
        Tag::Dt => Kind::Term,
        Tag::Dd => Kind::Description,
        Tag::Table | Tag::Thead | Tag::Tbody | Tag::Tfoot => Kind::Table,
        Tag::Tr => Kind::Row,
        Tag::Td | Tag::Th => Kind::Cell,
        Tag::Address => Kind::Address,
        Tag::Article => Kind::Article,
        Tag::Section | Tag::Search => Kind::Section,
        Tag::Aside => Kind::Aside,
        Tag::Header => Kind::Header,
        Tag::Footer => Kind::Footer,
        Tag::Nav => Kind::Nav,
        Tag::Main => Kind::Main,
        Tag::Div | Tag::Center => Kind::Division,
        Tag::Blockquote => Kind::Quote,
        Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => Kind::Preformatted,
        Tag::Form | Tag::Fieldset => Kind::Form,
        Tag::Figure => Kind::Figure,
        Tag::Caption | Tag::Figcaption | Tag::Legend | Tag::Summary => Kind::Caption,
        Tag::Option | Tag::Optgroup => Kind::Choice,
        Tag::Details | Tag::Dialog => Kind::Disclosure,
        Tag::Noframes => Kind::Fallback,
        Tag::Hr => Kind::Rule,
        _ => return None,
    })
}

const fn parsing(tag: Tag) -> u16 {
    match tag {
        Tag::Area | Tag::Br | Tag::Embed | Tag::Img | Tag::Image | Tag::Input | Tag::Keygen | Tag::Wbr => {
            VOID | SPECIAL
        }
        Tag::Param | Tag::Source | Tag::Track | Tag::Frame => VOID | SPECIAL,
        Tag::Col => VOID | SPECIAL | TABLE_PART,
        Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Link | Tag::Meta => VOID | SPECIAL | HEAD,
        Tag::Hr => VOID | CLOSES_P,
        Tag::Script | Tag::Style => SPECIAL | HEAD | RAW,
        Tag::Title => SPECIAL | SCOPE | HEAD | RAW,
        Tag::Template => SPECIAL | SCOPE | HEAD,
        Tag::Noscript => SPECIAL | HEAD,
        Tag::Textarea | Tag::Iframe | Tag::Noembed => SPECIAL | RAW,
        Tag::Xmp | Tag::Plaintext => RAW | CLOSES_P,
        Tag::A
        | Tag::B
        | Tag::Big
        | Tag::Code
        | Tag::Em
        | Tag::Font
        | Tag::I
        | Tag::Nobr
        | Tag::S
        | Tag::Small
        | Tag::Strike
        | Tag::Strong
        | Tag::Tt
        | Tag::U => FORMATTING,
        Tag::Html | Tag::Applet | Tag::Marquee | Tag::Object | Tag::Foreignobject | Tag::Desc => {
            SPECIAL | SCOPE
        }
        Tag::Head | Tag::Frameset | Tag::Select | Tag::Button => SPECIAL,
        Tag::Table => SCOPE | CLOSES_P,
        Tag::Caption | Tag::Td | Tag::Th => SCOPE | TABLE_PART,
        Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => TABLE_PART,
        Tag::Colgroup => SPECIAL | TABLE_PART,
        Tag::Option | Tag::Optgroup | Tag::Legend | Tag::Noframes | Tag::Body => 0,
        _ if block_kind(tag).is_some() => CLOSES_P,
        _ => 0,
    }
}

const fn apart(tag: Tag) -> u16 {
    match tag {
        Tag::Html | Tag::Head | Tag::Body => ENDS_ALIKE | ENDS_APART,
        Tag::Br | Tag::Other => ENDS_APART,
        Tag::Li
        | Tag::Dd
        | Tag::Dt
        | Tag::Option
        | Tag::Optgroup
        | Tag::Button
        | Tag::Rt
        | Tag::Rp
        | Tag::Rb
        | Tag::H1
        | Tag::H2
        | Tag::H3
        | Tag::H4
        | Tag::H5
        | Tag::H6
        | Tag::Form
        | Tag::A
        | Tag::Nobr => ENDS_ALIKE,
        _ => 0,
    }
}

const fn display(tag: Tag) -> u16 {
    match tag {
        Tag::Img
        | Tag::Image
        | Tag::Input
        | Tag::Select
        | Tag::Button
        | Tag::Embed
        | Tag::Object
        | Tag::Applet
        | Tag::Svg
        | Tag::Meter
        | Tag::Progress => WORD,
        Tag::Iframe => WORD | MUTED,
        Tag::Textarea => WORD | PRESERVED,
        Tag::Video | Tag::Audio | Tag::Canvas => WORD | UNSEEN,
        Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => PRESERVED,
        Tag::Script
        | Tag::Style
        | Tag::Title
        | Tag::Noembed
        | Tag::Template
        | Tag::Datalist
        | Tag::Rp
        | Tag::Desc
        | Tag::Metadata => MUTED,
        Tag::Noframes => UNSEEN,
        _ => 0,
    }
}

const fn breaks_out(tag: Tag) -> u16 {
    let breaks = matches!(
        tag,
        Tag::B
            | Tag::Big
            | Tag::Blockquote
            | Tag::Body
            | Tag::Br
            | Tag::Center
            | Tag::Code
            | Tag::Dd
            | Tag::Div
            | Tag::Dl
            | Tag::Dt
            | Tag::Em
            | Tag::Embed
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Head
            | Tag::Hr
            | Tag::I
            | Tag::Img
            | Tag::Li
            | Tag::Listing
            | Tag::Menu
            | Tag::Meta
            | Tag::Nobr
            | Tag::Ol
            | Tag::P
            | Tag::Pre
            | Tag::Ruby
            | Tag::S
            | Tag::Small
            | Tag::Span
            | Tag::Strong
            | Tag::Strike
            | Tag::Sub
            | Tag::Sup
            | Tag::Table
            | Tag::Tt
            | Tag::U
            | Tag::Ul
            | Tag::Var
    );
    if breaks { BREAKS_OUT } else { 0 }
}
