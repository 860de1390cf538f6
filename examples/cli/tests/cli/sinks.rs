//! Leads handed on: from a store to a server, what fails, and what is asked of the file.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::{Ran, assert_error, file, folder, lead, run};

const KEY: &str = "whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c=";

/// A server that takes everything, or nothing of the place named; its address, and the bodies that came.
fn server(refused: &'static str) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let bodies: Arc<Mutex<Vec<Value>>> = Arc::default();
    let kept = Arc::clone(&bodies);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut length = 0;
            let mut line = String::new();
            while stream.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            let status = if body["data"]["lead"]["name"] == refused {
                422
            } else {
                204
            };
            kept.lock().unwrap().push(body);
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.get_mut().write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, bodies)
}

/// A store with these businesses.
fn store(folder: &Path, names: &[&str]) {
    let rows = names.iter().enumerate().map(|(at, name)| {
        format!("cafes in Lyon,{name},Café,\"{at} rue de l'Exemple, Lyon\",+33 4 78 00 00 {at:02},place-{at}.test,8FQ7Q2XX+XX\n")
    });
    let rows: String = rows.collect();
    let header = "Search Query,Business Name,Category,Address,Phone,Website,Plus Code\n";
    file(folder, "leads.csv", format!("{header}{rows}"));
    run(folder, &["import", "leads.csv"]).expect(0);
}

/// A store with a business, and a rule that sends it to a server.
fn with_a_rule() -> (tempfile::TempDir, Arc<Mutex<Vec<Value>>>) {
    let (folder, (address, bodies)) = (folder(), server(""));
    store(folder.path(), &["Place A"]);
    let sink = format!("[[sink]]\nname = 'hook'\nkind = 'webhook'\nurl = '{address}'\n");
    let rule = "[[rule]]\nname = 'r'\nsink = 'hook'\n";
    file(folder.path(), "sinks.toml", [&sink, rule].concat());
    (folder, bodies)
}

fn sinks(folder: &Path, args: &[&str]) -> Ran {
    let all = [&["sinks"], args].concat();
    let output = lead(folder).args(all).env("HOOK_KEY", KEY).output().unwrap();
    Ran::of(output)
}

#[test]
fn leads_are_handed_on_and_what_fails_is_kept() {
    let (folder, (address, bodies)) = (folder(), server("Place Bad"));
    let folder = folder.path();
    store(folder, &["Place A", "Place Bad", "Place C"]);
    let settings = format!(
        "[[sink]]\nname = 'hook'\nkind = 'webhook'\nurl = '{address}'\nsecrets = ['env:HOOK_KEY']\n\
         [[rule]]\nname = 'cafes'\nsink = 'hook'\nfilter = 'has:phone'\n"
    );
    file(folder, "sinks.toml", settings);
    let list = sinks(folder, &["list", "--json"]).expect(0).objects().remove(0);
    let wanted = json!({"rule": "cafes", "sink": "hook", "kind": "webhook", "on": ["created", "changed"], "filter": "has:phone"});
    assert_eq!(list, wanted);
    assert_eq!(
        sinks(folder, &["check"]).expect(0).out,
        "cafes: 3 leads, to hook\n"
    );
    let allowed = ["run", "--once", "--allow-net", "127.0.0.0/8"];
    let report = sinks(folder, &allowed).expect(3).objects().remove(0);
    assert_eq!(
        report,
        json!({"queued": 3, "delivered": 2, "again": 0, "dead": 1, "dropped": 0})
    );
    assert_eq!(bodies.lock().unwrap()[0]["type"], "lead.created");
    let dead = sinks(folder, &["dead", "--json"]).expect(0).objects().remove(0);
    assert_eq!(
        (&dead["reason"], &dead["attempts"]),
        (&json!("status 422"), &json!(1))
    );
    let job = dead["job"].to_string();
    assert!(sinks(folder, &["dead"]).expect(0).out.contains("status 422"));
    sinks(folder, &["retry", &job]).expect(0);
    sinks(folder, &["retry", &job]).expect(3);
    let report = sinks(folder, &allowed).expect(3).objects().remove(0);
    assert_eq!((&report["queued"], &report["dead"]), (&json!(0), &json!(1)));
    sinks(folder, &["retry", "--all"]).expect(0);
    assert_eq!(bodies.lock().unwrap().len(), 4);
}

#[test]
fn a_file_that_cannot_be_used_is_told_before_anything_is_sent() {
    let folder = folder();
    let folder = folder.path();
    assert_error(&sinks(folder, &["list"]).expect(1), "NOT_FOUND", "no file");
    file(
        folder,
        "sinks.toml",
        "[[sink]]\nname = 'a'\nkind = 'webhook'\nurl = 'https://a.example/'\nsecrets = ['env:NOBODY_SET_IT']\n",
    );
    assert_error(
        &sinks(folder, &["run", "--once"]).expect(1),
        "NOT_FOUND",
        "no store",
    );
    store(folder, &["Place A"]);
    for action in [&["check"][..], &["run", "--once"]] {
        let ran = sinks(folder, action).expect(2);
        assert_error(&ran, "CONFIG", "no secret");
        assert!(ran.err.contains("NOBODY_SET_IT"), "{}", ran.err);
    }
    sinks(folder, &["dead"]).expect(0);
    file(
        folder,
        "sinks.toml",
        "[[sink]]\nname = 'a'\nkind = 'webhook'\nurl = 'https://a.example/'\nsecrets = ['whsec_hunter2']\n",
    );
    let ran = sinks(folder, &["check"]).expect(2);
    assert!(!ran.err.contains("hunter2"), "{}", ran.err);
}

/// Without leave no private address is reached, and the reason says so.
#[test]
fn a_private_address_wants_leave() {
    let (folder, bodies) = with_a_rule();
    let folder = folder.path();
    let report = sinks(folder, &["run", "--once"]).expect(3).objects().remove(0);
    assert_eq!(report["again"], 1);
    assert!(bodies.lock().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn a_run_goes_on_until_it_is_stopped() {
    let (folder, bodies) = with_a_rule();
    let folder = folder.path();
    let mut run = lead(folder);
    let run = run.args(["sinks", "run", "--every", "1", "--allow-net", "127.0.0.0/8"]);
    let mut child = run
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while bodies.lock().unwrap().is_empty() {
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(30),
            "nothing came"
        );
        thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(crate::support::stopped(&mut child), Some(0));
    assert_eq!(bodies.lock().unwrap().len(), 1);
}
