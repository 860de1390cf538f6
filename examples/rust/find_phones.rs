//! Telephone numbers in any text, with places in the unit your language counts in.
#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use lead_core::phone::{OffsetUnit, Offsets};
use lead_core::prelude::*;

fn main() -> Result<()> {
    let text = "Büro: 030 5550 0123 (Mo–Fr), mobil +49 1512 3456789; Rechnung 2026-0042 vom 01.02.2026";
    let found = lead_core::find_phones(text, &FindOptions::new().region("DE"))?;
    let mut offsets = Offsets::new(text, OffsetUnit::CodePoints);
    for number in &found {
        let (start, end) = (offsets.at(number.start), offsets.at(number.end));
        println!(
            "{start}..{end} {:?} is {} ({:?})",
            number.raw, number.e164, number.kind
        );
    }
    assert_eq!(found.len(), 2);
    Ok(())
}
