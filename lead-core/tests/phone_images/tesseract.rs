//! The system's tesseract, on digits drawn here.

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::phone::Tesseract;
use lead_core::seam::{OcrEngine, Recognize};

use crate::drawing::bmp;

/// Whether tesseract is there; when not, the test says so instead of passing in silence.
fn is_installed() -> bool {
    let found = std::process::Command::new("tesseract")
        .arg("--version")
        .output()
        .is_ok();
    if !found {
        println!("SKIPPED: tesseract is not installed (on Debian the package tesseract-ocr)");
    }
    found
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn drawn_numbers_are_read() {
    if !is_installed() {
        return;
    }
    let engine = OcrEngine::new(Tesseract::new());
    let mut right = 0;
    let cases = [
        ("030 23125 100", 2, 0, 255),
        ("030 23125 100", 1, 0, 255),
        ("+49 30 23125-107", 2, 40, 230),
        ("415-555-0134", 3, 255, 20),
        ("020 7946 0986", 4, 90, 255),
    ];
    for (text, dot, ink, paper) in cases {
        let read = engine.recognize(&bmp(text, dot, ink, paper)).await.unwrap();
        println!("{text} at {dot}: {read:?}");
        right += usize::from(digits(&read) == digits(text));
    }
    // What a version of tesseract makes of dots as large as these differs; most it must read.
    assert!(right >= 4, "{right} of {}", cases.len());
}

#[tokio::test]
async fn pictures_are_bounded() {
    let engine = Tesseract::new().max_bytes(1000);
    let kind = |result: lead_core::Result<String>| result.unwrap_err().kind();
    assert_eq!(kind(engine.recognize(&[0; 1001]).await), ErrorKind::TooLarge);
    assert_eq!(kind(engine.recognize(b"no picture").await), ErrorKind::Decode);
    // A picture whose header promises 100,000 by 100,000 pixels.
    let mut huge = bmp("1", 1, 0, 255);
    huge[18..26].copy_from_slice(&[0xA0, 0x86, 1, 0, 0xA0, 0x86, 1, 0]);
    assert_eq!(kind(engine.recognize(&huge).await), ErrorKind::Decode);
}

#[tokio::test]
async fn a_program_that_is_not_there_or_hangs_is_a_typed_error() {
    let picture = bmp("123", 2, 0, 255);
    let missing = Tesseract::new().program("/nowhere/tesseract");
    assert_eq!(
        missing.recognize(&picture).await.unwrap_err().kind(),
        ErrorKind::Config
    );
    assert_eq!(missing.check().await.unwrap_err().kind(), ErrorKind::Config);
    let folder = tempfile::tempdir().unwrap();
    let hanging = folder.path().join("hangs");
    std::fs::write(&hanging, "#!/bin/sh\ncat > /dev/null\nsleep 60\n").unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&hanging, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let engine = Tesseract::new()
        .program(&hanging)
        .time_limit(Duration::from_millis(300));
    assert_eq!(
        engine.recognize(&picture).await.unwrap_err().kind(),
        ErrorKind::Timeout
    );
}
