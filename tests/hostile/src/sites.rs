//! What servers send beside pages.

use lead_core::fetch::{Robots, fuzz_decode};

/// Any bytes as robots.txt: it answers for any path, and never forbids itself.
pub fn robots(data: &[u8]) {
    let robots = Robots::parse(data, "lead");
    assert!(robots.allows("/robots.txt"));
    let text = String::from_utf8_lossy(data);
    for path in ["/", "", "/a/b?c=d", "*$*$"]
        .into_iter()
        .chain(text.lines().take(50))
    {
        let first = robots.allows(path);
        assert_eq!(first, robots.allows(path));
    }
    let delay = robots.crawl_delay().unwrap_or_default();
    assert!(delay.as_secs_f64().is_finite());
    assert!(robots.sitemaps().iter().all(|map| map.len() <= data.len() * 3));
}

/// Any bytes as a coded body: an error, or no more than the cap.
pub fn decode(data: &[u8]) {
    let Some((which, body)) = data.split_first() else {
        return;
    };
    let coding = match which % 5 {
        0 => "gzip",
        1 => "deflate",
        2 => "br",
        3 => "zstd",
        _ => "gzip, br",
    };
    if let Ok(bytes) = fuzz_decode(coding, body) {
        assert!(bytes <= 1024 * 1024, "{bytes} bytes");
    }
}
