//! Opening hours.

use crate::rng::Rng;

/// Opening hours of a week, in minutes since midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// For each day, Monday first, the spans it is open.
    pub days: [Vec<(u16, u16)>; 7],
}

/// First day, last day, spans.
pub(crate) type Run<'a> = (usize, usize, &'a [(u16, u16)]);

/// Two-letter days, as OpenStreetMap and schema.org's `openingHours` write them.
pub(crate) const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// schema.org's names of the days.
pub(crate) const SCHEMA_DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

impl Hours {
    pub(crate) fn generate(rng: &mut Rng) -> Self {
        let open = (rng.range(14, 20) * 30) as u16;
        let close = (rng.range(34, 40) * 30) as u16;
        let weekday = if rng.chance(0.4) {
            vec![(open, 720), (840, close)]
        } else {
            vec![(open, close)]
        };
        let closed_day = rng.chance(0.25).then(|| rng.below(5));
        let mut days: [Vec<(u16, u16)>; 7] = Default::default();
        for (index, day) in days.iter_mut().enumerate() {
            *day = match index {
                0..=4 if closed_day == Some(index) => Vec::new(),
                0..=4 => weekday.clone(),
                5 if rng.chance(0.6) => vec![(open, 780)],
                _ => Vec::new(),
            };
        }
        Self { days }
    }

    /// OpenStreetMap's `opening_hours`: `Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-13:00`.
    pub fn osm(&self) -> String {
        self.groups()
            .map(|(from, to, spans)| format!("{} {}", day_range(from, to), write_spans(spans, ",")))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// schema.org's `openingHours`, one text a span: `Mo-Fr 09:00-12:00`.
    pub fn schema(&self) -> Vec<String> {
        self.groups()
            .flat_map(|(from, to, spans)| {
                spans
                    .iter()
                    .map(move |span| format!("{} {}", day_range(from, to), write_span(*span)))
            })
            .collect()
    }

    /// Runs of days with the same hours, closed days left out: first day, last day, spans.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Run<'_>> {
        let mut runs: Vec<Run<'_>> = Vec::new();
        for (index, spans) in self.days.iter().enumerate() {
            match runs.last_mut() {
                Some((_, to, same)) if *same == spans.as_slice() => *to = index,
                _ => runs.push((index, index, spans)),
            }
        }
        runs.into_iter().filter(|(_, _, spans)| !spans.is_empty())
    }
}

fn day_range(from: usize, to: usize) -> String {
    let day = |index: usize| DAYS.get(index).copied().unwrap_or_default();
    if from == to {
        day(from).to_owned()
    } else {
        format!("{}-{}", day(from), day(to))
    }
}

/// `09:00`
pub(crate) fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(crate) fn write_span((from, to): (u16, u16)) -> String {
    format!("{}-{}", clock(from), clock(to))
}

pub(crate) fn write_spans(spans: &[(u16, u16)], separator: &str) -> String {
    spans
        .iter()
        .map(|span| write_span(*span))
        .collect::<Vec<_>>()
        .join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_days_become_a_range() {
        let mut days: [Vec<(u16, u16)>; 7] = Default::default();
        for day in days.iter_mut().take(5) {
            *day = vec![(540, 720), (840, 1080)];
        }
        if let Some(saturday) = days.get_mut(5) {
            *saturday = vec![(540, 780)];
        }
        let hours = Hours { days };
        assert_eq!(hours.osm(), "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-13:00");
        assert_eq!(hours.schema().len(), 3);
    }
}
