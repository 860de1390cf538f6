//! Every text of a sighting, of links, notes and checkpoints; lists of whom not to contact.

use lead_core::record::{
    Address, Attribute, AttributeValue, Category, Confidence, EmailAddress, Findings, Found, LeadId, Link,
    MatchKey, Method, NaturalKey, Observation, OpeningHours, Person, Registration, RunId, SafeUrl, Social,
    SourceId, Suppression, TenantId, Trace, Website,
};
use lead_core::seam::conformance::sample::{findings, minute};
use lead_core::seam::{AuditNote, CheckpointDelta, Store, WriteBatch};

use crate::corpus::corpus;
use crate::engines::engines;

fn found<T>(value: T, text: &str) -> Found<T, Trace> {
    let trace = Trace::new(Method::Platform).at(text).snippet(text);
    Found::new(value, Confidence::clamped(0.9), trace)
}

/// A sighting in which every text is this one.
pub(crate) fn sighting(number: usize, text: &str) -> Observation {
    let phone = format!("+3347811{number:04}");
    let mut all: Findings<Trace> = findings(text, Some(&phone), None, None);
    text.clone_into(&mut all.phones[0].value.raw);
    text.clone_into(&mut all.phones[0].value.national);
    all.phones[0].value.extension = Some(text.to_owned());
    let mut address = Address::from_text(text);
    address.street = Some(text.to_owned());
    address.city = Some(text.to_owned());
    address.region = Some(text.to_owned());
    address.postal_code = Some(text.to_owned());
    address.borough = Some(text.to_owned());
    all.addresses.push(found(address, text));
    all.categories.push(found(Category::new(text, text), text));
    all.hours.push(found(OpeningHours::new(text), text));
    all.registrations.push(found(Registration::new(text, text), text));
    let mut person = Person::default();
    text.clone_into(&mut person.name);
    person.function = Some(text.to_owned());
    all.persons.push(found(person, text));
    let asked: String = text.chars().take(200).collect();
    let url = SafeUrl::parse(&format!("https://h{number}.test/?q={asked}")).unwrap();
    let network = SourceId::new("instagram").unwrap();
    all.socials
        .push(found(Social::new(network, text, url.clone()), text));
    all.websites.push(found(Website::new(url.clone()), text));
    for value in [
        Attribute::text("description", text).unwrap(),
        Attribute::new("x:list", AttributeValue::List(vec![text.to_owned(); 2])).unwrap(),
        Attribute::new(
            "x:json",
            AttributeValue::Json(serde_json::json!({ text: [text] })),
        )
        .unwrap(),
    ] {
        all.attributes.push(found(value, text));
    }
    if let Ok(value) = Attribute::text(&format!("x:{text}"), text) {
        all.attributes.push(found(value, text));
    }
    let key = NaturalKey::new(text).unwrap_or_else(|_| NaturalKey::new(&format!("long/{number}")).unwrap());
    let source = SourceId::new("directory").unwrap();
    Observation::new(source, key, Some(url), minute(1), all).identity(text)
}

#[tokio::test]
async fn what_is_read_is_what_was_written() {
    let texts = corpus();
    for engine in engines().await {
        let memory = Store::memory();
        for (number, text) in texts.iter().enumerate() {
            let seen = sighting(number, text);
            let id = LeadId::from(seen.record);
            for store in [&memory, &engine.store] {
                let receipt = store.commit(WriteBatch::of(vec![seen.clone()])).await.unwrap();
                assert_eq!(receipt.inserted, 1, "{text:.80?}");
            }
            let read = engine.store.observations(id).await.unwrap();
            assert!(read == [seen], "{text:.80?}");
            assert!(
                engine.store.get(id).await.unwrap() == memory.get(id).await.unwrap(),
                "{text:.80?}"
            );
        }
        engine.is_untouched().await;
        let ids = texts
            .iter()
            .enumerate()
            .map(|(number, text)| LeadId::from(sighting(number, text).record));
        let erased = engine.store.erase(ids.collect()).await.unwrap();
        assert_eq!(erased.leads, texts.len());
        engine.is_untouched().await;
    }
}

#[tokio::test]
async fn links_notes_and_checkpoints_are_kept_as_they_are() {
    let texts = corpus();
    for engine in engines().await {
        let (memory, run) = (Store::memory(), RunId::start(minute(0)));
        let first = sighting(0, "anchor");
        for (number, text) in texts.iter().enumerate() {
            let seen = sighting(number + 1, &format!("{number}"));
            let source = SourceId::new("directory").unwrap();
            for because in [
                MatchKey::Site(text.clone()),
                MatchKey::Platform(source, text.clone()),
            ] {
                let link = Link::new(first.record, seen.record, because);
                let note = AuditNote::new(text, text, text, minute(0));
                let delta = CheckpointDelta::new(run).put(text.as_str(), text.as_str());
                let batch = WriteBatch::of(vec![first.clone(), seen.clone()])
                    .links(vec![link])
                    .audit(note)
                    .checkpoint(delta);
                memory.commit(batch.clone()).await.unwrap();
                engine.store.commit(batch).await.unwrap();
            }
        }
        let id = LeadId::from(first.record);
        let links = engine.store.links(id).await.unwrap();
        assert_eq!(links.len(), texts.len() * 2);
        // A key has no NUL in either engine.
        let kept = |text: &String| text.replace('\0', "\u{fffd}");
        let mut wanted = memory.links(id).await.unwrap();
        for link in &mut wanted {
            link.because = match &link.because {
                MatchKey::Site(text) => MatchKey::Site(kept(text)),
                MatchKey::Platform(source, text) => MatchKey::Platform(source.clone(), kept(text)),
                other @ MatchKey::Phone(_) => other.clone(),
            };
        }
        wanted.sort_unstable();
        let other = links.iter().zip(&wanted).find(|(read, wanted)| read != wanted);
        assert!(links == wanted, "{:.300}", format!("{other:?}"));
        let checkpoint = engine.store.checkpoint(run).await.unwrap().unwrap();
        let wanted = memory.checkpoint(run).await.unwrap().unwrap();
        let wanted = wanted.into_iter().map(|(key, value)| (engine.kept(&key), value));
        assert!(checkpoint == wanted.collect());
        for (at, entry) in engine.store.audit(0, 1000).await.unwrap().iter().enumerate() {
            let text = engine.kept(&texts[at / 2]);
            assert!([&entry.note.actor, &entry.note.action, &entry.note.subject] == [&text; 3]);
        }
        let drop = texts
            .iter()
            .fold(CheckpointDelta::new(run), |delta, text| delta.drop(text.as_str()));
        engine
            .store
            .commit(WriteBatch::default().checkpoint(drop))
            .await
            .unwrap();
        assert!(
            engine
                .store
                .checkpoint(run)
                .await
                .unwrap()
                .is_none_or(|left| left.is_empty())
        );
        let keys: Vec<_> = texts.iter().map(|text| MatchKey::Site(text.clone())).collect();
        assert_eq!(engine.store.matching(keys).await.unwrap(), []);
        engine.is_untouched().await;
    }
}

/// Mailboxes may hold quotes and signs; reasons hold anything.
#[tokio::test]
async fn lists_of_whom_not_to_contact_are_kept_and_hold() {
    let texts = corpus();
    let locals = [
        "o'brien",
        "a--b",
        "x%y",
        "x_y",
        "a*b",
        "a?b",
        "{x}",
        "$1",
        "a+b",
        "`x`",
        "!#$%&'*+/=?^_{|}~",
    ];
    for engine in engines().await {
        let mut entries = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let subject = format!("phone:+3347811{number:04}").parse().unwrap();
            entries.push(Suppression::new(subject, text.as_str(), minute(0)));
        }
        let mut mailboxes = 0;
        for local in locals {
            let address = format!("{local}@strange.test");
            if EmailAddress::new(&address).is_ok() {
                let subject = format!("email:{address}").parse().unwrap();
                entries.push(Suppression::new(subject, "objection", minute(0)));
                mailboxes += 1;
            }
        }
        assert!(mailboxes >= 6, "{mailboxes}");
        engine.store.suppress(entries.clone()).await.unwrap();
        entries.sort_by_key(|entry| entry.subject.to_string());
        let mut listed = engine.store.suppressions().await.unwrap();
        listed.sort_by_key(|entry| entry.subject.to_string());
        assert_eq!(listed.len(), entries.len());
        for (listed, entry) in listed.iter().zip(&entries) {
            assert!(listed.subject == entry.subject && listed.reason == engine.kept(&entry.reason));
        }
        for local in locals {
            let address = format!("{local}@strange.test");
            if EmailAddress::new(&address).is_ok() {
                let all = findings("Acme", None, Some(&address), None);
                let seen = lead_core::seam::conformance::sample::sighting(&address, minute(0), all);
                let id = LeadId::from(seen.record);
                engine.store.commit(WriteBatch::of(vec![seen])).await.unwrap();
                let lead = engine.store.get(id).await.unwrap().unwrap();
                assert!(lead.findings.emails.is_empty(), "{address}");
            }
        }
        let subjects = entries.into_iter().map(|entry| entry.subject).collect();
        engine.store.unsuppress(subjects).await.unwrap();
        assert_eq!(engine.store.suppressions().await.unwrap(), []);
        engine.is_untouched().await;
    }
}

/// Names that become part of a place are refused unless they are plain.
#[tokio::test]
async fn names_of_tenants_and_schemas_cannot_say_anything() {
    for text in corpus() {
        // A tenant's name is a value in a column: points are as plain as letters.
        let plain = text == "pg_catalog.pg_class";
        assert_eq!(TenantId::new(&text).is_ok(), plain, "{text:.80?}");
        if text == "_" {
            continue; // as plain a name as any
        }
        let escaped = text
            .bytes()
            .fold(String::new(), |all, byte| all + &format!("%{byte:02x}"));
        let uri = format!("postgres://u:secret@127.0.0.1:1/d?schema={escaped}");
        let error = lead_storage::open(&uri).await.unwrap_err();
        assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput, "{text:.80?}");
        assert!(!error.to_string().contains("secret"));
    }
    // A file may be called anything the system takes.
    let folder = tempfile::tempdir().unwrap();
    for name in ["'; DROP TABLE leads; --.db", "a b?c=d.db", "%27.db", "\"x\".db"] {
        let config = lead_storage::sqlite::SqliteConfig::file(folder.path().join(name));
        let store = Store::new(lead_storage::sqlite::SqliteStore::open(config).await.unwrap());
        let batch = WriteBatch::of(lead_core::seam::conformance::sample::town(3));
        store.commit(batch).await.unwrap();
        store.close().await;
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 4);
}
