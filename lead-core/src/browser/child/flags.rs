//! How Chromium is started.

use std::ffi::OsString;
use std::path::Path;

use crate::browser::BrowserConfig;
use crate::browser::identity::Drawn;

/// What a browser that nobody sits at does not need, or must not do: speak with its maker, ask, remember, play sounds, slow
/// down what is not seen.
const FIXED: &[&str] = &[
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--no-pings",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-hang-monitor",
    "--disable-ipc-flooding-protection",
    "--disable-prompt-on-repost",
    "--disable-renderer-backgrounding",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    // Nothing leaves by UDP: neither calls, which would tell our address, nor HTTP/3, which no proxy sees.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    // No name is looked up: that is for the proxies. Servers for calls would be, otherwise.
    "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
    // What belongs to no page has no way out; each page's context is given one of its own.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
];

/// Features that ask the network or a person by themselves; and `RenderDocument`, by which each page is given a new place in its
/// window: it is told of the window's size too late for the scripts that come first, which take it for none.
const FEATURES_OFF: &str = "--disable-features=AcceptCHFrame,AutofillServerCommunication,CertificateTransparencyComponentUpdater,\
    DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,MediaRouter,OptimizationHints,RenderDocument,Translate";

/// What makes a browser without a display one like those with a display: it draws into memory instead of calling itself headless, by
/// the processor where there is no graphics card, and does not say that it is driven.
const AT_A_DESK: &[&str] = &[
    "--ozone-platform=headless",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-blink-features=AutomationControlled",
];

/// All of them, with the page to begin with.
pub(super) fn all(config: &BrowserConfig, drawn: Option<&Drawn>, data: &Path) -> Vec<OsString> {
    let mut flags: Vec<OsString> = FIXED.iter().map(OsString::from).collect();
    flags.push(FEATURES_OFF.into());
    let (width, height) = drawn.map_or(config.window, |drawn| drawn.window);
    flags.push(format!("--window-size={width},{height}").into());
    match drawn {
        None => flags.extend([
            "--headless=new".into(),
            format!("--screen-info={{{width}x{height}}}").into(),
        ]),
        Some(drawn) => {
            flags.extend(AT_A_DESK.iter().map(OsString::from));
            flags.extend(drawn.flags().into_iter().map(OsString::from));
        }
    }
    let mut folder = OsString::from("--user-data-dir=");
    folder.push(data);
    flags.push(folder);
    if !config.sandbox {
        flags.push("--no-sandbox".into());
    }
    if shared_memory_is_small() {
        flags.push("--disable-dev-shm-usage".into());
    }
    flags.extend(config.flags.iter().map(OsString::from));
    flags.push("about:blank".into());
    flags
}

/// Containers are often given 64 MiB of it, which a page with pictures fills: Chromium crashes then.
fn shared_memory_is_small() -> bool {
    nix::sys::statvfs::statvfs("/dev/shm").map_or(true, |shm| {
        shm.fragment_size().saturating_mul(shm.blocks()) < 512 << 20
    })
}
