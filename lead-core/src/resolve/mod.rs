//! Which records are the same business.
//!
//! Stage 1 links what is exactly alike: the same E.164 number, the same site, the same entry of a platform. Likeness,
//! weights and review come on top of it, behind the same [`Link`](crate::record::Link)s.

mod exact;

pub use exact::exact_links;
