//! A store with a mirror keeps every promise of a store.

mod memory_and_memory {
    use lead_core::seam::Store;
    use lead_storage::dual::Mirror;

    lead_core::store_conformance!(
        crate::support::in_memory(Mirror::store(Store::memory()))
            .await
            .store()
    );
}

mod sqlite_and_sqlite {
    use lead_storage::dual::Dual;

    use crate::support::{quick, sqlite};

    lead_core::store_conformance!({
        let folder = crate::support::scratch();
        let (here, there) = (sqlite(&folder, "here.db"), sqlite(&folder, "there.db"));
        Dual::open(&here, &there, quick()).await.unwrap().store()
    });
}

mod sqlite_and_csv {
    use lead_storage::dual::Dual;

    use crate::support::{quick, sqlite};

    lead_core::store_conformance!({
        let folder = crate::support::scratch();
        let there = format!("csv://{}", folder.join("there.csv").display());
        let here = sqlite(&folder, "here.db");
        Dual::open(&here, &there, quick()).await.unwrap().store()
    });
}

mod sqlite_and_postgres {
    use lead_storage::dual::Dual;

    use crate::support::{quick, sqlite};

    lead_core::store_conformance!({
        let Some(there) = crate::server::fresh() else {
            return;
        };
        let folder = crate::support::scratch();
        let here = sqlite(&folder, "here.db");
        Dual::open(&here, &there, quick()).await.unwrap().store()
    });
}

mod postgres_and_sqlite {
    use lead_storage::dual::Dual;

    use crate::support::{quick, sqlite};

    lead_core::store_conformance!({
        let Some(here) = crate::server::fresh() else {
            return;
        };
        let folder = crate::support::scratch();
        let there = sqlite(&folder, "there.db");
        Dual::open(&here, &there, quick()).await.unwrap().store()
    });
}
