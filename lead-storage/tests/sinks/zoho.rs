//! Zoho CRM's upsert.

use serde_json::{Value, json};

use crate::support::{ends, in_memory, put, put_three, reasons, reply, serve, sinks_of};

fn settings(url: &str) -> String {
    format!("kind = 'zoho'\nurl = '{url}'\ntoken = 'env:TOKEN'")
}

fn done(records: &Value) -> Vec<Value> {
    let records = records["data"].as_array().unwrap().iter();
    let result = json!({ "code": "SUCCESS", "duplicate_field": null, "action": "insert", "details": { "id": "5" },
                         "message": "record added", "status": "success" });
    records.map(|_| result.clone()).collect()
}

#[tokio::test]
async fn a_batch_is_one_call() {
    let parts = in_memory().await;
    let id = put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let server = serve(|seen| reply(200, json!({ "data": done(&seen.json()) }))).await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    let seen = &server.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("POST", "/crm/v7/Leads/upsert")
    );
    assert_eq!(seen.header("authorization"), "Zoho-oauthtoken secret-of-TOKEN");
    let body = seen.json();
    assert_eq!(body["duplicate_check_fields"], json!(["Lead_Id"]));
    let record = &body["data"][0];
    assert_eq!(
        (&record["Lead_Id"], &record["Company"]),
        (&id.to_string().into(), &"Bakery A".into())
    );
    assert_eq!(
        (&record["Last_Name"], &record["Email"]),
        (&"[not provided]".into(), &"info@a.test".into())
    );
}

#[tokio::test]
async fn a_record_that_fails_leaves_the_rest() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(|seen| {
        let body = seen.json();
        let mut results = done(&body);
        let bad = body["data"]
            .as_array()
            .unwrap()
            .iter()
            .position(|one| one["Company"] == "Bakery A")
            .unwrap();
        results[bad] = json!({ "code": "INVALID_DATA", "status": "error", "message": "invalid data",
                               "details": { "api_name": "Email", "expected_data_type": "email" } });
        reply(207, json!({ "data": results }))
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    let report = sinks.once().await.unwrap();
    assert_eq!((report.delivered, report.dead), (2, 1));
    assert_eq!(reasons(&sinks).await, ["INVALID_DATA Email"]);
}

#[tokio::test]
async fn other_answers_mean_what_they_say() {
    let wrong = r#"{"code": "INVALID_MODULE", "details": {}, "message": "no", "status": "error"}"#;
    for (answer, again, dead) in [
        (reply(401, r#"{"code": "INVALID_TOKEN"}"#), 3, 0),
        (
            reply(429, r#"{"code": "TOO_MANY_REQUESTS"}"#).header("retry-after", "60"),
            3,
            0,
        ),
        (reply(200, r#"{"data": []}"#), 3, 0),
        (reply(204, ""), 3, 0),
        (reply(400, wrong), 0, 3),
    ] {
        let told = format!("{answer:?}");
        let (count, reasons, _) = ends(settings, answer).await;
        assert_eq!(count, (again, dead), "{told}");
        assert!(
            reasons.iter().all(|reason| reason == "INVALID_MODULE"),
            "{reasons:?}"
        );
    }
}
