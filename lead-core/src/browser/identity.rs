//! Who a browser says it is.

use chromiumoxide_cdp::cdp::browser_protocol::emulation::{
    SetUserAgentOverrideParams, UserAgentBrandVersion, UserAgentMetadata,
};

use super::protocol::Session;
use crate::Result;
use crate::fetch::UserAgent;

/// What is told to pages, in headers and to scripts.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    user_agent: SetUserAgentOverrideParams,
}

impl Identity {
    /// The honest one: the browser as it is, with the name of the program it works for.
    ///
    /// `product` is the browser with its version (`Chrome/131.0.6778.85`), `own` its whole `User-Agent`, which says
    /// `HeadlessChrome` where that is what it is.
    pub(super) fn honest(product: &str, own: &str, program: &UserAgent) -> Self {
        let mut user_agent = SetUserAgentOverrideParams::new(format!("{own} {program}"));
        let name = if own.contains("HeadlessChrome") {
            "HeadlessChrome"
        } else {
            "Chromium"
        };
        user_agent.user_agent_metadata = Some(metadata(name, product));
        Self { user_agent }
    }

    /// Tells it to a page, which is not opened if it is not told.
    pub(super) async fn present_to(&self, session: &Session) -> Result<()> {
        session.call(self.user_agent.clone()).await?;
        Ok(())
    }

    /// Tells it to a frame or worker of a page.
    pub(super) fn tell(&self, session: &Session) {
        session.say(&self.user_agent);
    }
}

/// The client hints of the browser as it is: without them, saying a user agent would empty them.
fn metadata(name: &str, product: &str) -> UserAgentMetadata {
    let version = product.split_once('/').map_or("0", |(_, version)| version);
    let major = version.split('.').next().unwrap_or_default();
    let brands = |version: &str| {
        vec![
            UserAgentBrandVersion::new("Chromium", version),
            UserAgentBrandVersion::new(name, version),
        ]
    };
    let architecture = if cfg!(target_arch = "aarch64") {
        "arm"
    } else {
        "x86"
    };
    UserAgentMetadata {
        brands: Some(brands(major)),
        full_version_list: Some(brands(version)),
        platform: "Linux".to_owned(),
        platform_version: String::new(),
        architecture: architecture.to_owned(),
        model: String::new(),
        mobile: false,
        bitness: Some("64".to_owned()),
        wow64: Some(false),
        form_factors: Some(vec!["Desktop".to_owned()]),
    }
}
