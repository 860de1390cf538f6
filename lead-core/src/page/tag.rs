//! The names of elements, as small numbers.

use super::reader::names::NameTable;

macro_rules! tags {
    ($($tag:ident = $name:literal,)+) => {
        /// The name of an element, as far as HTML (or the text of SVG) knows it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Tag {
            /// A custom element, or one of another vocabulary: see [`Element::name`](super::Element::name).
            Other,
            $(#[doc = concat!("`<", $name, ">`")] $tag,)+
        }

        /// The tags by number.
        const TAGS: &[Tag] = &[Tag::Other, $(Tag::$tag,)+];

        /// Their names, from number 1.
        const NAMES: &[&str] = &[$($name,)+];
    };
}

tags! {
    A = "a", Abbr = "abbr", Acronym = "acronym", Address = "address", Applet = "applet", Area = "area",
    Article = "article", Aside = "aside", Audio = "audio", B = "b", Base = "base", Basefont = "basefont",
    Bdi = "bdi", Bdo = "bdo", Bgsound = "bgsound", Big = "big", Blink = "blink", Blockquote = "blockquote",
    Body = "body", Br = "br", Button = "button", Canvas = "canvas", Caption = "caption", Center = "center",
    Cite = "cite", Code = "code", Col = "col", Colgroup = "colgroup", Data = "data", Datalist = "datalist",
    Dd = "dd", Del = "del", Details = "details", Dfn = "dfn", Dialog = "dialog", Dir = "dir", Div = "div",
    Dl = "dl", Dt = "dt", Em = "em", Embed = "embed", Fieldset = "fieldset", Figcaption = "figcaption",
    Figure = "figure", Font = "font", Footer = "footer", Foreignobject = "foreignobject", Form = "form",
    Frame = "frame", Frameset = "frameset", H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5",
    H6 = "h6", Head = "head", Header = "header", Hgroup = "hgroup", Hr = "hr", Html = "html", I = "i",
    Iframe = "iframe", Image = "image", Img = "img", Input = "input", Ins = "ins", Kbd = "kbd",
    Keygen = "keygen", Label = "label", Legend = "legend", Li = "li", Link = "link", Listing = "listing",
    Main = "main", Map = "map", Mark = "mark", Marquee = "marquee", Math = "math", Menu = "menu",
    Meta = "meta", Meter = "meter", Nav = "nav", Nobr = "nobr", Noembed = "noembed", Noframes = "noframes",
    Noscript = "noscript", Object = "object", Ol = "ol", Optgroup = "optgroup", Option = "option",
    Output = "output", P = "p", Param = "param", Picture = "picture", Plaintext = "plaintext", Pre = "pre",
    Progress = "progress", Q = "q", Rb = "rb", Rp = "rp", Rt = "rt", Rtc = "rtc", Ruby = "ruby", S = "s",
    Samp = "samp", Script = "script", Search = "search", Section = "section", Select = "select",
    Small = "small", Source = "source", Span = "span", Strike = "strike", Strong = "strong",
    Style = "style", Sub = "sub", Summary = "summary", Sup = "sup", Svg = "svg", Table = "table",
    Tbody = "tbody", Td = "td", Template = "template", Textarea = "textarea", Tfoot = "tfoot", Th = "th",
    Thead = "thead", Time = "time", Title = "title", Tr = "tr", Track = "track", Tt = "tt", U = "u",
    Ul = "ul", Var = "var", Video = "video", Wbr = "wbr", Xmp = "xmp", Desc = "desc", Metadata = "metadata",
}

static TABLE: NameTable = NameTable::new(NAMES);

impl Tag {
    /// How many tags there are.
    pub(super) const COUNT: usize = TAGS.len();

    /// The tags by number.
    pub(super) const ALL: &'static [Tag] = TAGS;

    /// The tag of a name in any case.
    ///
    /// ```
    /// use lead_core::page::Tag;
    /// assert_eq!(Tag::from_name("TD"), Tag::Td);
    /// assert_eq!(Tag::from_name("my-card"), Tag::Other);
    /// ```
    pub fn from_name(name: &str) -> Self {
        Self::numbered(TABLE.find(NAMES, name.as_bytes()))
    }

    /// The tag of a name as the scanner packed it.
    #[inline]
    pub(super) fn from_key(key: u64) -> Self {
        Self::numbered(TABLE.get(key))
    }

    /// The tag of a name of more than eight bytes.
    pub(super) fn from_long_name(name: &[u8]) -> Self {
        Self::numbered(TABLE.find(NAMES, name))
    }

    fn numbered(number: u8) -> Self {
        TAGS.get(usize::from(number)).copied().unwrap_or(Self::Other)
    }

    /// The name in lower case; empty for [`Tag::Other`].
    pub fn name(self) -> &'static str {
        (self as usize)
            .checked_sub(1)
            .and_then(|index| NAMES.get(index))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags_agree() {
        for (index, name) in NAMES.iter().enumerate() {
            let tag = Tag::from_name(name);
            assert_eq!(tag.name(), *name);
            assert_eq!(tag as usize, index + 1);
            assert_eq!(Tag::from_name(&name.to_uppercase()), tag);
        }
    }
}
