//! Persons in the text: names that stand beside what they do.
//!
//! A line is worth reading when it holds a word of titles; then its neighbours are looked at. Names in sentences are left
//! alone: they are as often those of authors, saints and streets.

use std::ops::Range;

use super::function::{has_title_word, is_title};
use super::label::names_behind;
use super::line::Line;
use super::name;
use crate::record::{Method, Person};
use crate::sighting::{Sighting, Spot};

/// A label that announces the name.
const LABELLED: f32 = 0.9;
/// A name and a title side by side or on two lines.
const PAIRED: f32 = 0.85;

/// Longer lines are prose.
const LONGEST: usize = 160;
/// More persons than these are a directory; the first are kept.
const MOST: usize = 200;

/// A person that the text speaks of.
pub(crate) struct Spoken {
    /// The person; the spot covers the name and the function.
    pub(crate) sighting: Sighting<Person>,
    /// Whether contacts around the name are the person's: on a team page, not in an imprint, which goes on with those of
    /// the firm.
    pub(crate) with_card: bool,
}

/// Every person that stands beside a function.
pub(crate) fn find(text: &str) -> Vec<Spoken> {
    let mut reader = Reader {
        text,
        taken: 0,
        found: Vec::new(),
    };
    let mut before: Option<Line<'_>> = None;
    let mut next = Line::at(text, 0);
    while let Some(line) = next {
        if (2..=LONGEST).contains(&line.text.len()) && line.start >= reader.taken && has_title_word(line.text)
        {
            reader.read(before, line);
        }
        if reader.found.len() >= MOST {
            break;
        }
        if !line.text.is_empty() {
            before = Some(line);
        }
        next = line.next(text);
    }
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    /// Up to here the text belongs to persons already.
    taken: usize,
    found: Vec<Spoken>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, before: Option<Line<'a>>, line: Line<'a>) {
        let labelled = names_behind(self.text, line);
        if !labelled.is_empty() {
            for named in labelled {
                let own = named.line.range_of(named.name);
                let start = line.start.min(own.start);
                self.push(named.name, named.function, start..own.end, LABELLED, false);
            }
        } else if let Some((name, function)) = side_by_side(line.text) {
            self.pair(name, function, line.span());
        } else if is_title(line.text) {
            self.beside(before, line);
        }
    }

    /// A title on its own line: the name stands before it, or behind it where titles come first.
    fn beside(&mut self, before: Option<Line<'a>>, line: Line<'a>) {
        let above = before.filter(|line| line.start >= self.taken);
        if let Some((above, name)) = above.and_then(|above| Some((above, name::whole(above.text)?))) {
            self.pair(name, line.text, above.start..line.span().end);
            return;
        }
        let Some(below) = line.next(self.text) else { return };
        let Some(name) = name::whole(below.text) else {
            return;
        };
        // `Director` over a list that goes on `name, title` is its heading.
        let after = below.next(self.text);
        let heads_list = after.is_some_and(|after| {
            let goes_on = after
                .next(self.text)
                .is_some_and(|last| name::whole(last.text).is_some());
            is_title(after.text) && !goes_on
        });
        if !heads_list {
            self.pair(name, line.text, line.start..below.span().end);
        }
    }

    /// A pair, unless the words of the name are common ones.
    fn pair(&mut self, name: &str, function: &str, span: Range<usize>) {
        // `Full Members`, `Associate Members`: kinds of something.
        let alike = name
            .split(' ')
            .any(|word| word.len() > 3 && function.contains(word));
        if !alike && !name::is_common(self.text, name) {
            self.push(name, function, span, PAIRED, true);
        }
    }

    fn push(&mut self, name: &str, function: &str, span: Range<usize>, confidence: f32, with_card: bool) {
        self.taken = self.taken.max(span.end);
        let person = Person {
            name: one_line(name),
            function: Some(one_line(function)),
            ..Person::default()
        };
        let sighting = Sighting::new(person, confidence, Method::VisibleText, Spot::Text(span));
        self.found.push(Spoken { sighting, with_card });
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Ada Example, CEO`, `Ada Example - Sales Manager`, `Ada Example (owner)`.
fn side_by_side(line: &str) -> Option<(&str, &str)> {
    let cuts = [", ", " - ", " – ", " — ", " | ", " ("];
    let cuts = cuts.iter().flat_map(|sign| line.match_indices(sign));
    let mut cuts: Vec<(usize, usize)> = cuts.map(|(at, sign)| (at, at + sign.len())).collect();
    cuts.sort_unstable();
    // The last one first: degrees may stand between.
    cuts.truncate(4);
    cuts.into_iter().rev().find_map(|(end, start)| {
        let name = name::whole(line.get(..end)?)?;
        let title = line.get(start..)?.trim_end_matches([')', ' ']);
        is_title(title).then_some((name, title))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persons(text: &str) -> Vec<(String, String)> {
        let found = find(text).into_iter().map(|spoken| spoken.sighting.value);
        found
            .map(|person| (person.name, person.function.unwrap_or_default()))
            .collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(name, function)| ((*name).to_owned(), (*function).to_owned()))
            .collect()
    }

    #[test]
    fn imprints_name_who_answers_for_them() {
        for (text, expected) in [
            (
                "Geschäftsführer: Max Muster, Erika Beispiel",
                &[
                    ("Max Muster", "Geschäftsführer"),
                    ("Erika Beispiel", "Geschäftsführer"),
                ][..],
            ),
            (
                "Geschäftsführer der Muster GmbH: Dr. Max Muster",
                &[("Max Muster", "Geschäftsführer")],
            ),
            (
                "Inhaberin Erika Beispiel\nTelefon 030",
                &[("Erika Beispiel", "Inhaberin")],
            ),
            (
                "Vertreten durch:\nMax Muster (Vorsitzender)\nErika Beispiel\nKontakt:",
                &[
                    ("Max Muster", "Vorsitzender"),
                    ("Erika Beispiel", "Vertreten durch"),
                ],
            ),
            (
                "Vertreten durch den Geschäftsführer Max Muster",
                &[("Max Muster", "Vertreten durch den Geschäftsführer")],
            ),
            (
                "Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV:\nErika Beispiel\nBeispielweg 1",
                &[("Erika Beispiel", "Verantwortlich")],
            ),
            (
                "Directeur de la publication : Jean Exemple",
                &[("Jean Exemple", "Directeur de la publication")],
            ),
            ("Gérant : M. Jean EXEMPLE", &[("Jean EXEMPLE", "Gérant")]),
            (
                "Legale rappresentante: Dott. Mario Esempio",
                &[("Mario Esempio", "Legale rappresentante")],
            ),
            ("Titolare: Anna Esempio", &[("Anna Esempio", "Titolare")]),
            ("Owner: Ada B. Example", &[("Ada B. Example", "Owner")]),
            (
                "CEO: Ada Example & Bob Sample",
                &[("Ada Example", "CEO"), ("Bob Sample", "CEO")],
            ),
            (
                "Representante legal: Dña. Marta Ejemplo Prueba",
                &[("Marta Ejemplo Prueba", "Representante legal")],
            ),
            (
                "Eigenaar: Jan van der Voorbeeld",
                &[("Jan van der Voorbeeld", "Eigenaar")],
            ),
            (
                "Sócio-gerente: João Exemplo",
                &[("João Exemplo", "Sócio-gerente")],
            ),
            (
                "Prezes Zarządu: Łucja Przykładowska",
                &[("Łucja Przykładowska", "Prezes Zarządu")],
            ),
            (
                "Właściciel: Jan Przykładowy",
                &[("Jan Przykładowy", "Właściciel")],
            ),
            (
                "Ansvarig utgivare: Åsa Exempel",
                &[("Åsa Exempel", "Ansvarig utgivare")],
            ),
            ("Sales Manager: Ada Example", &[("Ada Example", "Sales Manager")]),
        ] {
            assert_eq!(persons(text), pairs(expected), "{text}");
        }
    }

    #[test]
    fn team_pages_pair_names_and_titles() {
        for (text, expected) in [
            (
                "Ada Example\nSales Manager\nada@x.example\nBob Sample\nCEO",
                &[("Ada Example", "Sales Manager"), ("Bob Sample", "CEO")][..],
            ),
            (
                "President\nAda Example\nVice President\nBob Sample",
                &[("Ada Example", "President"), ("Bob Sample", "Vice President")],
            ),
            (
                "Director\nAda Example\nOffice Manager\n12 Main St",
                &[("Ada Example", "Office Manager")],
            ),
            ("Ada Example, Founder & CEO", &[("Ada Example", "Founder & CEO")]),
            (
                "Ada Example, MBA, Managing Director",
                &[("Ada Example", "Managing Director")],
            ),
            (
                "Ada Example - Marketing Manager",
                &[("Ada Example", "Marketing Manager")],
            ),
            ("Ada Example (Owner)", &[("Ada Example", "Owner")]),
            (
                "Ada Example\tSales Manager\tBob Sample\tService Manager",
                &[
                    ("Ada Example", "Sales Manager"),
                    ("Bob Sample", "Service Manager"),
                ],
            ),
            (
                "Max Muster\nVertriebsleiter",
                &[("Max Muster", "Vertriebsleiter")],
            ),
            (
                "Marie Exemple\nResponsable commerciale",
                &[("Marie Exemple", "Responsable commerciale")],
            ),
        ] {
            assert_eq!(persons(text), pairs(expected), "{text}");
        }
    }

    #[test]
    fn headings_menus_and_sentences_name_nobody() {
        for text in [
            "Our Team\nManager Login\nContact Us",
            "Geschäftsführer: siehe Impressum",
            "Manager: Sales Team",
            "Owner Resources Center",
            "Main Street\nManager",
            "Ada Example has been the manager of this shop for years.",
            "Become a Partner\nFind a Partner",
            "Handelsregister: Amtsgericht Musterstadt",
            "Inhaber Muster GmbH",
            "",
        ] {
            assert_eq!(persons(text), pairs(&[]), "{text}");
        }
    }
}
