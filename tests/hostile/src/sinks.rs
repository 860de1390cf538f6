//! What the other side of a sink answers, and the file of sinks.

/// Any bytes as the settings, as a message of a webhook, and as an answer of every API: each of two events has an end, and nothing that nobody
/// signed is taken.
pub fn sinks(data: &[u8]) {
    let (ends, taken) = lead_storage::sink::fuzz(data);
    assert_eq!(ends, [2; 4]);
    assert!(!taken);
}
