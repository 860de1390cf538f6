//! Where a search by cells stands.

use serde::{Deserialize, Serialize};

use super::{Bounded, Cell, CellPage};
use crate::plan::{Outlook, Tile, Tiles};
use crate::record::{CountryCode, Query};
use crate::seam::{Context, Cursor, Left, Reject};
use crate::{Error, Result};

/// Pages of a search, and results of a page.
type Pages = (u64, usize);

/// The cells that wait, the one that is being read, and what came of the others: all a cursor holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stand {
    tiles: Tiles,
    outlook: Outlook,
    country: Option<CountryCode>,
    tile: Option<Tile>,
    /// The page to ask for; `None` before the first of a cell.
    page: Option<u64>,
    /// Whether the last page was asked for first.
    from_behind: bool,
    /// What was asked for and shown of the cell so far.
    requests: u64,
    listings: u64,
}

impl Stand {
    /// Where the query looks: in its area, around its place, or within the borders of that.
    pub(super) async fn begin<B: Bounded>(source: &B, cx: &Context, query: &Query) -> Result<Self> {
        let (area, country) = match (&query.area, &query.near) {
            (Some(area), _) => (area.clone(), None),
            (None, Some(name)) => {
                let place = source.locate(cx, name).await?;
                (place.within(query.radius)?, place.country)
            }
            (None, None) => {
                let message = "say where: a place (near), a box or an area is wanted";
                return Err(Error::invalid("source", message).with("source", source.id()));
            }
        };
        let mut tiles = Tiles::new(area).seed(query.seed);
        Ok(Self {
            tile: tiles.next(),
            tiles,
            outlook: Outlook::default(),
            country,
            page: None,
            from_behind: false,
            requests: 0,
            listings: 0,
        })
    }

    pub(super) fn read(cursor: &Cursor) -> Result<Self> {
        serde_json::from_str(&cursor.0)
            .map_err(|cause| Error::invalid("source", "not a cursor of this source").because(cause))
    }

    /// What to ask for; `None` when there is nothing left.
    pub(super) fn cell(&mut self, (pages, _): Pages) -> Option<Cell> {
        let tile = self.tile?;
        let page = *self.page.get_or_insert_with(|| {
            // Asked for first, the last page costs a request for nothing where the cell is not cut off, and saves the other
            // pages where it is.
            #[expect(clippy::cast_precision_loss, reason = "a platform shows a handful of pages")]
            let worth = self.outlook.chance_of_parting(tile.depth) * pages as f64 > 1.0;
            self.from_behind = pages > 1 && worth && self.tiles.can_part(&tile);
            if self.from_behind { pages } else { 1 }
        });
        Some(Cell {
            area: tile.area,
            country: self.country,
            page,
        })
    }

    /// Takes in a page; what lies outside the area is taken out of it.
    pub(super) fn take(&mut self, page: &mut CellPage, (pages, size): Pages) {
        let Some(tile) = self.tile else { return };
        let at = self.page.unwrap_or(1);
        // What cannot be parted is read on as far as it is shown.
        let at_once = page.cut_off && (self.tiles.can_part(&tile) || !page.more);
        let cut_off = at_once || (at == pages && page.shown() >= size);
        let area = self.tiles.area();
        page.listings.retain(|listing| {
            let points = &listing.findings.geo;
            points.is_empty() || points.iter().any(|point| area.contains(point.value))
        });
        self.requests += 1;
        self.listings += page.listings.len() as u64;
        if cut_off {
            self.part(tile, page);
            return;
        }
        let next = if self.from_behind && at == pages {
            1
        } else {
            at + 1
        };
        let follows = next == 1 || page.more;
        let last = if self.from_behind { pages - 1 } else { pages };
        if follows && next <= last {
            self.page = Some(next);
            return;
        }
        self.outlook.whole(tile.depth, self.listings, self.requests);
        self.go_on();
    }

    fn part(&mut self, tile: Tile, page: &mut CellPage) {
        if self.tiles.can_part(&tile) {
            self.outlook.parted(tile.depth, self.requests);
        } else {
            // As much as can be shown of it was shown.
            self.outlook.whole(tile.depth, self.listings, self.requests);
            let [west, south, east, north] = tile.area.into();
            page.rejects.push(Reject {
                entry: format!("cell {west},{south},{east},{north}"),
                reason: "holds more than is shown, and is too small to be parted".to_owned(),
            });
        }
        self.tiles.split(&tile);
        self.go_on();
    }

    fn go_on(&mut self) {
        self.tile = self.tiles.next();
        (self.page, self.requests, self.listings) = (None, 0, 0);
    }

    /// Where to go on.
    pub(super) fn next(&self) -> Result<Option<Cursor>> {
        if self.tile.is_none() {
            return Ok(None);
        }
        let text = serde_json::to_string(self)
            .map_err(|cause| Error::invalid("source", "the area cannot be written down").because(cause))?;
        Ok(Some(Cursor(text)))
    }

    /// What is left to ask for; the cell that is being read counts as one that waits.
    pub(super) fn left(&self, (pages, size): Pages) -> Left {
        let mut tiles = self.tiles.clone();
        if let Some(tile) = &self.tile {
            tiles.again(tile);
        }
        self.outlook.left(&tiles, pages.saturating_mul(size as u64))
    }
}
