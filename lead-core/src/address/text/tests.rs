use super::*;

fn read(text: &str, region: &str) -> Option<[String; 4]> {
    let hit = all(text, Region::new(region).ok()).into_iter().next()?;
    let part = |part: Option<String>| part.unwrap_or_default();
    let address = hit.address;
    Some([
        part(address.street),
        part(address.city),
        part(address.region),
        part(address.postal_code),
    ])
}

#[test]
fn american_forms() {
    for (text, expected) in [
        (
            "Visit us\n12 Main Street\nSpringfield, IL 62701\nTel",
            ["12 Main Street", "Springfield", "IL", "62701"],
        ),
        (
            "12 Main St, Suite 4, Springfield, Illinois 62701-1234",
            ["12 Main St, Suite 4", "Springfield", "Illinois", "62701-1234"],
        ),
        (
            "12 Main St. Springfield, IL 62701",
            ["12 Main St.", "Springfield", "IL", "62701"],
        ),
        (
            "P.O. Box 12\nNew York, NY 10001",
            ["P.O. Box 12", "New York", "NY", "10001"],
        ),
        ("We are in Portland, OR 97201", ["", "Portland", "OR", "97201"]),
        (
            "439 King Street West, Toronto, Ontario M5V 1K4",
            ["439 King Street West", "Toronto", "Ontario", "M5V 1K4"],
        ),
    ] {
        let found = read(text, "US").unwrap_or_default();
        assert_eq!(found, expected.map(ToOwned::to_owned), "{text}");
    }
}

#[test]
fn european_forms() {
    for (text, region, expected) in [
        (
            "Rossi GmbH\nHauptstraße 5\n12345 Beispielstadt\nTel",
            "DE",
            ["Hauptstraße 5", "Beispielstadt", "", "12345"],
        ),
        (
            "12 rue de la Paix, 75002 Paris",
            "FR",
            ["12 rue de la Paix", "Paris", "", "75002"],
        ),
        (
            "Keizersgracht 12\n1015 CW Amsterdam",
            "NL",
            ["Keizersgracht 12", "Amsterdam", "", "1015 CW"],
        ),
        (
            "5 High Street, Stevenage, Hertfordshire SG1 2EW",
            "GB",
            ["5 High Street", "Stevenage", "Hertfordshire", "SG1 2EW"],
        ),
        ("Im Jahr 12345 Wunder", "DE", ["", "", "", ""]),
    ] {
        let found = read(text, region).unwrap_or_default();
        assert_eq!(found, expected.map(ToOwned::to_owned), "{text}");
    }
}
