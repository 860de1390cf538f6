//! The backends in memory keep every promise of the seams.

mod store {
    lead_core::store_conformance!(lead_core::seam::Store::memory());
}

mod queue {
    use lead_core::seam::{Queue, memory::MemoryQueue};
    lead_core::queue_conformance!(|clock| Queue::new(MemoryQueue::new(clock)));
}

mod state {
    use lead_core::seam::{State, memory::MemoryState};
    lead_core::state_conformance!(|clock| State::new(MemoryState::new(clock)));
}

mod limiter {
    use lead_core::seam::{Limiter, memory::MemoryLimiter};
    lead_core::limiter_conformance!(|clock| Limiter::new(MemoryLimiter::new(clock)));
}
