//! What was found in one half of the sites, and how right it was.

/// The confidence of each value found, and whether it is labelled; how many of the labels were found.
#[derive(Default)]
pub(crate) struct Half {
    pub(crate) wanted: usize,
    pub(crate) hits: usize,
    pub(crate) found: Vec<(f64, bool)>,
}

impl Half {
    pub(crate) fn add(&mut self, confidence: lead_core::record::Confidence, right: bool) {
        self.found.push((f64::from(confidence.get()), right));
    }

    pub(crate) fn right(&self) -> usize {
        self.found.iter().filter(|(_, right)| *right).count()
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.hits, self.wanted)
    }

    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right(), self.found.len())
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.recall() * self.precision() / (self.recall() + self.precision())
    }

    /// Expected calibration error (Guo and others, 2017): how far confidence and truth are apart, in ten bins.
    pub(crate) fn calibration_error(&self) -> f64 {
        let of_bin = |bin: u8| {
            let bounds = f64::from(bin) / 10.0..f64::from(bin + 1) / 10.0;
            let inside = self
                .found
                .iter()
                .filter(move |(confidence, _)| bounds.contains(confidence));
            inside
                .map(|(confidence, right)| f64::from(u8::from(*right)) - confidence)
                .sum::<f64>()
                .abs()
        };
        (0..10).map(of_bin).sum::<f64>() / f64::from(u32::try_from(self.found.len()).unwrap())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    count(part) / count(whole.max(1))
}

/// Both halves of several kinds as one.
pub(crate) fn together(kinds: &[[Half; 2]]) -> [Half; 2] {
    [0, 1].map(|index| Half {
        wanted: kinds.iter().map(|halves| halves[index].wanted).sum(),
        hits: kinds.iter().map(|halves| halves[index].hits).sum(),
        found: kinds
            .iter()
            .flat_map(|halves| halves[index].found.clone())
            .collect(),
    })
}

/// Confidence may be as far from the truth as this, in each half.
pub(crate) fn is_calibrated(halves: &[Half; 2]) -> bool {
    halves.iter().all(|half| half.calibration_error() <= 0.03)
}

/// Prints a line for each half.
pub(crate) fn report(kind: &str, halves: &[Half; 2]) {
    for (name, half) in ["tuned on", "not tuned on"].iter().zip(halves) {
        println!(
            "{kind}, half {name}: {} of {} labelled, {} of {} right, F1 {:.3}, calibration error {:.3}",
            half.hits,
            half.wanted,
            half.right(),
            half.found.len(),
            half.f1(),
            half.calibration_error()
        );
    }
}
