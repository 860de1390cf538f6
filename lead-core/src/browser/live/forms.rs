//! The view in the forms that browsers understand.

use bytes::Bytes;
use futures::stream::{self, Stream};

use super::{LiveEvent, LiveView};

/// The `Content-Type` of [`LiveView::mjpeg`].
pub const MJPEG_CONTENT_TYPE: &str = "multipart/x-mixed-replace; boundary=frame";

impl LiveView {
    /// Frames of all pages one after another, as the body of an answer that an `<img>` shows
    /// ([`MJPEG_CONTENT_TYPE`]). Boxes are not drawn: see [`LiveView::messages`].
    pub fn mjpeg(self) -> impl Stream<Item = Bytes> + Send {
        stream::unfold(self, |mut view| async move {
            loop {
                if let LiveEvent::Frame(frame) = view.next().await? {
                    let head = format!(
                        "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n",
                        frame.jpeg.len()
                    );
                    let part = [head.as_bytes(), &frame.jpeg, b"\r\n"].concat();
                    return Some((Bytes::from(part), view));
                }
            }
        })
    }

    /// Every event as a message of a web socket: its JSON, and for a frame the picture after it, parted by a zero byte.
    ///
    /// A message is to be sent as binary. In a page:
    ///
    /// ```js
    /// socket.binaryType = "arraybuffer";
    /// socket.onmessage = ({ data }) => {
    ///   const bytes = new Uint8Array(data), end = bytes.indexOf(0);
    ///   const event = JSON.parse(new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)));
    ///   const picture = end < 0 ? null : new Blob([bytes.subarray(end + 1)], { type: "image/jpeg" });
    /// };
    /// ```
    pub fn messages(self) -> impl Stream<Item = Bytes> + Send {
        stream::unfold(self, |mut view| async move {
            let event = view.next().await?;
            Some((message(&event), view))
        })
    }
}

/// An event as a message.
pub(super) fn message(event: &LiveEvent) -> Bytes {
    let mut bytes = serde_json::to_vec(event).unwrap_or_default();
    if let LiveEvent::Frame(frame) = event {
        bytes.push(0);
        bytes.extend_from_slice(&frame.jpeg);
    }
    bytes.into()
}
