//! Languages: one file each. A word is written `native|latin` where the script is not Latin.

mod ar;
mod bg;
mod de;
mod el;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod pl;
mod zh;

pub(crate) use ar::AR;
pub(crate) use bg::BG;
pub(crate) use de::DE;
pub(crate) use el::EL;
pub(crate) use en::EN;
pub(crate) use es::ES;
pub(crate) use fr::FR;
pub(crate) use it::IT;
pub(crate) use ja::JA;
pub(crate) use pl::PL;
pub(crate) use zh::ZH;

use crate::category::COUNT;

/// Every language.
pub(crate) static ALL: [&Lang; 11] = [&AR, &BG, &DE, &EL, &EN, &ES, &FR, &IT, &JA, &PL, &ZH];

/// One language: the words a page in it needs.
#[derive(Debug)]
pub(crate) struct Lang {
    /// BCP 47 code.
    pub(crate) code: &'static str,
    /// Written from right to left.
    pub(crate) rtl: bool,
    /// For each category its word in names and its plural in searches.
    pub(crate) categories: [(&'static str, &'static str); COUNT],
    pub(crate) pages: PageWords,
    pub(crate) words: Words,
    /// Owner, manager, specialist, assistant.
    pub(crate) functions: [&'static str; 4],
    /// Monday first, two or three letters.
    pub(crate) weekdays: [&'static str; 7],
    pub(crate) prose: Prose,
}

/// Menu titles, each `Title|slug`.
#[derive(Debug)]
pub(crate) struct PageWords {
    pub(crate) home: &'static str,
    pub(crate) contact: &'static str,
    pub(crate) about: &'static str,
    pub(crate) imprint: &'static str,
    pub(crate) team: &'static str,
    pub(crate) blog: &'static str,
    pub(crate) products: &'static str,
    pub(crate) branches: &'static str,
}

/// Labels.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) phone: &'static str,
    pub(crate) mobile: &'static str,
    pub(crate) fax: &'static str,
    pub(crate) toll_free: &'static str,
    pub(crate) email: &'static str,
    pub(crate) address: &'static str,
    pub(crate) hours: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) at: &'static str,
    pub(crate) dot: &'static str,
    pub(crate) vat: &'static str,
    pub(crate) register: &'static str,
    pub(crate) order: &'static str,
    pub(crate) price: &'static str,
    pub(crate) published: &'static str,
}

/// Sentences; `{name}`, `{label}`, `{city}`, `{phone}`, `{email}`, `{address}` are filled in.
#[derive(Debug)]
pub(crate) struct Prose {
    pub(crate) welcome: [&'static str; 2],
    pub(crate) about: [&'static str; 2],
    pub(crate) reach: &'static str,
    pub(crate) write: &'static str,
    pub(crate) visit: &'static str,
    pub(crate) moved: &'static str,
    pub(crate) posts: [&'static str; 3],
    pub(crate) body: [&'static str; 3],
    pub(crate) product: &'static str,
}
