//! Invented addresses of every country whose form is read, all parts expected.

use super::*;

/// An address as a page writes it, and its parts: street, town, region, code. Lines are parted by ` / `.
type Row = (&'static str, [&'static str; 4]);

fn check(country: &str, rows: &[Row]) {
    assert!(rows.len() >= 3, "{country}");
    let mut wrong = Vec::new();
    for (written, expected) in rows {
        let page = format!("Contact\n{}\nInfo", written.replace(" / ", "\n"));
        let hits = all(&page, Region::new(country).ok());
        let found = hits.into_iter().next().map(|hit| hit.address).unwrap_or_default();
        let parts = [&found.street, &found.city, &found.region, &found.postal_code];
        let parts = parts.map(|part| part.as_deref().unwrap_or_default());
        let code = found.country.map(|country| country.to_string());
        if parts != *expected || code.as_deref() != Some(country) {
            wrong.push(format!("{written}\n    {parts:?} {code:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{country}:\n{}", wrong.join("\n"));
}

macro_rules! countries {
    ($($name:ident $code:literal: $(($written:literal, $street:literal, $town:literal, $region:literal, $postal:literal),)+)+) => {
        $(#[test]
        fn $name() {
            check($code, &[$(($written, [$street, $town, $region, $postal]),)+]);
        })+
    };
}

countries! {
    united_states "US":
        ("1200 Elm Street / Springfield, IL 62701", "1200 Elm Street", "Springfield", "IL", "62701"),
        ("88 N. Harbor Blvd., Suite 210, Anaheim, California 92801-4410", "88 N. Harbor Blvd., Suite 210", "Anaheim", "California", "92801-4410"),
        ("PO Box 991 / Santa Fe, NM 87501", "PO Box 991", "Santa Fe", "NM", "87501"),
        ("4 Old Mill Rd | Portland | OR 97201", "4 Old Mill Rd", "Portland", "OR", "97201"),
    canada "CA":
        ("439 King Street West / Toronto, ON M5V 1K4", "439 King Street West", "Toronto", "ON", "M5V 1K4"),
        ("12 rue Principale, Gatineau, Québec J8X 2K1", "12 rue Principale", "Gatineau", "Québec", "J8X 2K1"),
        ("Unit 5, 2100 Main Street, Vancouver, BC, V5T 3C6", "Unit 5, 2100 Main Street", "Vancouver", "BC", "V5T 3C6"),
    britain "GB":
        ("5 High Street / Stevenage / Hertfordshire / SG1 2EW", "5 High Street", "Stevenage", "Hertfordshire", "SG1 2EW"),
        ("Flat 2, 17 Queen's Road, Brighton BN1 3XA", "Flat 2, 17 Queen's Road", "Brighton", "", "BN1 3XA"),
        ("Mill House, Station Road, Newcastle upon Tyne NE1 4LP", "Mill House, Station Road", "Newcastle upon Tyne", "", "NE1 4LP"),
    ireland "IE":
        ("12 Abbey Street, Dublin 1, D01 X2P3", "12 Abbey Street", "Dublin 1", "", "D01 X2P3"),
        ("Unit 4 Harbour Road, Galway, H91 E2K3", "Unit 4 Harbour Road", "Galway", "", "H91 E2K3"),
        ("7 Main Street / Cork / T12 W8KP", "7 Main Street", "Cork", "", "T12 W8KP"),
    australia "AU":
        ("18 George Street / Perth WA 6000", "18 George Street", "Perth", "WA", "6000"),
        ("Level 3, 200 Collins Street, Melbourne VIC 3000", "Level 3, 200 Collins Street", "Melbourne", "VIC", "3000"),
        ("Shop 2/45 Beach Rd, Cairns, Queensland 4870", "Shop 2/45 Beach Rd", "Cairns", "Queensland", "4870"),
    new_zealand "NZ":
        ("12 Queen Street / Auckland 1010", "12 Queen Street", "Auckland", "", "1010"),
        ("45 Lambton Quay, Wellington 6011", "45 Lambton Quay", "Wellington", "", "6011"),
        ("7 Colombo Street, Christchurch 8011", "7 Colombo Street", "Christchurch", "", "8011"),
    germany "DE":
        ("Hauptstraße 5 / 10115 Berlin", "Hauptstraße 5", "Berlin", "", "10115"),
        ("Am Alten Markt 12a, D-50667 Köln", "Am Alten Markt 12a", "Köln", "", "50667"),
        ("Lange Str. 3-5 / 60311 Frankfurt am Main", "Lange Str. 3-5", "Frankfurt am Main", "", "60311"),
        ("Unter den Linden 77 · 10117 Berlin", "Unter den Linden 77", "Berlin", "", "10117"),
        ("Postfach 10 20 30 / 80331 München", "Postfach 10 20 30", "München", "", "80331"),
    austria "AT":
        ("Mariahilfer Straße 12/3/4 / 1060 Wien", "Mariahilfer Straße 12/3/4", "Wien", "", "1060"),
        ("Getreidegasse 9, A-5020 Salzburg", "Getreidegasse 9", "Salzburg", "", "5020"),
        ("Herrengasse 1 / 8010 Graz", "Herrengasse 1", "Graz", "", "8010"),
    switzerland "CH":
        ("Bahnhofstrasse 21 / 8001 Zürich", "Bahnhofstrasse 21", "Zürich", "", "8001"),
        ("Rue du Rhône 14, CH-1204 Genève", "Rue du Rhône 14", "Genève", "", "1204"),
        ("Via Nassa 5, 6900 Lugano", "Via Nassa 5", "Lugano", "", "6900"),
    france "FR":
        ("12 rue de la Paix / 75002 Paris", "12 rue de la Paix", "Paris", "", "75002"),
        ("3 bis, avenue Jean Jaurès, 69007 Lyon", "3 bis, avenue Jean Jaurès", "Lyon", "", "69007"),
        ("45 boulevard Carnot - 31000 Toulouse", "45 boulevard Carnot", "Toulouse", "", "31000"),
        ("8 place du Marché / 13001 Marseille Cedex 1", "8 place du Marché", "Marseille", "", "13001"),
    belgium "BE":
        ("Rue Haute 45 / 1000 Bruxelles", "Rue Haute 45", "Bruxelles", "", "1000"),
        ("Meir 12 bus 3, B-2000 Antwerpen", "Meir 12 bus 3", "Antwerpen", "", "2000"),
        ("Kerkstraat 8, 9000 Gent", "Kerkstraat 8", "Gent", "", "9000"),
    netherlands "NL":
        ("Keizersgracht 12 / 1015 CW Amsterdam", "Keizersgracht 12", "Amsterdam", "", "1015 CW"),
        ("Stationsplein 4-b, 3511ED Utrecht", "Stationsplein 4-b", "Utrecht", "", "3511 ED"),
        ("Laan van Meerdervoort 70, 2517 AN Den Haag", "Laan van Meerdervoort 70", "Den Haag", "", "2517 AN"),
    spain "ES":
        ("Calle Mayor 5, 3º B / 28013 Madrid", "Calle Mayor 5, 3º B", "Madrid", "", "28013"),
        ("C/ Gran Vía, 22, 48001 Bilbao (Vizcaya)", "C/ Gran Vía, 22", "Bilbao", "Vizcaya", "48001"),
        ("Avda. de la Constitución s/n, 41001 Sevilla", "Avda. de la Constitución s/n", "Sevilla", "", "41001"),
    italy "IT":
        ("Via Roma 12 / 00184 Roma (RM)", "Via Roma 12", "Roma", "RM", "00184"),
        ("Corso Garibaldi, 45 - 20121 Milano (MI)", "Corso Garibaldi, 45", "Milano", "MI", "20121"),
        ("Piazza del Duomo 3, 50122 Firenze", "Piazza del Duomo 3", "Firenze", "", "50122"),
        ("Viale Europa 8/A, 37122 Verona VR", "Viale Europa 8/A", "Verona", "VR", "37122"),
    portugal "PT":
        ("Rua Augusta 24 / 1100-053 Lisboa", "Rua Augusta 24", "Lisboa", "", "1100-053"),
        ("Avenida da Boavista, 1200, 4100-130 Porto", "Avenida da Boavista, 1200", "Porto", "", "4100-130"),
        ("Praça da República, nº 8, 2º Andar, 3000-343 Coimbra", "Praça da República, nº 8, 2º Andar", "Coimbra", "", "3000-343"),
    poland "PL":
        ("ul. Długa 12/4 / 31-147 Kraków", "ul. Długa 12/4", "Kraków", "", "31-147"),
        ("Al. Jerozolimskie 100, 00-807 Warszawa", "Al. Jerozolimskie 100", "Warszawa", "", "00-807"),
        ("Plac Wolności 3 lok. 7, 61-738 Poznań", "Plac Wolności 3 lok. 7", "Poznań", "", "61-738"),
    sweden "SE":
        ("Drottninggatan 12 / 111 51 Stockholm", "Drottninggatan 12", "Stockholm", "", "111 51"),
        ("Storgatan 4B, SE-411 38 Göteborg", "Storgatan 4B", "Göteborg", "", "411 38"),
        ("Kungsvägen 7, 211 20 Malmö", "Kungsvägen 7", "Malmö", "", "211 20"),
    norway "NO":
        ("Karl Johans gate 15 / 0154 Oslo", "Karl Johans gate 15", "Oslo", "", "0154"),
        ("Storgata 3B, 5003 Bergen", "Storgata 3B", "Bergen", "", "5003"),
        ("Munkegata 20, N-7011 Trondheim", "Munkegata 20", "Trondheim", "", "7011"),
    denmark "DK":
        ("Vestergade 14, 2. sal / 8000 Aarhus C", "Vestergade 14, 2. sal", "Aarhus C", "", "8000"),
        ("Nørregade 5, DK-5000 Odense", "Nørregade 5", "Odense", "", "5000"),
        ("Strandvejen 120, 2900 Hellerup", "Strandvejen 120", "Hellerup", "", "2900"),
    finland "FI":
        ("Mannerheimintie 10 A 4 / 00100 Helsinki", "Mannerheimintie 10 A 4", "Helsinki", "", "00100"),
        ("Aleksanterinkatu 22, FI-33100 Tampere", "Aleksanterinkatu 22", "Tampere", "", "33100"),
        ("Kauppakatu 5, 20100 Turku", "Kauppakatu 5", "Turku", "", "20100"),
}
