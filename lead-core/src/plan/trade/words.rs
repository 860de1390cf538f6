//! Words as people type them: without accents.

use crate::record::filter;

/// The words of a text without their accents, in lower case.
pub(in crate::plan) fn plain_words(text: &str) -> Vec<String> {
    filter::words(text).map(|word| plain(&word)).collect()
}

/// A word in lower case without its accents: Latin letters of [`LANGUAGES`](super::LANGUAGES).
fn plain(word: &str) -> String {
    let mut bare = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'ą' => bare.push('a'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' => bare.push('e'),
            'ì' | 'í' | 'î' | 'ï' => bare.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => bare.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => bare.push('u'),
            'ç' | 'ć' => bare.push('c'),
            'ñ' | 'ń' => bare.push('n'),
            'ś' => bare.push('s'),
            'ź' | 'ż' => bare.push('z'),
            'ł' => bare.push('l'),
            'ß' => bare.push_str("ss"),
            'œ' => bare.push_str("oe"),
            other => bare.push(other),
        }
    }
    bare
}
