//! Open data from files.

use crate::support::{file, folder, lead, run};

const HEAD: &str = "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.Country,RegAddress.PostCode,CompanyStatus,SICCode.SicText_1\n";

fn companies(count: usize) -> String {
    let rows = (1..=count).map(|number| {
        format!("EXAMPLE {number} LTD,{number:08},{number} TEST STREET,LEEDS,ENGLAND,LS1 1AA,Active,56101 - Licensed restaurants\n")
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

#[test]
fn a_file_is_imported_and_a_second_time_changes_nothing() {
    let folder = folder();
    file(folder.path(), "companies.csv", companies(2500));
    let args = ["import", "companies.csv", "--format", "json"];
    let first = run(folder.path(), &args).expect(0).objects().remove(0);
    assert_eq!(
        (&first["layout"], &first["licence"]),
        (&"companies-house".into(), &"OGL-UK-3.0".into())
    );
    assert_eq!((&first["rows"], &first["inserted"]), (&2500.into(), &2500.into()));
    let before = run(folder.path(), &["leads", "--format", "jsonl", "--limit", "5"])
        .expect(0)
        .objects();
    let again = run(folder.path(), &args).expect(0).objects().remove(0);
    assert_eq!(
        (&again["inserted"], &again["seen_again"]),
        (&0.into(), &2500.into())
    );
    let after = run(folder.path(), &["leads", "--format", "jsonl", "--limit", "5"])
        .expect(0)
        .objects();
    let kept = |lead: &serde_json::Value| (lead["id"].clone(), lead["first_seen"].clone());
    assert!(before.iter().map(kept).eq(after.iter().map(kept)));
    assert_eq!(run(folder.path(), &["count"]).expect(0).out.trim(), "2500");
}

#[test]
fn a_dry_run_reads_and_stores_nothing() {
    let folder = folder();
    file(folder.path(), "companies.csv", companies(100));
    let ran = run(folder.path(), &["import", "companies.csv", "--dry-run"]).expect(0);
    assert!(
        ran.out.contains("100 rows") && ran.out.contains("rows/s") && ran.out.contains("nothing stored"),
        "{}",
        ran.out
    );
    assert!(!folder.path().join("leads.db").exists());
}

#[test]
fn what_cannot_be_read_is_kept_aside_with_its_line() {
    let folder = folder();
    file(folder.path(), "companies.csv", companies(3) + "BROKEN LTD,1\n");
    let ran = run(folder.path(), &["import", "companies.csv", "--dry-run"]).expect(3);
    assert!(ran.err.contains("companies.csv line 5: "), "{}", ran.err);
    let args = [
        "import",
        "companies.csv",
        "--dry-run",
        "--rejects",
        "aside.jsonl",
        "--max",
        "2",
        "--category",
        "56101",
    ];
    run(folder.path(), &args).expect(3);
    let aside = std::fs::read_to_string(folder.path().join("aside.jsonl")).unwrap();
    let aside: serde_json::Value = serde_json::from_str(aside.trim()).unwrap();
    assert_eq!(
        (&aside["file"], &aside["entry"]),
        (&"companies.csv".into(), &"line 5".into())
    );
}

#[test]
fn a_call_that_is_wrong_leaves_no_store_behind() {
    let folder = folder();
    file(folder.path(), "other.csv", "name,phone\na,b\n");
    let cases: [(&[&str], i32); 4] = [
        (&["import", "nothing.csv"], 1),
        (&["import", "other.csv", "--dry-run"], 2),
        (&["import", "other.csv", "--layout", "gleif", "--dry-run"], 1),
        (&["import", "other.csv", "--layout", "made-up"], 2),
    ];
    for (args, code) in cases {
        run(folder.path(), args).expect(code);
        assert!(!folder.path().join("leads.db").exists(), "{args:?}");
    }
    file(folder.path(), "companies.csv", companies(3));
    let ran = run(
        folder.path(),
        &["import", "nothing.csv", "companies.csv", "--dry-run"],
    )
    .expect(3);
    assert!(
        ran.out.contains("companies.csv") && ran.err.contains("NOT_FOUND"),
        "{ran:?}"
    );
    run(
        folder.path(),
        &["import", "companies.csv", "--bbox", "0,0,1,1", "--dry-run"],
    )
    .expect(2);
}

#[cfg(unix)]
#[test]
fn a_first_interrupt_keeps_what_was_stored() {
    let folder = folder();
    file(folder.path(), "companies.csv", companies(400_000));
    let mut child = lead(folder.path())
        .args(["import", "companies.csv"])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let asked = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(asked.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let count: u64 = run(folder.path(), &["count"])
        .expect(0)
        .out
        .trim()
        .parse()
        .unwrap();
    assert!(count > 0 && count < 400_000, "{count}");
}

/// A file that is opened for writing is empty from then on: what is read is never written into, whatever it is called.
#[test]
fn what_is_read_is_never_written_into() {
    let folder = folder();
    let rows = companies(3);
    for name in ["companies.csv", "other.csv"] {
        file(folder.path(), name, &rows);
    }
    for rejects in ["other.csv", "./companies.csv", "leads.db"] {
        for more in [&[][..], &["--dry-run"]] {
            let args = [
                &["import", "companies.csv", "other.csv", "--rejects", rejects],
                more,
            ]
            .concat();
            let ran = run(folder.path(), &args).expect(2);
            assert!(
                ran.err.contains("--rejects") && ran.err.contains("INVALID_INPUT"),
                "{}",
                ran.err
            );
        }
    }
    for name in ["companies.csv", "other.csv"] {
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), rows);
    }
    assert!(!folder.path().join("leads.db").exists());
    run(folder.path(), &["import", "companies.csv"]).expect(0);
    let ran = run(folder.path(), &["export", "--out", "leads.db"]).expect(2);
    assert!(ran.err.contains("--out"), "{}", ran.err);
    assert_eq!(run(folder.path(), &["count"]).expect(0).out.trim(), "3");
    let ran = run(
        folder.path(),
        &["import", "companies.csv", "--rejects", "no/dir/x"],
    )
    .expect(1);
    assert!(
        ran.err.contains("no/dir/x") && ran.err.contains("folder"),
        "{}",
        ran.err
    );
}
