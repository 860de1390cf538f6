//! Salesforce's upsert of collections.

use serde_json::{Value, json};

use crate::support::{ends, in_memory, put, put_three, reasons, reply, serve, sinks_of};

fn settings(url: &str) -> String {
    format!("kind = 'salesforce'\nurl = '{url}'\ntoken = 'env:TOKEN'")
}

fn done(records: &Value) -> Vec<Value> {
    let records = records["records"].as_array().unwrap().iter();
    records
        .map(|_| json!({ "id": "00Q1", "success": true, "errors": [], "created": true }))
        .collect()
}

#[tokio::test]
async fn a_batch_is_one_call() {
    let parts = in_memory().await;
    let id = put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let server = serve(|seen| reply(200, Value::from(done(&seen.json())))).await;
    let own = "fields = { Rating__c = 'latitude', Description = 'sources' }";
    let sinks = sinks_of(&parts, &format!("{}\n{own}", settings(&server.url)));
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    let seen = &server.seen()[0];
    assert_eq!(seen.method, "PATCH");
    assert_eq!(
        seen.path,
        "/services/data/v61.0/composite/sobjects/Lead/Lead_Id__c"
    );
    assert_eq!(seen.header("authorization"), "Bearer secret-of-TOKEN");
    let record = json!({ "attributes": { "type": "Lead" }, "Lead_Id__c": id.to_string(), "Company": "Bakery A",
        "LastName": "[not provided]", "Email": "info@a.test", "Phone": "+33478000001", "City": "Lyon",
        "Street": seen.json()["records"][0]["Street"], "LeadSource": "directory", "Description": "directory" });
    let mut record = record;
    if record["Street"].is_null() {
        record.as_object_mut().unwrap().remove("Street");
    }
    assert_eq!(seen.json(), json!({ "allOrNone": false, "records": [record] }));
}

#[tokio::test]
async fn a_record_that_fails_leaves_the_rest() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(|seen| {
        let body = seen.json();
        let mut results = done(&body);
        for (record, result) in body["records"].as_array().unwrap().iter().zip(&mut results) {
            if record["Company"] == "Bakery A" {
                *result = json!({ "success": false, "errors": [{ "statusCode": "STRING_TOO_LONG", "message": "Bakery A", "fields": ["Company"] }] });
            }
            if record["Company"] == "Bakery B" {
                *result = json!({ "success": false, "errors": [{ "statusCode": "UNABLE_TO_LOCK_ROW", "message": "busy", "fields": [] }] });
            }
        }
        reply(200, Value::from(results))
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    let report = sinks.once().await.unwrap();
    assert_eq!((report.delivered, report.again, report.dead), (1, 1, 1));
    assert_eq!(reasons(&sinks).await, ["STRING_TOO_LONG Company"]);
}

#[tokio::test]
async fn other_answers_mean_what_they_say() {
    let limit = r#"[{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]"#;
    let unknown = r#"[{"errorCode": "INVALID_FIELD", "message": "No such column"}]"#;
    for (answer, again, dead) in [
        (reply(403, limit), 3, 0),
        (reply(401, "[]"), 3, 0),
        (reply(200, "[]"), 3, 0),
        (reply(200, "{"), 3, 0),
        (reply(400, unknown), 0, 3),
    ] {
        let told = format!("{answer:?}");
        let (count, reasons, _) = ends(settings, answer).await;
        assert_eq!(count, (again, dead), "{told}");
        assert!(
            reasons.iter().all(|reason| reason == "INVALID_FIELD"),
            "{reasons:?}"
        );
    }
}
