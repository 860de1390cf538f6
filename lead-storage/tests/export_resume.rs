//! Exports that are broken off and go on: the file is what one in one go makes, and nobody who was forgotten meanwhile is in it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "test code fails by panicking; the child is told its files through the environment"
)]

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use lead_core::record::{LeadId, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{Sort, SortField, Store, WriteBatch};
use lead_core::{ErrorKind, Result};
use lead_storage::export::{Anew, Export, Exported, Format, Layout};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

const STORE: &str = "memory://";
const GOING_ON: [(&str, Format); 6] = [
    ("leads.csv", Format::Csv(Layout::Full)),
    ("crm.csv", Format::Csv(Layout::HubSpot)),
    ("leads.jsonl", Format::JsonLines),
    ("leads.json", Format::Json),
    ("leads.geojson", Format::GeoJson),
    ("leads.vcf", Format::VCard),
];

async fn filled(count: u32) -> Store {
    let store = lead_storage::open(STORE).await.unwrap();
    store.commit(WriteBatch::of(town(count))).await.unwrap();
    store
}

fn small(format: Format) -> Export {
    Export::new(format).page_size(7).resume(STORE)
}

/// Breaks an export off after so many leads.
async fn broken_off(export: &Export, store: &Store, path: &Path, leads: u64) {
    let done = Cell::new(0);
    let mut run = Box::pin(export.to_path(store, path, |step| done.set(step.done)));
    while done.get() < leads {
        assert!(futures::poll!(&mut run).is_pending(), "it came to its end");
        tokio::task::yield_now().await;
    }
    drop(run);
    // A write that was begun is not taken back, and holds the file until it is done.
    let name = path.file_name().unwrap().to_string_lossy();
    if let Ok(part) = std::fs::File::open(path.with_file_name(format!(".{name}.part"))) {
        part.lock().unwrap();
    }
}

async fn whole(export: &Export, store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    export.to_writer(store, &mut bytes, |_| ()).await.unwrap();
    bytes
}

fn names(folder: &Path) -> Vec<String> {
    let files = folder.read_dir().unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn done(export: &Export, store: &Store, path: &Path) -> Result<Exported> {
    export.to_path(store, path, |_| ()).await
}

#[tokio::test]
async fn every_form_that_can_goes_on_after_its_last_whole_page() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(600).await;
    for (name, format) in GOING_ON {
        let path = folder.path().join(name);
        for sort in [Sort::default(), Sort::descending(SortField::Name)] {
            let export = small(format).sort(sort);
            for leads in [7, 28, 42] {
                broken_off(&export, &store, &path, leads).await;
            }
            let found = names(folder.path());
            assert!(found.contains(&format!(".{name}.part")), "{found:?}");
            let exported = done(&export, &store, &path).await.unwrap();
            assert!(
                exported.resumed >= 28 && exported.resumed.is_multiple_of(7),
                "{exported:?}"
            );
            assert_eq!((exported.leads, exported.anew), (600, None), "{name}");
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(exported.bytes, bytes.len() as u64);
            assert!(bytes == whole(&export, &store).await, "{name}");
            assert_eq!(names(folder.path()), [name]);
        }
        std::fs::remove_file(&path).unwrap();
    }
}

#[cfg(all(feature = "xlsx", feature = "parquet"))]
#[tokio::test]
async fn forms_that_cannot_are_written_anew_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(200).await;
    for (name, format) in [
        ("a.xlsx", Format::Xlsx(Layout::Full)),
        ("a.parquet", Format::Parquet),
        ("a.arrow", Format::Arrow),
    ] {
        assert!(!format.goes_on());
        let path = folder.path().join(name);
        broken_off(&small(format), &store, &path, 7).await;
        assert_eq!(
            names(folder.path()),
            <[&str; 0]>::default(),
            "nothing stays of {name}"
        );
        let exported = done(&small(format), &store, &path).await.unwrap();
        assert_eq!((exported.leads, exported.anew), (200, Some(Anew::Form)));
        std::fs::remove_file(&path).unwrap();
    }
}

/// Guards those who are forgotten between two halves, and while the second is written.
#[tokio::test]
async fn who_is_forgotten_meanwhile_does_not_go_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.jsonl");
    let export = small(Format::JsonLines);
    for late in [false, true] {
        for suppressing in [false, true] {
            let store = filled(40).await;
            let secret = findings("Zanzibar", Some("+33499999999"), None, Some("Lyon"));
            store
                .commit(WriteBatch::of(vec![sighting("zanzibar", minute(0), secret)]))
                .await
                .unwrap();
            let forget = async || {
                if suppressing {
                    let subject = "phone:+33499999999".parse().unwrap();
                    let entry = Suppression::new(subject, "objection", minute(1));
                    store.suppress(vec![entry]).await.unwrap();
                } else {
                    let erased = store.erase(vec![LeadId::from(record("zanzibar"))]).await.unwrap();
                    assert_eq!(erased.leads, 1);
                }
            };
            // All but the last page is written, so that it is in there.
            broken_off(&export, &store, &path, 35).await;
            let part = std::fs::read_to_string(folder.path().join(".leads.jsonl.part")).unwrap();
            assert!(part.contains("+33499999999"), "the sample has an id near the end");
            let exported = if late {
                let reached = Cell::new(0);
                let mut run = Box::pin(export.to_path(&store, &path, |step| reached.set(step.done)));
                while reached.get() == 0 {
                    assert!(futures::poll!(&mut run).is_pending());
                    tokio::task::yield_now().await;
                }
                forget().await;
                run.await.unwrap()
            } else {
                forget().await;
                done(&export, &store, &path).await.unwrap()
            };
            assert_eq!(
                (exported.resumed, exported.anew),
                (0, Some(Anew::Forgotten)),
                "{late} {suppressing}"
            );
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("+33499999999"));
            assert_eq!(text.contains("Zanzibar"), suppressing);
            assert_eq!(text.as_bytes(), whole(&export, &store).await);
            assert_eq!(names(folder.path()), ["leads.jsonl"]);
        }
    }
}

#[tokio::test]
async fn what_was_begun_otherwise_is_refused_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.csv");
    let store = filled(40).await;
    let export = small(Format::Csv(Layout::Full));
    broken_off(&export, &store, &path, 14).await;
    let before = std::fs::read(folder.path().join(".leads.csv.part")).unwrap();
    let tenant = store.tenant("other".parse().unwrap());
    for (what, other, store) in [
        (
            "filter",
            export.clone().filter("has:phone".parse().unwrap()),
            &store,
        ),
        ("columns", export.clone().columns(["name"]), &store),
        ("form", small(Format::JsonLines), &store),
        ("form", small(Format::Csv(Layout::Legacy)), &store),
        (
            "order",
            export.clone().sort(Sort::descending(SortField::Id)),
            &store,
        ),
        ("store", export.clone().resume("sqlite://other.db"), &store),
        ("tenant", export.clone(), &tenant),
    ] {
        let error = done(&other, store, &path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains(&format!("the {what}")), "{error}");
    }
    assert_eq!(
        std::fs::read(folder.path().join(".leads.csv.part")).unwrap(),
        before
    );
    assert!(!path.exists());
    // Pages of another size are the same leads.
    let exported = done(&export.clone().page_size(500), &store, &path).await.unwrap();
    assert!(exported.resumed >= 7, "{exported:?}");
    // One that does not go on takes the remains away.
    broken_off(&export, &store, &path, 14).await;
    assert_eq!(names(folder.path()).len(), 3);
    done(&Export::new(Format::Csv(Layout::Full)), &store, &path)
        .await
        .unwrap();
    assert_eq!(names(folder.path()), ["leads.csv"]);
}

/// What happens to the remains of an export.
type Damage<'a> = &'a dyn Fn();

#[tokio::test]
async fn remains_that_are_damaged_are_not_built_upon() {
    let folder = tempfile::tempdir().unwrap();
    let (path, part) = (
        folder.path().join("leads.csv"),
        folder.path().join(".leads.csv.part"),
    );
    let note = folder.path().join(".leads.csv.part.json");
    let store = filled(400).await;
    let export = small(Format::Csv(Layout::Full));
    let wanted = whole(&export, &store).await;
    let damages: [(Damage<'_>, Option<Anew>, u64); 5] = [
        (
            &|| std::fs::write(&part, "short").unwrap(),
            Some(Anew::Damaged),
            0,
        ),
        (&|| std::fs::write(&note, "{").unwrap(), Some(Anew::Damaged), 0),
        (&|| std::fs::write(&part, "").unwrap(), None, 0),
        (&|| std::fs::remove_file(&note).unwrap(), None, 0),
        // What stands behind the last whole page is half a page.
        (
            &|| {
                let mut bytes = std::fs::read(&part).unwrap();
                bytes.extend(b"half a row, and then the power");
                std::fs::write(&part, bytes).unwrap();
            },
            None,
            7,
        ),
    ];
    for (damage, anew, resumed) in damages {
        broken_off(&export, &store, &path, 21).await;
        damage();
        let exported = done(&export, &store, &path).await.unwrap();
        assert_eq!(exported.anew, anew);
        let fits = exported.resumed >= resumed && (resumed > 0 || exported.resumed == 0);
        assert!(fits, "{exported:?}, at least {resumed}");
        assert_eq!(std::fs::read(&path).unwrap(), wanted);
        assert_eq!(names(folder.path()), ["leads.csv"]);
    }
}

#[tokio::test]
async fn two_exports_never_write_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.csv");
    let store = filled(40).await;
    let export = small(Format::Csv(Layout::Full));
    let reached = Cell::new(0);
    let mut first = Box::pin(export.to_path(&store, &path, |step| reached.set(step.done)));
    while reached.get() == 0 {
        assert!(futures::poll!(&mut first).is_pending());
        tokio::task::yield_now().await;
    }
    let error = done(&export, &store, &path).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Locked, true));
    // One that does not go on neither waits nor takes the other's file away.
    done(&Export::new(Format::Csv(Layout::Full)), &store, &path)
        .await
        .unwrap();
    assert_eq!(first.await.unwrap().leads, 40);
    assert_eq!(names(folder.path()), ["leads.csv"]);
    // An export that says at once that it means nothing leaves nothing.
    let error = done(&export.columns(["phnoes"]), &store, &path)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(names(folder.path()), ["leads.csv"]);
}

/// Guards files elsewhere: the name of the remains is known beforehand, so somebody may have put a link there.
#[cfg(unix)]
#[tokio::test]
async fn links_in_the_place_of_the_remains_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(40).await;
    let elsewhere = folder.path().join("elsewhere");
    let path = folder.path().join("leads.csv");
    let export = small(Format::Csv(Layout::Full));
    std::fs::write(&elsewhere, "precious").unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.path().join(".leads.csv.part")).unwrap();
    let error = done(&export, &store, &path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    std::fs::remove_file(folder.path().join(".leads.csv.part")).unwrap();
    for note in [".leads.csv.part.json", ".leads.csv.part.json.new"] {
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(note)).unwrap();
    }
    assert_eq!(done(&export, &store, &path).await.unwrap().leads, 40);
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "precious");
}

const DATABASE: &str = "LEAD_TEST_EXPORT_DATABASE";
const OUT: &str = "LEAD_TEST_EXPORT_OUT";

fn form_of(path: &Path) -> Export {
    Export::new(Format::of_file(path)).page_size(10)
}

/// Exports in small pages, and tells of each; only as the child of the test below.
#[tokio::test]
#[ignore = "the process that is killed: started by the test beside it"]
async fn export_until_killed() {
    let (Ok(uri), Some(out)) = (std::env::var(DATABASE), std::env::var_os(OUT)) else {
        return;
    };
    let (store, out) = (lead_storage::open(&uri).await.unwrap(), PathBuf::from(out));
    let told = |step: lead_storage::export::Progress| println!("page {}", step.done);
    let exported = form_of(&out)
        .resume(&uri)
        .to_path(&store, &out, told)
        .await
        .unwrap();
    println!("exported {}", exported.resumed);
}

/// Kills exports at any moment until one comes to its end; how many were killed.
async fn killed_until_done(uri: &str, out: &Path, seed: &mut u64) -> u64 {
    for kills in 0.. {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command
            .args(["--ignored", "--exact", "export_until_killed", "--nocapture"])
            .env(DATABASE, uri)
            .env(OUT, out)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        // Numerical Recipes' generator is random enough for moments.
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
        let (pages, micros) = (*seed / 7 % 40, *seed / 3 % 4000);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut seen, mut resumed) = (0, None);
        while let Some(line) = lines.next_line().await.unwrap() {
            // The first line of a test stands behind the name of the test.
            seen += u64::from(line.contains("page "));
            let finished = line.split_once("exported ");
            resumed = finished
                .map(|(_, leads)| leads.parse::<u64>().unwrap())
                .or(resumed);
            if seen > pages {
                break;
            }
        }
        if let Some(resumed) = resumed {
            assert_eq!(
                resumed > 0,
                kills > 0,
                "what the killed ones wrote was gone on with"
            );
            assert!(child.wait().await.unwrap().success());
            return kills;
        }
        tokio::time::sleep(Duration::from_micros(micros)).await;
        child.kill().await.unwrap();
    }
    0
}

async fn kills(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("leads.db").display());
    let store = lead_storage::open(&uri).await.unwrap();
    store.commit(WriteBatch::of(town(1200))).await.unwrap();
    let mut seed = u64::from(std::time::UNIX_EPOCH.elapsed().unwrap().subsec_nanos());
    println!("seed {seed}");
    let mut total = 0;
    for round in 0..rounds {
        for name in ["a.csv", "a.jsonl", "a.json", "a.geojson", "a.vcf"] {
            let out = folder.path().join(name);
            total += killed_until_done(&uri, &out, &mut seed).await;
            let bytes = std::fs::read(&out).unwrap();
            assert!(
                bytes == whole(&form_of(&out), &store).await,
                "{name}, round {round}"
            );
            std::fs::remove_file(&out).unwrap();
        }
    }
    println!("{total} exports killed, {} files, each as in one go", rounds * 5);
    assert!(total >= rounds as u64 * 5);
    assert!(
        names(folder.path())
            .iter()
            .all(|name| name.starts_with("leads.db"))
    );
}

#[tokio::test]
async fn a_killed_export_goes_on_and_is_as_one_in_one_go() {
    kills(1).await;
}

#[tokio::test]
#[ignore = "long: started by scripts/test --soak"]
async fn soak_export_killed() {
    kills(20).await;
}
