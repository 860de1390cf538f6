//! Follows what happens in a tab and decides what may: which requests go out, which dialogs and windows open (none).

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide_cdp::cdp::browser_protocol::fetch::{
    ContinueRequestParams, EnableParams as FetchEnable, EventRequestPaused, FailRequestParams,
    GetResponseBodyParams, HeaderEntry, RequestPattern, RequestStage,
};
use chromiumoxide_cdp::cdp::browser_protocol::inspector::EnableParams as InspectorEnable;
use chromiumoxide_cdp::cdp::browser_protocol::network::{
    EnableParams as NetworkEnable, ErrorReason, EventLoadingFailed, EventLoadingFinished,
    EventRequestWillBeSent, ResourceType,
};
use chromiumoxide_cdp::cdp::browser_protocol::page::{
    DialogType, EnableParams as PageEnable, EventJavascriptDialogOpening, HandleJavaScriptDialogParams,
};
use chromiumoxide_cdp::cdp::browser_protocol::target::{
    EventAttachedToTarget, EventDetachedFromTarget, SetAutoAttachParams,
};
use chromiumoxide_cdp::cdp::js_protocol::runtime::RunIfWaitingForDebuggerParams;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use tokio::sync::{mpsc, watch};

use super::state::{Head, State};
use crate::Result;
use crate::browser::Block;
use crate::browser::identity::Presence;
use crate::browser::live::LivePage;
use crate::browser::protocol::{Event, Session};

/// Pages may load themselves anew so often: some set a cookie that way.
const RELOADS: u32 = 2;

/// What browsers ask every site for.
const ICON: &str = "*/favicon.ico";

/// What the request of the page itself is made of, beside its address.
#[derive(Debug, Default)]
pub(in crate::browser) struct Opening {
    pub(in crate::browser) method: Method,
    pub(in crate::browser) headers: HeaderMap,
    pub(in crate::browser) body: bytes::Bytes,
}

/// The task that follows a tab.
#[derive(Debug)]
pub(super) struct Watcher {
    pub(super) session: Session,
    pub(super) frame: String,
    pub(super) url: String,
    pub(super) opening: Opening,
    pub(super) block: Arc<[Block]>,
    pub(super) identity: Arc<Presence>,
    pub(super) state: watch::Sender<State>,
    pub(super) requests: HashSet<String>,
    pub(super) asked: bool,
    /// Whether the page goes nowhere: a button that is pressed may be a link.
    pub(super) stays: Arc<AtomicBool>,
    pub(super) shown: Arc<OnceLock<LivePage>>,
}

impl Watcher {
    /// Follows until the tab is closed.
    pub(super) async fn run(mut self, mut events: mpsc::UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            self.take(&event);
        }
    }

    fn take(&mut self, event: &Event) {
        match event.method.as_str() {
            "Fetch.requestPaused" => {
                if let Some(paused) = event.details() {
                    self.paused(&event.session, paused);
                }
            }
            "Network.requestWillBeSent" => {
                if let Some(sent) = event.details::<EventRequestWillBeSent>()
                    && counts(sent.r#type.as_ref())
                {
                    self.requests.insert(sent.request_id.inner().clone());
                    self.count(1);
                }
            }
            "Network.loadingFinished" => {
                if let Some(done) = event.details::<EventLoadingFinished>() {
                    self.requests.remove(done.request_id.inner());
                    self.count(0);
                }
            }
            "Network.loadingFailed" => {
                if let Some(done) = event.details::<EventLoadingFailed>() {
                    self.requests.remove(done.request_id.inner());
                    self.count(0);
                }
            }
            "Page.loadEventFired" if event.session == self.session.id() => {
                self.state
                    .send_modify(|state| state.loaded = state.head.is_some());
            }
            "Page.screencastFrame" => {
                if let (Some(page), Some(frame)) = (self.shown.get(), event.details()) {
                    let there = self.state.borrow().head.is_some();
                    page.frame(&self.session, frame, there);
                }
            }
            "Page.javascriptDialogOpening" => self.dialog(event),
            "Inspector.targetCrashed" if event.session == self.session.id() => {
                self.state.send_modify(|state| state.crashed = true);
            }
            "Target.attachedToTarget" => {
                if let Some(attached) = event.details() {
                    self.attached(&attached);
                }
            }
            "Target.detachedFromTarget" => {
                if let Some(detached) = event.details::<EventDetachedFromTarget>() {
                    let gone = detached.session_id.inner();
                    self.session.connection().forget(gone);
                    self.state
                        .send_modify(|state| state.frames.retain(|(session, _)| session != gone));
                }
            }
            _ => {}
        }
    }

    fn count(&self, begun: usize) {
        let under_way = self.requests.len();
        self.state.send_modify(|state| {
            state.under_way = under_way;
            state.begun += begun;
        });
    }

    /// Nobody is there to answer: questions are declined, a page that wants to keep us may not.
    fn dialog(&self, event: &Event) {
        if let Some(opened) = event.details::<EventJavascriptDialogOpening>() {
            let accept = opened.r#type == DialogType::Beforeunload;
            self.within(&event.session)
                .say(&HandleJavaScriptDialogParams::new(accept));
        }
    }

    fn within(&self, session: &str) -> Session {
        Session::new(self.session.connection().clone(), session)
    }

    /// A frame of another process, or a worker.
    fn attached(&self, attached: &EventAttachedToTarget) {
        let id = attached.session_id.inner();
        let target = &attached.target_info;
        self.session.connection().join(id, self.session.id());
        let session = self.within(id);
        match target.r#type.as_str() {
            "iframe" => {
                let (network, fetch, attach) = wanted(&self.block, false);
                session.say(&network);
                if fetch
                    .patterns
                    .as_ref()
                    .is_some_and(|patterns| !patterns.is_empty())
                {
                    session.say(&fetch);
                }
                session.say(&attach);
                self.identity.tell(&session);
                let frame = target.target_id.inner().clone();
                self.state
                    .send_modify(|state| state.frames.push((id.clone(), frame)));
            }
            "worker" | "shared_worker" | "service_worker" => {
                session.say(&NetworkEnable::default());
                self.identity.tell_worker(&session);
            }
            _ => {}
        }
        session.say(&RunIfWaitingForDebuggerParams::default());
    }

    /// A request waits for leave.
    fn paused(&mut self, session: &str, paused: EventRequestPaused) {
        let own = session == self.session.id() && paused.frame_id.inner() == &self.frame;
        let answered = paused.response_status_code.is_some() || paused.response_error_reason.is_some();
        if paused.resource_type != ResourceType::Document || !own {
            let blocked = !answered && paused.resource_type != ResourceType::Document;
            if blocked {
                self.refuse(session, paused, ErrorReason::BlockedByClient);
            } else {
                self.let_go(session, paused);
            }
            return;
        }
        if answered {
            self.head(session, paused);
        } else if self.asked {
            self.onward(session, paused);
        } else {
            self.asked = true;
            let go = self.opening.apply(paused);
            self.within(session).say(&go);
        }
    }

    fn refuse(&self, session: &str, paused: EventRequestPaused, reason: ErrorReason) {
        self.within(session)
            .say(&FailRequestParams::new(paused.request_id, reason));
    }

    fn let_go(&self, session: &str, paused: EventRequestPaused) {
        self.within(session)
            .say(&ContinueRequestParams::new(paused.request_id));
    }

    /// The page wants to go on to another address. Where it leads is for the caller to ask, by robots.txt, guard and pace; it
    /// may load itself anew.
    fn onward(&mut self, session: &str, paused: EventRequestPaused) {
        let state = self.state.borrow();
        let stays = self.stays.load(Ordering::Relaxed);
        let anew = same_page(&paused.request.url, &self.url) && state.reloads < RELOADS && !stays;
        // What is no navigation to the network is a file the page wants to keep.
        let goes = paused.network_id.is_some() && paused.request.method == "GET";
        let ignored = stays || !goes;
        drop(state);
        if anew {
            self.state.send_modify(State::reload);
            return self.let_go(session, paused);
        }
        if !ignored {
            let to = paused.request.url.clone();
            self.state.send_modify(|state| state.onward = Some(to));
        }
        self.refuse(session, paused, ErrorReason::Aborted);
    }

    /// The head of the page has come.
    fn head(&self, session: &str, paused: EventRequestPaused) {
        let Some(status) = paused
            .response_status_code
            .and_then(|code| u16::try_from(code).ok())
        else {
            return self.let_go(session, paused); // it failed, which the navigation tells
        };
        let headers = headers(paused.response_headers.as_deref().unwrap_or_default());
        let mut head = Head {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY),
            headers,
            raw: None,
            ends: false,
        };
        if head.status.is_redirection() && head.headers.contains_key(LOCATION) {
            head.ends = true;
            self.state.send_modify(|state| state.head = Some(head));
            self.refuse(session, paused, ErrorReason::Aborted);
        } else if is_rendered(&head.headers) {
            self.state.send_modify(|state| state.head = Some(head));
            self.let_go(session, paused);
        } else {
            tokio::spawn(raw(self.within(session), paused, head, self.state.clone()));
        }
    }
}

/// Takes what is no page as it is.
async fn raw(session: Session, paused: EventRequestPaused, mut head: Head, state: watch::Sender<State>) {
    let asked = GetResponseBodyParams::new(paused.request_id.clone());
    let limit = std::time::Duration::from_mins(1);
    let read = match session.call_within(asked, limit).await {
        Ok(body) if body.base64_encoded => STANDARD.decode(&body.body).map_err(|error| error.to_string()),
        Ok(body) => Ok(body.body.into_bytes()),
        Err(error) => Err(error.to_string()),
    };
    state.send_modify(|state| match read {
        Ok(body) => {
            head.raw = Some(body);
            head.ends = true;
            state.head = Some(head);
        }
        Err(why) => state.unread = Some(why),
    });
    session.say(&FailRequestParams::new(paused.request_id, ErrorReason::Aborted));
}

impl Opening {
    /// The page's own request, with what the caller wants it to say.
    fn apply(&self, paused: EventRequestPaused) -> ContinueRequestParams {
        let mut go = ContinueRequestParams::new(paused.request_id);
        if self.method != Method::GET {
            go.method = Some(self.method.to_string());
            let body = STANDARD.encode(&self.body);
            go.post_data = Some(body.into());
        }
        if !self.headers.is_empty() {
            let own = paused
                .request
                .headers
                .inner()
                .as_object()
                .cloned()
                .unwrap_or_default();
            let kept = own.into_iter().filter_map(|(name, value)| {
                let replaced = self.headers.contains_key(name.as_str());
                value
                    .as_str()
                    .filter(|_| !replaced)
                    .map(|value| HeaderEntry::new(name.clone(), value))
            });
            let ours = self.headers.iter().filter_map(|(name, value)| {
                value
                    .to_str()
                    .ok()
                    .map(|value| HeaderEntry::new(name.as_str(), value))
            });
            go.headers = Some(kept.chain(ours).collect());
        }
        go
    }
}

/// What is asked of a session: what is told of, which requests wait for leave.
fn wanted(block: &[Block], own: bool) -> (NetworkEnable, FetchEnable, SetAutoAttachParams) {
    let pattern = |kind: ResourceType, stage: RequestStage| {
        RequestPattern::builder()
            .url_pattern("*")
            .resource_type(kind)
            .request_stage(stage)
            .build()
    };
    let kinds = block.iter().flat_map(|block| kinds(*block));
    let mut patterns: Vec<_> = kinds
        .map(|kind| pattern(kind.clone(), RequestStage::Request))
        .collect();
    if block.contains(&Block::Images) {
        // Which is no picture to Chromium, but something else.
        let icon = RequestPattern::builder()
            .url_pattern(ICON)
            .resource_type(ResourceType::Other);
        patterns.push(icon.build());
    }
    if own {
        patterns.push(pattern(ResourceType::Document, RequestStage::Request));
        patterns.push(pattern(ResourceType::Document, RequestStage::Response));
    }
    let attach = SetAutoAttachParams {
        auto_attach: true,
        wait_for_debugger_on_start: true,
        flatten: Some(true),
        filter: None,
    };
    (
        NetworkEnable::default(),
        FetchEnable::builder().patterns(patterns).build(),
        attach,
    )
}

/// Prepares a page before anything loads in it. What it loads is in our hands from then on, or it is not opened.
pub(super) async fn prepare(session: &Session, block: &[Block], identity: &Presence) -> Result<()> {
    let (network, fetch, attach) = wanted(block, true);
    let heard = futures::future::try_join3(
        session.call(PageEnable::default()),
        session.call(InspectorEnable::default()),
        session.call(network),
    );
    let held = futures::future::try_join3(
        session.call(fetch),
        session.call(attach),
        identity.present_to(session),
    );
    futures::future::try_join(heard, held).await?;
    Ok(())
}

fn kinds(block: Block) -> &'static [ResourceType] {
    match block {
        Block::Images => &[ResourceType::Image],
        Block::Fonts => &[ResourceType::Font],
        Block::Media => &[ResourceType::Media],
        Block::Styles => &[ResourceType::Stylesheet],
    }
}

/// Whether a page is not ready while such a request is under way. What stays open says nothing.
fn counts(kind: Option<&ResourceType>) -> bool {
    !matches!(
        kind,
        Some(
            ResourceType::EventSource
                | ResourceType::WebSocket
                | ResourceType::Ping
                | ResourceType::Media
                | ResourceType::Prefetch
        )
    )
}

/// Whether two addresses differ by their fragments at most.
fn same_page(one: &str, other: &str) -> bool {
    one.split('#').next() == other.split('#').next()
}

fn headers(entries: &[HeaderEntry]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for entry in entries {
        // Several values of one name come as lines.
        for line in entry.value.split('\n') {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(&entry.name), HeaderValue::from_str(line)) {
                headers.append(name, value);
            }
        }
    }
    headers
}

/// Whether a browser makes a document of it. What it would show by other means, or keep as a file, is taken as it is.
fn is_rendered(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .unwrap_or_default()
    };
    let kind = text(CONTENT_TYPE)
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let kept = text(CONTENT_DISPOSITION)
        .trim()
        .to_ascii_lowercase()
        .starts_with("attachment");
    !kept && matches!(kind.as_str(), "" | "text/html" | "application/xhtml+xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rendered_is_told_by_its_head() {
        let of = |name: &str, value: &str| {
            let mut headers = headers(&[HeaderEntry::new("content-type", "text/html; charset=utf-8")]);
            headers.insert(
                HeaderName::try_from(name).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
            is_rendered(&headers)
        };
        assert!(
            of("server", "x")
                && of("content-type", "Application/XHTML+XML")
                && of("content-disposition", "inline")
        );
        assert!(
            !of("content-type", "application/pdf")
                && !of("content-disposition", "Attachment; filename=x.html")
        );
        assert!(is_rendered(&HeaderMap::new()), "a server that does not say");
    }

    #[test]
    fn lines_of_a_field_are_values() {
        let read = headers(&[
            HeaderEntry::new("set-cookie", "a=1\nb=2"),
            HeaderEntry::new("bad name", "x"),
        ]);
        assert_eq!(read.get_all("set-cookie").iter().count(), 2);
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn a_fragment_makes_no_other_page() {
        assert!(same_page("http://a.test/x#one", "http://a.test/x"));
        assert!(!same_page("http://a.test/x?y", "http://a.test/x"));
    }
}
