//! What the text matcher checks of a number it has read: how its digits are grouped, and whether its prefix is there.

use super::format::push_dashed;
use super::parse::strip_national_prefix;
use super::{CountryCodeSource, Number};
use crate::phone::numbering::{Calling, Plan, Writing};

impl Number {
    /// The national digits as they are usually grouped, a dash between groups: `30-123456`
    /// (`getNationalNumberGroups` without a pattern).
    pub(crate) fn groups(&self) -> String {
        let Some(plan) = self.main_plan() else {
            return self.national.to_string();
        };
        let (mut written, mut groups) = (String::with_capacity(24), String::with_capacity(24));
        self.write_international(plan, &mut written);
        push_dashed(&written, &mut groups);
        groups
    }

    /// Other groupings people use for such a number, each as [`Number::groups`] writes it, in the reference's order.
    pub(crate) fn alternate_groups(&self) -> impl Iterator<Item = String> {
        let layouts = Calling::of(self.calling_code)
            .into_iter()
            .flat_map(|calling| calling.alternate_layouts(self.national.as_bytes()));
        layouts.map(|layout| {
            let (mut written, mut groups) = (String::with_capacity(24), String::with_capacity(24));
            layout.write(self.national.as_str(), Writing::Plain, &mut written);
            push_dashed(&written, &mut groups);
            groups
        })
    }

    /// Whether the country has a national prefix (`getNddPrefixForRegion` of the calling code's main region).
    pub(crate) fn country_has_national_prefix(&self) -> bool {
        self.main_plan()
            .is_some_and(|plan| !plan.national_prefix().is_empty())
    }

    /// Whether the national prefix stands in `raw`, the ASCII digits of the text the number was read from, where it is
    /// usually written: `isNationalPrefixPresentIfRequired`. True for numbers with a country calling code.
    pub(crate) fn national_prefix_present_if_required(&self, raw: &[u8]) -> bool {
        if self.source != CountryCodeSource::DefaultCountry {
            return true;
        }
        let is_region = |plan: &Plan| plan.region().is_some();
        let Some(plan) = self.main_plan().filter(is_region) else {
            return true;
        };
        match plan.layout(self.national.as_bytes()) {
            Some(layout) if !layout.national_prefix_rule().is_empty() => {
                layout.national_prefix_is_optional()
                    || layout.rule_has_first_group_only()
                    || strip_national_prefix(raw, plan).had_prefix
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Region;

    #[test]
    fn groups_of_a_number() {
        let number = Number::parse("+49 89 1234567", None).unwrap();
        assert_eq!(number.groups(), "89-1234567");
        assert!(number.alternate_groups().any(|groups| groups == "89-123-4567"));
        assert!(number.country_has_national_prefix());
    }

    #[test]
    fn a_prefix_that_is_usual_must_be_there() {
        let read =
            |text: &str, region: &str| Number::parse(text, Some(Region::new(region).unwrap())).unwrap();
        let german = read("89 1234567", "DE");
        assert!(!german.national_prefix_present_if_required(b"891234567"));
        assert!(german.national_prefix_present_if_required(b"0891234567"));
        assert!(read("+49 89 1234567", "DE").national_prefix_present_if_required(b"49891234567"));
        assert!(read("415 555 2671", "US").national_prefix_present_if_required(b"4155552671"));
    }
}
