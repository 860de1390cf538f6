//! `lead sources parse` and `lead sources doctor` on the tutorial's platform and on pages nobody knows.

use std::fs;

use crate::support::{file, folder, lead, run};
use crate::web::Web;

const DOC: &str = include_str!("../../../../docs/adapters.md");

fn block(language: &str) -> &'static str {
    let (_, rest) = DOC.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn a_saved_page_is_read_by_a_file_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("guide.toml"), block("toml")).unwrap();
    fs::write(folder.path().join("shops.html"), block("html")).unwrap();
    let parsed = run(
        folder.path(),
        &["sources", "parse", "guide.toml", "shops.html", "--format", "json"],
    );
    assert_eq!(parsed.code, Some(0), "{}", parsed.err);
    let json: serde_json::Value = serde_json::from_str(&parsed.out).unwrap();
    assert_eq!(json["outcome"], "listings");
    let phone = &json["listings"][0]["findings"]["phones"][0];
    assert_eq!(phone["e164"], "+39065550117");
    assert!(
        phone["evidence"][0]["locator"]
            .as_str()
            .unwrap()
            .contains("a.tel"),
        "the reader that won"
    );
    let doctor = run(folder.path(), &["sources", "doctor", "guide.toml", "shops.html"]);
    assert_eq!(doctor.code, Some(0), "{}", doctor.err);
    assert!(doctor.out.contains("1 of 2"), "{}", doctor.out);
}

#[test]
fn an_unknown_page_fails_and_an_unknown_platform_is_bad_usage() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), "<p>Hello</p>").unwrap();
    let unknown = run(folder.path(), &["sources", "parse", "yelp_api", "page.html"]);
    assert_eq!(
        (unknown.code, unknown.err.contains("UNRECOGNISED_PAGE")),
        (Some(1), true),
        "{}",
        unknown.err
    );
    let usage = run(folder.path(), &["sources", "parse", "yelp", "page.html"]);
    assert_eq!(usage.code, Some(2), "{}", usage.err);
}

/// The generated directory, by a file of one's own.
const DIRECTORY: &str = r#"
id = "guide"
name = "The directory"
version = 1
terms = "TERMS"
[search]
url = "http://directory.test/search?what={query}&where={near}&page={page}"
next = { css = "a[rel=next]", attr = "href" }
total = { css = ".count", then = ["number"] }
detail = { css = "a", attr = "href" }
[[page]]
name = "list"
all = [{ css = ".result a" }]
entries = { css = ".result" }
[[page]]
name = "entry"
all = [{ ld = "name", type = "LocalBusiness" }]
[[page]]
name = "nothing"
kind = "no_results"
all = [{ text = 'class="count">0 results' }]
[[field]]
to = "key"
read = [{ css = "a", attr = "href", then = ['match:/listing/([^-]+)'] }, { ld = "identifier" }]
[[field]]
to = "name"
read = [{ ld = "name" }, { css = "a" }]
[[field]]
to = "phone"
read = [{ ld = "telephone" }]
[[field]]
to = "country"
read = [{ ld = "address.addressCountry" }]
"#;

fn args(web: &Web, words: &[&str]) -> Vec<String> {
    let mut args: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    args.extend(web.flags());
    args
}

#[test]
fn a_platform_by_a_file_of_ones_own_is_collected_and_its_terms_are_kept() {
    let (web, folder) = (Web::new(400), folder());
    let path = folder.path();
    file(path, "guide.toml", DIRECTORY.replace("TERMS", "restricted"));
    let collect = [
        "collect",
        "dentists",
        "--near",
        "Lyon",
        "--source",
        "guide.toml",
        "--format",
        "jsonl",
    ];
    let refused = run(path, &args(&web, &collect)).expect(2);
    assert!(refused.err.contains("--accept-terms"), "{}", refused.err);
    assert!(!path.join("leads.db").exists(), "nothing is left behind");
    let mut words = collect.to_vec();
    words.extend(["--accept-terms", "guide=they said yes"]);
    let ran = run(path, &args(&web, &words));
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    let leads = ran.objects();
    let from_guide = |lead: &&serde_json::Value| lead["phones"].to_string().contains("\"guide\"");
    assert!(
        leads.iter().filter(from_guide).count() > 3,
        "numbers of the entries' own pages"
    );
    let shown = run(path, &["runs", "last"]).expect(0).out;
    assert!(
        shown.contains("Terms of guide accepted: they said yes"),
        "{shown}"
    );
}

#[test]
fn a_page_is_recorded_and_a_change_of_the_platform_is_told() {
    let (web, folder) = (Web::new(200), folder());
    let path = folder.path();
    file(path, "guide.toml", DIRECTORY.replace("TERMS", "open"));
    let search = "http://directory.test/search?what=dentists&where=Lyon";
    let recorded = run(path, &args(&web, &["sources", "record", "guide.toml", search])).expect(0);
    assert!(
        recorded.out.contains("fixtures/guide/test-1: listings"),
        "{}",
        recorded.out
    );
    for name in [
        "inputs/HttpResponse-body.html",
        "inputs/HttpResponse-info.json",
        "output.json",
        "meta.json",
    ] {
        assert!(path.join("fixtures/guide/test-1").join(name).is_file(), "{name}");
    }
    let well = run(path, &["sources", "doctor", "guide.toml", "fixtures"]).expect(0);
    assert!(well.out.contains("as recorded"), "{}", well.out);
    // The same platform with its links elsewhere: read differently, and told.
    let page = path.join("fixtures/guide/test-1/inputs/HttpResponse-body.html");
    let html = fs::read_to_string(&page).unwrap();
    let base = run(
        path,
        &[
            "sources",
            "doctor",
            "guide.toml",
            page.to_str().unwrap(),
            "--write-baseline",
            "base.json",
        ],
    );
    base.expect(0);
    file(
        path,
        "today.html",
        html.replace("href=\"/listing/", "href=\"/eintrag/"),
    );
    let changed = run(
        path,
        &[
            "sources",
            "doctor",
            "guide.toml",
            "today.html",
            "--baseline",
            "base.json",
        ],
    );
    assert!(matches!(changed.code, Some(1 | 3)), "{changed:?}");
    file(
        path,
        "fewer.html",
        html.replace("class=\"result\"><a", "class=\"result\"><b"),
    );
    let fewer = run(
        path,
        &[
            "sources",
            "doctor",
            "guide.toml",
            "fewer.html",
            "--baseline",
            "base.json",
        ],
    );
    assert!(matches!(fewer.code, Some(1 | 3)), "{fewer:?}");
    assert!(
        format!("{}{}", changed.out, changed.err).contains("UNRECOGNISED_PAGE"),
        "no entry has a key: {changed:?}"
    );
}

#[test]
fn search_engines_are_one_source() {
    let (web, folder) = (Web::new(400), folder());
    let path = folder.path();
    let words = [
        "collect",
        "dentists",
        "--near",
        "Lyon",
        "--source",
        "web_search",
        "--engine",
        "searxng",
        "--source-url",
        "searxng=http://searx.test",
        "--format",
        "jsonl",
    ];
    let ran = run(path, &args(&web, &words));
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert!(!ran.objects().is_empty(), "{ran:?}");
    let none = run(
        path,
        &args(
            &web,
            &["collect", "dentists", "--near", "Lyon", "--source", "web_search"],
        ),
    )
    .expect(2);
    assert!(none.err.contains("engine"), "{}", none.err);
    let listed = run(path, &["sources", "list", "--format", "jsonl"])
        .expect(0)
        .objects();
    let asked = |id: &str| listed.iter().find(|one| one["id"] == id).unwrap()["asked"] == true;
    assert!(asked("web_search") && asked("yellow_pages") && !asked("linkedin"));
}

/// Guards against slips of the pen: someone else would be asked, or each word of a query in vain.
#[test]
fn what_is_said_of_a_source_that_is_not_asked_is_refused() {
    let folder = folder();
    let collect = |more: &[&str]| {
        let mut words = vec!["collect", "dentists", "--near", "Lyon"];
        words.extend(more);
        let ran = run(folder.path(), &words).expect(2);
        assert!(!folder.path().join("leads.db").exists(), "nothing is left behind");
        ran.err
    };
    let slip = ["--source", "serp_mojeek", "--accept-terms", "serp_mojeek=ok"];
    let told = collect(&[&slip[..], &["--source-url", "serp_mojek=http://mojeek.test"]].concat());
    assert!(
        told.contains("said: address") && told.contains("meant: serp_mojeek"),
        "{told}"
    );
    let told = collect(&["--key", "nobody=1"]);
    assert!(told.contains("nobody") && told.contains("said: key"), "{told}");
    let told = collect(&["--source", "yelp_api"]);
    assert!(told.contains("--key") && told.contains("LEAD_KEY"), "{told}");
    let told = collect(&["--source", "osm", "--source", "osm"]);
    assert!(told.contains("same id"), "{told}");
}

/// A region that is none would lose every national number, and nobody would know.
#[test]
fn a_region_that_is_none_is_an_error() {
    let folder = folder();
    let path = folder.path();
    file(path, "guide.toml", block("toml"));
    file(path, "shops.html", block("html"));
    let parse = ["sources", "parse", "guide.toml", "shops.html", "--region"];
    let ran = run(path, &[&parse[..], &["Italy"]].concat()).expect(2);
    assert!(
        ran.err.contains("INVALID_INPUT") && ran.err.contains("Italy"),
        "{}",
        ran.err
    );
    let ran = run(path, &[&parse[..], &["it"]].concat()).expect(0);
    assert!(ran.out.contains("+39065550117"), "{}", ran.out);
    file(
        path,
        "guide.toml",
        block("toml").replace("region = \"IT\"", "region = \"Italy\""),
    );
    let ran = run(path, &parse[..4]).expect(2);
    assert!(
        ran.err.contains("line: ") && ran.err.contains("ISO 3166-1"),
        "{}",
        ran.err
    );
}

#[test]
fn the_doctor_says_what_is_amiss() {
    let (web, folder) = (Web::new(200), folder());
    let path = folder.path();
    file(path, "guide.toml", block("toml"));
    file(
        path,
        "shops.html",
        block("html")
            .replace("class=site", "class=none")
            .replace("class=\"site\"", "class=\"none\""),
    );
    let doctor = |flag, file| {
        let args = ["sources", "doctor", "guide.toml", "shops.html", flag, file];
        run(path, &args)
    };
    for flag in ["--write-baseline", "--baseline"] {
        let ran = doctor(flag, "guide.json").expect(3);
        assert!(ran.out.contains("website: 0 of 2, expected 0.9"), "{}", ran.out);
    }
    let over = doctor("--write-baseline", "shops.html").expect(2);
    assert!(over.err.contains("--write-baseline"), "{}", over.err);

    file(path, "directory.toml", DIRECTORY.replace("TERMS", "open"));
    let search = "http://directory.test/search?what=dentists&where=Lyon";
    run(
        path,
        &args(&web, &["sources", "record", "directory.toml", search]),
    )
    .expect(0);
    let output = path.join("fixtures/guide/test-1/output.json");
    let mut recorded: serde_json::Value = serde_json::from_slice(&fs::read(&output).unwrap()).unwrap();
    recorded["page"] = "another".into();
    fs::write(&output, recorded.to_string()).unwrap();
    let ran = run(path, &["sources", "doctor", "directory.toml", "fixtures"]).expect(3);
    assert!(
        ran.out.contains("/page: recorded \"another\", now \"list\""),
        "{}",
        ran.out
    );

    // A page that nobody knows is kept, and ends as `sources parse` does on it.
    let site = web.site();
    let unknown = ["sources", "record", "directory.toml", &site, "--into", "unknown"];
    let ran = run(path, &args(&web, &unknown)).expect(1);
    assert!(
        ran.err.contains("UNRECOGNISED_PAGE") && path.join("unknown/guide/test-1/meta.json").exists(),
        "{ran:?}"
    );
}

/// An answer of Overpass is not kept several times over while it is read: it took some sixty times its size.
#[cfg(target_os = "linux")]
#[test]
fn a_large_answer_takes_memory_in_proportion() {
    const MOST: u64 = 160 * 1024;
    let folder = folder();
    let elements = (1..=11_000).map(|id| {
        format!(
            r#"{{"type":"node","id":{id},"lat":45.7,"lon":4.8,"tags":{{"name":"Exemple {id}","shop":"bakery","phone":"+33 4 78 00 00 01","website":"https://exemple{id}.test/","addr:street":"Rue des Essais","addr:housenumber":"{id}","addr:postcode":"69001","addr:city":"Lyon","addr:country":"FR","opening_hours":"Mo-Sa 09:00-19:00","email":"info@exemple{id}.test"}}}}"#
        )
    });
    let answer = format!("{{\"elements\":[{}]}}", elements.collect::<Vec<_>>().join(","));
    file(folder.path(), "answer.json", &answer);
    let mut child = lead(folder.path())
        .args(["sources", "parse", "overpass", "answer.json"])
        .stdout(fs::File::create(folder.path().join("out")).unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(now.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    assert!(peak > 0 && peak < MOST, "{peak} KiB for {} bytes", answer.len());
}
