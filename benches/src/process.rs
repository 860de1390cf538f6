//! What the kernel says of this process (Linux, proc(5) and clock_gettime(2)).

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// A line of `/proc/self/status` in MiB: `VmRSS`, `VmHWM`.
pub(crate) fn mib(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}

/// A stopwatch of the processor time that this process uses, in all its threads. Unlike time by the wall it stands still while
/// others have the core, which hits long runs and spares short ones.
#[derive(Clone, Copy)]
pub(crate) struct CpuTime(Duration);

impl CpuTime {
    pub(crate) fn now() -> Self {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        Self(Duration::try_from(time).expect("time goes on"))
    }

    pub(crate) fn elapsed(self) -> Duration {
        Self::now().0.saturating_sub(self.0)
    }
}
