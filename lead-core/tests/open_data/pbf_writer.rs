//! Writes `.osm.pbf` (OpenStreetMap wiki, "PBF Format"), as little of it as tests and benches need.

use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A block of elements: nodes, ways and relations with their tags.
#[derive(Default)]
pub(crate) struct Block {
    strings: Vec<String>,
    known: HashMap<String, u64>,
    ids: Vec<i64>,
    latitudes: Vec<i64>,
    longitudes: Vec<i64>,
    node_tags: Vec<u8>,
    others: Vec<u8>,
}

impl Block {
    pub(crate) fn new() -> Self {
        // The first string is empty: it ends the tags of a node.
        Self {
            strings: vec![String::new()],
            ..Self::default()
        }
    }

    /// A node; degrees times ten million.
    pub(crate) fn node(&mut self, id: i64, latitude: i64, longitude: i64, tags: &[(&str, &str)]) {
        self.ids.push(id);
        self.latitudes.push(latitude);
        self.longitudes.push(longitude);
        for (key, value) in tags {
            for text in [key, value] {
                let number = self.string(text);
                varint(&mut self.node_tags, number);
            }
        }
        varint(&mut self.node_tags, 0);
    }

    pub(crate) fn way(&mut self, id: u64, nodes: &[i64], tags: &[(&str, &str)]) {
        let mut way = self.element(id, tags);
        field(&mut way, 8, &deltas(nodes));
        field(&mut self.others, 3, &way);
    }

    pub(crate) fn relation(&mut self, id: u64, tags: &[(&str, &str)]) {
        let relation = self.element(id, tags);
        field(&mut self.others, 4, &relation);
    }

    fn element(&mut self, id: u64, tags: &[(&str, &str)]) -> Vec<u8> {
        let (mut out, mut keys, mut values) = (vec![8], Vec::new(), Vec::new());
        varint(&mut out, id);
        for (key, value) in tags {
            let (key, value) = (self.string(key), self.string(value));
            varint(&mut keys, key);
            varint(&mut values, value);
        }
        field(&mut out, 2, &keys);
        field(&mut out, 3, &values);
        out
    }

    fn string(&mut self, text: &str) -> u64 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = self.strings.len() as u64;
        self.strings.push(text.to_owned());
        self.known.insert(text.to_owned(), number);
        number
    }

    /// The block as it stands in a file.
    pub(crate) fn written(self) -> Vec<u8> {
        let (mut block, mut table, mut group, mut dense) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for text in &self.strings {
            field(&mut table, 1, text.as_bytes());
        }
        field(&mut block, 1, &table);
        if !self.ids.is_empty() {
            field(&mut dense, 1, &deltas(&self.ids));
            field(&mut dense, 8, &deltas(&self.latitudes));
            field(&mut dense, 9, &deltas(&self.longitudes));
            field(&mut dense, 10, &self.node_tags);
            field(&mut group, 2, &dense);
        }
        group.extend(self.others);
        field(&mut block, 2, &group);
        blob("OSMData", &block)
    }
}

/// The beginning of a file.
pub(crate) fn header() -> Vec<u8> {
    let mut block = Vec::new();
    for feature in ["OsmSchema-V0.6", "DenseNodes"] {
        field(&mut block, 4, feature.as_bytes());
    }
    blob("OSMHeader", &block)
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(content).expect("memory");
    let (mut blob, mut head) = (vec![16], Vec::new());
    varint(&mut blob, content.len() as u64);
    field(&mut blob, 3, &zlib.finish().expect("memory"));
    field(&mut head, 1, kind.as_bytes());
    head.push(24);
    varint(&mut head, blob.len() as u64);
    let mut out = u32::try_from(head.len())
        .expect("a short header")
        .to_be_bytes()
        .to_vec();
    out.extend(head);
    out.extend(blob);
    out
}

fn field(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        out.push(number as u8 & 127 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Differences, signs in the last bit.
fn deltas(numbers: &[i64]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0);
    for number in numbers {
        let delta = number - last;
        varint(&mut out, (delta << 1 ^ delta >> 63) as u64);
        last = *number;
    }
    out
}
