//! Where the mirror differs: found, told, mended.

use std::collections::BTreeMap;

use lead_core::record::filter::Filter;
use lead_core::record::{LeadId, RunId, Suppression, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{CheckpointDelta, Store, WriteBatch};
use lead_storage::dual::{Differs, Dual, Mirror, Repair};

use crate::support::{all, assert_same, caught_up, in_memory, quick, sqlite};

/// A store and a mirror that was written to behind its back.
async fn apart() -> (Dual, Store) {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let run = RunId::start(minute(0));
    let delta = CheckpointDelta::new(run).put("a", 1);
    dual.store()
        .commit(WriteBatch::of(town(1_200)).checkpoint(delta))
        .await
        .unwrap();
    caught_up(&dual).await;
    // Missing, more, and otherwise; at the edges and in between.
    let leads = all(&mirror).await;
    for at in [0, 600, 1_199] {
        mirror.erase(vec![leads[at].id]).await.unwrap();
    }
    let strange = sighting("strange", minute(0), findings("Nobody", None, None, None));
    let other = sighting("town/7", minute(999), findings("Renamed", None, None, None));
    mirror.commit(WriteBatch::of(vec![strange, other])).await.unwrap();
    let entry = Suppression::new("domain:nobody.test".parse().unwrap(), "by hand", minute(0));
    mirror.suppress(vec![entry]).await.unwrap();
    let delta = CheckpointDelta::new(run).put("a", 2).put("b", 1);
    mirror
        .commit(WriteBatch::default().checkpoint(delta))
        .await
        .unwrap();
    (dual, mirror)
}

#[tokio::test]
async fn each_difference_is_told_and_nothing_changed() {
    let (dual, mirror) = apart().await;
    let mut told: BTreeMap<LeadId, Differs> = BTreeMap::new();
    let main = TenantId::default();
    let found = dual
        .check(&main, |difference| {
            assert!(
                told.insert(difference.lead, difference.how).is_none(),
                "told twice"
            );
        })
        .await
        .unwrap();
    assert_eq!(
        (found.only_primary, found.only_mirror, found.different),
        (3, 1, 1)
    );
    assert_eq!((found.suppressions, found.runs, found.mended), (1, 1, 0));
    assert_eq!((found.checked, found.agrees()), (1_201, false));
    assert_eq!(told.len(), 5);
    assert_eq!(told[&record("strange").into()], Differs::OnlyMirror);
    assert_eq!(told[&record("town/7").into()], Differs::Different);
    let again = dual.check(&main, |_| ()).await.unwrap();
    assert_eq!(again, found);
    assert_eq!(mirror.count(Filter::All).await.unwrap(), 1_198);
}

#[tokio::test]
async fn what_differs_is_mended_and_only_erased_where_that_is_wished() {
    let (dual, mirror) = apart().await;
    let main = TenantId::default();
    let found = dual.repair(&main, Repair::Bring, |_| ()).await.unwrap();
    assert_eq!((found.found(), found.mended, found.agrees()), (7, 6, false));
    assert!(mirror.get(record("strange").into()).await.unwrap().is_some());
    let found = dual.repair(&main, Repair::BringAndErase, |_| ()).await.unwrap();
    assert_eq!((found.found(), found.only_mirror, found.mended), (1, 1, 1));
    assert_same(&dual.store(), &mirror).await;
    assert!(mirror.suppressions().await.unwrap().is_empty());
    let run = mirror.runs().await.unwrap()[0];
    assert_eq!(mirror.checkpoint(run).await.unwrap().unwrap()["a"], 1);
    assert_eq!(mirror.checkpoint(run).await.unwrap().unwrap().len(), 1);
}

/// A store that was there before its mirror fills it, whatever the mirror is.
#[tokio::test]
async fn a_new_mirror_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let here = sqlite(folder.path(), "here.db");
    let store = lead_storage::open(&here).await.unwrap();
    store.commit(WriteBatch::of(town(700))).await.unwrap();
    store.close().await;
    let file = folder.path().join("there.csv");
    for mirror in [
        sqlite(folder.path(), "there.db"),
        format!("csv://{}", file.display()),
    ] {
        let dual = Dual::open(&here, &mirror, quick()).await.unwrap();
        let main = TenantId::default();
        let found = dual.repair(&main, Repair::Bring, |_| ()).await.unwrap();
        assert_eq!((found.only_primary, found.mended), (700, 700), "{mirror}");
        let found = dual.check(&main, |_| ()).await.unwrap();
        assert_eq!((found.checked, found.found()), (700, 0), "{mirror}");
        dual.store().close().await;
    }
    let mirror = lead_storage::open(&sqlite(folder.path(), "there.db"))
        .await
        .unwrap();
    let store = lead_storage::open(&here).await.unwrap();
    assert_same(&store, &mirror).await;
}
