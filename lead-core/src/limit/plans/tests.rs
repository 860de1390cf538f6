use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::ErrorKind;

const MINUTE: Duration = Duration::from_mins(1);

const FILE: &str = r#"
name = "free"

[[rules]]
by = "user"
quota = 100
window = "1m"
burst = 20

[[rules]]
name = "search"
by = ["user", "endpoint"]
quota = 10
window = "1h"
cost = 2

[[rules]]
by = "api-key"
quota = 5
window = "1s"

[[overrides]]
by = "user"
is = "42"
quota = 1000

[[overrides]]
by = "user"
is = "boss"
unlimited = true

[[overrides]]
by = "api-key"
is = "the secret"
rule = "api-key"
burst = 50
"#;

/// Line, key and what was expected, of the fault in a file.
fn fault(text: &str) -> (usize, String, String) {
    let error = Plan::from_toml(text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let of = |key: &str| error.context().find(|(own, _)| *own == key).unwrap().1.to_owned();
    (of("line").parse().unwrap(), of("key"), of("expected"))
}

fn keys(plan: &Plan, usage: &Usage) -> Vec<String> {
    plan.policies(usage)
        .into_iter()
        .map(|policy| policy.key)
        .collect()
}

#[test]
fn a_request_gets_the_policies_of_the_rules_that_hold() {
    let plan = Plan::from_toml(FILE).unwrap();
    let policies = plan.policies(&Usage::new().user("7").endpoint("GET /leads").cost(3));
    let figures: Vec<_> = policies
        .iter()
        .map(|one| (one.key.as_str(), one.quota, one.window, one.burst, one.cost))
        .collect();
    assert_eq!(
        figures,
        [
            ("user:7", 100, MINUTE, 20, 3),
            ("search:7|GET /leads", 10, 60 * MINUTE, 10, 6),
        ]
    );
    assert_eq!(
        keys(&plan, &Usage::new().endpoint("GET /leads")),
        Vec::<String>::new()
    );
}

#[test]
fn overrides_hold_for_single_parties() {
    let plan = Plan::from_toml(FILE).unwrap();
    let policies = plan.policies(&Usage::new().user("42").endpoint("GET /leads"));
    let figures: Vec<_> = policies
        .iter()
        .map(|one| (one.quota, one.burst, one.cost))
        .collect();
    // What a rule says of a burst stays; where it says nothing, the burst is the new quota.
    assert_eq!(figures, [(1000, 20, 1), (1000, 1000, 2)]);
    assert_eq!(
        keys(&plan, &Usage::new().user("boss").endpoint("GET /leads")),
        Vec::<String>::new()
    );
    assert_eq!(plan.policies(&Usage::new().api_key("the secret"))[0].burst, 50);
    assert_eq!(plan.policies(&Usage::new().api_key("another"))[0].burst, 5);
    let known = FILE.replace("the secret", &fingerprint("the secret"));
    let known = Plan::from_toml(&known).unwrap();
    assert_eq!(known.policies(&Usage::new().api_key("the secret"))[0].burst, 50);
}

#[test]
fn one_override_speaks() {
    let rule = Rule::new([Party::Tenant, Party::User], 5, MINUTE).name("both");
    let figured = |by, is: &str, rule: Option<&str>, quota| {
        let mut one = Override::new(by, is);
        (one.rule, one.quota) = (rule.map(str::to_owned), Some(quota));
        one
    };
    let overrides = vec![
        figured(Party::User, "7", None, 10),
        figured(Party::User, "7", Some("both"), 20),
        figured(Party::Tenant, "acme", None, 30),
    ];
    let plan = Plan::new("p", vec![rule], overrides).unwrap();
    let quota = |tenant, user| plan.policies(&Usage::new().tenant(tenant).user(user))[0].quota;
    assert_eq!(
        (quota("other", "8"), quota("other", "7"), quota("acme", "7")),
        (5, 20, 30)
    );
}

#[test]
fn rules_may_hold_for_some_only() {
    let rule = Rule::new([Party::User], 5, MINUTE).only(Party::Endpoint, ["POST /a", "POST /b"]);
    let hosts = Rule::new([Party::Host], 1, MINUTE).only(Party::Host, ["Example.COM"]);
    let plan = Plan::new("p", vec![rule, hosts], Vec::new()).unwrap();
    let usage = Usage::new().user("7");
    assert_eq!(keys(&plan, &usage), Vec::<String>::new());
    assert_eq!(
        keys(&plan, &usage.clone().endpoint("POST /c")),
        Vec::<String>::new()
    );
    assert_eq!(keys(&plan, &usage.endpoint("POST /b")), ["user:7"]);
    assert_eq!(
        keys(&plan, &Usage::new().host("EXAMPLE.com")),
        ["host:example.com"]
    );
}

#[test]
fn a_key_of_an_interface_is_nowhere_to_be_seen() {
    let plan = Plan::from_toml(FILE).unwrap();
    let usage = Usage::new().api_key("a very secret key");
    let told = format!("{usage:?} {:?}", plan.policies(&usage));
    assert!(told.contains("sha256:") && !told.contains("secret key"), "{told}");
}

#[test]
fn addresses_of_version_six_are_counted_by_their_network() {
    let plan = Plan::new("p", vec![Rule::new([Party::Address], 1, MINUTE)], Vec::new()).unwrap();
    let from = |address: &str| keys(&plan, &Usage::new().address(address.parse().unwrap()));
    assert_eq!(from("2001:db8::1"), from("2001:db8::ffff:1"));
    assert_ne!(from("2001:db8::1"), from("2001:db8:0:1::1"));
    assert_eq!(from("192.0.2.1"), ["address:192.0.2.1"]);
}

#[test]
fn faults_are_told_with_line_and_key() {
    for (from, to, line, key, expected) in [
        ("quota = 100", "quota = 0", 6, "rules.0.quota", "at least 1"),
        ("quota = 100", "quota = -1", 6, "quota", "integer"),
        ("quota = 100", "quota = \"many\"", 6, "quota", "string"),
        ("quota = 100", "quotas = 100", 6, "quotas", "unknown field"),
        ("quota = 100\n", "", 4, "rules", "quota"),
        ("burst = 20", "burst = 0", 8, "rules.0.burst", "at least 1"),
        (
            "burst = 20",
            "burst = 20\ncost = 21",
            9,
            "rules.0.cost",
            "at once",
        ),
        ("\"1m\"", "\"soon\"", 7, "window", ""),
        ("\"1m\"", "\"0s\"", 7, "rules.0.window", "longer"),
        ("\"1m\"", "\"9999999h\"", 7, "rules.0.window", "hundred years"),
        ("name = \"free\"", "name = \"Free!\"", 2, "name", "a-z"),
        (
            "name = \"search\"",
            "name = \"user\"",
            11,
            "rules.1.name",
            "another rule",
        ),
        (
            "by = \"api-key\"\nquota",
            "by = \"apikey\"\nquota",
            18,
            "by",
            "api-key",
        ),
        ("[\"user\", \"endpoint\"]", "[]", 12, "rules.1.by", "at least one"),
        (
            "[\"user\", \"endpoint\"]",
            "[\"user\", \"user\"]",
            12,
            "rules.1.by",
            "each once",
        ),
        (
            "rule = \"api-key\"",
            "rule = \"api\"",
            35,
            "overrides.2.rule",
            "not `api`",
        ),
        (
            "rule = \"api-key\"",
            "rule = \"search\"",
            33,
            "overrides.2.by",
            "limits by",
        ),
        (
            "unlimited = true",
            "unlimited = false",
            27,
            "overrides.1",
            "either",
        ),
        ("is = \"boss\"", "is = \"42\"", 29, "overrides.1.is", "second"),
        ("quota = 1000", "burst = 1", 22, "overrides.0.cost", "`search`"),
        ("is = \"42\"", "is = \"42", 24, "is", ""),
    ] {
        assert!(FILE.contains(from), "{from}");
        let (at, of, says) = fault(&FILE.replacen(from, to, 1));
        assert!(
            at == line && of == key && says.contains(expected),
            "{to}: line {at}, key {of}: {says}"
        );
    }
}

#[test]
fn a_file_may_hold_many_plans() {
    let plan = |name: &str| {
        format!("[[plans]]\nname = \"{name}\"\n[[plans.rules]]\nby = \"user\"\nquota = 1\nwindow = \"1s\"\n")
    };
    let plans = Plans::from_toml(&(plan("free") + &plan("paid"))).unwrap();
    assert_eq!(plans.iter().map(Plan::name).collect::<Vec<_>>(), ["free", "paid"]);
    assert!(plans.get("gold").is_none());
    for (text, line, key) in [
        (plan("free") + &plan("free"), "8", "plans.1.name"),
        (
            plan("free") + &plan("paid").replace("= 1\n", "= 0\n"),
            "11",
            "plans.1.rules.0.quota",
        ),
    ] {
        let error = Plans::from_toml(&text).unwrap_err();
        let of = |key: &str| error.context().find(|(own, _)| *own == key).unwrap().1.to_owned();
        assert_eq!((of("line").as_str(), of("key").as_str()), (line, key));
    }
}

#[test]
fn plans_are_written_as_they_are_read() {
    let plan = Plan::from_toml(FILE).unwrap();
    let json = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), plan);
    let broken = json.replace("\"quota\":100,", "\"quota\":0,");
    let error = serde_json::from_str::<Plan>(&broken).unwrap_err().to_string();
    assert!(error.contains("rules.0.quota"), "{error}");
}

proptest! {
    /// Requests that differ in who takes part never share a key.
    #[test]
    fn keys_are_apart_when_parties_are(
        one in ("[a|%:\\x00]{0,4}", "[a|%:\\x00]{0,4}"),
        other in ("[a|%:\\x00]{0,4}", "[a|%:\\x00]{0,4}"),
    ) {
        let plan = Plan::new("p", vec![Rule::new([Party::User, Party::Endpoint], 1, MINUTE)], Vec::new()).unwrap();
        let key = |(user, endpoint): &(String, String)| keys(&plan, &Usage::new().user(user).endpoint(endpoint));
        prop_assert_eq!(key(&one) == key(&other), one == other);
    }

    #[test]
    fn any_text_is_a_plan_or_a_fault(text in "(\\PC|[\\n\"=\\[\\]]){0,200}") {
        if let Err(error) = Plan::from_toml(&text) {
            prop_assert_eq!(error.kind(), ErrorKind::Config);
        }
    }
}
