use lead_core::ErrorKind;
use serde_json::{Value, json};

use super::Store;
use crate::figures::Facets;
use crate::keeping::SetHidden;

fn held(options: &Value) -> Store {
    Store::read(&options.to_string()).unwrap()
}

async fn ask(store: &Store, what: &str, options: Value) -> Value {
    let answer = store.call(what, &options.to_string()).await.unwrap();
    serde_json::from_str(&answer).unwrap()
}

async fn refused(store: &Store, what: &str, options: Value) -> ErrorKind {
    store.call(what, &options.to_string()).await.unwrap_err().kind()
}

/// A store in memory with two bakers, and the id of the first.
async fn bakers() -> (Store, String) {
    let store = held(&json!({"store": "memory://"}));
    let listings = json!([
        {"key": 1, "name": "Baker A", "phone": "+33478000001", "website": "a.example", "city": "Lyon", "country": "FR"},
        {"key": 2, "name": "Baker B", "email": "info@b.example", "city": "Bron", "country": "FR"},
        {"name": "without a key"},
    ]);
    let written = ask(&store, "write", json!({"source": "crm", "listings": listings})).await;
    assert_eq!(
        (&written["created"], &written["listings"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(written["rejects"].as_array().unwrap().len(), 1);
    let page = ask(&store, "leads", json!({"filter": "city:Lyon"})).await;
    let id = page["leads"][0]["id"].as_str().unwrap().to_owned();
    (store, id)
}

#[tokio::test]
async fn leads_are_written_and_read() {
    let (store, id) = bakers().await;
    assert_eq!(ask(&store, "count", json!({"filter": "@with-phone"})).await, 1);
    let about = ask(&store, "estimate", json!({"filter": "@with-phone"})).await;
    assert_eq!(about, json!({"count": 1, "least": 1, "most": 1}));
    let marks = ask(&store, "marks", json!({"sort": "name", "every": 1})).await;
    let behind = ask(&store, "leads", json!({"sort": "name", "cursor": marks[0]})).await;
    assert_eq!(behind["leads"][0]["name"], "Baker B");
    assert_eq!(marks.as_array().unwrap().len(), 2);
    assert_eq!(ask(&store, "lead", json!({"id": id})).await["name"], "Baker A");
    let first = ask(&store, "leads", json!({"sort": "-name", "limit": 1})).await;
    assert_eq!(first["leads"][0]["name"], "Baker B");
    let rest = json!({"sort": "-name", "limit": 1, "cursor": first["next"]});
    assert_eq!(ask(&store, "leads", rest).await["leads"][0]["name"], "Baker A");
    let found = ask(&store, "matching", json!({"keys": ["phone:+33478000001"]})).await;
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(ask(&store, "runs", json!({})).await, json!([]));
    for (what, options) in [
        ("leads", json!({"sort": "colour"})),
        ("leads", json!({"as_of": "soon"})),
        ("count", json!({"colour": "red"})),
        ("marks", json!({})),
        ("marks", json!({"every": 0})),
        ("lead", json!({})),
        ("write", json!({"listings": []})),
        ("mirror_lag", json!({})),
    ] {
        assert_eq!(
            refused(&store, what, options).await,
            ErrorKind::InvalidInput,
            "{what}"
        );
    }
    assert_eq!(refused(&store, "paint", json!({})).await, ErrorKind::Unsupported);
}

#[tokio::test]
async fn a_lead_is_withdrawn_only_as_it_was_read() {
    let (store, id) = bakers().await;
    let history = ask(&store, "history", json!({"id": id})).await;
    let version = history["version"].as_str().unwrap();
    let again = json!({"source": "crm", "listings": [{"key": 1, "name": "Baker A et Fils"}]});
    ask(&store, "write", again).await;
    let asked = json!({"leads": [[id, version]]});
    assert_eq!(ask(&store, "withdraw", asked).await, json!([]));
    let history = ask(&store, "history", json!({"id": id})).await;
    assert_eq!(history["sightings"].as_array().unwrap().len(), 2);
    let asked = json!({"leads": [[id, history["version"]]]});
    assert_eq!(ask(&store, "withdraw", asked).await, json!([id]));
    assert_eq!(ask(&store, "history", json!({"id": id})).await, Value::Null);
    let notes = ask(&store, "audit", json!({})).await;
    assert_eq!(notes[0]["action"], "lead.withdrawn");
}

#[tokio::test]
async fn what_is_erased_is_said() {
    let (store, id) = bakers().await;
    for options in [
        json!({}),
        json!({"filter": " "}),
        json!({"filter": "city:Bron", "ids": [id]}),
        json!({"filter": "city:Bron", "archive": "folder"}),
        json!({"ids": [id], "dry_run": true}),
    ] {
        assert_eq!(refused(&store, "erase", options).await, ErrorKind::InvalidInput);
    }
    let counted = ask(&store, "erase", json!({"filter": "city:Bron", "dry_run": true})).await;
    assert_eq!((&counted["leads"], &counted["sightings"]), (&json!(1), &json!(0)));
    let erased = ask(&store, "erase", json!({"filter": "city:Bron"})).await;
    assert_eq!((&erased["leads"], &erased["sightings"]), (&json!(1), &json!(1)));
    // One that was put away is erased with the others, also by a filter that does not speak of it.
    let hiding = json!({"store": store.name(), "hidden": true, "by": "anna", "leads": [[id, null]]});
    SetHidden::read(&hiding.to_string()).unwrap().run().await.unwrap();
    assert_eq!(ask(&store, "count", json!({"filter": "city:Lyon"})).await, 0);
    assert_eq!(
        ask(&store, "erase", json!({"filter": "city:Lyon"})).await["leads"],
        1
    );
    assert_eq!(ask(&store, "count", json!({})).await, 0);
}

#[tokio::test]
async fn records_that_are_one_are_linked() {
    let (store, id) = bakers().await;
    let page = ask(&store, "leads", json!({})).await;
    let record = |lead: &Value| lead["sources"][0]["record"].clone();
    let link = json!({"left": record(&page["leads"][0]), "right": record(&page["leads"][1]), "because": "site:a.example"});
    let linked = ask(&store, "link", json!({"links": [link]})).await;
    assert_eq!(linked["merged"].as_array().unwrap().len(), 1);
    assert_eq!(ask(&store, "count", json!({})).await, 1);
    let history = ask(&store, "history", json!({"id": id})).await;
    assert_eq!(history["links"][0]["because"], "site:a.example");
}

#[tokio::test]
async fn who_must_not_be_contacted_is_listed() {
    let (store, _) = bakers().await;
    ask(
        &store,
        "suppress",
        json!({"subjects": ["domain:b.example"], "reason": "asked"}),
    )
    .await;
    assert_eq!(ask(&store, "count", json!({"filter": "has:email"})).await, 0);
    let asked = json!({"subjects": ["email:info@b.example", "phone:+33478000001"]});
    let stands = ask(&store, "suppressed", asked).await;
    assert_eq!(stands[0]["entry"]["reason"], "asked");
    assert_eq!(stands[1]["entry"], Value::Null);
    let gone = json!({"subjects": ["domain:b.example", "domain:c.example"]});
    assert_eq!(ask(&store, "unsuppress", gone).await, 1);
    assert_eq!(ask(&store, "suppressions", json!({})).await, json!([]));
    assert_eq!(
        refused(&store, "suppress", json!({})).await,
        ErrorKind::InvalidInput
    );
}

#[tokio::test]
async fn filters_have_names() {
    let (store, _) = bakers().await;
    ask(
        &store,
        "save_filter",
        json!({"name": "lyon", "filter": "city:Lyon"}),
    )
    .await;
    assert_eq!(
        ask(&store, "count", json!({"filter": "@lyon has:phone"})).await,
        1
    );
    let filters = ask(&store, "filters", json!({})).await;
    assert_eq!(
        (&filters[0]["name"], &filters[0]["built_in"]),
        (&json!("lyon"), &json!(false))
    );
    assert!(
        filters
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["name"] == "with-phone")
    );
    assert_eq!(ask(&store, "remove_filter", json!({"name": "lyon"})).await, true);
    assert_eq!(ask(&store, "remove_filter", json!({"name": "lyon"})).await, false);
    assert_eq!(
        refused(&store, "count", json!({"filter": "@lyon"})).await,
        ErrorKind::NotFound
    );
}

/// Whatever takes a URI takes a store that is held; a tenant of it is its own.
#[tokio::test]
async fn a_store_that_is_held_is_shared_by_its_name_until_it_is_closed() {
    let (store, _) = bakers().await;
    let facets = |tenant: &str| {
        let options = json!({"store": store.name(), "tenant": tenant, "fields": ["city"]});
        Facets::read(&options.to_string()).unwrap().run()
    };
    assert_eq!(facets("main").await.unwrap()[0].leads, 2);
    assert_eq!(facets("acme").await.unwrap()[0].leads, 0);
    assert_eq!(ask(&store, "count", json!({})).await, 2);
    store.close().await;
    assert_eq!(facets("main").await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(refused(&store, "count", json!({})).await, ErrorKind::InvalidInput);
}

#[tokio::test]
async fn a_mirror_is_looked_after() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leads.csv");
    let uri = |kind: &str, name: &str| format!("{kind}://{}", folder.path().join(name).display());
    let store = held(&json!({"store": uri("sqlite", "leads.db"), "mirror": uri("csv", "leads.csv")}));
    let listings = json!([{"key": "1", "name": "Baker A", "phone": "+33478000001"}]);
    ask(&store, "write", json!({"source": "crm", "listings": listings})).await;
    let lag = ask(&store, "mirror_drain", json!({"seconds": 20})).await;
    assert_eq!((&lag["entries"], &lag["failure"]), (&json!(0), &Value::Null));
    assert_eq!(ask(&store, "mirror_check", json!({})).await["agrees"], true);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Baker A"));
    store.close().await;
    // Somebody spoils the file while nobody looks.
    std::fs::write(&file, text.replace("Baker A", "Baker X")).unwrap();
    let store = held(&json!({"store": uri("sqlite", "leads.db"), "mirror": uri("csv", "leads.csv")}));
    let found = ask(&store, "mirror_check", json!({})).await;
    assert_eq!(
        (&found["agrees"], &found["leads"][0]["how"]),
        (&json!(false), &json!("different"))
    );
    let mended = ask(&store, "mirror_repair", json!({"erase": true})).await;
    assert_eq!((&mended["agrees"], &mended["mended"]), (&json!(true), &json!(1)));
    assert!(std::fs::read_to_string(&file).unwrap().contains("Baker A"));
    store.close().await;
}
