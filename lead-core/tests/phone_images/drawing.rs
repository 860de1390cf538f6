//! Digits drawn dot by dot, as a bitmap file (Windows BMP, 24 bits).

/// Seven rows of five dots a sign, the lowest bit on the right: `0123456789+-() `.
const FONT: &[(char, [u8; 7])] = &[
    ('0', [0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E]),
    ('1', [0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E]),
    ('2', [0x0E, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1F]),
    ('3', [0x0E, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0E]),
    ('4', [0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02]),
    ('5', [0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E]),
    ('6', [0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E]),
    ('7', [0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08]),
    ('8', [0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E]),
    ('9', [0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C]),
    ('+', [0x00, 0x04, 0x04, 0x1F, 0x04, 0x04, 0x00]),
    ('-', [0x00, 0x00, 0x00, 0x0E, 0x00, 0x00, 0x00]),
    (' ', [0; 7]),
];

/// A line of signs, each dot `dot` pixels wide, ink on paper in grey.
pub(crate) fn bmp(text: &str, dot: usize, ink: u8, paper: u8) -> Vec<u8> {
    let (width, height) = ((text.chars().count() * 6 + 3) * dot, 11 * dot);
    let mut rows = vec![vec![paper; width]; height];
    for (place, sign) in text.chars().enumerate() {
        let (_, shape) = FONT.iter().find(|(known, _)| *known == sign).unwrap();
        for (y, line) in shape.iter().enumerate() {
            for x in (0..5).filter(|x| line >> (4 - x) & 1 == 1) {
                for (dy, dx) in (0..dot).flat_map(|dy| (0..dot).map(move |dx| (dy, dx))) {
                    rows[(y + 2) * dot + dy][(place * 6 + x + 2) * dot + dx] = ink;
                }
            }
        }
    }
    file(&rows, width, height)
}

fn file(rows: &[Vec<u8>], width: usize, height: usize) -> Vec<u8> {
    let stride = (width * 3).next_multiple_of(4);
    let number = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    let mut bytes = b"BM".to_vec();
    bytes.extend(number(54 + stride * height));
    bytes.extend(number(0));
    bytes.extend(number(54)); // where the pixels begin
    bytes.extend(number(40)); // size of this header
    bytes.extend(number(width));
    bytes.extend(number(height));
    bytes.extend([1, 0, 24, 0]); // one plane, 24 bits
    bytes.extend([0; 24]);
    for row in rows.iter().rev() {
        let line: Vec<u8> = row.iter().flat_map(|grey| [*grey; 3]).collect();
        bytes.extend(&line);
        bytes.resize(bytes.len() + stride - line.len(), 0);
    }
    bytes
}
