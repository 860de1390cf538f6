use std::time::{Duration, Instant};

use lead_core::clock::Timestamp;
use lead_core::seam::{Call, NewSchedule, Schedule};

/// Any bytes as a cron line with a zone behind it, as a schedule that was written down, and as what a database calls out: times come in
/// their order, soon, and what is written is read again.
pub fn schedules(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (line, zone) = text.split_once('\n').unwrap_or((&text, "Europe/Vienna"));
    let begun = Instant::now();
    for zone in [zone, "Europe/Vienna"] {
        if let Ok(schedule) = Schedule::cron(line, zone) {
            in_order(&schedule);
        }
    }
    if let Ok(read) = serde_json::from_str::<NewSchedule>(&text) {
        in_order(&read.when);
        let late = Timestamp::from_second(4_102_444_800).unwrap_or(Timestamp::UNIX_EPOCH);
        let runs = read.runs(Timestamp::UNIX_EPOCH, late);
        assert!(runs.jobs.len() <= 1000);
    }
    if let Ok(call) = text.parse::<Call>() {
        assert_eq!(call.to_string().parse::<Call>().ok(), Some(call));
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "it took too long");
}

fn in_order(schedule: &Schedule) {
    let written = serde_json::to_string(schedule).unwrap_or_default();
    assert_eq!(serde_json::from_str(&written).ok().as_ref(), Some(schedule));
    let mut last = Timestamp::UNIX_EPOCH;
    for _ in 0..20 {
        let Some(next) = schedule.next_after(last) else {
            return;
        };
        assert!(next > last, "{schedule}: {next} is not after {last}");
        last = next;
    }
}
