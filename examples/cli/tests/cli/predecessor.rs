//! Files of v3.9: in, with exact counts.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::support::{file, folder, kill_after, run};

const B: &str = "Search Query,Platform,Profile URL,Handle,Display Name,Bio/About,Website,Email,Phone,Followers,Location,business_type,industry,\
sub_category,city,region,country,postal_code,job_title,seniority_level,education_level,institution_name,last_post_date,is_boosted,post_engagement,\
lead_score,intent_category,sentiment_score,sentiment_trend,lead_summary,extracted_at,phone_raw,phone_normalized,phone_validation_status,\
phone_confidence_score,phone_source,phone_element_selector,phone_screenshot_path,phone_timestamp,lead_type,field_of_study,degree_program,\
graduation_year";

fn phone(number: u64) -> String {
    format!(
        "04 78 {:02} {:02} {:02}",
        number / 10_000 % 100,
        number / 100 % 100,
        number % 100
    )
}

fn row_b(number: u64) -> String {
    let phone = phone(number);
    format!(
        "cafes in Lyon,instagram,https://www.instagram.com/cafe.{number}/,cafe.{number},\"Café {number}, Lyon\",\"Breakfast, cakes and \"\"more\"\"\",\
        https://cafe-{number}.test/,info@cafe-{number}.test,{phone},{number},\"{number} rue de l'Exemple, Lyon\",Café,Food,N/A,Lyon,N/A,France,69001,N/A,N/A,\
        N/A,N/A,2025-05-30,False,12 likes,70,N/A,0.4,N/A,N/A,2025-06-01T12:30:00,{phone},N/A,valid,90,tel-link,footer > a,N/A,\
        2025-06-01T12:30:00,business,N/A,N/A,N/A"
    )
}

fn imported(folder: &Path, args: &[&str], code: i32) -> Value {
    let all = [&["import"], args, &["--format", "json"]].concat();
    run(folder, &all).expect(code).objects().remove(0)
}

fn counts(told: &Value) -> [u64; 4] {
    ["rows", "inserted", "seen_again", "rejected"].map(|name| told[name].as_u64().unwrap())
}

#[test]
fn a_file_goes_in_once_whatever_it_is_called() {
    let folder = folder();
    let rows: Vec<String> = (1..=2500).map(row_b).collect();
    let text = format!("{B}\n{}\n", rows.join("\n"));
    file(folder.path(), "instagram.csv", text.clone());
    file(folder.path(), "all_platforms.csv", text + "cafes,instagram,N/A\n");
    let dry = imported(folder.path(), &["instagram.csv", "--dry-run"], 0);
    assert_eq!(
        (&dry["layout"], dry["columns"].as_array().unwrap().len()),
        (&"v39-b".into(), 43)
    );
    assert!(!folder.path().join("leads.db").exists());
    let first = imported(folder.path(), &["instagram.csv", "--zone", "Europe/Paris"], 0);
    assert_eq!(counts(&first), [2500, 2500, 0, 0]);
    let args = [
        "all_platforms.csv",
        "--zone",
        "Europe/Paris",
        "--rejects",
        "aside.jsonl",
    ];
    assert_eq!(counts(&imported(folder.path(), &args, 3)), [2501, 0, 2500, 1]);
    let aside = std::fs::read_to_string(folder.path().join("aside.jsonl")).unwrap();
    assert!(aside.contains("\"line 2502\""), "{aside}");
    assert_eq!(run(folder.path(), &["count"]).expect(0).out.trim(), "2500");
    let wrong = ["import", "instagram.csv", "--zone", "Atlantis"];
    run(folder.path(), &wrong).expect(2);
}

#[cfg(unix)]
#[test]
fn an_import_that_is_killed_goes_on() {
    let folder = folder();
    let rows: Vec<String> = (1..=20_000).map(row_b).collect();
    file(
        folder.path(),
        "all_platforms.csv",
        format!("{B}\n{}\n", rows.join("\n")),
    );
    let mut killed = 0;
    for millis in [400, 900, 1500] {
        let args = ["import", "all_platforms.csv", "--resume"];
        killed += u32::from(kill_after(folder.path(), &args, Duration::from_millis(millis)));
    }
    let last = imported(folder.path(), &["all_platforms.csv", "--resume"], 0);
    let [read, stored, again, rejected] = counts(&last);
    assert_eq!((read, stored + again, rejected), (20_000, 20_000, 0));
    assert!(
        again <= 1000 * u64::from(killed),
        "{again} again after {killed} kills"
    );
    assert_eq!(run(folder.path(), &["count"]).expect(0).out.trim(), "20000");
}
