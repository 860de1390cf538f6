//! Entries of two sources that stand at the same place under much the same name.

use std::collections::{HashMap, HashSet};

/// The sides of the squares in which entries are looked for beside each other, in degrees of latitude: some 55 metres. Sources
/// are rarely farther off than a house or two.
const SQUARE: f64 = 5e-4;

/// A word that so many of a hundred entries bear says nothing of which one it is.
const COMMON: usize = 5;

/// Of a small number of entries a word is common only when it is borne by more than these.
const FEW: usize = 3;

/// Where an entry stands, and under which words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign<'a> {
    /// Its business, as far as it is known.
    pub(super) business: usize,
    /// Which source it is of.
    pub(super) source: &'a str,
    /// Latitude and longitude.
    pub(super) at: [f64; 2],
    /// The words of its name.
    pub(super) words: &'a [u64],
}

/// The businesses that are one: entries of different sources within some 55 metres of each other whose names share a word that
/// few others bear. A business is one with one of another source at most: two entries of one source are two businesses.
pub(super) fn pairs(signs: &[Sign<'_>]) -> Vec<(usize, usize)> {
    let mut borne: HashMap<u64, usize> = HashMap::new();
    for word in signs.iter().flat_map(|sign| sign.words) {
        *borne.entry(*word).or_default() += 1;
    }
    let common = FEW.max(signs.len() * COMMON / 100);
    let rare = |word: &u64| borne.get(word).is_some_and(|count| *count <= common);
    let mut squares: HashMap<(i64, i64), Vec<&Sign<'_>>> = HashMap::new();
    let (mut found, mut taken) = (Vec::new(), HashSet::new());
    for sign in signs {
        let row = row_of(sign.at);
        let near = (row - 1..=row + 1).flat_map(|row| {
            let column = column_in(row, sign.at);
            (column - 1..=column + 1).map(move |column| (row, column))
        });
        for near in near {
            for other in squares.get(&near).into_iter().flatten() {
                let shared = || {
                    sign.words
                        .iter()
                        .any(|word| rare(word) && other.words.contains(word))
                };
                let (one, two) = ((other.business, sign.source), (sign.business, other.source));
                let apart = other.source != sign.source && other.business != sign.business;
                if apart && !taken.contains(&one) && !taken.contains(&two) && shared() {
                    found.push((other.business, sign.business));
                    taken.extend([one, two]);
                }
            }
        }
        squares
            .entry((row, column_in(row, sign.at)))
            .or_default()
            .push(sign);
    }
    found
}

/// The row of squares a point lies in.
#[expect(clippy::cast_possible_truncation, reason = "degrees by squares fit an i64")]
fn row_of([latitude, _]: [f64; 2]) -> i64 {
    (latitude / SQUARE).floor() as i64
}

/// The square of a row that a point lies in or beside. All of a row are equally wide in degrees, and wider towards the poles,
/// where a degree of longitude is shorter.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "degrees by squares fit an i64"
)]
fn column_in(row: i64, [_, longitude]: [f64; 2]) -> i64 {
    let wide = (row as f64 * SQUARE).to_radians().cos().max(0.01);
    (longitude * wide / SQUARE).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_name_are_one_and_common_words_are_no_name() {
        let sign = |business, source, at, words| Sign {
            business,
            source,
            at,
            words,
        };
        let here = [45.75, 4.85];
        let near = [45.750_15, 4.850_15];
        // Word 1 is `dentist`: all bear it.
        let mut signs = vec![
            sign(0, "a", here, &[1, 2][..]),
            sign(1, "b", near, &[1, 2][..]),
            sign(2, "b", near, &[1, 3][..]),
            sign(3, "a", near, &[1, 2][..]),
            sign(4, "a", [45.76, 4.85], &[1, 3][..]),
        ];
        signs.extend((5..20).map(|business| sign(business, "a", [10.0, 10.0], &[1][..])));
        assert_eq!(pairs(&signs), [(0, 1)]);
    }
    /// Guards against squares of two rows that do not lie beside each other, far from Greenwich.
    #[test]
    fn neighbours_are_found_wherever_they_stand() {
        let words = &[7_u64][..];
        for longitude in [0.0, 4.85, -118.24, 139.69, 151.2, -179.9] {
            for step in 0..200 {
                let latitude = 35.6 + f64::from(step) * 7.3e-5;
                let sign = |business, source, at| Sign {
                    business,
                    source,
                    at,
                    words,
                };
                let both = [
                    sign(0, "a", [latitude, longitude]),
                    sign(1, "b", [latitude + 4e-4, longitude]),
                ];
                assert_eq!(pairs(&both), [(0, 1)], "{latitude} {longitude}");
            }
        }
    }
}
