//! Numbers that sites show as pictures.

use super::*;
use crate::record::{Method, PhoneRole};
use crate::seam::{OcrEngine, Recognize, Rendering, Shot};

/// A site whose fax number is a picture, on two pages.
#[derive(Clone, Debug, Default)]
struct Pictured {
    pictures: Arc<AtomicUsize>,
}

impl Fetch for Pictured {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let body = match request.url.as_url().path() {
            "/fax.gif" => {
                self.pictures.fetch_add(1, Ordering::SeqCst);
                "030 23125-199"
            }
            "/" => {
                "<html lang=de><h1>Bäckerei Muster</h1><p>Tel. 030 23125-100</p><p>Fax: <img src=/fax.gif width=140 height=18></p><a href=/kontakt>Kontakt</a>"
            }
            _ => {
                "<html lang=de><p>Fax: <img src=/fax.gif width=140 height=18></p><p>Mobil: <img src=/gone.gif?x width=140 height=18>"
            }
        };
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let status = if request.url.as_str().ends_with("gone.gif?x") {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        Ok(Response::new(
            request.url,
            status,
            HeaderMap::new(),
            body.into(),
            at,
        ))
    }
}

/// An engine whose pictures are their own text.
#[derive(Debug)]
struct Reader;

impl Recognize for Reader {
    async fn recognize(&self, picture: &[u8]) -> Result<String> {
        Ok(String::from_utf8_lossy(picture).into_owned())
    }
}

#[tokio::test]
async fn numbers_in_pictures_are_read_where_there_is_an_engine() {
    for engine in [None, Some(OcrEngine::new(Reader))] {
        let (store, site) = (Store::memory(), Pictured::default());
        let url = SafeUrl::parse("http://baeckerei-muster.test/").unwrap();
        let mut collector = Collector::new(store.clone())
            .source(Source::new(Sites::new(vec![url])))
            .query("bakeries")
            .fetcher(Fetcher::new(site.clone()));
        let reads = engine.is_some();
        if let Some(engine) = engine {
            collector = collector.ocr(engine);
        }
        let (_, summary) = to_the_end(collector.start().await.unwrap()).await;
        assert_eq!(
            site.pictures.load(Ordering::SeqCst),
            usize::from(reads),
            "once for both pages"
        );
        assert_eq!(summary.failed, u64::from(reads), "the picture that is gone");
        let leads = store.page(LeadQuery::default()).await.unwrap().leads;
        let fax = leads[0]
            .findings
            .phones
            .iter()
            .find(|phone| phone.e164.to_string() == "+493023125199");
        assert_eq!(fax.is_some(), reads);
        if let Some(fax) = fax {
            assert_eq!(fax.role, PhoneRole::Fax);
            assert!(
                fax.evidence()
                    .iter()
                    .any(|proof| proof.trace.method == Method::Image)
            );
        }
    }
}

/// A site that a browser renders: its fax number is drawn, on both pages alike.
#[derive(Clone, Debug)]
struct Drawn;

impl Fetch for Drawn {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let body = "<html lang=de><h1>Bäckerei Muster</h1><p>Tel. 030 23125-100</p><p>Fax: <canvas width=140 height=18></canvas></p><a href=/kontakt>Kontakt</a>";
        let mut response = Response::new(request.url, StatusCode::OK, HeaderMap::new(), body.into(), at);
        let seen = Shot::new("canvas:0".into(), "030 23125-199".into());
        response.rendering = Some(Arc::new(Rendering {
            shots: vec![seen],
            ..Rendering::default()
        }));
        Ok(response)
    }
}

/// Counts what it reads.
#[derive(Debug, Default)]
struct Counting(Arc<AtomicUsize>);

impl Recognize for Counting {
    async fn recognize(&self, picture: &[u8]) -> Result<String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Reader.recognize(picture).await
    }
}

#[tokio::test]
async fn what_a_browser_saw_is_read_once() {
    let (store, read) = (Store::memory(), Arc::new(AtomicUsize::new(0)));
    let url = SafeUrl::parse("http://baeckerei-muster.test/").unwrap();
    let collector = Collector::new(store.clone())
        .source(Source::new(Sites::new(vec![url])))
        .query("bakeries")
        .fetcher(Fetcher::new(Drawn))
        .ocr(OcrEngine::new(Counting(Arc::clone(&read))));
    let (_, summary) = to_the_end(collector.start().await.unwrap()).await;
    assert_eq!((summary.failed, read.load(Ordering::SeqCst)), (0, 1));
    let leads = store.page(LeadQuery::default()).await.unwrap().leads;
    let phones = &leads[0].findings.phones;
    let fax = phones.iter().find(|phone| phone.role == PhoneRole::Fax).unwrap();
    assert_eq!(fax.e164.to_string(), "+493023125199");
}
