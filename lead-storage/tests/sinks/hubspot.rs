//! HubSpot's batch upsert.

use serde_json::{Value, json};

use crate::support::{ends, in_memory, put, put_three, reasons, reply, serve, sinks_of};

fn settings(url: &str) -> String {
    format!("kind = 'hubspot'\nurl = '{url}'\ntoken = 'env:TOKEN'")
}

/// What HubSpot says of inputs that went through.
fn taken(inputs: &Value) -> Vec<Value> {
    let inputs = inputs["inputs"].as_array().unwrap().iter();
    let result = |input: &Value| {
        json!({ "id": "77", "properties": input["properties"], "new": true, "archived": false,
                "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z" })
    };
    inputs.map(result).collect()
}

#[tokio::test]
async fn a_batch_is_one_call() {
    let parts = in_memory().await;
    let [id, ..] = put_three(&parts.0).await;
    let server = serve(|seen| {
        reply(
            200,
            json!({ "status": "COMPLETE", "results": taken(&seen.json()) }),
        )
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(sinks.once().await.unwrap().delivered, 3);
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].path, "/crm/v3/objects/companies/batch/upsert");
    assert_eq!(seen[0].header("authorization"), "Bearer secret-of-TOKEN");
    let input = &seen[0].json()["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == id.to_string())
        .unwrap()
        .clone();
    assert_eq!(input["idProperty"], "lead_id");
    assert_eq!(
        input["properties"],
        json!({ "lead_id": id.to_string(), "name": "Bakery A", "phone": "+33478000001", "city": "Lyon" })
    );
}

#[tokio::test]
async fn a_part_that_is_refused_leaves_the_rest() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(|seen| {
        let mut results = taken(&seen.json());
        let bad = results.iter().position(|one| one["properties"]["name"] == "Bakery B").unwrap();
        let bad = results.remove(bad);
        let error = json!({ "status": "error", "category": "VALIDATION_ERROR", "message": "Bakery B is no name",
                            "context": { "objectWriteTraceId": [bad["properties"]["lead_id"]] } });
        reply(207, json!({ "status": "COMPLETE", "results": results, "numErrors": 1, "errors": [error] }))
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    let report = sinks.once().await.unwrap();
    assert_eq!((report.delivered, report.dead), (2, 1));
    assert_eq!(
        reasons(&sinks).await,
        ["VALIDATION_ERROR"],
        "no value of the lead's is told"
    );
}

/// One value that is no good has HubSpot refuse the whole batch: the others go through all the same.
#[tokio::test]
async fn a_batch_that_is_refused_is_parted() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let server = serve(|seen| {
        let body = seen.json();
        if body.to_string().contains("Bakery C") {
            let errors = json!([{ "code": "INVALID_OPTION", "message": "Bakery C was not one of the allowed options" }]);
            return reply(400, json!({ "status": "error", "category": "VALIDATION_ERROR", "errors": errors }));
        }
        reply(200, json!({ "status": "COMPLETE", "results": taken(&body) }))
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    let report = sinks.once().await.unwrap();
    assert_eq!((report.delivered, report.dead), (2, 1));
    assert_eq!(reasons(&sinks).await, ["VALIDATION_ERROR INVALID_OPTION"]);
}

#[tokio::test]
async fn contacts_and_fields_of_ones_own() {
    let parts = in_memory().await;
    put(&parts.0, "a", "Bakery A", "+33478000001").await;
    let server = serve(|seen| reply(200, json!({ "results": taken(&seen.json()) }))).await;
    let own = "object = 'contacts'\nid_property = 'key'\nfields = { phone = '', x_town = 'city', x_source = 'sources' }";
    let sinks = sinks_of(&parts, &format!("{}\n{own}", settings(&server.url)));
    assert_eq!(sinks.once().await.unwrap().delivered, 1);
    let seen = &server.seen()[0];
    assert_eq!(seen.path, "/crm/v3/objects/contacts/batch/upsert");
    let properties = seen.json()["inputs"][0]["properties"].clone();
    assert_eq!(
        (&properties["email"], &properties["x_town"]),
        (&"info@a.test".into(), &"Lyon".into())
    );
    assert_eq!(
        (&properties["x_source"], &properties["phone"]),
        (&"directory".into(), &Value::Null)
    );
}

#[tokio::test]
async fn other_answers_are_tried_again() {
    for answer in [
        reply(200, "<html>maintenance</html>"),
        reply(200, "{}"),
        reply(207, r#"{"status": "COMPLETE", "results": []}"#),
        reply(200, r#"{"status": "COMPLETE", "results": []}"#),
        reply(401, "{}"),
        reply(500, "{}"),
        reply(429, r#"{"policyName": "TEN_SECONDLY_ROLLING"}"#),
    ] {
        let told = format!("{answer:?}");
        let (count, _, asked) = ends(settings, answer).await;
        assert_eq!((count, asked), ((3, 0), 1), "{told}");
    }
}
