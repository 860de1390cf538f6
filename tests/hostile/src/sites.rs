//! What servers send beside pages.

use lead_core::fetch::warc::Reader;
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

/// Any bytes as a web archive, alone and behind a whole record: it comes to an end, the whole record is read, and each has
/// its place in the file.
pub fn warc(data: &[u8]) {
    const WHOLE: &[u8] = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: 3\r\n\r\n<p>\r\n\r\n";
    let behind = [WHOLE, data].concat();
    for bytes in [data, behind.as_slice()] {
        let mut whole = 0;
        for record in Reader::new(bytes).max_block(1 << 20).flatten() {
            assert!(record.offset <= bytes.len() as u64, "{}", record.offset);
            whole += usize::from(*record.block == *b"<p>");
            let _ = record.page();
        }
        assert!(whole > 0 || bytes.len() == data.len());
    }
}
