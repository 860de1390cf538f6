//! Conditions on one row of a table of values: what an index can be asked for.

use lead_core::record::filter::{Comparison, Field, FieldKind, Filter, Scalar};
use lead_core::record::{BoundingBox, Circle};

use super::cell::Cell;
use super::filter::Dialect;
use super::statement::Statement;
use super::values::{WORDS, column, is_kept};

/// A condition that some row of a lead's values meets.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'a> {
    field: &'static str,
    number: bool,
    test: Test<'a>,
}

#[derive(Clone, Debug)]
enum Test<'a> {
    Any,
    Equal(&'a str),
    Compare(&'static str, &'a str),
    Begins(&'a str),
    Ends(&'a str),
    Contains(&'a str),
    Words(Vec<&'a str>),
    Number(&'static str, f64),
    Near(&'a Circle),
    Within(&'a BoundingBox),
}

impl<'a> Asked<'a> {
    /// The condition that a filter is; `None` when it is one on the lead itself, or is made of several.
    pub(crate) fn of(filter: &'a Filter) -> Option<Self> {
        match filter {
            Filter::Has(field) => Self::field(*field, Test::Any),
            Filter::Compare(field, how, wanted) => Self::compared(*field, *how, wanted),
            Filter::Text(words) => match words.as_slice() {
                [one] => Some(Self::word(one)),
                _ => None,
            },
            Filter::Or(parts) => single_words(parts).map(|words| Self::text(WORDS, Test::Words(words))),
            Filter::Near(circle) => Some(Self::text("", Test::Near(circle))),
            Filter::Within(area) => Some(Self::text("", Test::Within(area))),
            _ => None,
        }
    }

    /// That a word stands in the lead's text.
    pub(crate) fn word(word: &'a str) -> Self {
        Self::text(WORDS, Test::Equal(word))
    }

    /// Whether few leads may pass, as far as the kind of condition tells: then it is worth to begin with them.
    pub(crate) fn is_narrow(&self) -> bool {
        match self.test {
            Test::Equal(_) | Test::Begins(_) | Test::Words(_) | Test::Near(_) | Test::Within(_) => true,
            Test::Any | Test::Compare(..) | Test::Ends(_) | Test::Contains(_) | Test::Number(..) => false,
        }
    }

    /// Whether an index holds the rows beside each other.
    pub(crate) fn is_listed(&self) -> bool {
        !matches!(self.test, Test::Ends(_) | Test::Contains(_))
    }

    /// Whether a lead has one such row at most.
    pub(crate) fn is_single(&self) -> bool {
        matches!(self.test, Test::Equal(_))
    }

    fn text(field: &'static str, test: Test<'a>) -> Self {
        let number = false;
        Self { field, number, test }
    }

    fn field(field: Field, test: Test<'a>) -> Option<Self> {
        let number = field.kind() == FieldKind::Number;
        let field = column(field).is_none().then(|| field.name())?;
        Some(Self { field, number, test })
    }

    fn compared(field: Field, how: Comparison, wanted: &'a Scalar) -> Option<Self> {
        let is_number = field.kind() == FieldKind::Number;
        match wanted {
            Scalar::Number(number) if is_number && !number.is_nan() => {
                Self::field(field, Test::Number(operator(how), *number))
            }
            Scalar::Text(text) if !is_number => Self::field(
                field,
                match how {
                    Comparison::Equal => like(text),
                    _ => Test::Compare(operator(how), text),
                },
            ),
            _ => None,
        }
    }

    /// Adds that the lead `l` has such a row. Without joins it is asked lead by lead: compared with a truth it cannot become one.
    pub(crate) fn add_of_lead<D: Dialect>(&self, out: &mut Statement, joins: bool) {
        out.say("(EXISTS (SELECT 1");
        self.add_rows::<D>(out, true);
        if joins {
            return out.say("))");
        }
        out.say(D::NOT_AT_ONCE);
        out.say(")) IS TRUE");
    }

    /// Adds `FROM … WHERE …`: the rows `v` that meet it; all under the statement's number, or those of the lead `l`.
    pub(crate) fn add_rows<D: Dialect>(&self, out: &mut Statement, of_lead: bool) {
        let table = match self.test {
            Test::Near(_) | Test::Within(_) => "lead_points",
            _ if self.number => D::NUMBERS.0,
            _ => "lead_values",
        };
        let whose = if of_lead {
            let whose = D::BY_TENANT.then(|| format!("v.tenant = {} AND ", out.whose()));
            whose.unwrap_or_default() + "v.lead = l.cluster"
        } else {
            format!("v.tenant = {}", out.whose())
        };
        out.say(&format!(" FROM {table} AS v WHERE {whose} AND "));
        if !self.field.is_empty() {
            out.push("v.field = ? AND ", [self.field.into()]);
        }
        self.add_test::<D>(out);
    }

    fn add_test<D: Dialect>(&self, out: &mut Statement) {
        match &self.test {
            Test::Any => out.say("TRUE"),
            Test::Equal(text) => D::equals(out, text),
            Test::Compare(operator, text) => out.compare(D::VALUE, operator, D::text(text)),
            Test::Begins(start) => D::begins(out, start),
            Test::Ends(end) => D::ends(out, end),
            Test::Contains(middle) => D::contains(out, middle),
            Test::Words(words) => add_words::<D>(out, words),
            Test::Number(operator, number) => {
                out.push(&format!("{} {operator} ?", D::NUMBERS.1), [(*number).into()]);
            }
            Test::Near(circle) => near(out, circle),
            Test::Within(area) => within(out, area),
        }
    }
}

/// Equality with `*` at either end, as `Filter::matches` reads it.
fn like(pattern: &str) -> Test<'_> {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => match pattern.trim_matches('*') {
            "" => Test::Any,
            middle => Test::Contains(middle),
        },
        (Some(end), None) => Test::Ends(end),
        (None, Some(start)) => Test::Begins(start),
        (None, None) => Test::Equal(pattern),
    }
}

/// The words, when each part asks for one that stands in its column as a whole.
fn single_words(parts: &[Filter]) -> Option<Vec<&str>> {
    let single = |part: &'_ Filter| matches!(part, Filter::Text(words) if words.len() == 1);
    if parts.len() < 2 || !parts.iter().all(single) {
        return None;
    }
    let words = parts.iter().flat_map(|part| match part {
        Filter::Text(words) => words.as_slice(),
        _ => &[],
    });
    let words: Vec<&str> = words.map(String::as_str).collect();
    words.iter().all(|word| is_kept(word)).then_some(words)
}

fn add_words<D: Dialect>(out: &mut Statement, words: &[&str]) {
    let column = D::VALUE.first().copied().unwrap_or_default();
    let test = format!("{column} IN ({})", vec!["?"; words.len()].join(", "));
    out.push(&test, words.iter().map(|word| Cell::from(*word)));
}

/// A point in a circle: between its degrees, which the index knows, and no farther than its edge.
fn near(out: &mut Statement, circle: &Circle) {
    let ((south, north), centre) = (circle.latitudes(), circle.centre().on_sphere());
    out.push("v.latitude BETWEEN ? AND ?", [south.into(), north.into()]);
    if let Some((west, east)) = circle.longitudes() {
        out.push(" AND v.longitude BETWEEN ? AND ?", [west.into(), east.into()]);
    }
    let mut sides = [0.0; 7];
    for (at, side) in sides.iter_mut().enumerate() {
        *side = centre
            .get(at / 2)
            .copied()
            .unwrap_or_else(|| circle.straight_squared());
    }
    out.push(
        " AND (v.x - ?) * (v.x - ?) + (v.y - ?) * (v.y - ?) + (v.z - ?) * (v.z - ?) <= ?",
        sides.map(Cell::Real),
    );
}

fn within(out: &mut Statement, area: &BoundingBox) {
    let [west, south, east, north] = (*area).into();
    out.push("v.latitude BETWEEN ? AND ? AND ", [south.into(), north.into()]);
    let across = if west <= east {
        "v.longitude BETWEEN ? AND ?"
    } else {
        "(v.longitude >= ? OR v.longitude <= ?)"
    };
    out.push(across, [west.into(), east.into()]);
}

pub(crate) fn operator(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}
