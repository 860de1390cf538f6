//! Filters of a query: tags in brackets, places and ids in parentheses, sets after a dot.

use regex::{Regex, RegexBuilder};

use super::ast::{AreaOf, Bbox, DEFAULT_SET, Filter};
use super::lex::{Cursor, Failure};
use super::parse::{bbox, set_name};

/// The next filter; none where the filters end.
pub(super) fn next(cursor: &mut Cursor<'_>) -> Result<Option<Filter>, Failure> {
    if cursor.take("[") {
        return tag(cursor).map(Some);
    }
    if cursor.take("(") {
        return place(cursor).map(Some);
    }
    if cursor.take(".") {
        return set_name(cursor).map(|name| Some(Filter::From(name)));
    }
    Ok(None)
}

fn tag(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    if cursor.take("~") {
        let key = cursor.text()?;
        cursor.expect("~")?;
        let value = cursor.text()?;
        let ignore_case = ending(cursor)?;
        return Ok(Filter::KeyLike {
            key: regex(cursor, &key, ignore_case)?,
            value: regex(cursor, &value, ignore_case)?,
        });
    }
    if cursor.take("!") {
        let key = cursor.text()?;
        cursor.expect("]")?;
        return Ok(Filter::HasNot(key));
    }
    let key = cursor.text()?;
    if cursor.take("]") {
        return Ok(Filter::Has(key));
    }
    if cursor.take("=") {
        let value = cursor.text()?;
        cursor.expect("]")?;
        return Ok(Filter::Is(key, value));
    }
    if cursor.take("!=") {
        let value = cursor.text()?;
        cursor.expect("]")?;
        return Ok(Filter::IsNot(key, value));
    }
    let not = cursor.take("!~");
    if !not {
        cursor.expect("~")?;
    }
    let value = cursor.text()?;
    let ignore_case = ending(cursor)?;
    Ok(Filter::Like {
        key,
        value: regex(cursor, &value, ignore_case)?,
        not,
    })
}

/// `]` or `,i]`.
fn ending(cursor: &mut Cursor<'_>) -> Result<bool, Failure> {
    let ignore_case = cursor.take(",");
    if ignore_case {
        cursor.expect("i")?;
    }
    cursor.expect("]")?;
    Ok(ignore_case)
}

fn regex(cursor: &Cursor<'_>, pattern: &str, ignore_case: bool) -> Result<Regex, Failure> {
    RegexBuilder::new(pattern)
        .case_insensitive(ignore_case)
        .size_limit(1 << 20)
        .build()
        .map_err(|_| cursor.fail(&format!("Invalid regular expression: \"{pattern}\"")))
}

fn place(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    let filter = match cursor.peek() {
        Some(c) if c.is_alphabetic() => match cursor.word(&[]) {
            Some("around") => around(cursor)?,
            Some("area") => Filter::Area(area(cursor)?),
            Some("poly") => poly(cursor)?,
            Some("id") => {
                cursor.expect(":")?;
                ids(cursor)?
            }
            other => return Err(cursor.fail(&format!("Unknown filter \"{}\"", other.unwrap_or_default()))),
        },
        _ => box_or_id(cursor)?,
    };
    cursor.expect(")")?;
    Ok(filter)
}

/// `(123)` is an id, `(1,2,3,4)` a box.
fn box_or_id(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    let first = cursor.number()?;
    if cursor.peek() == Some(')') {
        return Ok(Filter::Ids(vec![first.max(0.0) as u64]));
    }
    cursor.expect(",")?;
    rest_of_box(cursor, first).map(Filter::Bbox)
}

fn rest_of_box(cursor: &mut Cursor<'_>, south: f64) -> Result<Bbox, Failure> {
    let west = cursor.number()?;
    cursor.expect(",")?;
    let north = cursor.number()?;
    cursor.expect(",")?;
    let east = cursor.number()?;
    bbox(&mut Cursor::new(&format!("{south},{west},{north},{east}")))
        .map_err(|_| cursor.fail("the bounding box is out of range"))
}

fn ids(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    let mut ids = vec![cursor.integer()?];
    while cursor.take(",") {
        ids.push(cursor.integer()?);
    }
    Ok(Filter::Ids(ids))
}

fn around(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    cursor.expect(":")?;
    let metres = cursor.number()?;
    cursor.expect(",")?;
    let lat = cursor.number()?;
    cursor.expect(",")?;
    let lon = cursor.number()?;
    if metres < 0.0 || !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return Err(cursor.fail("For around, radius and coordinates must be in range."));
    }
    Ok(Filter::Around { metres, lat, lon })
}

fn area(cursor: &mut Cursor<'_>) -> Result<AreaOf, Failure> {
    if cursor.take(".") {
        return set_name(cursor).map(AreaOf::Set);
    }
    if cursor.take(":") {
        return cursor.integer().map(AreaOf::Id);
    }
    Ok(AreaOf::Set(DEFAULT_SET.to_owned()))
}

/// `poly:"lat lon lat lon …"`, three points or more.
fn poly(cursor: &mut Cursor<'_>) -> Result<Filter, Failure> {
    cursor.expect(":")?;
    let text = cursor.text()?;
    let numbers: Option<Vec<f64>> = text
        .split_whitespace()
        .map(|number| number.parse().ok().filter(|n: &f64| n.is_finite()))
        .collect();
    let numbers = numbers.ok_or_else(|| cursor.fail("a polygon is made of numbers"))?;
    let points: Vec<(f64, f64)> = numbers
        .chunks_exact(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect();
    if points.len() < 3 || numbers.len() % 2 == 1 {
        return Err(cursor.fail("a polygon needs at least three pairs of coordinates"));
    }
    Ok(Filter::Poly(points))
}
