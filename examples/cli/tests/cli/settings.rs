//! Where settings come from: flag, environment, file, in this order.

use crate::support::{file, folder, lead, run};

/// The region a text was read for, told by which national number is found.
fn region(args: &[&str], env: &[(&str, &str)], config: &str) -> String {
    let folder = folder();
    file(folder.path(), "lead.toml", config);
    file(
        folder.path(),
        "page.html",
        "<p>Ring (212) 555-0101 or 030 23125 001</p>",
    );
    let mut command = lead(folder.path());
    command
        .args([
            "extract",
            "page.html",
            "--config",
            "lead.toml",
            "--format",
            "jsonl",
        ])
        .args(args);
    let output = command.envs(env.iter().copied()).output().unwrap();
    let object: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    object["region"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let file = "region = \"US\"\n[extract]\nregion = \"DE\"\n";
    assert_eq!(region(&[], &[], "region = \"US\"\n"), "US");
    assert_eq!(region(&[], &[], file), "DE", "the command's own table is nearer");
    assert_eq!(region(&[], &[("LEAD_REGION", "FR")], file), "FR");
    assert_eq!(region(&["--region", "GB"], &[("LEAD_REGION", "FR")], file), "GB");
}

#[test]
fn a_file_that_cannot_be_used_is_told_with_the_position() {
    for (content, told) in [
        ("limitt = 3\n", "lead.toml:1:1"),
        ("quiet = true\n[extract]\nregoin = \"FR\"\n", "lead.toml:3:1"),
        ("[extrct]\n", "did you mean `extract`"),
        ("[extract]\nrate = \"fast\"\n", "lead.toml:2:8"),
        ("quiet = 3\n", "true or false"),
        ("region = \n", "lead.toml:1:"),
    ] {
        let folder = folder();
        file(folder.path(), "lead.toml", content);
        let ran = run(folder.path(), &["extract", "--config", "lead.toml"]).expect(2);
        assert!(
            ran.err.starts_with("error: CONFIG") && ran.err.contains(told),
            "{content:?}: {}",
            ran.err
        );
        assert!(ran.err.lines().count() <= 2, "{}", ran.err);
    }
    let ran = run(folder().path(), &["extract", "--config", "nothing.toml"]).expect(1);
    assert!(
        ran.err.contains("NOT_FOUND") && ran.err.contains("nothing.toml"),
        "{}",
        ran.err
    );
}

#[test]
fn lists_and_flags_stand_in_the_file_too() {
    let folder = folder();
    file(
        folder.path(),
        "lead.toml",
        "quiet = true\nallow-net = [\"127.0.0.0/8\", \"10.0.0.0/8\"]\nlog = \"json\"\n",
    );
    let ran = run(
        folder.path(),
        &["extract", "nothing.html", "--config", "lead.toml"],
    )
    .expect(1);
    let error: serde_json::Value = serde_json::from_str(ran.err.trim()).unwrap();
    assert_eq!(error["code"], "NOT_FOUND");
}
