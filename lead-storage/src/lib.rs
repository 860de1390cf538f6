//! Storage backends behind the seams of `lead-core`.
