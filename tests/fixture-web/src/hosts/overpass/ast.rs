//! What a query says.

use regex::Regex;

/// A whole query.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) json: bool,
    pub(super) bbox: Option<Bbox>,
    pub(super) statements: Vec<Statement>,
}

/// South, west, north, east in degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bbox {
    pub(super) south: f64,
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
}

#[derive(Debug)]
pub(super) enum Statement {
    Query(Query),
    Union {
        items: Vec<Statement>,
        into: String,
    },
    Out(Out),
    /// `>`, `<` and the like: our ways have no nodes to show, so nothing is added.
    Recurse {
        into: String,
    },
    /// `.a;` in a union.
    Set {
        from: String,
        into: String,
    },
}

/// `nwr["k"="v"](bbox)->.set`
#[derive(Debug)]
pub(super) struct Query {
    pub(super) kind: Kind,
    pub(super) filters: Vec<Filter>,
    pub(super) into: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) node: bool,
    pub(super) way: bool,
    pub(super) area: bool,
}

#[derive(Debug)]
pub(super) enum Filter {
    Has(String),
    HasNot(String),
    Is(String, String),
    IsNot(String, String),
    Like { key: String, value: Regex, not: bool },
    KeyLike { key: Regex, value: Regex },
    Bbox(Bbox),
    Around { metres: f64, lat: f64, lon: f64 },
    Poly(Vec<(f64, f64)>),
    Area(AreaOf),
    Ids(Vec<u64>),
    From(String),
}

#[derive(Debug)]
pub(super) enum AreaOf {
    Set(String),
    Id(u64),
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and any mix occurs"
)]
#[derive(Debug, Default)]
pub(super) struct Out {
    pub(super) from: String,
    pub(super) ids_only: bool,
    pub(super) center: bool,
    pub(super) without_geometry: bool,
    pub(super) without_tags: bool,
    pub(super) meta: bool,
    pub(super) count: bool,
    pub(super) limit: Option<usize>,
}

/// The name of the set used when none is given.
pub(super) const DEFAULT_SET: &str = "_";
