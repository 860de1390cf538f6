//! Numbers that are no contacts: what a careless reader takes for phones.

use super::writer::Writer;

/// One kind of decoy: its word in truth, how it is labelled, and its pattern.
struct Kind {
    word: &'static str,
    label: &'static str,
    pattern: &'static str,
}

const KINDS: [Kind; 9] = [
    Kind {
        word: "isbn",
        label: "ISBN",
        pattern: "978-3-16-1484##-#",
    },
    Kind {
        word: "ean",
        label: "EAN",
        pattern: "40#####7#####",
    },
    Kind {
        word: "coordinates",
        label: "GPS",
        pattern: "4#.######, 1#.######",
    },
    Kind {
        word: "version",
        label: "Version",
        pattern: "10.?#.2026.1#",
    },
    Kind {
        word: "ip",
        label: "IP",
        pattern: "192.168.1#.2#",
    },
    Kind {
        word: "date",
        label: "ISO 8601",
        pattern: "2026-0?-1# 1#:3#:2#",
    },
    Kind {
        word: "card",
        label: "Visa",
        pattern: "4111 1111 1111 ####",
    },
    Kind {
        word: "size",
        label: "px",
        pattern: "1920x1080, 12#0x7#0",
    },
    Kind {
        word: "part",
        label: "Ref.",
        pattern: "SKU-20##-0##-7####",
    },
];

impl Writer<'_> {
    /// A paragraph-free run of decoys, with a date, a price and an order number among them.
    pub(crate) fn decoy_line(&mut self) {
        let words = self.words();
        let country = self.site.country;
        let date = self.rng.pattern("1#.0?.202?");
        self.text(&format!("{}: ", words.published));
        self.decoy("date", &date);
        let price = self.rng.pattern("?.##0,##");
        self.text(&format!(". {}: ", words.price));
        self.decoy("price", &format!("{price} {}", country.currency));
        let order = self.rng.pattern("2026-#####-###");
        self.text(&format!(". {} ", words.order));
        self.decoy("order", &order);
        for _ in 0..3 {
            let index = self.rng.below(KINDS.len());
            if let Some(kind) = KINDS.get(index) {
                let value = self.rng.pattern(kind.pattern);
                self.text(&format!(". {}: ", kind.label));
                self.decoy(kind.word, &value);
            }
        }
        self.raw(".");
    }

    /// An account number, on imprints and products.
    pub(crate) fn bank_line(&mut self) {
        let iban = self.rng.pattern(self.site.country.iban);
        self.raw("IBAN: ");
        self.decoy("iban", &iban);
    }
}
