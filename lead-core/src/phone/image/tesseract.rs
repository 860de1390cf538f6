//! The system's `tesseract` (<https://github.com/tesseract-ocr/tesseract>, version 4 or newer) as a process of its own.
//!
//! The picture is made larger and plain (grey on white, with a margin) and handed over as a PGM on standard input; only
//! digits and the signs of numbers are allowed in the answer. No shell and no file is involved.

use std::io::Cursor;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageReader, Limits, Luma};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::seam::Recognize;
use crate::{Error, ErrorKind, Result};

const NOT_RUN: &str = "tesseract cannot be run (on Debian the package tesseract-ocr)";
/// What numbers are written with.
const ALPHABET: &str = "tessedit_char_whitelist=0123456789+-()./ ";
/// Tesseract reads best where capitals are some thirty pixels high: lower pictures are made larger.
const WANTED_HEIGHT: u32 = 64;
/// More than this blurs without helping.
const MOST_LARGER: u32 = 4;
/// White around the text, in pixels.
const MARGIN: u32 = 12;
/// A picture that lies flatter than this is one line.
const ONE_LINE: u32 = 4;

/// Reads pictures with the system's `tesseract`.
#[derive(Clone, Debug)]
pub struct Tesseract {
    program: PathBuf,
    time_limit: Duration,
    max_bytes: usize,
    max_side: u32,
}

impl Default for Tesseract {
    fn default() -> Self {
        Self::new()
    }
}

impl Tesseract {
    /// `tesseract` of the search path; ten seconds, a megabyte and 2,000 pixels a side at most.
    pub fn new() -> Self {
        Self {
            program: PathBuf::from("tesseract"),
            time_limit: Duration::from_secs(10),
            max_bytes: 1 << 20,
            max_side: 2000,
        }
    }

    /// Runs this program instead.
    pub fn program(mut self, path: impl Into<PathBuf>) -> Self {
        self.program = path.into();
        self
    }

    /// Gives up on a picture after this long.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Refuses larger files.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Whether the program can be run at all, asked once before a long work is begun.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when it cannot.
    pub async fn check(&self) -> Result<()> {
        let mut asked = Command::new(&self.program);
        asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::null());
        let answer = asked.stderr(Stdio::null()).kill_on_drop(true).status();
        match tokio::time::timeout(self.time_limit, answer).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Err(cause)) => Err(Error::new(ErrorKind::Config, "ocr", NOT_RUN).because(cause)),
            _ => Err(Error::new(ErrorKind::Config, "ocr", "tesseract does not answer")),
        }
    }

    /// The picture as a plain one, in the form of Netpbm's PGM, and whether it is a single line.
    fn prepared(&self, picture: &[u8]) -> Result<(Vec<u8>, bool)> {
        if picture.len() > self.max_bytes {
            return Err(Error::new(ErrorKind::TooLarge, "ocr", "the picture is too large")
                .with("bytes", picture.len()));
        }
        let mut limits = Limits::default();
        limits.max_image_width = Some(self.max_side);
        limits.max_image_height = Some(self.max_side);
        limits.max_alloc = Some(64 << 20);
        let unread =
            |cause| Error::new(ErrorKind::Decode, "ocr", "no picture that can be read").because(cause);
        let mut reader = ImageReader::new(Cursor::new(picture))
            .with_guessed_format()
            .map_err(|cause| {
                Error::new(ErrorKind::Decode, "ocr", "no picture that can be read").because(cause)
            })?;
        reader.limits(limits);
        let decoded = reader.decode().map_err(unread)?;
        let one_line = decoded.width() >= decoded.height().saturating_mul(ONE_LINE);
        Ok((pgm(&plain(&decoded)), one_line))
    }

    async fn run(&self, picture: &[u8], one_line: bool) -> Result<Vec<u8>> {
        let mut child = Command::new(&self.program)
            .args([
                "stdin",
                "stdout",
                "--psm",
                if one_line { "7" } else { "6" },
                "-c",
                ALPHABET,
            ])
            .env("OMP_THREAD_LIMIT", "1") // one picture is too small for several threads
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|cause| Error::new(ErrorKind::Config, "ocr", NOT_RUN).because(cause))?;
        let broken = |cause| Error::new(ErrorKind::Config, "ocr", "tesseract does not answer").because(cause);
        if let Some(mut input) = child.stdin.take() {
            // It reads all of it before it writes anything.
            input.write_all(picture).await.map_err(broken)?;
        }
        let output = child.wait_with_output().await.map_err(broken)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Error::new(
            ErrorKind::Decode,
            "ocr",
            "tesseract refused the picture",
        ))
    }
}

impl Recognize for Tesseract {
    async fn recognize(&self, picture: &[u8]) -> Result<String> {
        let (own, picture) = (self.clone(), picture.to_vec());
        // Unpacking a picture of a megabyte takes longer than a thread of the runtime may be held.
        let prepared = tokio::task::spawn_blocking(move || own.prepared(&picture)).await;
        let (picture, one_line) = prepared.map_err(|cause| {
            Error::new(ErrorKind::Internal, "ocr", "the picture cannot be prepared").because(cause)
        })??;
        let read = tokio::time::timeout(self.time_limit, self.run(&picture, one_line)).await;
        let read = read.map_err(|_| Error::new(ErrorKind::Timeout, "ocr", "tesseract took too long"))??;
        Ok(String::from_utf8_lossy(&read).trim().to_owned())
    }
}

/// Dark on white, larger, with a margin.
fn plain(picture: &DynamicImage) -> GrayImage {
    let mut grey = on_white(picture);
    let sum: u64 = grey.pixels().map(|Luma([grey])| u64::from(*grey)).sum();
    if sum < u64::from(grey.width()) * u64::from(grey.height()) * 128 {
        imageops::invert(&mut grey);
    }
    let times = (WANTED_HEIGHT / grey.height().max(1)).clamp(1, MOST_LARGER);
    let (width, height) = (grey.width() * times, grey.height() * times);
    let larger = imageops::resize(&grey, width, height, FilterType::CatmullRom);
    let mut canvas = GrayImage::from_pixel(width + 2 * MARGIN, height + 2 * MARGIN, Luma([255]));
    imageops::replace(&mut canvas, &larger, i64::from(MARGIN), i64::from(MARGIN));
    canvas
}

/// Grey; what is transparent shows white paper.
fn on_white(picture: &DynamicImage) -> GrayImage {
    let colours = picture.to_luma_alpha8();
    let mut grey = GrayImage::new(colours.width(), colours.height());
    for (place, colour) in grey.pixels_mut().zip(colours.pixels()) {
        let [light, alpha] = colour.0.map(u16::from);
        let blended = (light * alpha + 255 * (255 - alpha)) / 255;
        *place = Luma([u8::try_from(blended).unwrap_or(u8::MAX)]);
    }
    grey
}

fn pgm(picture: &GrayImage) -> Vec<u8> {
    let mut file = format!("P5\n{} {}\n255\n", picture.width(), picture.height()).into_bytes();
    file.extend_from_slice(picture.as_raw());
    file
}
