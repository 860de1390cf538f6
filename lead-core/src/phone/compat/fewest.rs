//! How few digits a number may have: what has fewer need not be read.

use super::Search;
use crate::phone::number::{calling_code_of, regions_of_calling_code};
use crate::phone::numbering::{Desc, Plan};
use crate::phone::options::Leniency;
use crate::phone::region::Region;

/// The fewest digits of a valid number, country code included: +49 and +43 have national numbers of four digits.
const INTERNATIONAL: usize = 6;
/// The fewest digits of an international prefix.
const PREFIX: usize = 2;
/// The fewest digits the reference reads as a number at all (`MIN_LENGTH_FOR_NSN`).
const ANY: usize = 2;

/// No number of a search has fewer digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fewest {
    /// Where a plus sign may stand before it.
    pub(super) international: usize,
    /// Where none does.
    pub(super) national: usize,
    /// The smaller of both, for who need not count every try.
    pub(super) glance: usize,
}

impl Fewest {
    pub(super) fn of(search: Search) -> Self {
        let (international, national) = match search.region {
            _ if search.leniency == Leniency::Possible => (ANY, ANY),
            Some(region) => (INTERNATIONAL, national(region).min(PREFIX + INTERNATIONAL)),
            None => (INTERNATIONAL, usize::MAX), // without a region nothing is read that has no plus sign
        };
        let least = international.min(national);
        Self {
            international: least,
            national,
            glance: if search.max_tries.is_none() { least } else { 0 },
        }
    }
}

/// The fewest digits that can be read as a national number of `region`.
///
/// Numbers of all regions that share the calling code count: the reference takes `310-2021` in the United States for a
/// Canadian number. So do the digits that the rule for prefixes may add, as it does with seven-digit numbers in the
/// Caribbean.
fn national(region: Region) -> usize {
    let Some(plan) = Plan::of_region(region) else {
        return ANY;
    };
    let lengths = calling_code_of(region)
        .into_iter()
        .flat_map(regions_of_calling_code)
        .filter_map(Plan::of_region)
        .fold(0, |lengths, plan| lengths | plan.lengths(Desc::General));
    let added = plan
        .national_prefix_transform()
        .iter()
        .filter(|sign| sign.is_ascii_digit())
        .count();
    (lengths.trailing_zeros() as usize).saturating_sub(added).max(ANY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_those_of_the_plans() {
        let of = |region: &str| Fewest::of(Search::new(Region::new(region).ok(), Leniency::Valid)).national;
        assert_eq!((of("US"), of("DE"), of("FR"), of("KY")), (7, 4, 8, 4));
        let abroad = |leniency| Fewest::of(Search::new(None, leniency)).international;
        assert_eq!(
            (abroad(Leniency::Valid), abroad(Leniency::Possible)),
            (INTERNATIONAL, 2)
        );
    }

    #[test]
    fn no_plan_has_shorter_international_numbers() {
        let shortest = Plan::all()
            .map(|plan| {
                plan.calling_code().to_string().len() + plan.lengths(Desc::General).trailing_zeros() as usize
            })
            .min();
        assert_eq!(shortest, Some(INTERNATIONAL));
    }
}
