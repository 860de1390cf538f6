//! A week of opening hours, and its form in OpenStreetMap's `opening_hours`
//! (<https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>).

use super::notation::{day, time};

/// All seven days.
pub(super) const EVERY_DAY: u8 = 0b0111_1111;
/// The end of a day in minutes.
pub(super) const MIDNIGHT: u16 = 24 * 60;

/// Open on some days within some hours, in minutes from midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Bit 0 is Monday.
    pub(super) days: u8,
    /// `None`: closed.
    pub(super) hours: Option<(u16, u16)>,
}

impl Span {
    /// A span of `openingHoursSpecification`: names of days, times of opening and closing; neither time is closed.
    pub(crate) fn new<'a>(
        days: impl Iterator<Item = &'a str>,
        opens: Option<&str>,
        closes: Option<&str>,
    ) -> Option<Self> {
        let days = days.filter_map(day).fold(0, |days, day| days | 1 << day);
        let hours = match (opens, closes) {
            (Some(opens), Some(closes)) => Some(Self::whole_day(time(opens)?, time(closes)?)),
            (None, None) => None,
            _ => return None,
        };
        (days != 0).then_some(Self { days, hours })
    }

    /// Whether both are open on the same day at the same time, and do not say the same.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let (Some((from, to)), Some((opens, closes))) = (self.hours, other.hours) else {
            return false;
        };
        self.days & other.days != 0 && from < closes && opens < to && (from, to) != (opens, closes)
    }

    /// 00:00 to 00:00 or to 23:59 is the whole day.
    pub(super) fn whole_day(opens: u16, closes: u16) -> (u16, u16) {
        if opens == 0 && matches!(closes, 0 | 1439) {
            (0, MIDNIGHT)
        } else {
            (opens, closes)
        }
    }
}

/// Spans in OpenStreetMap's syntax, days of the same hours together. `None` when there are none.
pub(crate) fn render(spans: &[Span]) -> Option<String> {
    let mut rules: Vec<(u8, String)> = Vec::new();
    for index in 0..7u8 {
        let Some(hours) = hours_of_day(spans, index) else {
            continue;
        };
        match rules.iter_mut().find(|(_, known)| *known == hours) {
            Some((days, _)) => *days |= 1 << index,
            None => rules.push((1 << index, hours)),
        }
    }
    if let [(EVERY_DAY, hours)] = rules.as_slice()
        && hours == "00:00-24:00"
    {
        return Some("24/7".to_owned());
    }
    let rules: Vec<String> = rules
        .iter()
        .map(|(days, hours)| format!("{} {hours}", day_list(*days)))
        .collect();
    (!rules.is_empty()).then(|| rules.join("; "))
}

/// The hours of one day: `09:00-12:00,13:00-17:00`, `off`; `None` when nothing is said.
fn hours_of_day(spans: &[Span], index: u8) -> Option<String> {
    let of_day = || spans.iter().filter(|span| span.days & (1 << index) != 0);
    let mut ranges: Vec<(u16, u16)> = of_day().filter_map(|span| span.hours).collect();
    ranges.sort_unstable();
    ranges.dedup();
    if ranges.is_empty() {
        return of_day().next().map(|_| "off".to_owned());
    }
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let texts: Vec<String> = ranges
        .iter()
        .map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)))
        .collect();
    Some(texts.join(","))
}

/// `Mo-Fr,Su`: three days in a row are a range.
fn day_list(days: u8) -> String {
    const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let name = |index: usize| NAMES.get(index).copied().unwrap_or_default();
    let open = |index: &usize| days & (1 << index) != 0;
    let mut parts = Vec::new();
    let mut at = 0;
    while at < 7 {
        let length = (at..7).take_while(open).count();
        match length {
            0 => at += 1,
            1 => parts.push(name(at).to_owned()),
            2 => parts.push(format!("{},{}", name(at), name(at + 1))),
            _ => parts.push(format!("{}-{}", name(at), name(at + length - 1))),
        }
        at += length;
    }
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::super::of_text;
    use super::*;

    #[test]
    fn every_notation_becomes_one() {
        for (text, expected) in [
            ("Mo-Fr 09:00-17:00", Some("Mo-Fr 09:00-17:00")),
            ("Mo,Tu,We,Th 09:00-12:00", Some("Mo-Th 09:00-12:00")),
            (
                "Monday - Friday 9am - 5:30pm; Sat 10:00-12:00",
                Some("Mo-Fr 09:00-17:30; Sa 10:00-12:00"),
            ),
            (
                "Mo-Fr 08:00-12:00,13:00-18:00",
                Some("Mo-Fr 08:00-12:00,13:00-18:00"),
            ),
            ("24/7", Some("24/7")),
            ("Mo-Su 00:00-23:59", Some("24/7")),
            ("Sa-Mo 10:00-12:00", Some("Mo,Sa,Su 10:00-12:00")),
            ("Su closed; Mo 09:00-10:00", Some("Mo 09:00-10:00; Su off")),
            ("by appointment", None),
            ("Mo-Fr 25:00-26:00", None),
            ("Xx 09:00-10:00", None),
            ("Mo 09:00-10:00 and later", None),
        ] {
            assert_eq!(
                of_text(text).and_then(|spans| render(&spans)).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn specifications_are_read_by_day() {
        let span = |days: &[&str], opens, closes| Span::new(days.iter().copied(), opens, closes);
        let spans = [
            span(
                &["http://schema.org/Monday", "Tuesday"],
                Some("08:00:00"),
                Some("18:00"),
            )
            .unwrap(),
            span(&["Sunday"], None, None).unwrap(),
        ];
        assert_eq!(render(&spans).as_deref(), Some("Mo,Tu 08:00-18:00; Su off"));
        assert_eq!(span(&["Holiday"], Some("08:00"), Some("18:00")), None);
    }
}
