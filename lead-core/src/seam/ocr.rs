//! From a picture to the characters in it.

use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;

use crate::Result;

/// Reads telephone numbers that a page shows as a picture.
pub trait Recognize: Send + Sync + Debug + 'static {
    /// The digits and signs of `picture`, the bytes of an image file in any format the engine reads; one line of text a
    /// line of the picture. Empty when it shows none.
    ///
    /// Requires nothing of the bytes: they come from strangers. An engine bounds what it takes, in bytes, pixels and time.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is no picture the engine reads,
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) and [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) by its
    /// bounds, [`ErrorKind::Config`](crate::ErrorKind::Config) when the engine cannot be run.
    fn recognize(&self, picture: &[u8]) -> impl Future<Output = Result<String>> + Send;
}

trait RecognizeDyn: Send + Sync + Debug {
    fn recognize<'a>(&'a self, picture: &'a [u8]) -> BoxFuture<'a, Result<String>>;
}

impl<T: Recognize> RecognizeDyn for T {
    fn recognize<'a>(&'a self, picture: &'a [u8]) -> BoxFuture<'a, Result<String>> {
        Box::pin(Recognize::recognize(self, picture))
    }
}

/// A cheaply cloned handle to any [`Recognize`].
#[derive(Clone, Debug)]
pub struct OcrEngine(Arc<dyn RecognizeDyn>);

impl OcrEngine {
    /// Wraps an engine.
    pub fn new(engine: impl Recognize) -> Self {
        Self(Arc::new(engine))
    }
}

impl Recognize for OcrEngine {
    async fn recognize(&self, picture: &[u8]) -> Result<String> {
        self.0.recognize(picture).await
    }
}
