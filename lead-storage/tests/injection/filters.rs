//! Filters of every field and operator, cursors, saved filters.

use lead_core::ErrorKind;
use lead_core::record::filter::{Comparison, Field, FieldKind, Filter, Scalar, folded, words};
use lead_core::seam::{Cursor, LeadQuery, Sort, SortField, Store, WriteBatch};
use lead_storage::filters::SavedFilters;

use crate::corpus::corpus;
use crate::engines::{Engine, engines};
use crate::leads::sighting;

const OPERATORS: [Comparison; 5] = [
    Comparison::Equal,
    Comparison::Less,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
];

async fn filled(engine: &Engine, texts: &[String]) -> Store {
    let memory = Store::memory();
    for store in [&memory, &engine.store] {
        let all = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| text.len() < 1000)
            .map(|(number, text)| sighting(number, text));
        store.commit(WriteBatch::of(all.collect())).await.unwrap();
    }
    memory
}

async fn agree(engine: &Engine, memory: &Store, filter: Filter) {
    let wanted = memory.count(filter.clone()).await.unwrap();
    let got = engine.store.count(filter.clone()).await.unwrap();
    assert_eq!(got, wanted, "{:.200}", filter.to_string());
}

#[tokio::test]
async fn every_field_and_operator_means_what_it_means_in_memory() {
    let texts = corpus();
    let fields = Field::ALL.iter().filter(|field| field.kind() == FieldKind::Text);
    let fields: Vec<Field> = fields.copied().collect();
    assert!(fields.len() >= 18);
    for engine in engines().await {
        let memory = filled(&engine, &texts).await;
        let whole: Vec<_> = texts.iter().filter(|text| text.len() < 1000).collect();
        for (at, text) in whole.iter().enumerate() {
            let text = folded(text);
            // Every text through every field; the operators in turn, so that each meets each field and each text.
            for (number, field) in fields.iter().enumerate() {
                let how = OPERATORS[(at + number) % OPERATORS.len()];
                agree(
                    &engine,
                    &memory,
                    Filter::Compare(*field, how, Scalar::Text(text.clone())),
                )
                .await;
            }
            for pattern in [
                text.clone(),
                format!("{text}*"),
                format!("*{text}"),
                format!("*{text}*"),
            ] {
                let filter = Filter::Compare(Field::Name, Comparison::Equal, Scalar::Text(pattern));
                agree(&engine, &memory, filter).await;
            }
            let searched: Vec<String> = words(&text).collect();
            if !searched.is_empty() {
                agree(&engine, &memory, Filter::Text(searched.clone())).await;
                agree(&engine, &memory, Filter::Alike(searched)).await;
            }
            // As words that no reader of filters would make.
            let raw = Filter::Text(vec![text.clone()]);
            assert!(
                engine
                    .store
                    .count(raw)
                    .await
                    .is_ok_and(|count| count <= whole.len() as u64)
            );
        }
        for text in texts.iter().filter(|text| text.len() >= 1000) {
            let filter = Filter::Compare(Field::Name, Comparison::Equal, Scalar::Text(folded(text)));
            agree(&engine, &memory, filter).await;
        }
        engine.is_untouched().await;
    }
}

#[tokio::test]
async fn filters_as_text_are_read_or_refused() {
    let texts = corpus();
    for engine in engines().await {
        let memory = filled(&engine, &texts).await;
        let mut read = 0;
        for text in texts.iter().filter(|text| text.len() < 1000) {
            for filter in [
                text.clone(),
                format!("name:{text}"),
                format!("city:\"{text}\""),
                format!("-{text}"),
            ] {
                match Filter::parse(&filter) {
                    Ok(filter) => {
                        agree(&engine, &memory, filter).await;
                        read += 1;
                    }
                    Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidInput),
                }
            }
        }
        assert!(read > texts.len(), "{read}");
        engine.is_untouched().await;
    }
}

#[tokio::test]
async fn cursors_of_strangers_are_refused() {
    let texts = corpus();
    for engine in engines().await {
        filled(&engine, &texts).await;
        for field in [
            SortField::Id,
            SortField::Name,
            SortField::FirstSeen,
            SortField::LastSeen,
            SortField::Confidence,
        ] {
            let query = LeadQuery::default().sort(Sort::ascending(field)).limit(5);
            let page = engine.store.page(query.clone()).await.unwrap();
            let own = page.next.unwrap().0;
            let spoilt = (0..own.len()).filter(|at| own.is_char_boundary(*at)).map(|at| {
                let mut bytes = own.clone().into_bytes();
                bytes[at] = b'\'';
                String::from_utf8_lossy(&bytes).into_owned()
            });
            for cursor in texts.iter().cloned().chain(spoilt) {
                let asked = query.clone().after(Some(Cursor(cursor)));
                if let Err(error) = engine.store.page(asked).await {
                    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error:?}");
                }
            }
        }
        engine.is_untouched().await;
    }
}

#[tokio::test]
async fn saved_filters_are_kept_as_they_are() {
    let texts = corpus();
    for engine in engines().await {
        let saved = SavedFilters::new(engine.state.clone());
        for (number, text) in texts.iter().enumerate() {
            let filter = Filter::Compare(Field::Name, Comparison::Equal, Scalar::Text(folded(text)));
            // A line below is as plain a name as any.
            if text != "_" {
                let error = saved.save(text, &filter).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidInput);
            }
            saved.save(&format!("n{number}"), &filter).await.unwrap();
            assert!(saved.get(text).await.unwrap().is_none());
        }
        for (number, text) in texts.iter().enumerate() {
            let filter = Filter::Compare(Field::Name, Comparison::Equal, Scalar::Text(folded(text)));
            let read = saved.get(&format!("n{number}")).await.unwrap().unwrap();
            assert!(read == filter.to_string(), "{text:.80?}");
        }
        engine.is_untouched().await;
    }
}
