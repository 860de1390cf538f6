//! The generated web.
