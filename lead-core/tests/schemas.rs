//! The JSON Schemas of docs/schemas are those of the types: `UPDATE=1 cargo test -p lead-core --test schemas` writes them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

use std::path::PathBuf;

use lead_core::contacts::ExtractOptions;
use lead_core::record::{Change, Contacts, Lead, Observation};
use lead_core::seam::Event;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// The schema of what is written, JSON Schema 2020-12.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

fn current<T: JsonSchema>(name: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/schemas/{name}.json"));
    let now = serde_json::to_string_pretty(&schema::<T>()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, now).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "docs/schemas/{name}.json is not that of the type: UPDATE=1 writes it anew"
    );
}

#[test]
fn contacts() {
    current::<Contacts>("contacts");
}

#[test]
fn lead() {
    current::<Lead>("lead");
}

#[test]
fn event() {
    current::<Event>("event");
}

#[test]
fn change() {
    current::<Change>("change");
}

#[test]
fn observation() {
    current::<Observation>("observation");
}

/// Guards against a schema that describes another shape than what is written: each list of a real answer, and each field
/// of its values, stands in the schema.
#[test]
fn a_real_answer_has_the_shape_of_its_schema() {
    let page = "<h1>Rossi</h1><p>Tel. <a href='tel:+14155552671'>call</a> <a href='mailto:ciao@rossi.example'>mail</a>";
    let contacts = lead_core::extract(page, &ExtractOptions::new().region("US")).unwrap();
    let answer = serde_json::to_value(&contacts).unwrap();
    let schema = schema::<Contacts>();
    let properties = schema["properties"].as_object().unwrap();
    for (name, value) in answer.as_object().unwrap() {
        assert!(properties.contains_key(name), "{name} is not in the schema");
        for item in value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
        {
            let reference = properties[name]["items"]["$ref"].as_str().unwrap();
            let definition = &schema["$defs"][reference.rsplit('/').next().unwrap()];
            let fields = definition["properties"].as_object().unwrap();
            for field in item.keys() {
                assert!(fields.contains_key(field), "{name}.{field} is not in the schema");
            }
        }
    }
    assert!(!answer["phones"].as_array().unwrap().is_empty());
}
