//! Tokens that run out.

use serde_json::json;

use crate::support::{ends, in_memory, put, put_three, reply, serve, sinks_of};

fn settings(url: &str) -> String {
    format!(
        "kind = 'zoho'\nurl = '{url}'\n[sink.oauth]\ntoken_url = '{url}/oauth/v2/token'\nclient_id = 'lead'\n\
         client_secret = 'env:CLIENT'\nrefresh_token = 'env:REFRESH'"
    )
}

#[tokio::test]
async fn a_token_is_asked_for_once_and_again_when_it_is_not_taken() {
    let parts = in_memory().await;
    put_three(&parts.0).await;
    let mut given = 0;
    let server = serve(move |seen| {
        if seen.path == "/oauth/v2/token" {
            given += 1;
            return reply(
                200,
                json!({ "access_token": format!("t{given}"), "expires_in": 3600, "token_type": "Bearer" }),
            );
        }
        if seen.header("authorization") == "Zoho-oauthtoken t1" {
            return reply(401, json!({ "code": "INVALID_TOKEN" }));
        }
        let count = seen.json()["data"].as_array().unwrap().len();
        reply(
            200,
            json!({ "data": vec![json!({ "status": "success", "code": "SUCCESS" }); count] }),
        )
    })
    .await;
    let sinks = sinks_of(&parts, &settings(&server.url));
    assert_eq!(
        sinks.once().await.unwrap().again,
        3,
        "the first token is an old one"
    );
    for key in ["d", "e"] {
        put(&parts.0, key, "Bakery", "+33478000004").await;
        assert_eq!(sinks.once().await.unwrap().delivered, 1);
    }
    let seen = server.seen();
    let asked: Vec<_> = seen.iter().filter(|one| one.path == "/oauth/v2/token").collect();
    assert_eq!(asked.len(), 2, "the second token serves both calls");
    let form = String::from_utf8(asked[0].body.to_vec()).unwrap();
    assert_eq!(
        form,
        "grant_type=refresh_token&client_id=lead&client_secret=secret-of-CLIENT&refresh_token=secret-of-REFRESH"
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    for answer in [
        reply(
            400,
            r#"{"error": "invalid_grant", "error_description": "of anna@example.test"}"#,
        ),
        reply(200, r#"{"error": "invalid_code"}"#),
        reply(200, "no"),
        reply(503, ""),
    ] {
        let told = format!("{answer:?}");
        let (count, _, asked) = ends(settings, answer).await;
        assert_eq!((count, asked), ((3, 0), 1), "{told}");
    }
}
