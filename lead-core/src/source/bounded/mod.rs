//! Platforms that are searched within a box, and show so many results of it and no more: by cells.
//!
//! | step | cursor | asks |
//! |---|---|---|
//! | first | none | where a place lies, when the query names one; then a page of the first cell |
//! | others | the cells that wait, the one being read, its page | a page |
//!
//! A cell that holds more than is shown is parted in four. That it does so is seen soonest on the last page that is shown, so
//! where cells of a size are often cut off, the last page is asked for first.

mod stand;
#[cfg(test)]
mod tests;

use stand::Stand;

use crate::record::{BoundingBox, CountryCode, Listing, Query, QueryText};
use crate::seam::{Batch, Context, Cursor, Reject, Search};
use crate::source::osm::Place;
use crate::{Error, ErrorKind, Result};

/// A part of an area to be asked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// Where it lies; it never crosses the antimeridian.
    pub area: BoundingBox,
    /// The country it is part of, where that is known: for numbers without a country code.
    pub country: Option<CountryCode>,
    /// The page of its results, from 1.
    pub page: u64,
}

/// A page of the results of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CellPage {
    /// The listings on it.
    pub listings: Vec<Listing>,
    /// Entries that could not be read.
    pub rejects: Vec<Reject>,
    /// Whether another page follows.
    pub more: bool,
    /// Whether the cell holds more than is shown of it, on whatever page.
    pub cut_off: bool,
}

impl CellPage {
    /// A page; whether another follows.
    pub fn new(listings: Vec<Listing>, more: bool) -> Self {
        Self {
            listings,
            more,
            ..Self::default()
        }
    }

    /// Entries that could not be read.
    pub fn rejects(mut self, rejects: Vec<Reject>) -> Self {
        self.rejects = rejects;
        self
    }

    /// The cell holds more than is shown.
    pub fn cut_off(mut self, cut_off: bool) -> Self {
        self.cut_off = cut_off;
        self
    }

    fn shown(&self) -> usize {
        self.listings.len() + self.rejects.len()
    }
}

/// A platform that is searched within boxes. Its [`Search::step`] is [`step`].
pub trait Bounded: Search {
    /// How many pages of a search it shows at most, and how many results a page.
    fn pages(&self) -> (u64, usize);

    /// A page of the results within a cell.
    ///
    /// # Errors
    /// As [`Search::step`].
    fn page(&self, cx: &Context, query: &Query, cell: &Cell)
    -> impl Future<Output = Result<CellPage>> + Send;

    /// Where a place lies.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when nobody knows it; [`ErrorKind::Unsupported`] when the platform cannot look places up, as
    /// long as it says nothing else.
    fn locate(&self, _: &Context, _: &QueryText) -> impl Future<Output = Result<Place>> + Send {
        let message = "this source looks up no places: say where by a box or an area";
        std::future::ready(Err(
            Error::new(ErrorKind::Unsupported, "source", message).with("source", self.id())
        ))
    }
}

/// One step of a search by cells: one page.
///
/// # Errors
/// Those of the platform; [`ErrorKind::InvalidInput`] when the query says nowhere where to look, or the cursor is another's.
pub async fn step<B: Bounded>(source: &B, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
    let mut stand = match at {
        Some(cursor) => Stand::read(cursor)?,
        None => Stand::begin(source, cx, query).await?,
    };
    let Some(cell) = stand.cell(source.pages()) else {
        return Ok(Batch::default());
    };
    let mut page = source.page(cx, query, &cell).await?;
    stand.take(&mut page, source.pages());
    let mut batch = Batch::new(page.listings, stand.next()?);
    batch.rejects = page.rejects;
    batch.left = Some(stand.left(source.pages()));
    Ok(batch)
}
