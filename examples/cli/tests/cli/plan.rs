//! Areas, budgets, coverage, and what would be asked.

use std::io::{Read, Write};

use serde_json::{Value, json};

use crate::support::{Ran, file, folder, run};
use crate::web::Web;

/// All of Lyon.
const BOX: &str = "4.6,45.55,5.1,45.95";

fn collect(folder: &std::path::Path, web: &Web, more: &[&str]) -> Ran {
    let words = ["collect", "dentists", "--source", "maps", "--source", "osm"];
    let mut args: Vec<String> = words.map(str::to_owned).to_vec();
    if !more.contains(&"--format") {
        args.extend(["--format", "events"].map(str::to_owned));
    }
    args.extend(Web::osm());
    args.extend(web.flags());
    args.extend(more.iter().map(|word| (*word).to_owned()));
    run(folder, &args)
}

/// How a run ended, as its last event says.
fn summary(ran: &Ran) -> Value {
    let last = ran.objects().pop().unwrap();
    assert_eq!(last["event"], "done");
    last
}

#[test]
fn an_area_is_searched_within_a_budget_and_gone_on_with() {
    let (folder, web) = (folder(), Web::new(1_000));
    // Sources alone: how many requests a site takes, its robots.txt and its mistakes tell.
    let alone = ["--bbox", BOX, "--max-requests", "4", "--no-visit-sites"];
    let spent = collect(folder.path(), &web, &alone).expect(0);
    let first = summary(&spent);
    assert_eq!(
        (&first["reached"], &first["requests"]),
        (&json!("requests"), &json!(4)),
        "{first}"
    );
    assert!(spent.err.contains("--no-visit-sites"), "{}", spent.err);
    assert!(
        spent.err.contains("Budget of requests spent") && spent.err.contains("collect --resume"),
        "{}",
        spent.err
    );
    let mut args = vec!["collect".to_owned(), "--resume".to_owned(), "last".to_owned()];
    args.extend(["--format", "events"].map(str::to_owned));
    args.extend(Web::osm());
    args.extend(web.flags());
    let ran = run(folder.path(), &args);
    assert!(ran.err.contains("Coverage: found "), "{}", ran.err);
    let coverage = &summary(&ran)["coverage"];
    assert!(
        coverage["found"].as_u64().unwrap() >= 50 && coverage["compared"] == 2,
        "{coverage}"
    );
    assert!(coverage["total"].as_f64() >= coverage["found"].as_f64());
}

#[test]
fn a_polygon_holds_less_than_its_box_and_a_circle_is_drawn_around_a_place() {
    let (folder, web) = (folder(), Web::new(1_000));
    let corners = [
        [4.6, 45.55],
        [4.85, 45.55],
        [4.85, 45.95],
        [4.6, 45.95],
        [4.6, 45.55],
    ];
    let polygon = json!({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [corners]}});
    let area = file(folder.path(), "west.geojson", polygon.to_string());
    let listings = |more: &[&str]| {
        let store = tempfile::tempdir().unwrap();
        let mut more = more.to_vec();
        more.extend(["--max-time", "60s", "--seed", "3"]);
        summary(&collect(store.path(), &web, &more))["listings"]
            .as_u64()
            .unwrap()
    };
    let whole = listings(&["--bbox", BOX]);
    let west = listings(&["--area", area.to_str().unwrap()]);
    let near = listings(&["--near", "Lyon", "--radius", "1500m"]);
    assert!(
        west > 0 && west < whole && near > 0 && near < whole,
        "{west} {near} {whole}"
    );
    let wrong = file(
        folder.path(),
        "wrong.geojson",
        "{\"type\": \"Point\", \"coordinates\": [1, 2]}",
    );
    let ran = collect(folder.path(), &web, &["--area", wrong.to_str().unwrap()]).expect(2);
    assert!(ran.err.contains("wrong.geojson"), "{}", ran.err);
    for bad in [
        ["--radius", "5km"],
        ["--max-time", "1d"],
        ["--until-coverage", "2"],
        ["--max-requests", "0"],
    ] {
        collect(folder.path(), &web, &bad).expect(2);
    }
}

#[test]
fn an_area_that_cannot_be_read_says_where() {
    let folder = folder();
    for (name, geojson, told) in [
        (
            "cut",
            "{\"type\": \"Polygon\",\n \"coordinates\": [[",
            "line 2 column",
        ),
        (
            "point",
            r#"{"type": "Point", "coordinates": [1, 2]}"#,
            "no Polygon",
        ),
        ("other", r#"{"type": "Circle"}"#, "unknown variant `Circle`"),
    ] {
        let path = file(folder.path(), name, geojson);
        let ran = run(folder.path(), &["plan", "x", "--area", path.to_str().unwrap()]).expect(2);
        assert!(ran.err.contains(told) && ran.err.contains(name), "{}", ran.err);
    }
    let bare = run(folder.path(), &["plan", "x", "--near", "Lyon", "--radius", "5"]).expect(2);
    assert!(bare.err.contains("unit"), "{}", bare.err);
}

#[test]
fn a_plan_says_what_would_be_asked_and_why() {
    let folder = folder();
    let plan = |more: &[&str]| {
        let mut args = vec![
            "plan",
            "best dentists in Lyon",
            "--source",
            "maps",
            "--source",
            "osm",
        ];
        args.extend(more);
        run(folder.path(), &args)
    };
    let told = plan(&["--explain"]).expect(0);
    for wanted in [
        "place Lyon",
        "amenity=dentist",
        "naics 621210",
        "Zahnärzte",
        "another language: de",
    ] {
        assert!(told.out.contains(wanted), "{wanted}: {}", told.out);
    }
    // The words name a place, but a collection wants to be told.
    assert!(
        told.err.contains("lead collect dentists --near Lyon"),
        "{}",
        told.err
    );
    let asked = plan(&[]).expect(0);
    assert!(
        asked
            .out
            .starts_with("maps best dentists in Lyon\nosm best dentists in Lyon\nmaps dentists\n"),
        "{}",
        asked.out
    );
    let json: Value =
        serde_json::from_str(&plan(&["--bbox", BOX, "--format", "json"]).expect(0).out).unwrap();
    assert_eq!(json["meaning"]["intent"], "best");
    assert_eq!(json["cells"], json!([[4.6, 45.55, 5.1, 45.95]]));
    let preset = "name = 'two'\norder = 'fixed'\ntemplates = ['{what} {place}', 'top {what}']";
    let preset = file(folder.path(), "two.toml", preset);
    let fixed = plan(&["--preset", preset.to_str().unwrap()]).expect(0);
    assert_eq!(
        fixed.out,
        "maps dentists Lyon\nmaps top dentists\nosm best dentists in Lyon\n"
    );
    assert!(!folder.path().join("leads.db").exists(), "nothing is stored");
    let wrong = file(folder.path(), "wrong.toml", "templates = 1");
    assert!(
        plan(&["--preset", wrong.to_str().unwrap()])
            .expect(2)
            .err
            .contains("wrong.toml")
    );
}

/// A server of one answer on loopback; what it was asked comes back when it has given it.
fn answers_once(status: &str, body: &str) -> (String, std::thread::JoinHandle<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        while !String::from_utf8_lossy(&asked).contains("Place: anywhere") {
            let mut part = [0; 4096];
            let length = stream.read(&mut part).unwrap();
            assert!(length > 0, "{}", String::from_utf8_lossy(&asked));
            asked.extend(&part[..length]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&asked).into_owned()
    });
    (address, asked)
}

#[test]
fn a_model_may_propose_words_and_a_run_goes_on_without_it() {
    let (folder, web) = (folder(), Web::new(300));
    let said = json!({"choices": [{"message": {"content": "{\"words\": [\"orthodontists\"]}"}}]}).to_string();
    for (status, body, told) in [
        ("200 OK", said.as_str(), None),
        ("200 OK", "<html>", Some("no chat completion")),
        ("401 Unauthorized", "{}", Some("refused us")),
    ] {
        let (address, asked) = answers_once(status, body);
        let model = [
            "--model",
            "tiny",
            "--model-key",
            "hunter2",
            "--model-url",
            &address,
        ];
        let mut more = vec!["--bbox", BOX, "--format", "jsonl"];
        more.extend(model);
        let ran = collect(folder.path(), &web, &more).expect(0);
        let asked = asked.join().unwrap();
        assert!(
            asked.starts_with("POST /v1/chat/completions ") && asked.contains("Bearer hunter2"),
            "{asked}"
        );
        match told {
            Some(told) => assert!(
                ran.err.contains(told) && !ran.err.contains("hunter2"),
                "{}",
                ran.err
            ),
            None => assert!(!ran.err.contains("model"), "{}", ran.err),
        }
    }
    let ran = collect(folder.path(), &web, &["--bbox", BOX, "--model", "tiny"]).expect(0);
    assert!(ran.err.contains("not configured"), "{}", ran.err);
}
