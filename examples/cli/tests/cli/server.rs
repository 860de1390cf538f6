//! A store on a PostgreSQL server: named by its URI alone, and its login told to nobody.

use std::time::UNIX_EPOCH;

use crate::support::{assert_error, folder, run};

#[test]
fn a_store_on_a_server_is_named_by_its_uri() {
    let Some(server) = std::env::var("LEAD_TEST_POSTGRES")
        .ok()
        .filter(|uri| !uri.is_empty())
    else {
        eprintln!("SKIPPED: LEAD_TEST_POSTGRES names no PostgreSQL server, so nothing was tested on one");
        return;
    };
    let sign = if server.contains('?') { '&' } else { '?' };
    let now = UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let store = format!("{server}{sign}schema=cli_{}_{now}", std::process::id());
    let folder = folder();
    run(
        folder.path(),
        &["suppress", "add", "domain:a.test", "--store", &store],
    )
    .expect(0);
    let list = run(folder.path(), &["suppress", "list", "--store", &store]).expect(0);
    assert!(list.out.contains("a.test"), "{}", list.out);
    let count = run(folder.path(), &["count", "--store", &store]).expect(0);
    assert_eq!(count.out, "0\n");
}

#[test]
fn a_server_that_is_not_there_is_told_without_the_login() {
    for store in [
        "postgres://app:secret@127.0.0.1:1/leads",
        "postgres:///leads?host=127.0.0.1&port=1&user=app&password=secret",
    ] {
        let ran = run(folder().path(), &["count", "--store", store]).expect(1);
        assert_error(&ran, "NETWORK", store);
        assert!(
            !ran.err.contains("secret") && !ran.out.contains("secret"),
            "{}",
            ran.err
        );
    }
}
