//! Pages of several branches and of several persons: each keeps what is its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test harness")]

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use lead_core::record::{Findings, Trace};

/// A branch: name, street, town line, number as written and in E.164, mailbox, hours as written and in OpenStreetMap's form.
type Branch = [&'static str; 8];

const AMERICAN: [Branch; 3] = [
    [
        "North Shop",
        "12 Main Street",
        "Springfield, IL 62701",
        "(217) 555-0123",
        "+12175550123",
        "north@plumbing.example",
        "Monday - Friday 8am - 5pm",
        "Mo-Fr 08:00-17:00",
    ],
    [
        "West Shop",
        "34 Oak Avenue",
        "Portland, OR 97201",
        "(503) 555-0198",
        "+15035550198",
        "west@plumbing.example",
        "Monday - Saturday 9am - 6pm",
        "Mo-Sa 09:00-18:00",
    ],
    [
        "South Shop",
        "56 Elm Road",
        "Austin, TX 78701",
        "(512) 555-0177",
        "+15125550177",
        "south@plumbing.example",
        "Tuesday - Friday 10am - 4pm",
        "Tu-Fr 10:00-16:00",
    ],
];

const GERMAN: [Branch; 3] = [
    [
        "Filiale Berlin",
        "Hauptstraße 5",
        "10115 Berlin",
        "030 90182001",
        "+493090182001",
        "berlin@muster.example",
        "Mo-Fr 9-18 Uhr",
        "Mo-Fr 09:00-18:00",
    ],
    [
        "Filiale Köln",
        "Domstraße 12",
        "50668 Köln",
        "0221 2210001",
        "+492212210001",
        "koeln@muster.example",
        "Mo-Sa 10-19 Uhr",
        "Mo-Sa 10:00-19:00",
    ],
    [
        "Filiale München",
        "Marienplatz 3",
        "80331 München",
        "089 2330001",
        "+49892330001",
        "muenchen@muster.example",
        "Di-Sa 10-16 Uhr",
        "Tu-Sa 10:00-16:00",
    ],
];

/// How pages lay branches out.
fn layouts(branches: &[Branch; 3]) -> [(&'static str, String); 4] {
    let each = |form: &dyn Fn(&Branch) -> String| branches.iter().map(form).collect::<Vec<_>>().concat();
    let cards = each(&|[name, street, town, number, _, mail, hours, _]| {
        format!(
            "<div class=branch><h3>{name}</h3><p>{street}<br>{town}</p><p>{number}</p><p>{hours}</p><a href='mailto:{mail}'>{mail}</a></div>"
        )
    });
    let items = each(&|[name, street, town, number, _, mail, hours, _]| {
        format!("<li><b>{name}</b><br>{street}<br>{town}<br>{number}<br>{mail}<br>{hours}</li>")
    });
    let flat = each(&|[name, street, town, number, _, mail, hours, _]| {
        format!("<h3>{name}</h3><p>{street}, {town}</p><p>{number}</p><p>{mail}</p><p>{hours}</p>")
    });
    let rows = each(&|[name, street, town, number, _, mail, hours, _]| {
        format!(
            "<tr><td>{name}</td><td>{street}, {town}</td><td>{number}</td><td>{mail}</td><td>{hours}</td></tr>"
        )
    });
    [
        ("cards", cards),
        ("list", format!("<ul>{items}</ul>")),
        ("flat", format!("<div>{flat}</div>")),
        ("table", format!("<table>{rows}</table>")),
    ]
}

fn check(layout: &str, found: &Findings<Trace>, branches: &[Branch; 3]) {
    assert_eq!(found.locations.len(), 3, "{layout}: {:#?}", found.locations);
    for [name, street, _, _, number, mail, _, hours] in branches {
        let here = |index: usize| found.addresses[index].street.as_deref() == Some(*street);
        let place = found
            .locations
            .iter()
            .find(|place| place.address.is_some_and(here));
        let place = place.unwrap();
        let phones: Vec<String> = place
            .phones
            .iter()
            .map(|at| found.phones[*at].e164.to_string())
            .collect();
        let emails: Vec<&str> = place
            .emails
            .iter()
            .map(|at| found.emails[*at].address.as_str())
            .collect();
        assert_eq!(
            (phones, emails),
            (vec![(*number).to_owned()], vec![*mail]),
            "{layout}: {name}"
        );
        assert_eq!(place.hours.as_deref(), Some(*hours), "{layout}: {name}");
    }
}

#[test]
fn three_branches_are_three_places() {
    for (language, region, branches) in [("en", "US", AMERICAN), ("de", "DE", GERMAN)] {
        for (layout, body) in layouts(&branches) {
            let html = format!("<html lang={language}><body><h1>Contact</h1>{body}</body></html>");
            let contacts = extract(&html, &ExtractOptions::new().region(region)).unwrap();
            check(layout, &contacts.findings, &branches);
        }
    }
}

#[test]
fn persons_of_a_team_keep_their_own_contacts() {
    let card = |name: &str, title: &str, number: &str, mail: &str| {
        format!(
            "<div class=person><h3>{name}</h3><p>{title}</p><p>{number}</p><p><a href='mailto:{mail}'>{mail}</a></p></div>"
        )
    };
    let html = [
        "<html lang=en><body><h1>Our team</h1>".to_owned(),
        card(
            "Ada Example",
            "Managing Director",
            "(217) 555-0123",
            "ada@plumbing.example",
        ),
        card(
            "Bob Sample",
            "Sales Manager",
            "(217) 555-0124",
            "bob@plumbing.example",
        ),
        "<footer>Example Plumbing, (217) 555-0100, info@plumbing.example</footer>".to_owned(),
    ]
    .concat();
    let found = extract(&html, &ExtractOptions::new().region("US"))
        .unwrap()
        .findings;
    let persons: Vec<_> = found
        .persons
        .iter()
        .map(|person| {
            let phones: Vec<String> = person
                .phones
                .iter()
                .map(|at| found.phones[*at].e164.to_string())
                .collect();
            let emails: Vec<&str> = person
                .emails
                .iter()
                .map(|at| found.emails[*at].address.as_str())
                .collect();
            format!(
                "{} | {} | {} | {}",
                person.name,
                person.function.as_deref().unwrap_or("-"),
                phones.join(" "),
                emails.join(" ")
            )
        })
        .collect();
    assert_eq!(
        persons,
        [
            "Ada Example | Managing Director | +12175550123 | ada@plumbing.example",
            "Bob Sample | Sales Manager | +12175550124 | bob@plumbing.example"
        ]
    );
}

#[test]
fn the_contacts_of_an_imprint_are_those_of_the_firm() {
    let html = "<html lang=de><p>Muster GmbH<br>Hauptstraße 5<br>10115 Berlin</p><p>Geschäftsführer: Max Muster, Erika Beispiel<br>\
        Telefon: 030 90182001<br>E-Mail: info@muster.example</p><p>Amtsgericht Charlottenburg HRB 123456<br>USt-IdNr.: DE123456788</p>";
    let found = extract(html, &ExtractOptions::new()).unwrap().findings;
    let names: Vec<&str> = found.persons.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Erika Beispiel", "Max Muster"]);
    assert!(
        found
            .persons
            .iter()
            .all(|person| person.phones.is_empty() && person.emails.is_empty())
    );
    assert_eq!(
        (found.phones.len(), found.emails.len(), found.registrations.len()),
        (1, 1, 2)
    );
}

#[test]
fn a_map_tells_where_the_place_lies() {
    let html = "<html lang=de><p>Hauptstraße 5<br>10115 Berlin<br>030 90182001</p>\
        <iframe src='https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2662.1!2d13.3847!3d52.5321!2m3'></iframe>";
    let found = extract(html, &ExtractOptions::new()).unwrap().findings;
    let point = found.geo[0].value;
    assert_eq!((point.latitude(), point.longitude()), (52.5321, 13.3847));
    assert_eq!(found.locations[0].geo, Some(point));
}
