//! An area as cells of a quadtree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{Area, BoundingBox};

/// A cell to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tile {
    /// Where it lies; it never crosses the antimeridian.
    pub area: BoundingBox,
    /// How often it was parted: a side is 2⁻ᵈ of the whole.
    pub depth: u8,
}

/// The cells of an area that are still to be asked for. What it hands out, and what comes of it, is all its state: kept as a
/// checkpoint, it goes on where it stood.
///
/// ```
/// use lead_core::plan::{Area, Tiles};
///
/// let mut tiles = Tiles::new(Area::Box("4.7,45.6,5.0,45.9".parse()?)).seed(7);
/// while let Some(tile) = tiles.next() {
///     // Ask for what lies in `tile.area`. Was the answer cut off?
///     let cut_off = tile.depth < 1;
///     if cut_off {
///         tiles.split(&tile);
///     }
/// }
/// assert_eq!(tiles.asked(), 1 + 4);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tiles {
    area: Area,
    seed: u64,
    deepest: u8,
    budget: Option<u64>,
    /// By their turn: large cells first, and those of a size in an order that the seed makes, so that a search that ends early
    /// has looked everywhere alike.
    waiting: BTreeMap<u64, Tile>,
    asked: u64,
    /// Cells that were cut off and cannot be parted any more.
    full: Vec<Tile>,
}

impl Tiles {
    /// The cells of an area: one that covers it, or one on each side of the antimeridian.
    pub fn new(area: Area) -> Self {
        let mut tiles = Self {
            waiting: BTreeMap::new(),
            area,
            seed: 0,
            deepest: 20,
            budget: None,
            asked: 0,
            full: Vec::new(),
        };
        for area in tiles.area.cover() {
            tiles.push(Tile { area, depth: 0 });
        }
        tiles
    }

    /// Goes through the cells in the order of this seed. Before the first is asked for.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        for tile in std::mem::take(&mut self.waiting).into_values() {
            self.push(tile);
        }
        self
    }

    /// Parts cells so often at most; 20, which leaves some forty metres of the whole earth.
    pub fn deepest(mut self, depth: u8) -> Self {
        self.deepest = depth;
        self
    }

    /// Hands out so many cells at most.
    pub fn budget(mut self, cells: u64) -> Self {
        self.budget = Some(cells);
        self
    }

    /// The area.
    pub fn area(&self) -> &Area {
        &self.area
    }

    /// How many cells were handed out.
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// How many wait.
    pub fn pending(&self) -> usize {
        self.waiting.len()
    }

    /// Those that wait, in the order of their turns.
    pub fn waiting(&self) -> impl Iterator<Item = &Tile> {
        self.waiting.values()
    }

    /// Whether a cell can be parted.
    pub fn can_part(&self, tile: &Tile) -> bool {
        tile.depth < self.deepest
    }

    /// Cells whose answers were cut off although they cannot be parted any more: there is more than could be found.
    pub fn full(&self) -> &[Tile] {
        &self.full
    }

    /// The next cell; `None` when there is none, or the budget is spent.
    #[expect(
        clippy::should_implement_trait,
        reason = "it goes on when cells are parted meanwhile"
    )]
    pub fn next(&mut self) -> Option<Tile> {
        if self.budget.is_some_and(|budget| self.asked >= budget) {
            return None;
        }
        let (_, tile) = self.waiting.pop_first()?;
        self.asked += 1;
        Some(tile)
    }

    /// The answer for a cell was cut off: its four quarters are asked for, those that lie in the area.
    pub fn split(&mut self, tile: &Tile) {
        if tile.depth >= self.deepest {
            self.full.push(*tile);
            return;
        }
        for area in quarters(&tile.area) {
            if self.area.may_touch(&area) {
                let depth = tile.depth + 1;
                self.push(Tile { area, depth });
            }
        }
    }

    /// A cell gave no answer: its turn comes again.
    pub fn again(&mut self, tile: &Tile) {
        self.asked = self.asked.saturating_sub(1);
        self.push(*tile);
    }

    fn push(&mut self, tile: Tile) {
        let mut turn = self.turn(&tile);
        // Two cells with one turn are as rare as a hash that meets another.
        while self.waiting.contains_key(&turn) {
            turn = turn.wrapping_add(1);
        }
        self.waiting.insert(turn, tile);
    }

    /// When a cell's turn comes: by its depth, then by a mix of the seed and where it lies (the finaliser of MurmurHash3).
    fn turn(&self, tile: &Tile) -> u64 {
        let sides: [f64; 4] = tile.area.into();
        let mixed = sides.iter().fold(self.seed, |mixed, side| {
            let mut mixed = (mixed ^ side.to_bits()).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
            mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
            mixed ^ (mixed >> 33)
        });
        (u64::from(tile.depth) << 56) | (mixed >> 8)
    }
}

/// The quarters of a box.
fn quarters(area: &BoundingBox) -> impl Iterator<Item = BoundingBox> {
    let [west, south, east, north] = (*area).into();
    let (middle, center) = (f64::midpoint(south, north), f64::midpoint(west, east));
    let all = [
        (west, south, center, middle),
        (center, south, east, middle),
        (west, middle, center, north),
        (center, middle, east, north),
    ];
    all.into_iter()
        .filter_map(|(w, s, e, n)| BoundingBox::new(w, s, e, n).ok())
}
