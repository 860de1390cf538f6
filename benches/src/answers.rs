//! All that is found on real pages, a line of JSON each: what must not change when only speed should.

use std::path::Path;

use lead_core::prelude::*;

use crate::pages;

/// A page as it is, and as if nothing but its country were known.
pub(crate) fn print(folders: &[&str]) {
    let regions = [None, Some("US"), Some("DE")];
    for (name, page) in folders.iter().flat_map(|folder| pages::read(Path::new(folder))) {
        for region in regions {
            let mut options = ExtractOptions::new();
            options.region = region.map(str::to_owned);
            let contacts = lead_core::extract(&page, &options).expect("a page that can be read");
            let json = serde_json::to_string(&contacts).expect("contacts are JSON");
            println!("{} {region:?} {json}", name.display());
        }
    }
}
