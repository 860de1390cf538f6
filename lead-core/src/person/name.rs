//! What looks like the name of a person.

use super::function::{is_label, is_title_word};
use crate::sighting::head;
use crate::word_list::WordList;

/// Forms of address, which are no part of a name, in lower case without their dots.
static ADDRESSES: WordList<128> = WordList::new(
    "herr|herrn|frau|hr|fr|mr|mrs|ms|miss|monsieur|madame|mme|mlle|sig|sig.ra|signor|signora|don|doña|sr|sra|\
    dhr|mevr|pan|pani|dña|dr|prof|dipl|ing|dott|dott.ssa|avv|arch|geom|rag|mag|ir|drs|mgr|inż|dipl.-ing|\
    dipl.-kfm|dipl.-inf|dr.-ing|capt",
);

/// Small words within names.
static PARTICLES: WordList<64> = WordList::new(
    "von|van|de|der|den|del|della|di|da|do|dos|das|du|la|le|ten|ter|zu|y|e|af|av|al|el|bin|ben",
);

/// Words of headings, menus and addresses: no person is called so.
static NO_NAMES: WordList<1024> = WordList::new(
    "our|team|staff|contact|contacts|us|about|home|the|and|office|sales|service|services|customer|customers|\
    support|company|group|inc|llc|ltd|limited|corp|co|street|road|avenue|drive|department|center|centre|\
    news|products|product|careers|privacy|policy|terms|phone|fax|email|e-mail|tel|mobile|cell|hours|more|\
    read|view|new|north|south|east|west|click|here|free|online|login|search|menu|gallery|blog|events|\
    welcome|meet|general|information|info|management|board|directors|senior|junior|regional|national|\
    international|global|marketing|finance|human|resources|operations|technical|engineering|quality|design|\
    project|account|business|development|real|estate|law|firm|clinic|dental|medical|hospital|school|\
    university|college|church|city|county|state|united|states|america|american|located|location|locations|\
    map|directions|site|web|website|page|all|rights|reserved|copyright|legal|notice|address|headquarters|\
    corporate|your|my|you|we|of|for|in|at|by|to|with|on|shop|store|hotel|restaurant|bakery|press|media|\
    training|technology|software|systems|solutions|industries|industrial|health|care|insurance|bank|\
    investment|financial|administration|administrative|box|suite|building|floor|plant|warehouse|community|\
    program|programs|test|latest|featured|popular|related|next|previous|inside|outside|field|area|district|\
    region|division|unit|section|retail|wholesale|parts|accounts|payable|receivable|members|partners|companies|pricing|prices|responsibilities|quick|links|follow|\
    social|facebook|twitter|instagram|linkedin|youtube|unser|unsere|über|uns|kontakt|impressum|datenschutz|\
    anfahrt|straße|strasse|platz|weg|handelsregister|registergericht|amtsgericht|ust|steuernummer|\
    umsatzsteuer|haftung|telefon|firma|und|die|das|für|mit|gesellschaft|verwaltung|deutschland|sitz|gmbh|ag|\
    kg|bereich|abteilung|angaben|gemäß|inhalt|inhalte|registernummer|hrb|hra|germany|eingetragen|notre|\
    équipe|nous|mentions|légales|société|siège|rue|capital|téléphone|hébergeur|hébergement|sarl|sas|siret|\
    internet|rédaction|publication|nostro|sede|contatti|chi|siamo|via|piazza|partita|iva|capitale|società|\
    srl|spa|nuestro|equipo|aviso|quienes|somos|calle|contacto|empresa|sociedad|domicilio|nuestra|nossa|\
    equipa|contactos|rua|lda|datos|privacidad|ons|onze|over|wij|adres|straat|kamer|koophandel|btw|nasz|\
    zespół|spółka|ulica|sąd|rejonowy|zarząd|zarządu",
);

/// At most so many words make a name, and it is at most so long.
const MAX_WORDS: usize = 6;
const LONGEST: usize = 60;

/// The name that a text is and nothing else, without forms of address before it and degrees behind it.
pub(super) fn whole(text: &str) -> Option<&str> {
    let text = without_degrees(text.trim());
    let (name, rest) = at_start(text)?;
    rest.is_empty().then_some(name)
}

/// The name that a text begins with, and what follows.
pub(super) fn at_start(text: &str) -> Option<(&str, &str)> {
    let text = without_address(text.trim_start_matches([' ', '\u{a0}']));
    let mut end = None;
    let (mut full, mut initials, mut count) = (0, 0, 0);
    let mut at = 0;
    for word in text.split(' ') {
        let next = at + word.len() + 1;
        let bare = word.trim_end_matches([',', ';', ')']);
        match kind_of(bare) {
            Some(Part::Full) => full += 1,
            Some(Part::Initial) => initials += 1,
            Some(Part::Particle) if count > 0 && bare.len() == word.len() => {
                at = next;
                count += 1;
                continue;
            }
            _ => break,
        }
        count += 1;
        end = Some(at + bare.len());
        at = next;
        if bare.len() != word.len() || count >= MAX_WORDS {
            break;
        }
    }
    let (name, rest) = text.split_at_checked(end?)?;
    let enough = full >= 2 || full == 1 && initials >= 1;
    let fits = enough && name.len() <= LONGEST && !is_label(name) && one_case(name);
    fits.then(|| (name, rest.trim_start_matches([' ', '\u{a0}'])))
}

/// What a word is within a name.
enum Part {
    Full,
    Initial,
    Particle,
}

fn kind_of(word: &str) -> Option<Part> {
    if PARTICLES.holds(word) && !word.starts_with(char::is_uppercase) {
        return Some(Part::Particle);
    }
    let initial = word.len() <= 6 && word.ends_with('.') && word.starts_with(char::is_uppercase);
    if initial {
        let mut parts = word.split('.').filter(|part| !part.is_empty());
        return parts
            .all(|part| part.chars().count() <= 2)
            .then_some(Part::Initial);
    }
    let letters = word
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    let first = word.chars().next()?;
    let shaped = first.is_uppercase() && word.chars().count() >= 2 && !word.ends_with(['-', '\'', '’']);
    (letters && shaped && !NO_NAMES.holds(word) && !is_title_word(word)).then_some(Part::Full)
}

/// Abbreviations in capitals stand in names of firms: a name has capitals throughout, in its last word, or nowhere.
fn one_case(name: &str) -> bool {
    let shouted = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
    };
    let words = name.split(' ').filter(|word| !word.contains('.'));
    let (count, loud) = (words.clone().count(), words.clone().filter(shouted).count());
    let last = name
        .split(' ')
        .next_back()
        .is_some_and(|word| shouted(&word) && word.chars().count() > 3);
    loud == 0 || loud == count || loud == 1 && last
}

/// Strips `Herr Dr.`, `Mrs.` before a name.
fn without_address(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..4 {
        let Some((word, behind)) = rest.split_once(' ') else {
            return rest;
        };
        // `M.` is Monsieur before a whole name, else an initial.
        let monsieur = word == "M." && behind.contains(' ');
        if !monsieur && !ADDRESSES.holds(word.trim_end_matches('.')) {
            return rest;
        }
        rest = behind.trim_start();
    }
    rest
}

/// Strips `, MBA`, `, Ph.D.`, ` M.D.` behind a name.
fn without_degrees(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_end_matches([' ', ',']);
        let cut = trimmed.rfind([' ', ',']);
        let last = trimmed.get(cut.map_or(0, |at| at + 1)..).unwrap_or_default();
        let behind_comma = cut.is_some_and(|at| {
            trimmed
                .get(..=at)
                .is_some_and(|head| head.trim_end().ends_with(','))
        });
        let capitals = last.chars().filter(|c| c.is_uppercase()).count();
        let degree =
            last.len() <= 7 && capitals >= 2 && (behind_comma || last.contains('.') && last.len() >= 4);
        match cut.filter(|_| degree) {
            Some(at) => text = trimmed.get(..at).unwrap_or_default(),
            None => return trimmed,
        }
    }
}

/// At most so many bytes of a page are asked for a word.
const ASKED: usize = 1 << 16;

/// Whether a text writes a word of a name in lower case too, as it does those of headings. Mailboxes and addresses of sites
/// do not count: they hold names.
pub(super) fn is_common(text: &str, name: &str) -> bool {
    let text = head(text, ASKED);
    let words = name.split([' ', '-']).filter(|word| word.chars().count() >= 4);
    words.map(str::to_lowercase).any(|word| {
        memchr::memmem::find_iter(text.as_bytes(), &word).any(|at| {
            let joins = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '/' | '-' | '_' | '%');
            let before = text.get(..at).is_some_and(|before| before.ends_with(joins));
            let mut after = text.get(at + word.len()..).unwrap_or_default().chars();
            let glued = match after.next() {
                // A dot ends a sentence as well.
                Some('.') => after.next().is_some_and(char::is_alphanumeric),
                next => next.is_some_and(joins),
            };
            !before && !glued
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_persons() {
        for (text, name) in [
            ("Ada Example", Some("Ada Example")),
            ("Herr Dr. Max Muster", Some("Max Muster")),
            ("Jean-Luc D'Exemple", Some("Jean-Luc D'Exemple")),
            ("Anna van der Voorbeeld", Some("Anna van der Voorbeeld")),
            ("J. R. Sample, MBA, Ph.D.", Some("J. R. Sample")),
            ("Ada B. Example M.D.", Some("Ada B. Example")),
            ("Jean EXEMPLE", Some("Jean EXEMPLE")),
            ("MAX MUSTER", Some("MAX MUSTER")),
            ("Łucja Przykładowska", Some("Łucja Przykładowska")),
            ("Our Team", None),
            ("Sales Manager", None),
            ("Ada", None),
            ("Rossi GmbH", None),
            ("ACME Bread", None),
            ("12 Main Street", None),
            ("Managing Director", None),
            ("ada example", None),
            ("", None),
        ] {
            assert_eq!(whole(text), name, "{text}");
        }
    }

    #[test]
    fn words_of_headings_are_common() {
        let text = "Water Repair\nManager\nWe do repair of water pipes.\nAda Rice\nada.rice@x.example, www.rice.example";
        assert!(is_common(text, "Water Repair"));
        assert!(!is_common(text, "Ada Rice"));
    }

    #[test]
    fn names_end_where_something_else_begins() {
        assert_eq!(
            at_start("Max Muster, Erika Beispiel"),
            Some(("Max Muster", ", Erika Beispiel"))
        );
        assert_eq!(at_start("Max Muster (CEO)"), Some(("Max Muster", "(CEO)")));
        assert_eq!(
            at_start("Max Muster und Erika"),
            Some(("Max Muster", "und Erika"))
        );
        assert_eq!(at_start("Telefon 030"), None);
    }
}
