//! The usual mistakes in adapter files: each is told with its line, its column and what was expected there.

use super::Adapter;
use crate::ErrorKind;

const HEAD: &str = "id = \"guide\"\nname = \"Guide\"\nversion = 1\nterms = \"open\"\n";
const PAGE: &str = "[[page]]\nname = \"p\"\nall = [{ json = \"/id\" }]\n";
const KEY: &str = "[[field]]\nto = \"key\"\nread = [{ json = \"/id\" }]\n";

/// Where a fault is told, and what was expected there.
fn fault(text: &str) -> (String, String) {
    let error = Adapter::from_toml(text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let at = |key: &str| error.context().find(|(own, _)| *own == key).unwrap().1.to_owned();
    (format!("{}:{}", at("line"), at("column")), at("expected"))
}

fn all_told(cases: &[(String, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, place, expected) in cases {
        let (at, says) = fault(text);
        if at != *place || !says.contains(expected) {
            wrong.push(format!("{text}\n{at}, not {place}: {says}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn in_the_head() {
    let head = |from: &str, to: &str| HEAD.replace(from, to) + PAGE + KEY;
    all_told(&[
        ("id = \"a\nb\"".to_owned(), "2:3", "`=`"),
        (head("open", "free"), "4:9", "open"),
        (head("guide", "Gu ide"), "1:6", "a-z"),
        (head("version = 1", "version = \"1\""), "3:11", "u32"),
        (head("name = \"Guide\"\n", ""), "1:1", "name"),
        (HEAD.to_owned() + "urls = []\n" + PAGE + KEY, "5:1", "url"),
        (HEAD.to_owned() + "url = [\"(\"]\n" + PAGE + KEY, "5:8", "regular"),
        (
            HEAD.to_owned() + "region = \"Italy\"\n" + PAGE + KEY,
            "5:10",
            "ISO 3166-1",
        ),
        (HEAD.to_owned() + KEY, "1:1", "[[page]]"),
        (HEAD.to_owned() + PAGE, "1:1", "key"),
    ]);
}

#[test]
fn in_pages() {
    let page = |more: &str| HEAD.to_owned() + PAGE + more + KEY;
    let without = HEAD.to_owned() + &PAGE.replace("all = [{ json = \"/id\" }]\n", "") + KEY;
    all_told(&[
        (without, "5:1", "all"),
        (page("kind = \"captha\"\n"), "8:8", "captcha"),
        (page("entries = { url = \"x\" }\n"), "8:11", "entries"),
    ]);
}

#[test]
fn in_fields() {
    let field = |from: &str, to: &str| HEAD.to_owned() + PAGE + &KEY.replace(from, to);
    let reader = |to: &str| field("json = \"/id\"", to);
    let more = |more: &str| HEAD.to_owned() + PAGE + KEY + more;
    all_told(&[
        (field("key", "nmae"), "9:6", "not `nmae`"),
        (field("key", "reviews"), "9:6", "not `reviews`"),
        (field("[{ json = \"/id\" }]", "[]"), "8:1", "read"),
        (reader("json = \"id\""), "10:9", "begins with `/`"),
        (reader("css = \"p[\""), "10:9", "CSS"),
        (reader("regex = \"(\""), "10:9", "regular"),
        (reader("jsn = \"/id\""), "10:11", "jsn"),
        (reader("root = true"), "10:9", "json"),
        (reader("json = \"/id\", call = \"hours\""), "10:9", "call"),
        (
            reader("css = \"h2\", json = \"/a\""),
            "10:9",
            "not `json` and `css`",
        ),
        (
            reader("ld = \"name\", attr = \"x\""),
            "10:9",
            "not `ld` and `attr`",
        ),
        (more(KEY), "12:6", "page `p` has `key` already"),
        (more("transform = [\"shout\"]\n"), "11:14", "not `shout`"),
        (more("pages = [\"q\"]\n"), "11:10", "[[page]]"),
        (more("expect = 1.5\n"), "11:10", "0 to 1"),
    ]);
}

#[test]
fn in_a_search() {
    let search = |lines: &str| HEAD.to_owned() + "[search]\n" + lines + PAGE + KEY;
    let url = |url: &str| search(&format!("url = \"{url}\"\n"));
    let more = |lines: &str| search(&format!("url = \"https://a.test/?q={{query}}\"\n{lines}\n"));
    all_told(&[
        (url("https://a.test/?q={what}"), "6:7", "not `{what}`"),
        (url("https://a.test/"), "6:7", "{query}"),
        (url("a.test/?q={query}"), "6:7", "https://"),
        (url("https://{query}.test/"), "6:7", "a host"),
        (url("https://a.test/?q={query}&t={token}"), "5:1", "next"),
        (url("https://a.test/?q={query}&key={key}"), "6:7", "headers"),
        (more("pace = -1.0"), "7:8", "0 to 3600"),
        (more("headers = { \"a b\" = \"c\" }"), "7:21", "header"),
        (more("most = 0"), "7:8", "from 1"),
        (more("most = 1\nmsot = 2"), "8:1", "msot"),
        (more("reveal = [\".number\"]"), "7:11", "rendered"),
    ]);
}
