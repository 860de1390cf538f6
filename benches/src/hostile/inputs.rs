//! Inputs made to hurt whoever reads them: of any size, and the same at every size but for their length.

/// An input: its name, and how it is made; some bytes more or less than asked for are fine.
pub(crate) type Input = (&'static str, fn(usize) -> String);

pub(crate) const INPUTS: &[Input] = &[
    ("digits only", |size| within("", "4155552671", "", size)),
    ("`&` only", |size| within("", "&", "", size)),
    ("`<` only", |size| within("", "<", "", size)),
    ("`(((`", |size| within("", "(", "", size)),
    ("`+` and spaces", |size| within("", "+ ", "", size)),
    ("`1-1-1-1`", |size| within("", "1-", "", size)),
    ("`a@a@a@`", |size| within("", "a@", "", size)),
    ("`&#49;`", |size| within("", "&#49;", "", size)),
    ("one line of prose", |size| within("", PROSE, "", size)),
    ("numbers, all different", |size| numbered("", number, "", size)),
    ("addresses, all different", |size| {
        numbered("", |n| format!("a{n:07}@b.example "), "", size)
    }),
    ("`<div>` in `<div>`", |size| within("", "<div>", "", size)),
    ("scripts, many", |size| {
        within("", "<script>a='+1 415 555 2671';b(a)</script>", "", size)
    }),
    ("a script, long", |size| {
        within("<script>", "a='x@y.example';b(a,[1,2]);", "</script>", size)
    }),
    ("an attribute without end", |size| {
        within("<p title=\"", "a ", "", size)
    }),
    ("a tag of many attributes", |size| {
        numbered("<p", |n| format!(" a{n:07}=1"), "", size)
    }),
    ("JSON-LD, nested", |size| {
        let depth = size / r#"{"a":}"#.len();
        let (open, close) = (r#"{"a":"#.repeat(depth), "}".repeat(depth));
        format!("{JSON_LD}{open}1{close}</script>")
    }),
    ("JSON-LD, long", |size| {
        numbered(&format!("{JSON_LD}[0"), business, "]</script>", size)
    }),
];

const JSON_LD: &str = r#"<script type="application/ld+json">"#;

/// Words without a break of the line; nothing in it is a contact.
const PROSE: &str =
    "The bakers of the old town rise at four, and by six the first loaves are on the shelves. ";

/// It shares no factor with eight million: its multiples come back to the first only after all of them.
const STEP: usize = 5_003_009;

/// `unit` again and again between `before` and `after`.
fn within(before: &str, unit: &str, after: &str, size: usize) -> String {
    format!("{before}{}{after}", unit.repeat(size / unit.len()))
}

/// Units with a number of seven digits in them, each another one, between `before` and `after`. The numbers are strewn, so
/// that the first are no others than the last.
fn numbered(before: &str, unit: fn(usize) -> String, after: &str, size: usize) -> String {
    let mut input = before.to_owned();
    for number in 0.. {
        if input.len() >= size {
            break;
        }
        input.push_str(&unit(number * STEP % 8_000_000));
    }
    input + after
}

/// A number of San Francisco, which has eight million.
fn number(n: usize) -> String {
    format!("(415) {:03}-{:04}\n", 200 + n / 10_000, n % 10_000)
}

fn business(n: usize) -> String {
    format!(
        r#",{{"@type":"Bakery","name":"Bakery {n}","telephone":"{}"}}"#,
        number(n).trim_end()
    )
}
