//! How a number was written: formats that keep to the text it was read from.

use super::dial::{NANPA, diallable};
use super::input::split_text;
use super::{CountryCodeSource, Format, Number, sign};
use crate::phone::numbering::{Layout, Plan, Writing};
use crate::phone::region::Region;

impl Number {
    /// In the form it was read in, national or international, nicely grouped: `formatInOriginalFormat`.
    ///
    /// `raw` is the text it was read from; it is given back where grouping would change a digit. `region` is where
    /// international prefixes are dialled from.
    pub fn format_as_written(&self, raw: &str, region: Region) -> String {
        let layout = self
            .main_plan()
            .and_then(|plan| plan.layout(self.national.as_bytes()));
        let Some(layout) = layout else {
            return raw.to_owned();
        };
        let written = match self.source {
            CountryCodeSource::Unspecified => return self.format(Format::National),
            CountryCodeSource::NumberWithPlusSign => self.format(Format::International),
            CountryCodeSource::NumberWithIdd => self.format_from(region),
            CountryCodeSource::NumberWithoutPlusSign => {
                let written = self.format(Format::International);
                written.strip_prefix('+').unwrap_or(&written).to_owned()
            }
            CountryCodeSource::DefaultCountry => self.national_as_written(raw, layout),
        };
        if diallable(&written) == diallable(raw) {
            written
        } else {
            raw.to_owned()
        }
    }

    /// The national form, without national prefix where the text has none.
    fn national_as_written(&self, raw: &str, layout: Layout) -> String {
        let national = self.format(Format::National);
        let Some(plan) = self.main_plan() else {
            return national;
        };
        let prefix = plan.national_prefix().replace('~', "");
        if prefix.is_empty() || has_national_prefix(raw, &prefix, plan) {
            return national;
        }
        // The part of the rule before the first group.
        let rule = layout.national_prefix_rule();
        let before = rule.split(|sign| *sign == 1).next().unwrap_or_default();
        if !rule.contains(&1) || !before.iter().any(u8::is_ascii_digit) {
            return national;
        }
        let mut plain = String::with_capacity(24);
        layout.write(self.national.as_str(), Writing::Plain, &mut plain);
        self.write_extension(plan, &mut plain);
        plain
    }

    /// As dialled from `region`, with the letters and the grouping it was written with:
    /// `formatOutOfCountryKeepingAlphaChars`.
    ///
    /// ```
    /// use lead_core::phone::{Number, Region};
    /// let raw = "1-800-SIX-flag";
    /// let number = Number::parse(raw, Some(Region::US)).unwrap();
    /// assert_eq!(number.format_keeping_letters(raw, Region::new("AU")?), "0011 1 800-SIX-FLAG");
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn format_keeping_letters(&self, raw: &str, region: Region) -> String {
        if raw.is_empty() {
            return self.format_from(region);
        }
        let Some(plan) = self.main_plan() else {
            return raw.to_owned();
        };
        let kept: String = raw.chars().filter_map(grouping_symbol).collect();
        // Whatever prefix there was ends where the first three digits of the number begin.
        let start = match self.national.as_str().get(..3) {
            Some(first) if self.national.len() > 3 => kept.find(first).unwrap_or(0),
            _ => 0,
        };
        let kept = kept.get(start..).unwrap_or_default();
        let home = Plan::of_region(region);
        if let Some(home) = home.filter(|home| home.calling_code() == self.calling_code) {
            return if self.calling_code == NANPA {
                format!("{NANPA} {kept}")
            } else {
                self.with_national_prefix(kept, home)
            };
        }
        let mut number = split_text(kept);
        self.write_extension(plan, &mut number);
        let prefix = home.map_or("", |home| home.single_international_prefix());
        self.after_prefix(prefix, &number)
    }

    /// `kept` with the national prefix before its first digits, where it is usual.
    fn with_national_prefix(&self, kept: &str, home: Plan) -> String {
        let rule = home
            .layout(self.national.as_bytes())
            .map(Layout::national_prefix_rule);
        let (Some(rule @ [_, ..]), Some(start)) = (rule, kept.find(|c: char| c.is_ascii_digit())) else {
            return kept.to_owned();
        };
        let (before, number) = kept.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (first, rest) = number.split_at(end);
        let mut out = before.to_owned();
        for sign in rule {
            match sign {
                1 => out.push_str(first),
                sign => out.push(char::from(*sign)),
            }
        }
        out.push_str(rest);
        out
    }
}

/// Whether the national prefix stands before a number that is valid without it: `rawInputContainsNationalPrefix`.
fn has_national_prefix(raw: &str, prefix: &str, plan: Plan) -> bool {
    let digits: String = raw.chars().filter_map(sign::digit).map(char::from).collect();
    digits
        .strip_prefix(prefix)
        .is_some_and(|rest| Number::parse(rest, plan.region()).is_ok_and(|number| number.is_valid()))
}

/// `ALL_PLUS_NUMBER_GROUPING_SYMBOLS`: letters in upper case, digits, and the signs that group them.
fn grouping_symbol(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' | 'A'..='Z' | '-' | '/' | ' ' | '.' => c,
        'a'..='z' => c.to_ascii_uppercase(),
        '\u{FF0D}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{FF0F}' => '/',
        '\u{3000}' | '\u{2060}' => ' ',
        '\u{FF0E}' => '.',
        _ => return None,
    })
}
