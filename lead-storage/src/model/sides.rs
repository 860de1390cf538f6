//! Hidden leads and the others: where each stand, and which of them a filter asks for.
//!
//! Everything derived of a hidden lead (its row, its values, its places) stands under the tenant's number with a minus. So what asks for
//! the others asks as if there were no hidden leads, in the same indexes, and what forgets to think of them shows none.

use lead_core::Result;
use lead_core::record::filter::Filter;

use super::statement::Statement;

/// What a filter asks for on one side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Side {
    /// The number that its leads stand under.
    pub(crate) number: i64,
    /// It says nothing of hidden leads any more.
    pub(crate) filter: Filter,
}

/// The sides of a tenant that leads may pass on; one at least.
pub(crate) fn sides(tenant: i64, filter: &Filter) -> Vec<Side> {
    let side = |hidden: bool, filter| Side {
        number: if hidden { -tenant } else { tenant },
        filter,
    };
    if !filter.speaks_of_hidden() {
        return vec![side(false, filter.clone())];
    }
    let both = [false, true].map(|hidden| side(hidden, told(filter, hidden)));
    let mut open: Vec<Side> = both.into_iter().filter(|side| side.filter != none()).collect();
    if open.is_empty() {
        open.push(side(false, none()));
    }
    open
}

/// Adds rows of one side, or those of both under the same name. The statement is about the first side.
pub(crate) fn add_either(
    out: &mut Statement,
    sides: &[Side],
    columns: &str,
    name: &str,
    add: impl Fn(&mut Statement, &Side) -> Result<()>,
) -> Result<()> {
    let Some((first, others)) = sides.split_first() else {
        return Ok(());
    };
    if others.is_empty() {
        return add(out, first);
    }
    out.say(&format!("(SELECT {columns} FROM "));
    add(out, first)?;
    for side in others {
        out.turn_to(side.number);
        out.say(&format!(" UNION ALL SELECT {columns} FROM "));
        add(out, side)?;
    }
    out.say(&format!(") AS {name}"));
    Ok(())
}

/// A statement about the first of these sides.
pub(crate) fn begun(sides: &[Side]) -> Statement {
    Statement::of(sides.first().map_or(0, |side| side.number))
}

/// Passes no lead.
fn none() -> Filter {
    Filter::Or(Vec::new())
}

/// The filter where it is known whether leads are hidden.
fn told(filter: &Filter, hidden: bool) -> Filter {
    let parts = |parts: &[Filter]| -> Vec<Filter> { parts.iter().map(|part| told(part, hidden)).collect() };
    match filter {
        Filter::Is(visibility) if visibility.takes_in(hidden) => Filter::All,
        Filter::Is(_) => none(),
        Filter::And(all) => {
            let mut all = parts(all);
            if all.contains(&none()) {
                return none();
            }
            all.retain(|part| *part != Filter::All);
            one_or(all, Filter::All, Filter::And)
        }
        Filter::Or(any) => {
            let mut any = parts(any);
            if any.contains(&Filter::All) {
                return Filter::All;
            }
            any.retain(|part| *part != none());
            one_or(any, none(), Filter::Or)
        }
        Filter::Not(part) => match told(part, hidden) {
            Filter::All => none(),
            part if part == none() => Filter::All,
            part => Filter::Not(Box::new(part)),
        },
        other => other.clone(),
    }
}

fn one_or(mut parts: Vec<Filter>, empty: Filter, many: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        None => empty,
        Some(one) if parts.is_empty() => one,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Vec<(bool, String)> {
        let sides = sides(1, &Filter::parse(text).unwrap());
        let told = sides
            .into_iter()
            .map(|side| (side.number < 0, side.filter.to_string()));
        told.collect()
    }

    #[test]
    fn a_filter_is_told_what_it_asks_of_each_side() {
        let lyon = || "city:\"lyon\"".to_owned();
        let all = || "*".to_owned();
        assert_eq!(asked("city:lyon"), [(false, lyon())]);
        assert_eq!(asked("is:hidden city:lyon"), [(true, lyon())]);
        assert_eq!(asked("-is:hidden city:lyon"), [(false, lyon())]);
        assert_eq!(asked("is:any city:lyon"), [(false, lyon()), (true, lyon())]);
        assert_eq!(asked("is:hidden OR city:lyon"), [(false, lyon()), (true, all())]);
        assert_eq!(
            asked("NOT (is:hidden city:lyon)"),
            [(false, all()), (true, "NOT ".to_owned() + &lyon())]
        );
        assert_eq!(asked("is:hidden is:shown"), [(false, "NOT *".to_owned())]);
        assert_eq!(asked("is:any"), [(false, all()), (true, all())]);
    }
}
