//! `--browser`: told where the program was built without one; rendering where it was built with it.

use crate::support::{folder, run};

#[test]
fn settings_of_a_browser_want_a_browser() {
    let folder = folder();
    let args = ["crawl", "http://a.test/", "--no-sandbox"];
    assert!(run(folder.path(), &args).expect(2).err.contains("--browser"));
    let args = ["crawl", "http://a.test/", "--browser=sometimes"];
    run(folder.path(), &args).expect(2);
}

#[cfg(not(feature = "browser"))]
#[test]
fn a_program_without_one_says_so() {
    let folder = folder();
    let error = run(folder.path(), &["crawl", "http://a.test/", "--browser"])
        .expect(2)
        .err;
    assert!(error.contains("--features browser"), "{error}");
}

#[cfg(feature = "browser")]
#[test]
fn who_it_says_it_is_has_a_form() {
    let folder = folder();
    let args = [
        "crawl",
        "http://a.test/",
        "--browser",
        "--identity",
        "coherent:DE",
    ];
    let error = run(folder.path(), &args).expect(2).err;
    assert!(error.contains("coherent[:SEED][@COUNTRY]"), "{error}");
}

#[cfg(feature = "browser")]
#[test]
fn what_is_amiss_is_told_before_anything_is_fetched() {
    let folder = folder();
    let crawl = ["crawl", "http://a.test/", "--browser"];
    let missing = [&crawl[..], &["--browser-path", "/nowhere"]].concat();
    let error = run(folder.path(), &missing).expect(2).err;
    assert!(
        error.contains("no program") && error.contains("/nowhere"),
        "{error}"
    );
    let rules = "# what some sites want\n[[site]]\nhosts = [\"a.test\"]\nrevael = [\".more\"]\n";
    std::fs::write(folder.path().join("rules.toml"), rules).unwrap();
    let misspelt = [&crawl[..], &["--browser-rules", "rules.toml"]].concat();
    let error = run(folder.path(), &misspelt).expect(2).err;
    assert!(error.contains("line: 4") && error.contains("`revael`"), "{error}");
}

#[cfg(feature = "browser")]
#[test]
fn pages_that_scripts_fill_are_rendered() {
    use crate::support::{Ran, lead};
    use crate::web::Web;

    let (web, folder) = (Web::new(50), folder());
    let twin = web.site();
    let host = twin.trim_start_matches("http://").trim_end_matches('/');
    let site = format!("http://{host}.client.localhost/");
    let mut args: Vec<String> = [
        "crawl",
        &site,
        "--format",
        "jsonl",
        "--max-pages",
        "1",
        "--browser",
    ]
    .map(str::to_owned)
    .to_vec();
    args.extend(["--identity".to_owned(), "coherent:7@DE".to_owned()]);
    args.extend(web.flags());
    args.extend(["--resolve".to_owned(), format!("*.localhost={}", web.addr())]);
    if std::env::var_os("LEAD_TEST_SANDBOX").is_some_and(|sandbox| sandbox == "off") {
        args.push("--no-sandbox".to_owned());
    }
    // Where its profile is made, so that what is left of it is seen; the browser runs as another user.
    let temporary = tempfile::tempdir().unwrap();
    std::fs::set_permissions(
        temporary.path(),
        std::os::unix::fs::PermissionsExt::from_mode(0o711),
    )
    .unwrap();
    let mut command = lead(folder.path());
    command.args(args).env("TMPDIR", temporary.path());
    let pages = Ran::of(command.output().unwrap()).expect(0).objects();
    let left = temporary.path().join("lead-browser").read_dir().unwrap();
    assert_eq!(left.count(), 0, "profiles");
    assert_eq!(pages.len(), 1);
    assert_eq!(
        (pages[0]["outcome"].as_str(), pages[0]["rendered"].as_bool()),
        (Some("page"), Some(true))
    );
    assert!(
        !pages[0]["emails"].as_array().unwrap().is_empty()
            || !pages[0]["phones"].as_array().unwrap().is_empty()
    );
}
