//! Who a browser says it is, and whether all of it agrees.

use lead_core::browser::{Coherent, Drawn, Identity, Noise, Until, Wait};
use serde_json::{Value, json};

use super::support::*;

/// Writes down who a page, its frames and its workers take the browser for.
const PROBE: &str = "<script>const early = [outerWidth, outerHeight];</script><iframe id=frame srcdoc='<p>x'></iframe><script>
    const agent = `({ agent: navigator.userAgent, languages: navigator.languages, language: navigator.language, platform: navigator.platform,
        cores: navigator.hardwareConcurrency, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: Intl.NumberFormat().resolvedOptions().locale,
        brands: navigator.userAgentData?.brands })`;
    const of = (worker) => new Promise((done) => { worker.onmessage = (event) => done(event.data) });
    const shared = () => { const worker = new SharedWorker('/shared.js'); worker.port.start(); return of(worker.port) };
    const service = async () => {
      await navigator.serviceWorker.register('/service.js');
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      active.postMessage('who', [port2]);
      return of(port1);
    };
    const hints = navigator.userAgentData.getHighEntropyValues(['architecture', 'bitness', 'fullVersionList', 'platformVersion']);
    Promise.all([eval(agent), frame.contentWindow.eval(agent), of(new Worker('/worker.js')), shared(), service(), hints]).then(([page, frame, worker, shared, service, hints]) => {
      const { width, height, availWidth, availHeight } = screen;
      document.body.dataset.found = JSON.stringify({ page, frame, worker, shared, service, hints, driven: navigator.webdriver,
        screen: { width, height, availWidth, availHeight }, window: { outerWidth, outerHeight, innerWidth, innerHeight }, early,
        offset: new Date(2026, 0, 15).getTimezoneOffset() });
    });
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_coherent_identity_agrees_with_itself() {
    agree([(1, "US"), (2, "AT"), (3, "IN")]).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "soak: ten minutes"]
async fn soak_two_hundred_identities() {
    let countries = "AE AT AU BE BG BR CA CH CN CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IT JP KR LT LU LV MX NL NO PL PT RO SE SI SK TR UA US ZA";
    agree((1000..1200).zip(countries.split(' ').cycle())).await;
}

/// The page, and the workers it asks.
fn pages() -> [(&'static str, Answer); 4] {
    let who = "({ agent: navigator.userAgent, languages: navigator.languages, language: navigator.language, platform: navigator.platform,
        cores: navigator.hardwareConcurrency, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: Intl.NumberFormat().resolvedOptions().locale,
        brands: navigator.userAgentData?.brands })";
    let script = |text: String| html(text).header("content-type", "text/javascript");
    let answering = |event: &str| script(format!("{event} = (event) => event.ports[0].postMessage({who})"));
    [
        ("/", html(PROBE)),
        ("/worker.js", script(format!("postMessage({who})"))),
        ("/shared.js", answering("onconnect")),
        ("/service.js", answering("onmessage")),
    ]
}

async fn agree(identities: impl IntoIterator<Item = (u64, &'static str)>) {
    let server = Server::start(pages()).await;
    let mut told = Vec::new();
    for (seed, country) in identities {
        let mut settings = config();
        let coherent = Coherent::new(seed).country(country.parse().unwrap());
        let drawn = coherent.draw().unwrap();
        settings.identity = Identity::Coherent(coherent);
        let browser = server.browser(settings);
        let before = server.asked().len();
        let wait = Wait::until(Until::Selector("[data-found]".into()));
        let page = render_until(&browser, &server.url("bakery.localhost", "/"), wait)
            .await
            .unwrap();
        browser.close().await;
        let evidence = page.identity.clone().unwrap_or_default();
        assert!(evidence.contains(&drawn.time_zone), "{evidence}");
        let page = text(&page);
        let found = page
            .split("data-found=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let found = serde_json::from_str(&found.replace("&quot;", "\"")).unwrap();
        let wrong = contradictions(&drawn, &found, &server.asked()[before..]);
        told.extend(
            wrong
                .into_iter()
                .map(|wrong| format!("{country}, seed {seed}: {wrong}")),
        );
    }
    assert!(told.is_empty(), "{told:#?}");
}

/// What does not agree among headers, scripts, workers, and what was drawn.
fn contradictions(drawn: &Drawn, found: &Value, asked: &[Asked]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut want = |what: &str, is: &Value, should: Value| {
        if *is != should {
            wrong.push(format!("{what}: {is} instead of {should}"));
        }
    };
    let page = &found["page"];
    for other in ["frame", "worker", "shared", "service"] {
        want(other, &found[other], page.clone());
    }
    want("language", &page["language"], json!(drawn.languages[0]));
    want("locale", &page["locale"], json!(drawn.languages[0]));
    want("zone", &page["zone"], json!(drawn.time_zone));
    want("driven", &found["driven"], json!(false));
    want(
        "screen",
        &json!([found["screen"]["width"], found["screen"]["height"]]),
        json!(drawn.screen),
    );
    want(
        "window",
        &json!([found["window"]["outerWidth"], found["window"]["outerHeight"]]),
        json!(drawn.window),
    );
    want("window at first", &found["early"], json!(drawn.window));
    want(
        "headless",
        &json!(found.to_string().contains("Headless")),
        json!(false),
    );
    want(
        "hints",
        &json!(
            found["hints"]["fullVersionList"]
                .as_array()
                .is_some_and(Vec::is_empty)
        ),
        json!(false),
    );
    for asked in asked {
        let agent = asked.headers["user-agent"].to_str().unwrap();
        want(&format!("agent of {}", asked.path), &page["agent"], json!(agent));
        let accepted = asked.headers["accept-language"].to_str().unwrap();
        let accepted: Vec<_> = accepted
            .split(',')
            .map(|one| one.split(';').next().unwrap_or_default())
            .collect();
        want(
            &format!("languages of {}", asked.path),
            &page["languages"],
            json!(accepted),
        );
    }
    wrong
}

/// Reads drawings back: twice in the page, once in a worker, and one colour alone.
const DRAWING: &str = "<script>
    const draw = `(canvas) => {
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#369'; pen.fillRect(5, 5, 150, 30);
      pen.fillStyle = '#c42'; pen.font = '20px sans-serif'; pen.fillText('Bakery 030', 8, 28);
      return [...pen.getImageData(0, 0, 160, 40).data].join();
    }`;
    const one = () => Object.assign(document.createElement('canvas'), { width: 160, height: 40 });
    const plain = (canvas) => {
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#369'; pen.fillRect(0, 0, 160, 40);
      return new Set(new Uint32Array(pen.getImageData(0, 0, 160, 40).data.buffer)).size;
    };
    const glade = () => {
      const gl = one().getContext('webgl');
      gl.clearColor(0.2, 0.4, 0.6, 1); gl.clear(gl.COLOR_BUFFER_BIT);
      const data = new Uint8Array(160 * 40 * 4);
      gl.readPixels(0, 0, 160, 40, gl.RGBA, gl.UNSIGNED_BYTE, data);
      return new Set(new Uint32Array(data.buffer)).size;
    };
    const page = eval(draw);
    const source = 'postMessage((' + draw + ')(new OffscreenCanvas(160, 40)))';
    new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => {
      const read = page(one());
      document.body.dataset.found = JSON.stringify({
        read: read.length + ':' + [...read].reduce((sum, char) => (sum * 31 + char.charCodeAt()) | 0, 7),
        again: read === page(one()), worker: read === data, colours: plain(one()), cleared: glade(),
        own: one().toDataURL.toString(), url: one().toDataURL().slice(0, 22),
      });
    };
</script>";

async fn drawing(seed: u64, noise: Vec<Noise>) -> Value {
    let server = Server::start([("/", html(DRAWING))]).await;
    let mut settings = config();
    let mut coherent = Coherent::new(seed);
    coherent.noise = noise;
    settings.identity = Identity::Coherent(coherent);
    let browser = server.browser(settings);
    let wait = Wait::until(Until::Selector("[data-found]".into()));
    let page = render_until(&browser, &server.url("bakery.localhost", "/"), wait)
        .await
        .unwrap();
    browser.close().await;
    let page = text(&page);
    let found = page
        .split("data-found=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    serde_json::from_str(&found.unwrap().replace("&quot;", "\"")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn drawings_read_back_as_they_are_unless_noise_is_wanted() {
    let plain = drawing(1, Vec::new()).await;
    assert_eq!(plain["worker"], json!(true), "{plain}");
    assert_eq!((&plain["colours"], &plain["cleared"]), (&json!(1), &json!(1)));
    let noisy = drawing(1, vec![Noise::Canvas, Noise::WebGl]).await;
    assert_ne!(noisy["read"], plain["read"]);
    assert_eq!(
        noisy["again"],
        json!(true),
        "it does not change from one reading to the next"
    );
    assert_eq!(noisy, drawing(1, vec![Noise::Canvas, Noise::WebGl]).await);
    assert_ne!(noisy["read"], drawing(2, vec![Noise::Canvas]).await["read"]);
    // Why it is off: each of these gives it away.
    assert_eq!(noisy["worker"], json!(false), "{noisy}");
    assert!(
        noisy["colours"].as_u64() > Some(1) && noisy["cleared"].as_u64() > Some(1),
        "{noisy}"
    );
    assert_ne!(noisy["own"], plain["own"]);
}
