//! Files as the predecessor wrote them, of invented people.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::Cursor;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::LEGACY_COLUMNS;
use lead_storage::import::{Import, Portion, read_from};
use serde_json::{Map, Value};

pub(crate) const A: &str = "Search Query,Business Name,Category,Address,Phone,Website,Plus Code\n\
    bakeries in Lyon,Boulangerie Exemple,Bakery,\"1 rue de l'Exemple, Lyon\",+33 4 78 00 00 01,exemple.test,8FQ7Q2XX+XX\n";

pub(crate) const B: &str = "Search Query,Platform,Profile URL,Handle,Display Name,Bio/About,Website,Email,Phone,Followers,Location,\
    business_type,industry,sub_category,city,region,country,postal_code,job_title,seniority_level,education_level,institution_name,\
    last_post_date,is_boosted,post_engagement,lead_score,intent_category,sentiment_score,sentiment_trend,lead_summary,extracted_at\n\
    bakeries,Instagram,https://www.instagram.com/exemple/,exemple,Boulangerie Exemple,N/A,https://exemple.test,info@exemple.test,\
    04 78 00 00 01,\"1,234\",Lyon,Bakery,Food,N/A,Lyon,N/A,France,69001,N/A,N/A,N/A,N/A,N/A,False,N/A,70,N/A,N/A,N/A,N/A,\
    2025-06-01T12:30:00.000\n";

pub(crate) const C: &str = "Display Name,Phone,Email,Website,Location,Platform,Profile URL,Handle,Bio/About,Field of Study,Institution,\
    Business Type,Industry,City,Region,Country,Job Title,Seniority Level,Education Level,Lead Type,Degree Program,Graduation Year,\
    Extracted At\n\
    Boulangerie Exemple,0478000001,info@exemple.test,https://exemple.test,Lyon,linkedin,https://www.linkedin.com/company/exemple,exemple,\
    N/A,N/A,N/A,Bakery,Food,Lyon,N/A,FR,N/A,N/A,N/A,business,N/A,N/A,2025-06-01 12:30:00\n";

pub(crate) const HEADER_B: &str = "Search Query,Platform,Profile URL,Handle,Display Name,Bio/About,Website,Email,Phone,Followers,Location,\
business_type,industry,sub_category,city,region,country,postal_code,job_title,seniority_level,education_level,institution_name,\
last_post_date,is_boosted,post_engagement,lead_score,intent_category,sentiment_score,sentiment_trend,lead_summary,extracted_at,\
phone_raw,phone_normalized,phone_validation_status,phone_confidence_score,phone_source,phone_element_selector,phone_screenshot_path,\
phone_timestamp,lead_type,field_of_study,degree_program,graduation_year";

/// A row of all 43 cells, each of a width that files have: some 500 bytes.
pub(crate) fn cells_b(number: usize) -> Vec<String> {
    let local = format!(
        "04 78 {:02} {:02} {:02}",
        number / 10_000 % 100,
        number / 100 % 100,
        number % 100
    );
    let international = format!("+33{}", local.replace(' ', "").trim_start_matches('0'));
    let time = format!("2025-06-{:02}T12:30:00Z", number % 28 + 1);
    [
        "cafes in Lyon".to_owned(),
        "instagram".to_owned(),
        format!("https://www.instagram.com/cafe.{number}"),
        format!("cafe.{number}"),
        format!("Café Exemple {number}"),
        "Petits déjeuners et goûters".to_owned(),
        format!("https://cafe-{number}.test/"),
        format!("info@cafe-{number}.test"),
        international.clone(),
        (number * 7).to_string(),
        format!("{number} rue de l'Exemple Lyon"),
        "Café".to_owned(),
        "Food".to_owned(),
        "Coffee".to_owned(),
        "Lyon".to_owned(),
        "Rhône".to_owned(),
        "FR".to_owned(),
        "69001".to_owned(),
        "Owner".to_owned(),
        "senior".to_owned(),
        "bachelor".to_owned(),
        "Université Exemple".to_owned(),
        "2025-05-30".to_owned(),
        "false".to_owned(),
        "12 likes".to_owned(),
        (number % 101).to_string(),
        "hiring".to_owned(),
        "0.4".to_owned(),
        "rising".to_owned(),
        "A café in Lyon.".to_owned(),
        time.clone(),
        local,
        international,
        "valid".to_owned(),
        (number % 60 + 40).to_string(),
        "tel-link".to_owned(),
        "footer > a.tel".to_owned(),
        format!("shots/{number}.png"),
        time,
        "business".to_owned(),
        "cooking".to_owned(),
        "CAP".to_owned(),
        "2020".to_owned(),
    ]
    .to_vec()
}

pub(crate) fn row_b(number: usize) -> String {
    cells_b(number).join(",")
}

pub(crate) fn table_b(count: usize, delimiter: &str, end: &str) -> String {
    let mut text = HEADER_B.replace(',', delimiter) + end;
    for number in 1..=count {
        text += &cells_b(number).join(delimiter);
        text += end;
    }
    text
}

pub(crate) fn text_b(count: usize) -> String {
    table_b(count, ",", "\n")
}

/// The same rows as its JSON has them.
pub(crate) fn objects_b(count: usize) -> Vec<Value> {
    let names = HEADER_B
        .split(',')
        .map(|name| name.to_lowercase().replace([' ', '/'], "_"));
    let names: Vec<String> = names.collect();
    let object = |number| {
        let cells = names.iter().cloned().zip(cells_b(number));
        Value::Object(
            cells
                .map(|(name, cell)| (name, Value::String(cell)))
                .collect::<Map<_, _>>(),
        )
    };
    (1..=count).map(object).collect()
}

/// Rows with all that cells can hold: quotes, line ends, formulas, other scripts, holes in every column.
pub(crate) fn rich() -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(LEGACY_COLUMNS.iter().map(|column| column.header))
        .unwrap();
    for number in 1..=200 {
        let mut cells = cells_b(number);
        let hole = number % cells.len();
        // Without a country its national number could not be read, and a row without its day would be of the file's.
        if !matches!(hole, 8 | 16 | 30 | 32 | 38) {
            ["", "N/A"][number % 2].clone_into(&mut cells[hole]);
        }
        let name = [
            "\"quoted\", Café",
            "two\nlines",
            "'=1+1",
            "'@café",
            "株式会社例",
            "Café; a, b",
        ][number % 6];
        cells[4] = format!("{name} {number}");
        writer.write_record(&cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

pub(crate) fn portions(name: &str, bytes: &[u8], import: &Import) -> Result<Vec<Portion>> {
    let mut portions = Vec::new();
    let file = Cursor::new(bytes.to_vec());
    read_from(file, name, Timestamp::UNIX_EPOCH, import, 0, |portion| {
        portions.push(portion);
        true
    })?;
    Ok(portions)
}
