//! Escaping, folding and slugs.

/// Native and Latin form of a word written `native|latin` in the tables; words in Latin script have one form.
pub(crate) fn native(word: &'static str) -> &'static str {
    word.split_once('|').map_or(word, |(native, _)| native)
}

/// The Latin form of a `native|latin` word.
pub(crate) fn latin(word: &'static str) -> &'static str {
    word.split_once('|').map_or(word, |(_, latin)| latin)
}

/// Appends `text` with the five characters escaped that matter in HTML text and attributes.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

/// `text` escaped for HTML and XML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// Lower case without the accents of our languages: what slugs and searches compare.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ā' => out.push('a'),
            'ä' | 'æ' => out.push_str("ae"),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ō' => out.push('o'),
            'ö' | 'œ' => out.push_str("oe"),
            'ś' | 'š' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ù' | 'ú' | 'û' | 'ū' => out.push('u'),
            'ü' => out.push_str("ue"),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            '’' => out.push('\''),
            // The combining dot that lower-casing a dotted capital I leaves.
            '\u{307}' => {}
            other => out.push(other),
        }
    }
    out
}

/// A host or path label: folded, everything else than letters and digits of ASCII becomes one hyphen.
pub(crate) fn slug(text: &str) -> String {
    join_words(&fold(text), |c| c.is_ascii_alphanumeric())
}

/// A slug that keeps letters of any script, for internationalised hosts.
pub(crate) fn idn_slug(text: &str) -> String {
    join_words(&text.to_lowercase(), char::is_alphanumeric)
}

fn join_words(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\'') {
        if keep(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The digits of a text.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Replaces `{key}` by its value, for each pair.
pub(crate) fn fill(template: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((key, tail)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        if let Some((_, value)) = pairs.iter().find(|(name, _)| *name == key) {
            out.push_str(value);
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_host_labels() {
        assert_eq!(slug("Bäckerei Müller & Söhne"), "baeckerei-mueller-soehne");
        assert_eq!(slug("L'Étoile d'Or – Lyon 3ᵉ"), "letoile-dor-lyon-3");
        assert_eq!(idn_slug("Bäckerei Müller"), "bäckerei-müller");
    }

    #[test]
    fn fill_leaves_no_braces() {
        assert_eq!(fill("{a} and {b}{c}", &[("a", "1"), ("b", "2")]), "1 and 2");
    }
}
