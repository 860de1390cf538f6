//! Texts of strangers who want something else than to be stored.

/// What breaks out of quotes, ends statements, names places for values, means something to `LIKE`, `GLOB`, full-text search or JSON, or
/// is merely odd.
const TEXTS: [&str; 46] = [
    "'; DROP TABLE leads; --",
    "'); DELETE FROM observations; --",
    "\"; DROP TABLE leads; --",
    "' OR '1'='1",
    "\" OR \"\"=\"",
    "1; UPDATE leads SET tenant = 1",
    "x' UNION SELECT value FROM state_entries --",
    "/* comment */",
    "/*",
    "-- to the end of the line",
    "\\'; SELECT pg_sleep(9); --",
    "$1",
    "$1, $2, $3",
    "?",
    "?1 :name @name",
    "$$; SELECT 1; $$",
    "$tag$ body $tag$",
    "E'\\x41'",
    "U&'\\0041'",
    "::text",
    "{} {0} {name}",
    "%s %d %n",
    "%",
    "_",
    "100%_[a-z]^!",
    "*",
    "**",
    "*inside*",
    "a*b?c[d-e]",
    "\\",
    "\\%\\_\\\\",
    "NEAR(a b, 3) AND NOT c",
    "name:x* ^start \"phrase\" + -",
    "a & b | !c <-> d:*",
    "(((((",
    "\"}],\"x\":[{\"",
    "\\u0000 \\ud800",
    "nul \0 inside",
    "\u{1} alone \u{7f}",
    "tab\tline\nreturn\rbell\u{7}",
    "\u{202e}desrever \u{202d}\u{2066}x\u{2069}",
    "zero\u{200b}width\u{feff} ﷽ İ ẞ",
    "pg_catalog.pg_class",
    "sqlite_master; PRAGMA writable_schema=1",
    "CURRENT_USER",
    "=cmd|' /C calc'!A0",
];

/// All of them, and long ones.
pub(crate) fn corpus() -> Vec<String> {
    let mut all: Vec<String> = TEXTS.map(str::to_owned).to_vec();
    all.push("'".repeat(50_000));
    all.push(format!("{}; DROP TABLE leads", "word ".repeat(5_000)));
    all
}
