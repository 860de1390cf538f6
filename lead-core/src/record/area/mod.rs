//! Parts of the earth: where a query looks.

mod geojson;
mod shape;

pub use shape::Area;
