//! One page, in a context of its own: nothing it keeps is seen by another.

mod content;
mod evaluate;
mod picture;
mod places;
mod press;
mod shots;
mod state;
mod visit;
mod watcher;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use chromiumoxide_cdp::cdp::browser_protocol::browser::{
    BrowserContextId, SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};
use chromiumoxide_cdp::cdp::browser_protocol::network::CookieParam;
use chromiumoxide_cdp::cdp::browser_protocol::storage::SetCookiesParams;
use chromiumoxide_cdp::cdp::browser_protocol::target::{
    AttachToTargetParams, CreateBrowserContextParams, CreateTargetParams, DisposeBrowserContextParams,
};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(super) use self::state::Head;
use self::state::State;
pub(super) use self::visit::{How, Visited};
pub(super) use self::watcher::Opening;
use self::watcher::{Watcher, prepare};
use super::BrowserConfig;
use super::gateway::{Gateway, Gateways};
use super::identity::Presence;
use super::live::{Feed, LivePage};
use super::protocol::{Connection, Session};
use crate::Result;
use crate::browser::deadline::PATIENCE;
use crate::seam::Rendering;

/// An open page. Dropped, it is closed.
#[derive(Debug)]
pub(super) struct Tab {
    session: Session,
    frame: String,
    context: BrowserContextId,
    gateway: Gateway,
    state: watch::Receiver<State>,
    watching: JoinHandle<()>,
    stays: Arc<AtomicBool>,
    /// There while somebody looks.
    shown: Arc<OnceLock<LivePage>>,
}

/// What a tab is opened for.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) url: String,
    pub(super) opening: Opening,
    /// Names and values the caller knows of the page's site.
    pub(super) cookies: Vec<(String, String)>,
}

impl Tab {
    /// Opens one, with nothing in it yet.
    pub(super) async fn open(
        connection: &Connection,
        config: &BrowserConfig,
        gateways: &Gateways,
        feed: &Arc<Feed>,
        identity: &Arc<Presence>,
        order: Order,
    ) -> Result<Self> {
        let block = config.blocked();
        let gateway = gateways.open(config.max_bytes).await?;
        let context = CreateBrowserContextParams {
            dispose_on_detach: Some(true),
            proxy_server: Some(gateway.url()),
            proxy_bypass_list: Some("<-loopback>".to_owned()),
            origins_with_universal_network_access: None,
        };
        let context = connection
            .call(None, &context, PATIENCE)
            .await?
            .browser_context_id;
        let closing = Closing(connection, Some(&context));
        let downloads = SetDownloadBehaviorParams {
            browser_context_id: Some(context.clone()),
            ..SetDownloadBehaviorParams::new(SetDownloadBehaviorBehavior::Deny)
        };
        connection.say(None, &downloads);
        if !order.cookies.is_empty() {
            let cookies = order.cookies.iter().map(|(name, value)| CookieParam {
                url: Some(order.url.clone()),
                ..CookieParam::new(name.clone(), value.clone())
            });
            let mut set = SetCookiesParams::new(cookies.collect::<Vec<_>>());
            set.browser_context_id = Some(context.clone());
            connection.say(None, &set);
        }
        let (width, height) = identity.window;
        let target = CreateTargetParams {
            browser_context_id: Some(context.clone()),
            width: Some(width.into()),
            height: Some(height.into()),
            ..CreateTargetParams::new("about:blank")
        };
        let target = connection.call(None, &target, PATIENCE).await?.target_id;
        let frame = target.inner().clone();
        let attach = AttachToTargetParams {
            target_id: target,
            flatten: Some(true),
        };
        let session = connection.call(None, &attach, PATIENCE).await?.session_id;
        let session = Session::new(connection.clone(), session.inner().clone());
        let (sender, state) = watch::channel(State::default());
        let events = connection.listen(session.id());
        let stays = Arc::new(AtomicBool::new(false));
        let shown = Arc::new(OnceLock::new());
        let url = order.url.clone();
        let watcher = Watcher {
            session: session.clone(),
            frame: frame.clone(),
            url: order.url,
            opening: order.opening,
            block: block.as_slice().into(),
            identity: Arc::clone(identity),
            state: sender,
            requests: std::collections::HashSet::new(),
            asked: false,
            stays: Arc::clone(&stays),
            shown: Arc::clone(&shown),
        };
        let watching = tokio::spawn(watcher.run(events));
        closing.keep();
        let tab = Self {
            session,
            frame,
            context,
            gateway,
            state,
            watching,
            stays,
            shown,
        };
        prepare(&tab.session, &block, identity).await?;
        if let Some(page) = feed.show(&tab.session, &url) {
            let _ = tab.shown.set(page);
        }
        Ok(tab)
    }

    /// What it has cost so far.
    pub(super) fn cost(&self) -> Rendering {
        let traffic = self.gateway.traffic();
        Rendering {
            requests: traffic.requests(),
            refused: traffic.refused(),
            bytes: traffic.bytes(),
            ..Rendering::default()
        }
    }

    /// Closes it, and waits until it is closed.
    pub(super) async fn close(self) -> Result<()> {
        let dispose = DisposeBrowserContextParams::new(self.context.clone());
        self.session.connection().call(None, &dispose, PATIENCE).await?;
        Ok(())
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let connection = self.session.connection();
        // Closed already, it is no context any more, and that is all the same.
        connection.say(None, &DisposeBrowserContextParams::new(self.context.clone()));
        connection.forget(self.session.id());
        self.watching.abort();
    }
}

/// Closes a context that did not come to be a tab.
struct Closing<'a>(&'a Connection, Option<&'a BrowserContextId>);

impl Closing<'_> {
    fn keep(mut self) {
        self.1 = None;
    }
}

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        if let Some(context) = self.1 {
            self.0
                .say(None, &DisposeBrowserContextParams::new(context.clone()));
        }
    }
}
