//! Two times of a line as minutes of the day, with and without `am` and `pm`.

use super::week::Span;

/// Which clock a page goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dial {
    /// `9 - 5` ends in the afternoon.
    Twelve,
    TwentyFour,
}

impl Dial {
    /// The clock of a language (a code of two letters).
    pub(super) fn of(language: &str) -> Self {
        match language {
            "" | "en" => Self::Twelve,
            _ => Self::TwentyFour,
        }
    }
}

/// Two times as minutes of the day. Without `am` and `pm` English pages mean a day: `9 - 5` ends in the afternoon.
pub(super) fn span_of(from: (u16, Option<bool>), to: (u16, Option<bool>), dial: Dial) -> Option<(u16, u16)> {
    const NOON: u16 = 12 * 60;
    let half = |minutes: u16, afternoon: bool| match (minutes / 60, afternoon) {
        (12, false) => minutes - NOON,
        (hour, true) if hour < 12 => minutes + NOON,
        _ => minutes,
    };
    let (opens, closes) = match (from, to) {
        ((from, Some(a)), (to, Some(b))) => (half(from, a), half(to, b)),
        ((from, None), (to, Some(b))) => {
            let closes = half(to, b);
            // `1 - 5pm` opens in the afternoon, `9 - 5pm` does not.
            let afternoon = from + NOON < closes && from < 7 * 60;
            (if afternoon { from + NOON } else { from }, closes)
        }
        ((from, Some(a)), (to, None)) => {
            let opens = half(from, a);
            (opens, if to <= opens && to < NOON { to + NOON } else { to })
        }
        ((from, None), (to, None)) if dial == Dial::Twelve && to <= from && to < NOON => (from, to + NOON),
        ((from, None), (to, None)) => (from, to),
    };
    let (opens, closes) = Span::whole_day(opens, closes);
    (opens != closes && opens < 24 * 60 && closes <= 24 * 60).then_some((opens, closes))
}
