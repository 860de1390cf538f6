//! From the file to what runs. A fault is told with its line and column and with what was expected there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;
use scraper::Selector;
use toml::Spanned;

use super::field::Home;
use super::page::Script;
use super::path::Path;
use super::reader::{Place, Reader};
use super::transform::Transform;
use super::{Adapter, Hooks, PageKind, file};
use crate::page::structured::Origin;
use crate::phone::wanted_region;
use crate::record::SourceId;
use crate::{Error, ErrorKind, Result};

/// A kind of page: known when all conditions hold.
#[derive(Clone, Debug)]
pub(in crate::source) struct PageRule {
    pub(super) name: String,
    pub(super) kind: PageKind,
    pub(super) all: Vec<Condition>,
    pub(super) entries: Option<Reader>,
}

/// Something stands at a place, or does not.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) reader: Reader,
    pub(super) is: Option<String>,
    pub(super) none: bool,
}

/// A field and its readers, the best first.
#[derive(Clone, Debug)]
pub(in crate::source) struct FieldRule {
    pub(super) to: Home,
    pub(super) pages: Vec<String>,
    pub(super) readers: Vec<Reader>,
    pub(super) transforms: Vec<Transform>,
    pub(super) map: BTreeMap<String, String>,
    pub(super) required: bool,
    pub(super) expect: f64,
    pub(super) confidence: f32,
}

/// How sure a platform's own field is when its file does not say: as for OpenStreetMap's tags.
const SURE: f32 = 0.9;

pub(super) struct Checker<'t> {
    text: &'t str,
    hooks: Hooks,
    /// The scripts that readers look into, each once.
    scripts: RefCell<Vec<Script>>,
}

pub(super) fn adapter(text: &str, hooks: Hooks) -> Result<Adapter> {
    let check = Checker {
        text,
        hooks,
        scripts: RefCell::default(),
    };
    let file: file::File = toml::from_str(text)
        .map_err(|cause| check.fault(cause.span().unwrap_or_default(), cause.message().to_owned()))?;
    let id = SourceId::new(file.id.as_ref())
        .map_err(|_| check.fault(file.id.span(), "an id of a-z, 0-9, _ - ."))?;
    let urls = file
        .url
        .iter()
        .map(|pattern| check.pattern(pattern.span(), pattern.as_ref()))
        .collect::<Result<Vec<_>>>()?;
    if file.page.is_empty() {
        return Err(check.fault(0..0, "at least one [[page]]"));
    }
    let pages = file
        .page
        .iter()
        .map(|page| check.page(page))
        .collect::<Result<Vec<_>>>()?;
    let fields = file
        .field
        .iter()
        .map(|field| check.field(field, &pages))
        .collect::<Result<Vec<_>>>()?;
    check.once(&file.field, &pages, &fields)?;
    let readable = pages.iter().any(|page| page.kind == PageKind::Listings);
    if readable && hooks.listings.is_none() && !fields.iter().any(|field| field.to.name() == "key") {
        return Err(check.fault(
            0..0,
            "a [[field]] with to = \"key\": what the platform calls the entry",
        ));
    }
    let search = file.search.as_ref().map(|raw| check.search(raw)).transpose()?;
    Ok(Adapter {
        search,
        baseline: None,
        scheme: file.scheme.unwrap_or_else(|| id.to_string()),
        id,
        name: file.name,
        version: file.version,
        terms: file.terms,
        licence: file.licence.map(|licence| (licence, file.attribution)),
        region: file.region.as_ref().map(|raw| check.region(raw)).transpose()?,
        urls,
        scripts: check.scripts.into_inner(),
        pages,
        fields,
        hooks,
    })
}

impl Checker<'_> {
    pub(super) fn fault(&self, span: Range<usize>, expected: impl Into<String>) -> Error {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Error::new(ErrorKind::Config, "adapter", "the adapter file has a fault")
            .with("line", line)
            .with("column", column)
            .with("expected", expected.into())
    }

    fn pattern(&self, span: Range<usize>, text: &str) -> Result<Regex> {
        let last = |cause: regex::Error| cause.to_string().lines().last().unwrap_or_default().to_owned();
        Regex::new(text).map_err(|cause| self.fault(span, format!("a regular expression: {}", last(cause))))
    }

    fn path(&self, span: Range<usize>, text: &str) -> Result<Path> {
        Path::new(text).map_err(|expected| self.fault(span, expected))
    }

    /// Numbers are read for regions that numbering plans know: for another, all national ones would be lost.
    fn region(&self, raw: &Spanned<String>) -> Result<String> {
        match wanted_region(Some(raw.as_ref())) {
            Ok(_) => Ok(raw.as_ref().clone()),
            Err(_) => Err(self.fault(raw.span(), "two letters of ISO 3166-1, such as \"IT\"")),
        }
    }

    /// Each field once on a page: a second one would be read beside the first, not in its place.
    fn once(&self, raw: &[Spanned<file::Field>], pages: &[PageRule], fields: &[FieldRule]) -> Result<()> {
        for (place, (raw, field)) in raw.iter().zip(fields).enumerate() {
            let before = || fields.iter().take(place).filter(|other| other.to == field.to);
            let twice =
                |page: &&PageRule| field.is_on(&page.name) && before().any(|other| other.is_on(&page.name));
            if let Some(page) = pages.iter().find(twice) {
                let expected = format!(
                    "another field: page `{}` has `{}` already; several readers stand in one `read`",
                    page.name,
                    field.to.name()
                );
                return Err(self.fault(raw.as_ref().to.span(), expected));
            }
        }
        Ok(())
    }

    fn page(&self, spanned: &Spanned<file::Page>) -> Result<PageRule> {
        let page = spanned.as_ref();
        if page.all.is_empty() {
            return Err(self.fault(
                spanned.span(),
                "`all`: at least one condition that tells this page from others",
            ));
        }
        let condition = |raw: &Spanned<file::Reader>| {
            let reader = self.reader(raw)?;
            let raw = raw.as_ref();
            Ok(Condition {
                reader,
                is: raw.is.clone(),
                none: raw.none,
            })
        };
        let entries = page
            .entries
            .as_ref()
            .map(|entries| self.entries(entries))
            .transpose()?;
        Ok(PageRule {
            name: page.name.clone(),
            kind: page.kind,
            all: page.all.iter().map(condition).collect::<Result<_>>()?,
            entries,
        })
    }

    fn entries(&self, raw: &Spanned<file::Reader>) -> Result<Reader> {
        let reader = self.reader(raw)?;
        match reader.place {
            Place::Json { .. } | Place::Css { .. } | Place::Script { .. } => Ok(reader),
            _ => Err(self.fault(raw.span(), "entries by `json`, `script` or `css`")),
        }
    }

    fn field(&self, spanned: &Spanned<file::Field>, pages: &[PageRule]) -> Result<FieldRule> {
        let field = spanned.as_ref();
        let to = Home::new(field.to.as_ref()).map_err(|expected| self.fault(field.to.span(), expected))?;
        if field.read.is_empty() {
            return Err(self.fault(spanned.span(), "`read`: at least one reader"));
        }
        for name in &field.pages {
            if !pages.iter().any(|page| page.name == *name.as_ref()) {
                return Err(self.fault(name.span(), "the name of a [[page]] of this file"));
            }
        }
        Ok(FieldRule {
            to,
            pages: field.pages.iter().map(|name| name.as_ref().clone()).collect(),
            readers: field
                .read
                .iter()
                .map(|raw| self.reader(raw))
                .collect::<Result<_>>()?,
            transforms: self.steps(&field.transform)?,
            map: field.map.clone(),
            required: field.required,
            expect: self.share(field.expect.as_ref(), 0.0)?,
            confidence: self.share(field.confidence.as_ref(), SURE)?,
        })
    }

    fn steps(&self, raw: &[Spanned<String>]) -> Result<Vec<Transform>> {
        let step = |raw: &Spanned<String>| {
            Transform::new(raw.as_ref()).map_err(|expected| self.fault(raw.span(), expected))
        };
        raw.iter().map(step).collect()
    }

    fn share<T: Copy + PartialOrd + From<bool>>(&self, raw: Option<&Spanned<T>>, other: T) -> Result<T> {
        match raw {
            None => Ok(other),
            Some(raw) if (T::from(false)..=T::from(true)).contains(raw.as_ref()) => Ok(*raw.as_ref()),
            Some(raw) => Err(self.fault(raw.span(), "a number from 0 to 1")),
        }
    }

    pub(super) fn reader(&self, raw: &Spanned<file::Reader>) -> Result<Reader> {
        let (span, reader) = (raw.span(), raw.as_ref());
        if let [first, second, ..] = reader.places()[..] {
            let expected =
                format!("one place, not `{first}` and `{second}`: the next reader is a {{ … }} of its own");
            return Err(self.fault(span, expected));
        }
        let label = self.text.get(span.clone()).unwrap_or_default();
        let label = label.trim_matches(['{', '}', ' ']).to_owned();
        let place = if let Some(script) = &reader.script {
            self.script(span, script, reader.json.as_deref().unwrap_or_default())?
        } else if let Some(path) = &reader.json {
            let call = match &reader.call {
                None => None,
                Some(name) => {
                    let known = self.hooks.reader(name);
                    Some(
                        known
                            .ok_or_else(|| self.fault(span.clone(), "`call`: a function this adapter has"))?,
                    )
                }
            };
            Place::Json {
                path: self.path(span, path)?,
                root: reader.root,
                call,
            }
        } else if let Some(path) = reader.ld.as_ref().or(reader.microdata.as_ref()) {
            let origin = if reader.ld.is_some() {
                Origin::JsonLd
            } else {
                Origin::Microdata
            };
            let path = path.split('.').map(str::to_owned).collect();
            Place::Structured {
                origin,
                kind: reader.kind.clone(),
                path,
            }
        } else {
            self.flat(span, reader)?
        };
        Ok(Reader {
            place,
            then: self.steps(&reader.then)?,
            label,
        })
    }

    fn script(&self, span: Range<usize>, script: &str, path: &str) -> Result<Place> {
        let which = match script.strip_prefix('#') {
            Some(id) => Script::Id(id.to_owned()),
            None => Script::After(self.pattern(span.clone(), script)?),
        };
        let mut scripts = self.scripts.borrow_mut();
        let known = scripts.iter().position(|script| *script == which);
        let number = known.unwrap_or(scripts.len());
        if known.is_none() {
            scripts.push(which);
        }
        Ok(Place::Script {
            script: number,
            path: self.path(span, path)?,
        })
    }

    fn flat(&self, span: Range<usize>, reader: &file::Reader) -> Result<Place> {
        Ok(if let Some(name) = &reader.meta {
            Place::Meta(name.clone())
        } else if reader.css.is_some() || reader.attr.is_some() {
            let parse = |css: &String| {
                Selector::parse(css)
                    .map_err(|cause| self.fault(span.clone(), format!("a CSS selector: {cause}")))
            };
            Place::Css {
                selector: reader.css.as_ref().map(parse).transpose()?,
                attr: reader.attr.clone(),
            }
        } else if let Some(pattern) = &reader.regex {
            Place::Regex(self.pattern(span, pattern)?)
        } else if let Some(pattern) = &reader.url {
            Place::Url(self.pattern(span, pattern)?)
        } else if let Some(text) = &reader.text {
            Place::Text(text.clone())
        } else if reader.position == Some(true) {
            Place::Position
        } else {
            return Err(self.fault(
                span,
                "json, script, ld, microdata, meta, css, attr, regex, url, text or position",
            ));
        })
    }
}
