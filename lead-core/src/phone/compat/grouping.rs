//! Whether the digits of a number stand in groups as people write them: the two strict leniencies.

use super::verify;
use crate::phone::number::sign;
use crate::phone::number::{CountryCodeSource, Number};
use crate::phone::options::Leniency;

/// `checkNumberGroupingIsValid`: by the plan's own format, or by one of the alternate formats known for the country.
pub(super) fn fits(number: &Number, candidate: &str, leniency: Leniency) -> bool {
    let written = normalized(candidate);
    let plain = verify::has_ascii_extension(number, candidate);
    let fits = |groups: String| {
        let groups: Vec<&str> = groups.split('-').collect();
        match leniency {
            Leniency::ExactGrouping => are_exactly_present(number, &written, &groups),
            _ => remain_grouped(number, &written, &groups, plain),
        }
    };
    fits(number.groups()) || number.alternate_groups().any(fits)
}

/// `allNumberGroupsRemainGrouped`: no group is cut, though groups may be joined. `plain` says whether the extension is
/// written in ASCII digits; another is not found.
fn remain_grouped(number: &Number, written: &str, groups: &[&str], plain: bool) -> bool {
    let mut from = match number.country_code_source() {
        CountryCodeSource::DefaultCountry => 0,
        _ => behind_country_code(number, written),
    };
    let rest = |from: usize| written.get(from..).unwrap_or_default();
    for (place, group) in groups.iter().enumerate() {
        let Some(found) = rest(from).find(group) else {
            return false;
        };
        let begin = from + found;
        from = begin + group.len();
        // Right behind the area code: where there is a trunk prefix, digits that follow without a sign are only good
        // when the whole number has none.
        let goes_on = rest(from).starts_with(|c: char| c.is_ascii_digit());
        if place == 0 && goes_on && number.country_has_national_prefix() {
            return rest(begin).starts_with(number.national_significant().as_str());
        }
    }
    // The last group must not have been found in the extension.
    plain && rest(from).contains(number.extension().as_str())
}

/// Where the country code ends in `written`. Where its digits stand apart the reference counts from before the start.
fn behind_country_code(number: &Number, written: &str) -> usize {
    let code = number.calling_code().to_string();
    match written.find(&code) {
        Some(at) => at + code.len(),
        None => written.chars().take(code.len() - 1).map(char::len_utf8).sum(),
    }
}

/// `allNumberGroupsAreExactlyPresent`: the same groups, or one block.
fn are_exactly_present(number: &Number, written: &str, groups: &[&str]) -> bool {
    let mut present = groups_of(written);
    if present.len() == 1 {
        return true;
    }
    if !number.extension().is_empty() {
        present.pop();
    }
    let national = number.national_significant();
    if present
        .last()
        .is_some_and(|last| last.contains(national.as_str()))
    {
        return true;
    }
    let Some((first, others)) = groups.split_first() else {
        return false;
    };
    // There may be a prefix before the first group, in one with it.
    others.iter().rev().all(|group| present.pop() == Some(group))
        && present.last().is_some_and(|group| group.ends_with(first))
}

/// The digits between everything else; empty ones at the ends count, as in Python's `re.split`.
fn groups_of(written: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let mut rest = written;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit());
        groups.push(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
        let Some(end) = end else { return groups };
        rest = rest
            .get(end..)
            .unwrap_or_default()
            .trim_start_matches(|c: char| !c.is_ascii_digit());
    }
}

/// The candidate with ASCII digits in place of those of other scripts.
fn normalized(candidate: &str) -> String {
    candidate
        .chars()
        .map(|c| sign::digit(c).map_or(c, char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_split_as_python_splits_them() {
        assert_eq!(groups_of("12 (34)"), ["12", "34", ""]);
        assert_eq!(groups_of("+1"), ["", "1"]);
        assert_eq!(groups_of("12"), ["12"]);
        assert_eq!(groups_of(""), [""]);
    }
}
