//! Sources: their order, those that fail, those that know more than they were asked for.

use super::city::{City, SIZE, WHOLE, fetcher};
use super::*;
use crate::record::BoundingBox;

/// A source of one listing, told after a while.
#[derive(Debug)]
struct Told {
    id: SourceId,
    delay: Duration,
}

impl Told {
    fn after(id: &str, millis: u64) -> Source {
        let id = SourceId::new(id).unwrap();
        Source::new(Self {
            id,
            delay: Duration::from_millis(millis),
        })
    }
}

impl Search for Told {
    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("test", Terms::Own)
    }

    async fn step(&self, _: &Context, _: &Query, _: Option<&Cursor>) -> Result<Batch> {
        tokio::time::sleep(self.delay).await;
        Ok(Batch::default())
    }
}

/// Guards that a slow source is not overtaken: the site both name would be read for another country, now and then.
#[tokio::test]
async fn sources_speak_in_the_order_they_were_given() {
    let collector = Collector::new(Store::memory())
        .source(Told::after("slow", 50))
        .source(Told::after("quick", 0));
    let run = collector
        .query("bakeries")
        .fetcher(Fetcher::new(Town::default()))
        .start()
        .await
        .unwrap();
    let (events, _) = to_the_end(run).await;
    let order: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Found { source, .. } => Some(source.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(order, ["slow", "quick"]);
}

/// A source that goes by words and always fails.
#[derive(Clone, Debug)]
struct Broken {
    temporary: bool,
    asked: Arc<AtomicUsize>,
}

impl Search for Broken {
    fn id(&self) -> SourceId {
        SourceId::new("broken").unwrap()
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("test", Terms::Open).by_words()
    }

    async fn step(&self, _: &Context, _: &Query, _: Option<&Cursor>) -> Result<Batch> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let error = Error::new(ErrorKind::Decode, "test", "cannot be read");
        Err(if self.temporary { error.temporary() } else { error })
    }
}

/// Guards against the same failure for each word a query is asked by.
#[tokio::test]
async fn a_source_that_fails_is_not_asked_by_every_word() {
    for (temporary, times) in [(false, 1), (true, 3)] {
        let asked = Arc::new(AtomicUsize::new(0));
        let broken = Broken {
            temporary,
            asked: Arc::clone(&asked),
        };
        let collector = Collector::new(Store::memory()).source(Source::new(broken));
        let run = collector
            .query("dentists")
            .fetcher(fetcher())
            .start()
            .await
            .unwrap();
        let (_, summary) = to_the_end(run).await;
        assert_eq!(
            (asked.load(Ordering::SeqCst), summary.failed),
            (times, times as u64)
        );
    }
}

/// Guards against "100 %" of a list that a limit has cut.
#[tokio::test]
async fn what_a_limit_cut_off_says_nothing_of_what_there_is() {
    let whole: BoundingBox = WHOLE.parse().unwrap();
    let cities = |max: usize| {
        let collector = Collector::new(Store::memory()).fetcher(fetcher());
        let collector = collector.query("bakeries").area(whole).max(max);
        collector.source(Source::new(City::new("a", 100))).start()
    };
    let (_, cut) = to_the_end(cities(300).await.unwrap()).await;
    assert_eq!(cut.cut, [SourceId::new("a").unwrap()]);
    assert!(cut.coverage.is_none(), "{:?}", cut.coverage);
    let (_, all) = to_the_end(cities(usize::MAX).await.unwrap()).await;
    assert!(all.cut.is_empty() && all.coverage.is_some_and(|coverage| coverage.found == SIZE));
}

/// A source of one site, asked at an address in place of its own.
#[derive(Clone, Debug)]
struct Moved(Option<&'static str>);

impl Search for Moved {
    fn id(&self) -> SourceId {
        SourceId::new("moved").unwrap()
    }

    fn info(&self) -> SourceInfo {
        let info = SourceInfo::new("test", Terms::Own);
        let address = self.0.map(|address| SafeUrl::parse(address).unwrap());
        info.service("moved", address.as_ref())
    }

    async fn step(&self, cx: &Context, query: &Query, _: Option<&Cursor>) -> Result<Batch> {
        list(2).step(cx, query, None).await
    }
}

/// Guards against a run that goes on by asking someone else, and by visiting sites that it was told not to visit.
#[tokio::test]
async fn a_run_goes_on_as_it_was_begun() {
    let store = Store::memory();
    let collector = |address| {
        let collector = Collector::new(store.clone()).source(Source::new(Moved(address)));
        collector.query("bakeries").fetcher(Fetcher::new(Town::default()))
    };
    let own = Some("http://localhost:8080");
    let run = collector(own).visit_sites(false).start().await.unwrap();
    let id = run.id();
    let (_, summary) = to_the_end(run).await;
    assert_eq!((summary.listings, summary.pages), (2, 0));
    let elsewhere = collector(None).resume(id).start().await.unwrap_err();
    assert_eq!(elsewhere.kind(), ErrorKind::InvalidInput);
    assert!(elsewhere.to_string().contains("localhost:8080"), "{elsewhere}");
    let (_, again) = to_the_end(collector(own).resume(id).start().await.unwrap()).await;
    assert_eq!(again.pages, 0);
}

#[tokio::test]
async fn two_sources_of_one_id_are_refused() {
    let collector = Collector::new(Store::memory()).source(list(1)).source(list(2));
    let error = collector.query("bakeries").start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
