//! What a cursor is good for, and to whom.

use super::sample::town;
use crate::ErrorKind;
use crate::record::TenantId;
use crate::seam::{Cursor, LeadQuery, Sort, SortField, Store, WriteBatch};

/// A cursor of another order, or no cursor at all, is refused.
pub async fn a_cursor_belongs_to_its_order(store: Store) {
    store.commit(WriteBatch::of(town(5))).await.unwrap();
    let page = store.page(LeadQuery::default().limit(2)).await.unwrap();
    let other = LeadQuery::default().sort(Sort::ascending(SortField::Name));
    for cursor in [page.next.unwrap(), Cursor("zz".into()), Cursor("'; --".into())] {
        let error = store.page(other.clone().after(Some(cursor))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

/// A cursor goes on where it says, page after page; one that was changed, or that another tenant was given, is refused.
pub async fn a_cursor_is_one_that_the_store_gave(store: Store) {
    let other = store.tenant(TenantId::new("other").unwrap());
    for one in [&store, &other] {
        one.commit(WriteBatch::of(town(5))).await.unwrap();
    }
    let query = LeadQuery::default().limit(2);
    let given = store.page(query.clone()).await.unwrap().next.unwrap();
    let marked = store.marks(query.clone(), 2).await.unwrap().remove(0);
    let behind = |cursor: &Cursor| store.page(query.clone().after(Some(cursor.clone())));
    assert_eq!(behind(&given).await.unwrap().leads.len(), 2);
    assert_eq!(behind(&marked).await.unwrap(), behind(&given).await.unwrap());
    let changed = |at: usize| {
        let put = |(place, digit): (usize, char)| match digit {
            _ if place != at => digit,
            '0' => '1',
            _ => '0',
        };
        Cursor(given.0.chars().enumerate().map(put).collect())
    };
    let digits = given.0.len();
    for cursor in (0..digits).step_by(digits / 16).chain([digits - 1]).map(changed) {
        let error = behind(&cursor).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{cursor:?}");
    }
    let error = other.page(query.after(Some(given))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "of another tenant");
}
