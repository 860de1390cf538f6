//! Google Sheets: rows found by their ids, changed or added.

use serde_json::{Value, json};

use crate::support::{Reply, Seen, Server, ends, in_memory, put, put_three, reply, serve, sinks_of};

const BASE: &str = "/v4/spreadsheets/sheet-1/values";

fn settings(url: &str) -> String {
    format!(
        "kind = 'google_sheets'\nurl = '{url}'\ntoken = 'env:TOKEN'\nspreadsheet = 'sheet-1'\ncolumns = ['id', 'name', 'phones']"
    )
}

/// A sheet in memory, which does what the four calls say.
struct Sheet {
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = percent_encoding::percent_decode_str(&seen.path)
            .decode_utf8()
            .unwrap()
            .into_owned();
        let path = path.strip_prefix(BASE).unwrap().to_owned();
        match (seen.method.as_str(), path.as_str()) {
            ("GET", "/'Leads'!1:1") => Self::line(self.rows.first().cloned()),
            ("GET", path) => {
                let column = path.strip_prefix("/'Leads'!").unwrap();
                assert!(column.ends_with("?majorDimension=COLUMNS"), "{path}");
                let column = usize::from(column.as_bytes()[0] - b'A');
                let cell = |row: &Vec<Value>| row.get(column).cloned().unwrap_or_else(|| "".into());
                Self::line(Some(self.rows.iter().map(cell).collect()))
            }
            ("PUT", "/'Leads'!A1?valueInputOption=RAW") => {
                self.rows = vec![seen.json()["values"][0].as_array().unwrap().clone()];
                reply(200, json!({ "updatedRows": 1 }))
            }
            ("POST", ":batchUpdate") => self.update(&seen.json()),
            ("POST", "/'Leads'!A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS") => {
                let rows = seen.json()["values"].as_array().unwrap().clone();
                self.rows
                    .extend(rows.into_iter().map(|row| row.as_array().unwrap().clone()));
                reply(200, json!({ "updates": {} }))
            }
            other => panic!("{other:?}"),
        }
    }

    fn line(cells: Option<Vec<Value>>) -> Reply {
        match cells {
            Some(cells) if !cells.is_empty() => reply(200, json!({ "range": "Leads", "values": [cells] })),
            _ => reply(200, json!({ "range": "Leads" })),
        }
    }

    fn update(&mut self, body: &Value) -> Reply {
        assert_eq!(body["valueInputOption"], "RAW");
        for part in body["data"].as_array().unwrap() {
            let row = part["range"].as_str().unwrap().strip_prefix("'Leads'!A").unwrap();
            let row: usize = row.parse().unwrap();
            for (column, cell) in part["values"][0].as_array().unwrap().iter().enumerate() {
                if !cell.is_null() {
                    self.rows[row - 1][column] = cell.clone();
                }
            }
        }
        reply(200, json!({ "totalUpdatedRows": 1 }))
    }
}

/// The server, and its rows afterwards by asking it.
async fn sheet(rows: Vec<Vec<Value>>) -> Server {
    let mut sheet = Sheet { rows };
    serve(move |seen| sheet.answer(seen)).await
}

#[tokio::test]
async fn a_sheet_is_begun_filled_and_changed() {
    let (parts, server) = (in_memory().await, sheet(Vec::new()).await);
    put_three(&parts.0).await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(sinks.once().await.unwrap().delivered, 3);
    let b = put(&parts.0, "b", "=HYPERLINK(1)", "+33478000009")
        .await
        .to_string();
    let d = put(&parts.0, "d", "Bakery D", "+33478000004").await.to_string();
    assert_eq!(sinks.once().await.unwrap().delivered, 2);
    let seen = server.seen();
    assert!(
        seen.iter()
            .all(|one| one.header("authorization") == "Bearer secret-of-TOKEN")
    );
    assert_eq!(seen[1].json(), json!({ "values": [["id", "name", "phones"]] }));
    let updates: Vec<_> = seen
        .iter()
        .filter(|one| one.path.ends_with(":batchUpdate"))
        .collect();
    assert_eq!(updates.len(), 1);
    let data = &updates[0].json()["data"];
    assert_eq!(data.as_array().unwrap().len(), 1);
    assert_eq!(data[0]["values"], json!([[b, "=HYPERLINK(1)", "+33478000009"]]));
    let added = seen
        .iter()
        .rfind(|one| one.path.contains(":append") || one.path.contains("append"))
        .unwrap();
    assert_eq!(
        added.json(),
        json!({ "values": [[d, "Bakery D", "+33478000004"]] })
    );
}

/// Columns are found by the first row, whatever their order, and those of others are left alone.
#[tokio::test]
async fn a_sheet_of_somebody_elses_keeps_its_columns() {
    let parts = in_memory().await;
    let id = put(&parts.0, "a", "Bakery A", "+33478000001").await.to_string();
    let header = ["note", "phones", "id", "name"].map(Value::from).to_vec();
    let row = ["ring on Monday", "old", &id, "old"].map(Value::from).to_vec();
    let server = sheet(vec![header, row]).await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    let seen = server.seen();
    let update = seen.last().unwrap().json();
    assert_eq!(
        update["data"][0],
        json!({ "range": "'Leads'!A2", "values": [[null, "+33478000001", id, "Bakery A"]] })
    );
}

/// Killed before the receipt, or told of by two rules: there is one row all the same.
#[tokio::test]
async fn a_lead_has_one_row() {
    let (parts, server) = (in_memory().await, sheet(Vec::new()).await);
    put_three(&parts.0).await;
    let text = format!("{}\n[[rule]]\nname = 'two'\nsink = 's'", settings(&server.url));
    assert_eq!(sinks_of(&parts, &text).once().await.unwrap().delivered, 6);
    let forgetful = (parts.0.clone(), parts.1.clone(), lead_core::seam::State::memory());
    assert_eq!(sinks_of(&forgetful, &text).once().await.unwrap().delivered, 6);
    let added: usize = server
        .seen()
        .iter()
        .filter(|one| one.path.contains("append"))
        .map(|one| one.json()["values"].as_array().unwrap().len())
        .sum();
    assert_eq!(added, 3);
}

#[tokio::test]
async fn a_header_that_does_not_fit_is_told_and_waited_for() {
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let server = sheet(vec![vec!["id".into(), "name".into()]]).await;
    let sinks = sinks_of(&parts, &format!("{}\nmax_attempts = 1", settings(&server.url)));
    assert_eq!(sinks.once().await.unwrap().dead, 1);
    assert_eq!(
        crate::support::reasons(&sinks).await,
        ["the first row has no column phones"]
    );
}

#[tokio::test]
async fn other_answers_mean_what_they_say() {
    let quota = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded"}}"#;
    let range =
        r#"{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Unable to parse range"}}"#;
    for (answer, again, dead) in [
        (reply(429, quota), 3, 0),
        (reply(401, "{}"), 3, 0),
        (reply(404, "{}"), 3, 0),
        (reply(200, "[]"), 3, 0),
        (reply(200, r#"{"values": 7}"#), 3, 0),
        (reply(400, range), 0, 3),
    ] {
        let told = format!("{answer:?}");
        let (count, reasons, _) = ends(settings, answer).await;
        assert_eq!(count, (again, dead), "{told}");
        assert!(
            reasons.iter().all(|reason| reason == "INVALID_ARGUMENT"),
            "{reasons:?}"
        );
    }
}
