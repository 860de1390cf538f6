//! How an identity is made to show.

use chromiumoxide_cdp::cdp::browser_protocol::emulation::{
    SetLocaleOverrideParams, SetUserAgentOverrideParams, UserAgentBrandVersion, UserAgentMetadata,
};

use chromiumoxide_cdp::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;

use super::Drawn;
use crate::Result;
use crate::browser::protocol::Session;
use crate::fetch::UserAgent;

/// What pages are told by command. Most of a coherent identity is told by flags, which reach every page, frame and worker; the
/// name of the program an honest one works for cannot be.
#[derive(Clone, Debug)]
pub(in crate::browser) struct Presence {
    user_agent: Option<SetUserAgentOverrideParams>,
    locale: Option<SetLocaleOverrideParams>,
    script: Option<AddScriptToEvaluateOnNewDocumentParams>,
    /// The window, in CSS pixels.
    pub(in crate::browser) window: (u32, u32),
    /// What the evidence says, when it is not the honest one.
    pub(in crate::browser) told: Option<String>,
}

impl Presence {
    /// The honest one: the browser as it is, with the name of the program it works for.
    ///
    /// `product` is the browser with its version (`Chrome/131.0.6778.85`), `own` its whole `User-Agent`, which says
    /// `HeadlessChrome` where that is what it is.
    pub(in crate::browser) fn honest(
        product: &str,
        own: &str,
        program: &UserAgent,
        window: (u32, u32),
    ) -> Self {
        let mut user_agent = SetUserAgentOverrideParams::new(format!("{own} {program}"));
        let name = if own.contains("HeadlessChrome") {
            "HeadlessChrome"
        } else {
            "Chromium"
        };
        user_agent.user_agent_metadata = Some(metadata(name, product));
        Self {
            user_agent: Some(user_agent),
            locale: None,
            script: None,
            window,
            told: None,
        }
    }

    /// A coherent one.
    pub(in crate::browser) fn coherent(drawn: &Drawn, own: &str) -> Self {
        // Dates and numbers are written in the language of the program's own files, not in that of its headers.
        let locale = SetLocaleOverrideParams {
            locale: Some(drawn.locale().replace('-', "_")),
        };
        Self {
            user_agent: None,
            locale: Some(locale),
            script: drawn.script().map(AddScriptToEvaluateOnNewDocumentParams::new),
            window: drawn.window,
            told: Some(format!("{drawn}; {own}")),
        }
    }

    /// Tells it to a page, which is not opened if it is not told.
    pub(in crate::browser) async fn present_to(&self, session: &Session) -> Result<()> {
        if let Some(user_agent) = &self.user_agent {
            session.call(user_agent.clone()).await?;
        }
        if let Some(locale) = &self.locale {
            session.call(locale.clone()).await?;
        }
        if let Some(script) = &self.script {
            session.call(script.clone()).await?;
        }
        Ok(())
    }

    /// Tells it to a frame of a page.
    pub(in crate::browser) fn tell(&self, session: &Session) {
        self.tell_worker(session);
        if let Some(locale) = &self.locale {
            session.say(locale);
        }
        if let Some(script) = &self.script {
            session.say(script);
        }
    }

    /// Tells it to a worker of a page, whose language follows that of its page.
    pub(in crate::browser) fn tell_worker(&self, session: &Session) {
        if let Some(user_agent) = &self.user_agent {
            session.say(user_agent);
        }
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
