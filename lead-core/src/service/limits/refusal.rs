//! What is answered to who is held back.

use http::StatusCode;

use crate::limit::http::TooManyRequests;
use crate::seam::{Decision, Policy};
use crate::service::{Problem, refused};
use crate::{Error, ErrorKind};

/// The problem of a use that was refused; `None` when it was let through.
pub(super) fn too_many(policies: &[Policy], decision: &Decision) -> Option<Problem> {
    let told = TooManyRequests::of(policies, decision)?;
    refused::note("limit", "quota");
    Some(
        Problem::new(StatusCode::TOO_MANY_REQUESTS)
            .kind(told.r#type, told.title)
            .detail(told.detail)
            .code(ErrorKind::RateLimited.code())
            .member("retry-after", told.retry_after)
            .member("violated-policies", told.violated_policies),
    )
}

/// The problem of a use that could not be counted.
pub(super) fn uncounted(error: &Error) -> Problem {
    if error.kind() == ErrorKind::InvalidInput {
        // It costs more than may be used at once: that is the request's own fault.
        refused::note("limit", "cost");
        return Problem::from(error);
    }
    refused::note("limit", "unavailable");
    Problem::new(StatusCode::SERVICE_UNAVAILABLE)
}

/// The problem of a use whose address nobody knows, though it is limited by it: a fault of the service's own.
pub(super) fn nowhere() -> Problem {
    tracing::error!("a plan limits by address, but no `Peer` stands in the extensions of requests");
    refused::note("limit", "peer");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
}
