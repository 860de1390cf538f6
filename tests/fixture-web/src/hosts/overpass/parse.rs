//! From text to a program: settings, statements, `out`.

use super::ast::{Bbox, DEFAULT_SET, Kind, Out, Program, Query, Statement};
use super::filters;
use super::lex::{Cursor, Failure};

/// Longer queries are refused, like deeper ones: the real service has its limits too.
const MAX_LENGTH: usize = 256 * 1024;
const MAX_DEPTH: usize = 16;

pub(super) fn program(text: &str) -> Result<Program, Failure> {
    if text.len() > MAX_LENGTH {
        return Err("encoding error: Input too long.".to_owned());
    }
    let mut cursor = Cursor::new(text);
    let mut program = Program {
        json: false,
        bbox: None,
        statements: Vec::new(),
    };
    settings(&mut cursor, &mut program)?;
    while !cursor.is_done() {
        let statement = statement(&mut cursor, 0)?;
        program.statements.push(statement);
    }
    if program.statements.is_empty() {
        return Err(cursor.unexpected("a statement expected"));
    }
    Ok(program)
}

fn settings(cursor: &mut Cursor<'_>, program: &mut Program) -> Result<(), Failure> {
    if cursor.peek() != Some('[') {
        return Ok(());
    }
    while cursor.take("[") {
        let name = cursor
            .word(&[])
            .ok_or_else(|| cursor.unexpected("a setting expected"))?;
        cursor.expect(":")?;
        match name {
            "out" => program.json = cursor.word(&[]) == Some("json"),
            "bbox" => program.bbox = Some(bbox(cursor)?),
            "timeout" | "maxsize" => {
                cursor.number()?;
            }
            "date" | "diff" | "adiff" => {
                cursor.text()?;
            }
            other => return Err(cursor.fail(&format!("Unknown setting \"{other}\"."))),
        }
        cursor.expect("]")?;
    }
    cursor.expect(";")
}

fn statement(cursor: &mut Cursor<'_>, depth: usize) -> Result<Statement, Failure> {
    if depth > MAX_DEPTH {
        return Err(cursor.fail("Too many nested blocks."));
    }
    if cursor.take("(") {
        return union(cursor, depth);
    }
    if cursor.take(".") {
        let from = set_name(cursor)?;
        return if cursor.take("out") {
            out(cursor, from)
        } else if cursor.peek() == Some('>') || cursor.peek() == Some('<') {
            recurse(cursor)
        } else {
            let into = target(cursor)?;
            cursor.expect(";")?;
            Ok(Statement::Set { from, into })
        };
    }
    if matches!(cursor.peek(), Some('>' | '<')) {
        return recurse(cursor);
    }
    match cursor.word(&[]) {
        Some("out") => out(cursor, DEFAULT_SET.to_owned()),
        Some(word) => query(cursor, word),
        None => Err(cursor.unexpected("a statement expected")),
    }
}

fn union(cursor: &mut Cursor<'_>, depth: usize) -> Result<Statement, Failure> {
    let mut items = Vec::new();
    while !cursor.take(")") {
        let item = statement(cursor, depth + 1)?;
        items.push(item);
    }
    let into = target(cursor)?;
    cursor.expect(";")?;
    Ok(Statement::Union { items, into })
}

fn recurse(cursor: &mut Cursor<'_>) -> Result<Statement, Failure> {
    while cursor.take(">") || cursor.take("<") {}
    let into = target(cursor)?;
    cursor.expect(";")?;
    Ok(Statement::Recurse { into })
}

fn query(cursor: &mut Cursor<'_>, word: &str) -> Result<Statement, Failure> {
    let kind = |node, way, area| Kind { node, way, area };
    let kind = match word {
        "node" | "nr" => kind(true, false, false),
        "way" | "wr" => kind(false, true, false),
        "rel" | "relation" => kind(false, false, false),
        "nwr" | "nw" => kind(true, true, false),
        "area" => kind(false, false, true),
        other => return Err(cursor.fail(&format!("Unknown type \"{other}\""))),
    };
    let mut filters = Vec::new();
    while let Some(filter) = filters::next(cursor)? {
        filters.push(filter);
    }
    if filters.is_empty() {
        return Err(cursor.unexpected("at least one filter expected"));
    }
    let into = target(cursor)?;
    cursor.expect(";")?;
    Ok(Statement::Query(Query { kind, filters, into }))
}

fn out(cursor: &mut Cursor<'_>, from: String) -> Result<Statement, Failure> {
    let mut out = Out {
        from,
        ..Out::default()
    };
    while !cursor.take(";") {
        if cursor.take("(") {
            // A box for the geometry only: read and not needed.
            bbox(cursor)?;
            cursor.expect(")")?;
            continue;
        }
        match cursor.word(&[]) {
            Some("ids") => out.ids_only = true,
            Some("tags") => out.without_geometry = true,
            Some("skel") => out.without_tags = true,
            Some("meta") => out.meta = true,
            Some("count") => out.count = true,
            Some("center" | "bb" | "geom") => out.center = true,
            Some("body" | "qt" | "asc" | "noids") => {}
            Some(number) => match number.parse() {
                Ok(limit) => out.limit = Some(limit),
                Err(_) => return Err(cursor.fail(&format!("Unknown out mode \"{number}\""))),
            },
            None => return Err(cursor.unexpected("';' expected")),
        }
    }
    Ok(Statement::Out(out))
}

/// `->.name`, or the default set.
fn target(cursor: &mut Cursor<'_>) -> Result<String, Failure> {
    if !cursor.take("->") {
        return Ok(DEFAULT_SET.to_owned());
    }
    cursor.expect(".")?;
    set_name(cursor)
}

pub(super) fn set_name(cursor: &mut Cursor<'_>) -> Result<String, Failure> {
    cursor
        .word(&[])
        .map(str::to_owned)
        .ok_or_else(|| cursor.unexpected("a set name expected"))
}

/// Four numbers: south, west, north, east.
pub(super) fn bbox(cursor: &mut Cursor<'_>) -> Result<Bbox, Failure> {
    let south = cursor.number()?;
    cursor.expect(",")?;
    let west = cursor.number()?;
    cursor.expect(",")?;
    let north = cursor.number()?;
    cursor.expect(",")?;
    let east = cursor.number()?;
    if !(-90.0..=90.0).contains(&south) || !(-90.0..=90.0).contains(&north) || south > north {
        return Err(cursor.fail(
            "For a bounding box, the southern latitude must not exceed the northern, both within -90 and 90.",
        ));
    }
    if !(-180.0..=180.0).contains(&west) || !(-180.0..=180.0).contains(&east) {
        return Err(cursor.fail("For a bounding box, longitudes must be within -180 and 180."));
    }
    Ok(Bbox {
        south,
        west,
        north,
        east,
    })
}
