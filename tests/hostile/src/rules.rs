use lead_core::browser::SiteRules;

/// Any bytes as a file of rules for sites: what is read names hosts, and holds for those alone.
pub fn rules(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(rules) = text.parse::<SiteRules>() else {
        return;
    };
    assert_eq!(
        rules.is_empty(),
        rules.of("a.test").is_none() && rules == SiteRules::default()
    );
    if let Some(rule) = rules.of("shop.example") {
        assert!(
            rule.hosts
                .iter()
                .any(|host| "shop.example".ends_with(host.trim_start_matches("*.")))
        );
    }
    let written = serde_json::to_string(&rules).unwrap_or_default();
    assert_eq!(serde_json::from_str(&written).ok(), Some(rules));
}
