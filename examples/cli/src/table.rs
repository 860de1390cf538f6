//! Tables for people.

use comfy_table::{ContentArrangement, Table, presets};

/// An empty table with these columns, kept within `width` where one is given.
pub(crate) fn table(columns: &[&str], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_header(columns);
    match width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}
