//! How Chromium is started.

use std::ffi::OsString;
use std::path::Path;

use crate::browser::BrowserConfig;

/// What a browser that nobody sits at does not need, or must not do: speak with its maker, ask, remember, play sounds, slow
/// down what is not seen.
const FIXED: &[&str] = &[
    "--headless=new",
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
    "--block-new-web-contents",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    // Nothing leaves by UDP: neither calls, which would tell our address, nor HTTP/3, which no proxy sees.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    // What belongs to no page has no way out; each page's context is given one of its own.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
];

/// Features that ask the network or a person by themselves.
const FEATURES_OFF: &str = "--disable-features=AcceptCHFrame,AutofillServerCommunication,CertificateTransparencyComponentUpdater,\
    DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,MediaRouter,OptimizationHints,Translate";

/// All of them, with the page to begin with.
pub(super) fn all(config: &BrowserConfig, data: &Path) -> Vec<OsString> {
    let mut flags: Vec<OsString> = FIXED.iter().map(OsString::from).collect();
    flags.push(FEATURES_OFF.into());
    let (width, height) = config.window;
    flags.push(format!("--window-size={width},{height}").into());
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
