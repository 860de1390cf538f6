//! What the words of a query mean.

use crate::record::QueryText;
use crate::record::filter::words;

/// A kind of business, as OpenStreetMap tags it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category {
    /// The tag's key: `amenity`.
    pub key: &'static str,
    /// The tag's value: `dentist`.
    pub value: &'static str,
}

/// Tags and the words for them in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish, singular forms
/// without accents folded; Japanese where it is one word. Tags: OpenStreetMap wiki, "Map features".
const CATEGORIES: &[(&str, &str, &str)] = &[
    (
        "amenity",
        "dentist",
        "dentist dental zahnarzt dentiste dentista tandarts dentysta stomatolog 歯医者 歯科",
    ),
    (
        "amenity",
        "doctors",
        "doctor physician gp arzt medecin médecin medico médico dokter huisarts lekarz 医院",
    ),
    (
        "amenity",
        "clinic",
        "clinic klinik clinique clínica clinica kliniek klinika",
    ),
    (
        "amenity",
        "hospital",
        "hospital krankenhaus hôpital hopital ospedale ziekenhuis szpital 病院",
    ),
    (
        "amenity",
        "pharmacy",
        "pharmacy chemist apotheke pharmacie farmacia apotheek farmácia apteka 薬局",
    ),
    (
        "amenity",
        "veterinary",
        "veterinary vet tierarzt vétérinaire veterinaire veterinario veterinário dierenarts weterynarz 動物病院",
    ),
    (
        "amenity",
        "restaurant",
        "restaurant restaurante ristorante restauracja レストラン",
    ),
    (
        "amenity",
        "cafe",
        "cafe café coffee kaffee caffè cafetería kawiarnia カフェ",
    ),
    ("amenity", "bar", "bar"),
    ("amenity", "pub", "pub kneipe"),
    ("amenity", "fast_food", "takeaway imbiss snackbar"),
    ("amenity", "bank", "bank banque banco banca 銀行"),
    ("amenity", "fuel", "gas petrol tankstelle gasolinera benzinaio"),
    (
        "amenity",
        "driving_school",
        "fahrschule autoescuela autoscuola rijschool",
    ),
    ("amenity", "kindergarten", "kindergarten nursery kita crèche"),
    (
        "shop",
        "bakery",
        "bakery baker bäckerei backerei bäcker boulangerie panadería panaderia panetteria panificio bakkerij padaria piekarnia パン屋 ベーカリー",
    ),
    (
        "shop",
        "butcher",
        "butcher metzgerei fleischerei boucherie carnicería carniceria macelleria slagerij talho rzeźnik 肉屋 精肉店",
    ),
    (
        "shop",
        "hairdresser",
        "hairdresser barber salon friseur coiffeur peluquería peluqueria parrucchiere kapper cabeleireiro fryzjer 美容院 美容室",
    ),
    ("shop", "beauty", "beauty kosmetik esthétique estetica"),
    (
        "shop",
        "florist",
        "florist flowers florería blumen blumenladen fleuriste floristería floristeria fiorista fiorai bloemist florista kwiaciarnia 花屋",
    ),
    (
        "shop",
        "books",
        "bookshop bookstore books buchhandlung librairie librería libreria boekhandel livraria księgarnia 書店 本屋",
    ),
    (
        "shop",
        "optician",
        "optician optiker opticien óptica optica ottico opticiens óculos optyk 眼鏡店 メガネ",
    ),
    (
        "shop",
        "bicycle",
        "bicycle bike fahrrad fahrradladen vélo velo bicicletas biciclette fietsenwinkel rowery 自転車店 自転車",
    ),
    (
        "shop",
        "car_repair",
        "garage mechanic autowerkstatt werkstatt taller autofficina officina autogarage oficina warsztat 自動車修理",
    ),
    (
        "shop",
        "car",
        "dealership autohaus concessionnaire concesionario concessionario",
    ),
    (
        "shop",
        "supermarket",
        "supermarket supermarkt supermarché supermercado supermercato スーパー",
    ),
    ("shop", "clothes", "clothes clothing boutique kleidung"),
    ("shop", "furniture", "furniture möbel meubles muebles mobili"),
    (
        "shop",
        "jewelry",
        "jeweller jewelry juwelier bijoutier joyería gioielleria",
    ),
    ("shop", "pet", "petshop zoohandlung animalerie"),
    (
        "craft",
        "plumber",
        "plumber plumbing klempner sanitär installateur plombier fontanero idraulico loodgieter canalizador hydraulik 配管工 水道屋",
    ),
    (
        "craft",
        "electrician",
        "electrician elektriker électricien electricien electricista elettricista elektricien eletricista elektryk 電気工事",
    ),
    (
        "craft",
        "carpenter",
        "carpenter joiner tischler schreiner tischlerei menuisier menuiserie carpintero carpintería falegname timmerman carpinteiro stolarz 大工 木工",
    ),
    (
        "craft",
        "painter",
        "painter maler peintre pintor imbianchino schilder malarz",
    ),
    ("craft", "roofer", "roofer dachdecker couvreur techador"),
    (
        "craft",
        "photographer",
        "photographer fotograf photographe fotógrafo fotografo",
    ),
    (
        "craft",
        "gardener",
        "gardener landscaper gärtner jardinier jardinero giardiniere",
    ),
    ("craft", "brewery", "brewery brauerei brasserie birrificio"),
    (
        "office",
        "lawyer",
        "lawyer attorney solicitor rechtsanwalt anwalt avocat abogado avvocato advocaat advogado adwokat prawnik 弁護士 法律事務所",
    ),
    (
        "office",
        "accountant",
        "accountant accounting steuerberater comptable contable asesoría commercialista boekhouder contabilista księgowy 会計士 税理士",
    ),
    (
        "office",
        "estate_agent",
        "realtor makler immobilienmakler immobilien immobilier immobilière inmobiliaria immobiliare makelaar imobiliária nieruchomości 不動産",
    ),
    (
        "office",
        "insurance",
        "insurance versicherung assurance seguros assicurazioni verzekering ubezpieczenia",
    ),
    (
        "office",
        "architect",
        "architect architekt architecte arquitecto architetto 建築家",
    ),
    ("office", "notary", "notary notar notaire notario notaio notaris"),
    ("office", "it", "software developer entwickler développeur"),
    ("tourism", "hotel", "hotel hôtel ホテル 旅館"),
    ("tourism", "guest_house", "guesthouse pension"),
    ("tourism", "museum", "museum musée museo muzeum"),
    (
        "leisure",
        "fitness_centre",
        "gym fitness fitnessstudio fitnessclub gimnasio palestra sportschool ginásio siłownia ジム フィットネス",
    ),
    ("leisure", "sports_centre", "climbing kletterhalle escalade"),
];

/// The categories the words of a query name, in the order of the table; empty when no word is known.
pub fn categories(query: &QueryText) -> Vec<Category> {
    let asked: Vec<String> = words(query.as_str()).collect();
    let named = |known: &str| {
        known
            .split(' ')
            .any(|known| asked.iter().any(|asked| same_word(asked, known)))
    };
    let hits = CATEGORIES.iter().filter(|(_, _, known)| named(known));
    hits.map(|(key, value, _)| Category { key, value }).collect()
}

/// Whether `asked` is `known` or a plural of it in one of the languages above.
fn same_word(asked: &str, known: &str) -> bool {
    let Some(ending) = asked.strip_prefix(known) else {
        // bakery → bakeries, boulangerie stays; dentista → dentisti; zahnarzt → zahnärzte is listed by its stem below.
        let stem = known.strip_suffix(['y', 'a', 'o', 'e']);
        return stem.is_some_and(|stem| {
            stem.len() > 3
                && asked
                    .strip_prefix(stem)
                    .is_some_and(|ending| matches!(ending, "ies" | "i" | "as" | "os" | "he"))
        }) || (known == "zahnarzt" && asked.starts_with("zahnärzt"));
    };
    matches!(ending, "" | "s" | "es" | "n" | "en" | "e" | "er" | "x")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(query: &str) -> Vec<String> {
        let found = categories(&QueryText::new(query).unwrap());
        found
            .iter()
            .map(|category| format!("{}={}", category.key, category.value))
            .collect()
    }

    #[test]
    fn knows_plurals_and_languages() {
        for query in [
            "dentists",
            "Dentist",
            "Zahnärzte",
            "zahnarzt",
            "dentistes Lyon",
            "dentisti",
            "歯医者",
        ] {
            assert_eq!(tags(query), ["amenity=dentist"], "{query}");
        }
        assert_eq!(tags("bakeries and cafés"), ["amenity=cafe", "shop=bakery"]);
        assert_eq!(tags("C# developers in Berlin"), ["office=it"]);
        assert!(tags("O'Neill & Sons").is_empty());
    }

    #[test]
    fn the_table_has_no_word_twice() {
        let mut all: Vec<_> = CATEGORIES
            .iter()
            .flat_map(|(_, _, words)| words.split(' '))
            .collect();
        all.sort_unstable();
        let twice: Vec<_> = all
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
