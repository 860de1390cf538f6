//! What serves who shows a long list: about how many there are, and places to jump to.

use super::sample::town;
use super::store::{FIELDS, sample_filters};
use crate::ErrorKind;
use crate::record::filter::{Field, Filter};
use crate::seam::{Estimate, LeadQuery, Sort, Store, WriteBatch};

/// An estimate of few leads is their number, and one of many is not far from it.
pub async fn an_estimate_holds_what_is_counted(store: Store) {
    store.commit(WriteBatch::of(town(30))).await.unwrap();
    for filter in sample_filters() {
        let counted = store.count(filter.clone()).await.unwrap();
        let about = store.estimate(filter.clone()).await.unwrap();
        assert_eq!(about, Estimate::exact(counted), "{filter:?}");
    }
}

/// A page after a mark begins where it says, in every order, with and without a filter.
pub async fn marks_lead_anywhere_in_an_order(store: Store) {
    assert!(store.marks(LeadQuery::default(), 1).await.unwrap().is_empty());
    store.commit(WriteBatch::of(town(40))).await.unwrap();
    for filter in [Filter::All, Filter::Has(Field::Phone)] {
        for sort in FIELDS
            .into_iter()
            .flat_map(|field| [Sort::ascending(field), Sort::descending(field)])
        {
            let query = LeadQuery::new(filter.clone()).sort(sort).limit(1000);
            let whole = store.page(query.clone()).await.unwrap().leads;
            let marks = store.marks(query.clone(), 7).await.unwrap();
            assert_eq!(marks.len(), whole.len() / 7, "{sort:?}");
            for (number, mark) in marks.into_iter().enumerate() {
                let page = store.page(query.clone().after(Some(mark.clone()))).await.unwrap();
                assert_eq!(page.leads, whole[(number + 1) * 7..], "{sort:?}");
                let rest = store.marks(query.clone().after(Some(mark)), 7).await.unwrap();
                assert_eq!(rest.len(), whole.len() / 7 - number - 1);
            }
        }
    }
    let error = store.marks(LeadQuery::default(), 0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}
