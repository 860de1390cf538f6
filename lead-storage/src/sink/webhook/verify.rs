//! The other side: whether a message is from who it says.

use std::time::Duration;

use lead_core::clock::Timestamp;
use lead_core::{Error, ErrorKind, Result};

use super::sign::{Key, VERSION};
use crate::sink::SINK;
use crate::sink::secret::Secret;

/// How far the time of a message may be from now, either way: what the libraries of Standard Webhooks allow.
const TOLERANCE: Duration = Duration::from_mins(5);

/// Tells real messages of a webhook from others, for those who receive them.
///
/// ```
/// use lead_storage::sink::Verifier;
///
/// // The example of the specification's libraries.
/// let verifier = Verifier::new(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])?;
/// let now = lead_core::clock::Timestamp::from_second(1614265330).unwrap();
/// let (id, at) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330");
/// let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
/// verifier.verify(id, at, signature, br#"{"test": 2432232314}"#, now)?;
/// assert!(verifier.verify(id, at, signature, br#"{"test": 1}"#, now).is_err());
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    keys: Vec<Key>,
}

impl Verifier {
    /// Takes what any of these keys (`whsec_…`) signed.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] for what is no key.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let keys = secrets.into_iter().map(|secret| Key::new(&Secret::new(secret)));
        Ok(Self {
            keys: keys.collect::<Result<_>>()?,
        })
    }

    /// Looks at a message: its headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, and its body as it came. The same id
    /// may come again: that is for the receiver to notice.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the time is none or more than five minutes from `now`, and when nothing of it was signed by a
    /// key of ours.
    pub fn verify(
        &self,
        id: &str,
        timestamp: &str,
        signatures: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<()> {
        let refuse = |message| Err(Error::new(ErrorKind::InvalidInput, SINK, message));
        let Ok(at) = timestamp.parse::<i64>() else {
            return refuse("the time of a message is no number");
        };
        if now.as_second().abs_diff(at) > TOLERANCE.as_secs() {
            return refuse("a message is too old, or from the future");
        }
        // Other versions may stand beside ours: they are passed over.
        let ours = signatures
            .split(' ')
            .filter_map(|signature| signature.strip_prefix(VERSION));
        let signed = |signature: &str| self.keys.iter().any(|key| key.signed(id, at, body, signature));
        if ours.take(MOST).any(signed) {
            Ok(())
        } else {
            refuse("a message is not signed by a key of ours")
        }
    }

    /// Any words as keys and message: for the fuzz targets.
    pub(in crate::sink) fn of_words(text: &str) -> bool {
        let words: Vec<&str> = text.splitn(5, '\n').collect();
        let [secret, id, at, signatures, body] = words.as_slice() else {
            return Self::new([text]).is_ok();
        };
        let made = Self::new([*secret]);
        made.is_ok_and(|made| {
            made.verify(id, at, signatures, body.as_bytes(), Timestamp::UNIX_EPOCH)
                .is_ok()
        })
    }
}

/// Signatures looked at in one message: each costs a hash of the body.
const MOST: usize = 16;
