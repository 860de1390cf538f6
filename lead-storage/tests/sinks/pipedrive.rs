//! Pipedrive: looked for, then changed or made.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Reply, Seen, Server, in_memory, put, reasons, reply, serve, sinks_of};

/// Keys of custom fields, as Pipedrive makes them.
const ID: &str = "0123456789abcdef0123456789abcdef01234567";
const PERSON_ID: &str = "89abcdef0123456789abcdef0123456789abcdef";

fn settings(url: &str) -> String {
    format!(
        "kind = 'pipedrive'\nurl = '{url}'\ntoken = 'env:TOKEN'\nid_field = '{ID}'\nperson_id_field = '{PERSON_ID}'"
    )
}

/// Organizations and persons in memory, found by what their custom fields hold.
#[derive(Default)]
struct Crm {
    records: BTreeMap<u64, (String, Value)>,
}

impl Crm {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = seen.path.strip_prefix("/api/v2/").unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let (kind, rest) = path.split_once('/').unwrap_or((path, ""));
        match (seen.method.as_str(), rest) {
            ("GET", "search") => self.search(kind, query),
            ("POST", "") => {
                let number = self.records.len() as u64 + 1;
                self.records.insert(number, (kind.to_owned(), seen.json()));
                reply(201, json!({ "success": true, "data": { "id": number } }))
            }
            ("PATCH", number) => {
                let number: u64 = number.parse().unwrap();
                self.records.insert(number, (kind.to_owned(), seen.json()));
                reply(200, json!({ "success": true, "data": { "id": number } }))
            }
            _ => reply(404, "{}"),
        }
    }

    fn search(&self, kind: &str, query: &str) -> Reply {
        let term = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("term="))
            .unwrap();
        assert!(query.contains("exact_match=true") && query.contains("fields=custom_fields"));
        let holds = |record: &Value| {
            record["custom_fields"]
                .as_object()
                .unwrap()
                .values()
                .any(|value| value == term)
        };
        let found = self
            .records
            .iter()
            .filter(|(_, (known, record))| known == kind && holds(record));
        let items: Vec<_> = found
            .map(|(number, _)| json!({ "result_score": 1.0, "item": { "id": number } }))
            .collect();
        reply(200, json!({ "success": true, "data": { "items": items } }))
    }
}

async fn crm() -> Server {
    let mut crm = Crm::default();
    serve(move |seen| crm.answer(seen)).await
}

#[tokio::test]
async fn an_organization_and_its_person_are_made_once_and_changed_then() {
    let (parts, server) = (in_memory().await, crm().await);
    let id = put(&parts.0, "a", "Bakery A", "+33478000001").await.to_string();
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    put(&parts.0, "a", "Bakery A", "+33478000002").await;
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    let seen = server.seen();
    assert!(
        seen.iter()
            .all(|one| one.header("x-api-token") == "secret-of-TOKEN")
    );
    let writes: Vec<_> = seen.iter().filter(|one| one.method != "GET").collect();
    let told: Vec<String> = writes
        .iter()
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    assert_eq!(
        told,
        [
            "POST /api/v2/organizations",
            "POST /api/v2/persons",
            "PATCH /api/v2/organizations/1",
            "PATCH /api/v2/persons/2"
        ]
    );
    let organization = json!({ "name": "Bakery A", "address": { "value": "1 Example Street, Lyon" }, "custom_fields": { ID: id } });
    assert_eq!(writes[0].json(), organization);
    let way = |value: &str| json!([{ "value": value, "primary": true, "label": "work" }]);
    let person = json!({ "name": "Bakery A", "org_id": 1, "custom_fields": { PERSON_ID: id },
                         "emails": way("info@a.test"), "phones": way("+33478000002") });
    assert_eq!(writes[3].json(), person);
}

#[tokio::test]
async fn answers_mean_what_they_say() {
    for (search, write, wanted) in [
        (reply(200, "<html>"), reply(201, ""), (1, 0)),
        (
            reply(200, r#"{"success": true, "data": {"items": [{}]}}"#),
            reply(201, ""),
            (1, 0),
        ),
        (
            reply(429, "{}").header("retry-after", "2"),
            reply(201, ""),
            (1, 0),
        ),
        (
            reply(200, r#"{"success": true, "data": {"items": []}}"#),
            reply(200, r#"{"success": false}"#),
            (1, 0),
        ),
        (
            reply(200, r#"{"success": true, "data": {"items": []}}"#),
            reply(403, "{}"),
            (1, 0),
        ),
        (
            reply(200, r#"{"success": true, "data": {"items": []}}"#),
            reply(400, r#"{"code": "ERR_SCHEMA_VALIDATION_FAILED"}"#),
            (0, 1),
        ),
    ] {
        let parts = in_memory().await;
        put(&parts.0, "a", "Bakery A", "+33478000001").await;
        let told = format!("{search:?} {write:?}");
        let server = serve(move |seen| {
            if seen.method == "GET" {
                search.clone()
            } else {
                write.clone()
            }
        })
        .await;
        let sinks = sinks_of(&parts, &settings(&server.url));
        let report = sinks.once().await.unwrap();
        assert_eq!((report.again, report.dead), wanted, "{told}");
        assert!(
            reasons(&sinks)
                .await
                .iter()
                .all(|reason| reason == "ERR_SCHEMA_VALIDATION_FAILED")
        );
    }
}
