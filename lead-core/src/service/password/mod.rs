//! Passwords: hashed slowly, checked with the same work for all, and tried seldom.

mod cost;
mod hash;
mod hasher;
mod login;

pub use cost::PasswordCost;
pub use hash::PasswordHash;
pub use hasher::{PasswordCheck, Passwords};
pub use login::{LoginGuard, LoginRefusal};
