//! The help texts, so that a change of the command line is seen.

use crate::support::{folder, run};

/// Every command's short help, one after the other.
#[test]
fn help_texts() {
    let folder = folder();
    let commands = lead_cli::command();
    let mut names: Vec<Vec<String>> = vec![vec![]];
    for command in commands.get_subcommands() {
        names.push(vec![command.get_name().to_owned()]);
        let below = command
            .get_subcommands()
            .map(|below| vec![command.get_name().to_owned(), below.get_name().to_owned()]);
        names.extend(below);
    }
    let texts: Vec<String> = names
        .into_iter()
        .map(|mut args| {
            args.push("-h".to_owned());
            let ran = run(folder.path(), &args).expect(0);
            format!("$ lead {}\n{}", args.join(" "), ran.out)
        })
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_slip_of_the_pen_is_answered_with_what_was_meant() {
    let ran = run(folder().path(), &["find-phone"]).expect(2);
    assert!(ran.err.contains("find-phones"), "{}", ran.err);
    let ran = run(folder().path(), &["extract", "--regoin", "FR"]).expect(2);
    assert!(ran.err.contains("--region"), "{}", ran.err);
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(
            run(folder().path(), &["completions", shell])
                .expect(0)
                .out
                .contains("find-phones")
        );
    }
    let page = run(folder().path(), &["man", "find-phones"]).expect(0).out;
    assert!(page.contains(".TH lead-find-phones 1"), "{page}");
    run(folder().path(), &["man", "nothing"]).expect(2);
}
