//! Refusals are counted, with the labels the table says.

use std::collections::BTreeMap;
use std::time::Duration;

use lead_core::limit::plans::Plans;
use lead_core::seam::{Limiter, State};
use lead_core::service::{
    ApiKeyGate, ApiKeys, GateLayer, Jwks, JwtGate, JwtVerifier, KeyPrefix, KeyRing, Limits, LimitsLayer,
    LoginGuard, PasswordCost, Passwords, Replays, SignatureLayer, Verifier,
};
use lead_core::telemetry::SERVICE_REFUSALS;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use tower_layer::Layer;

use crate::attacks::get;
use crate::house::{Sent, house};

async fn be_refused() {
    let nothing = || Sent::Whole(Vec::new());
    let signatures = SignatureLayer::new(Verifier::new(KeyRing::new(), Replays::memory(9)));
    house(|inner| signatures.layer(inner))
        .ask(get("/"), nothing())
        .await;

    let keys = ApiKeys::new(State::memory(), KeyPrefix::new("lead").unwrap());
    let keys = GateLayer::new(ApiKeyGate::new(keys));
    house(|inner| keys.layer(inner)).ask(get("/"), nothing()).await;

    let tokens = JwtVerifier::new(
        "https://login.example",
        "a",
        Jwks::fixed(b"{\"keys\": []}").unwrap(),
    );
    let tokens = GateLayer::new(JwtGate::new(tokens));
    house(|inner| tokens.layer(inner)).ask(get("/"), nothing()).await;

    let plans = "[[plans]]\nname = \"a\"\nrules = [{ by = \"endpoint\", quota = 1, window = \"1h\" }]";
    let limits = Limits::new(Limiter::memory(), Plans::from_toml(plans).unwrap(), "a").unwrap();
    let limits = LimitsLayer::new(limits.usage(|_, usage| usage.endpoint("GET /")));
    let mut limited = house(|inner| limits.layer(inner));
    for _ in 0..2 {
        limited.ask(get("/"), nothing()).await;
    }

    let passwords = Passwords::new(PasswordCost::new(8, 1, 1).unwrap(), 1).unwrap();
    let logins = LoginGuard::new(passwords, Limiter::memory()).account(1, Duration::from_mins(1));
    for _ in 0..2 {
        let from = "192.0.2.1".parse().unwrap();
        assert!(logins.check("ada", from, "x", None).await.is_err());
    }
}

#[test]
fn refusals_are_counted_by_what_refused_and_why() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || runtime.block_on(be_refused()));
    let mut seen = BTreeMap::new();
    for (key, _, _, value) in snapshotter.snapshot().into_vec() {
        let (_, key) = key.into_parts();
        if key.name() == SERVICE_REFUSALS.name {
            let labels: Vec<_> = key.labels().map(|label| label.value().to_owned()).collect();
            seen.insert(labels.join(" "), value);
        }
    }
    let wanted = [
        "key absent",
        "limit quota",
        "login throttled",
        "login wrong",
        "signature absent",
        "token absent",
    ];
    assert_eq!(seen.keys().collect::<Vec<_>>(), wanted);
    assert!(
        seen.values().all(|value| *value == DebugValue::Counter(1)),
        "{seen:?}"
    );
}
