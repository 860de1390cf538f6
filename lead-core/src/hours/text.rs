//! Opening hours in the text: days and times side by side, in a line or over a table.

use std::ops::Range;

use super::line::read;
use super::week::{Span, render};
use super::words::is_day;
use crate::page::Document;
use crate::places::{Digit, Places};
use crate::record::{Method, OpeningHours};
use crate::sighting::{Sighting, Spot};

/// Days and times that stand together.
const READ: f32 = 0.8;
/// Longer lines are prose, and so is a week that is parted by more lines than these.
const LONGEST_LINE: usize = 400;
const GAP: usize = 2;
/// More weeks than these are a list of places; the first are kept.
const MAX_WEEKS: usize = 100;

/// Every week of opening hours of the document's text.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<OpeningHours>>) {
    let language = document.language().unwrap_or_default().to_lowercase();
    let code = language.split(['-', '_']).next().unwrap_or_default();
    for (hours, span) in weeks(document.text(), code) {
        found.push(Sighting::new(
            OpeningHours::new(hours),
            READ,
            Method::VisibleText,
            Spot::Text(span),
        ));
    }
}

/// The weeks of a text, each with where it stands.
fn weeks(text: &str, language: &str) -> Vec<(String, Range<usize>)> {
    let mut list = Vec::new();
    let mut week = Week::default();
    let mut digits = Places::<Digit>::of(text);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        let range = start..end;
        start = end + 1;
        let line = text.get(range.clone()).unwrap_or_default();
        let goes_on = !week.spans.is_empty();
        let counted = digits.any(range.start, range.end);
        let spans = if worth_reading(line, language, goes_on || counted, week.days) {
            read(line, language, &mut week.days)
        } else {
            Vec::new()
        };
        if spans.is_empty() {
            week.blanks += 1;
            if week.blanks > GAP {
                week.flush(&mut list);
            }
            continue;
        }
        week.add(spans, range, &mut list);
        if list.len() >= MAX_WEEKS {
            return list;
        }
    }
    week.flush(&mut list);
    list
}

/// A line may hold hours when the one before named `days`, when it begins with one, or, if it is `hopeful` (it has digits, or
/// a week goes on), when it names one anywhere.
fn worth_reading(line: &str, language: &str, hopeful: bool, days: u8) -> bool {
    if !(4..=LONGEST_LINE).contains(&line.len()) {
        return false;
    }
    if days != 0 {
        return true;
    }
    if hopeful {
        return names_day(line, language);
    }
    line.len() <= 32 && begins_with_day(line, language)
}

/// Whether a word of the line is a day: times without one say nothing.
fn names_day(line: &str, language: &str) -> bool {
    let mut rest = line;
    while let Some(start) = rest
        .bytes()
        .position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
    {
        rest = rest.get(start..).unwrap_or_default();
        let word = first_word(rest);
        if is_day(word, language) {
            return true;
        }
        let sign = if word.is_empty() {
            rest.chars().next()
        } else {
            None
        };
        rest = rest
            .get(word.len() + sign.map_or(0, char::len_utf8)..)
            .unwrap_or_default();
    }
    false
}

fn begins_with_day(line: &str, language: &str) -> bool {
    let word = first_word(line);
    (2..=20).contains(&word.len()) && is_day(word, language)
}

/// The letters that a text begins with. Bytes are looked at, as most are of one.
fn first_word(text: &str) -> &str {
    let ascii = text.bytes().position(|byte| !byte.is_ascii_alphabetic());
    let end = ascii.and_then(|at| match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(at),
        _ => text.find(|c: char| !c.is_alphabetic()),
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// A week as it is read line by line.
#[derive(Default)]
struct Week {
    spans: Vec<Span>,
    span: Range<usize>,
    blanks: usize,
    /// Days of the last line, whose times may stand on the next.
    days: u8,
}

impl Week {
    fn add(&mut self, spans: Vec<Span>, range: Range<usize>, list: &mut Vec<(String, Range<usize>)>) {
        // The same day again, further down or at times that overlap: the week of another place.
        let again = |span: &Span| {
            self.spans
                .iter()
                .any(|known| known.days & span.days != 0 && self.blanks > 0)
        };
        let clash = |span: &Span| self.spans.iter().any(|known| known.overlaps(span));
        if spans.iter().any(|span| again(span) || clash(span)) {
            self.flush(list);
        }
        if self.spans.is_empty() {
            self.span = range.clone();
        }
        self.span.end = range.end;
        self.spans.extend(spans);
        self.blanks = 0;
    }

    fn flush(&mut self, list: &mut Vec<(String, Range<usize>)>) {
        let week = std::mem::take(self);
        if week.spans.iter().any(|span| span.hours.is_some())
            && let Some(hours) = render(&week.spans)
        {
            list.push((hours, week.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, language: &str) -> Option<String> {
        weeks(text, language).into_iter().next().map(|(hours, _)| hours)
    }

    #[test]
    fn hours_are_read_in_the_languages_of_pages() {
        for (language, text, expected) in [
            (
                "en",
                "Monday - Friday 9am - 5:30pm\nSat 10-4\nSunday closed",
                "Mo-Fr 09:00-17:30; Sa 10:00-16:00; Su off",
            ),
            ("en", "Open Mon.-Fri. 8:00 a.m. to noon", "Mo-Fr 08:00-12:00"),
            ("en", "9am to 5pm, Monday to Friday", "Mo-Fr 09:00-17:00"),
            (
                "en",
                "Every day\nDaily from 11 a.m. - 10 p.m.",
                "Mo-Su 11:00-22:00",
            ),
            (
                "en",
                "8 am to noon Monday - Friday and 9 am to 11 am Saturday",
                "Mo-Fr 08:00-12:00; Sa 09:00-11:00",
            ),
            ("en", "Friday\n9 to 5\nSunday\nClosed", "Fr 09:00-17:00; Su off"),
            (
                "en",
                "Mon\t9:00 AM - 5:00 PM\nTue\t9:00 AM - 5:00 PM",
                "Mo,Tu 09:00-17:00",
            ),
            (
                "en",
                "Monday - Friday 7a-6p, Saturday & Sunday 8a-6p",
                "Mo-Fr 07:00-18:00; Sa,Su 08:00-18:00",
            ),
            (
                "de",
                "Öffnungszeiten: Mo–Fr 9–12 Uhr und 14–18 Uhr, Sa 9–13 Uhr",
                "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-13:00",
            ),
            (
                "de",
                "Montag bis Freitag: 08.00 - 18.30 Uhr\nMittwoch Ruhetag",
                "Mo-Fr 08:00-18:30",
            ),
            (
                "fr",
                "Du lundi au vendredi de 9h à 12h et de 14h à 18h30",
                "Mo-Fr 09:00-12:00,14:00-18:30",
            ),
            (
                "es",
                "Lunes a viernes de 9:00 a 14:00 y de 16:00 a 20:00",
                "Mo-Fr 09:00-14:00,16:00-20:00",
            ),
            (
                "it",
                "Dal lunedì al venerdì dalle 9:00 alle 13:00",
                "Mo-Fr 09:00-13:00",
            ),
            (
                "nl",
                "Maandag t/m vrijdag van 09.00 tot 17.30 uur",
                "Mo-Fr 09:00-17:30",
            ),
            ("pt", "Segunda a sexta das 9h às 18h", "Mo-Fr 09:00-18:00"),
            (
                "pl",
                "Poniedziałek - piątek: 8:00 - 16:00, sobota nieczynne",
                "Mo-Fr 08:00-16:00; Sa off",
            ),
            (
                "sv",
                "Mån-Fre 09:00-17:00, Lör stängt",
                "Mo-Fr 09:00-17:00; Sa off",
            ),
            ("fi", "ma-pe 9-17", "Mo-Fr 09:00-17:00"),
        ] {
            assert_eq!(first(text, language).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_week_is_none() {
        for text in [
            "Mon 12 March 2013",
            "Call 555-1234 on Monday",
            "Friday 10 - 20 % off",
            "closed on Sundays",
            "pages 9 - 17",
            "",
        ] {
            assert_eq!(first(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn places_keep_their_own_weeks() {
        let text = "North shop\n12 Main Street\nTel\nMonday to Friday 5am to 12am\n\nSouth shop\n1 Oak Street\nMonday to Friday 7am to 9pm";
        let hours: Vec<String> = weeks(text, "en").into_iter().map(|(hours, _)| hours).collect();
        assert_eq!(hours, ["Mo-Fr 05:00-00:00", "Mo-Fr 07:00-21:00"]);
    }
}
