//! From pages to those who look.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use base64::Engine as _;
use chromiumoxide_cdp::cdp::browser_protocol::page::{
    EventScreencastFrame, ScreencastFrameAckParams, StartScreencastFormat, StartScreencastParams,
};
use tokio::time::Instant;

use super::queue::Queue;
use super::{Frame, LiveConfig, LiveEvent, NumberBox, PageId, Rect};
use crate::browser::protocol::Session;
use crate::record::SafeUrl;

/// What all pages of a pool show, to all who look.
#[derive(Debug)]
pub(in crate::browser) struct Feed {
    config: LiveConfig,
    next: AtomicU64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The last of each kind of each page that is open, for who comes later.
    last: BTreeMap<PageId, Last>,
    viewers: Vec<Weak<Queue>>,
    ended: bool,
}

#[derive(Debug, Default)]
struct Last {
    opened: Option<LiveEvent>,
    frame: Option<LiveEvent>,
    boxes: Option<LiveEvent>,
}

impl Feed {
    pub(in crate::browser) fn new(config: LiveConfig) -> Arc<Self> {
        Arc::new(Self {
            config,
            next: AtomicU64::new(1),
            state: Mutex::default(),
        })
    }

    /// For one more who looks: what there is to see already, and what comes from now on.
    pub(super) fn look(&self) -> Arc<Queue> {
        let queue = Arc::new(Queue::default());
        let mut state = self.state();
        let there = state.last.values();
        let there = there.flat_map(|page| [&page.opened, &page.frame, &page.boxes]);
        there.flatten().for_each(|event| queue.push(event.clone()));
        if state.ended {
            queue.end();
        }
        state.viewers.push(Arc::downgrade(&queue));
        queue
    }

    /// Nothing is shown any more.
    pub(in crate::browser) fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        state.watching().for_each(|queue| queue.end());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, event: &LiveEvent) {
        let mut state = self.state();
        let page = event.page();
        let last = &mut state.last;
        match event {
            LiveEvent::Opened { .. } => last.entry(page).or_default().opened = Some(event.clone()),
            LiveEvent::Frame(_) => last.entry(page).or_default().frame = Some(event.clone()),
            LiveEvent::Boxes { .. } => last.entry(page).or_default().boxes = Some(event.clone()),
            LiveEvent::Closed { .. } => drop(last.remove(&page)),
        }
        state.watching().for_each(|queue| queue.push(event.clone()));
    }

    #[cfg(test)]
    pub(super) fn tell_for_tests(&self, event: &LiveEvent) {
        self.tell(event);
    }

    /// Shows a page, when somebody looks.
    pub(in crate::browser) fn show(self: &Arc<Self>, session: &Session, url: &str) -> Option<LivePage> {
        self.state().watching().next()?;
        let url = SafeUrl::parse(url).ok()?;
        let page = self.next.fetch_add(1, Ordering::Relaxed);
        self.tell(&LiveEvent::Opened { page, url });
        let (width, height) = self.config.size;
        let start = StartScreencastParams {
            format: Some(StartScreencastFormat::Jpeg),
            quality: Some(self.config.quality.clamp(1, 100).into()),
            max_width: Some(width.into()),
            max_height: Some(height.into()),
            every_nth_frame: None,
        };
        session.say(&start);
        Some(LivePage {
            feed: Arc::clone(self),
            page,
            asked: Arc::new(Mutex::new(Instant::now())),
        })
    }
}

impl State {
    /// Those who still look.
    fn watching(&mut self) -> impl Iterator<Item = Arc<Queue>> {
        self.viewers.retain(|viewer| viewer.strong_count() > 0);
        self.viewers.iter().filter_map(Weak::upgrade)
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.end();
    }
}

/// A page that is shown. Dropped, it is told to be closed.
#[derive(Debug)]
pub(in crate::browser) struct LivePage {
    feed: Arc<Feed>,
    page: PageId,
    /// When the next frame may come.
    asked: Arc<Mutex<Instant>>,
}

impl LivePage {
    /// A frame has come. The next one comes when this is acknowledged: not before its time. While the page is not `there`, what is
    /// seen is an empty window, which nobody wants to see or wait for.
    pub(in crate::browser) fn frame(&self, session: &Session, event: EventScreencastFrame, there: bool) {
        let ack = ScreencastFrameAckParams::new(event.session_id);
        if !there {
            session.say(&ack);
            return;
        }
        let at = self.turn();
        let acknowledging = session.clone();
        tokio::spawn(async move {
            tokio::time::sleep_until(at).await;
            acknowledging.say(&ack);
        });
        let data: &str = event.data.as_ref();
        let Ok(jpeg) = base64::engine::general_purpose::STANDARD.decode(data) else {
            return;
        };
        let about = event.metadata;
        let shows = Rect {
            x: about.scroll_offset_x,
            y: about.scroll_offset_y,
            width: about.device_width,
            height: about.device_height,
        };
        self.feed.tell(&LiveEvent::Frame(Arc::new(Frame {
            page: self.page,
            jpeg: jpeg.into(),
            shows,
        })));
    }

    /// When the next frame may come, which moves on.
    fn turn(&self) -> Instant {
        let rate = self.feed.config.rate;
        let apart = if rate > 0.0 {
            Duration::from_secs_f64((1.0 / rate).min(60.0))
        } else {
            Duration::ZERO
        };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let at = Instant::now().max(*asked + apart);
        *asked = at;
        at
    }

    /// Numbers were found.
    pub(in crate::browser) fn boxes(&self, boxes: Arc<[NumberBox]>) {
        self.feed.tell(&LiveEvent::Boxes {
            page: self.page,
            boxes,
        });
    }
}

impl Drop for LivePage {
    fn drop(&mut self) {
        self.feed.tell(&LiveEvent::Closed { page: self.page });
    }
}
