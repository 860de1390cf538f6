//! Bytes to text: which encoding, by which rule, and what is refused.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
};
use lead_core::ErrorKind;
use lead_core::page::{Document, EncodingRule, ParseOptions, WarningKind};

fn read(bytes: &[u8], content_type: Option<&str>) -> Document {
    let mut options = ParseOptions::new();
    options.content_type = content_type.map(str::to_owned);
    Document::parse(bytes, &options).unwrap()
}

fn found(bytes: &[u8], content_type: Option<&str>) -> (&'static str, EncodingRule) {
    let document = read(bytes, content_type);
    (document.encoding().name, document.encoding().rule)
}

#[test]
fn the_rules_in_their_order() {
    let header = Some("text/html; Charset=\"koi8-r\"");
    assert_eq!(
        found(b"\xEF\xBB\xBF<meta charset=big5>a", header),
        ("UTF-8", EncodingRule::ByteOrderMark)
    );
    assert_eq!(
        found(b"\xFF\xFEa\0", header),
        ("UTF-16LE", EncodingRule::ByteOrderMark)
    );
    assert_eq!(
        found(b"<meta charset=big5>a", header),
        ("KOI8-R", EncodingRule::ContentType)
    );
    assert_eq!(
        found(b"<meta charset=big5>a", Some("text/html; charset=bogus")),
        ("Big5", EncodingRule::Meta)
    );
    assert_eq!(found(b"a", None), ("UTF-8", EncodingRule::Valid));
    assert_eq!(found("é".as_bytes(), None), ("UTF-8", EncodingRule::Valid));
    assert_eq!(
        found(b"<\0p\0>\0a\0", None),
        ("UTF-16LE", EncodingRule::ZeroBytes)
    );
    assert_eq!(
        found(b"\0<\0p\0>\0a", None),
        ("UTF-16BE", EncodingRule::ZeroBytes)
    );
}

/// Whole pages of the encodings that old sites have, declared nowhere.
#[test]
fn legacy_encodings_are_guessed() {
    let samples: [(&'static Encoding, &str); 8] = [
        (
            WINDOWS_1252,
            "Öffnungszeiten: täglich außer montags. Straße, Düsseldorf, München, Übersicht, Impressum",
        ),
        (
            WINDOWS_1250,
            "Dzień dobry, zapraszamy: ul. Świętokrzyska, Łódź, gdzie żółć i źdźbło są częste",
        ),
        (
            WINDOWS_1251,
            "Добро пожаловать на наш сайт. Телефон, адрес, часы работы, контакты",
        ),
        (
            WINDOWS_1253,
            "Καλώς ήρθατε στην ιστοσελίδα μας. Τηλέφωνο, διεύθυνση και ώρες λειτουργίας",
        ),
        (
            SHIFT_JIS,
            "お問い合わせはこちらへどうぞ。東京都千代田区丸の内一丁目、営業時間は午前九時から",
        ),
        (
            GB18030,
            "欢迎访问我们的网站。联系我们：北京市朝阳区建国路，电话和营业时间如下",
        ),
        (
            BIG5,
            "歡迎光臨我們的網站。聯絡我們：臺北市中正區重慶南路，電話與營業時間如下",
        ),
        (
            EUC_KR,
            "저희 홈페이지를 방문해 주셔서 감사합니다. 서울특별시 중구 세종대로, 전화번호와 영업시간",
        ),
    ];
    for (encoding, sample) in samples {
        let (bytes, _, unmappable) = encoding.encode(sample);
        assert!(!unmappable, "{}", encoding.name());
        let page = [b"<html><body><p>".as_slice(), &bytes, b"</p>"].concat();
        let document = read(&page, None);
        assert_eq!(
            document.text(),
            sample,
            "{} read as {}",
            encoding.name(),
            document.encoding().name
        );
        assert!(!document.encoding().replaced);
    }
}

#[test]
fn utf_16_is_read_with_and_without_a_mark() {
    let page = "<html><body><p>Rossi, via 日本 1</p>";
    for little in [true, false] {
        let pair = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        let bare: Vec<u8> = page.encode_utf16().flat_map(pair).collect();
        let marked = [pair(0xFEFF).as_slice(), &bare].concat();
        assert_eq!(read(&bare, None).text(), "Rossi, via 日本 1");
        assert_eq!(read(&marked, None).text(), "Rossi, via 日本 1");
    }
}

#[test]
fn broken_bytes_are_replaced_and_told() {
    let document = read(b"<meta charset=utf-8><p>caf\xE9 ol\xC3\xA9", None);
    assert_eq!(document.text(), "caf\u{fffd} olé");
    assert!(document.encoding().replaced);
    assert!(
        document
            .warnings()
            .any(|warning| warning.kind == WarningKind::Replaced)
    );
    assert_eq!(
        read(b"<meta charset=utf-8><p>caf\xC3", None).text(),
        "caf\u{fffd}",
        "cut inside a character"
    );
}

#[test]
fn the_domain_helps_a_guess() {
    let short = "<p>Телефон</p>";
    let (bytes, _, _) = WINDOWS_1251.encode(short);
    let base = url::Url::parse("https://beispiel.ru/").unwrap();
    let document = Document::parse(&bytes, &ParseOptions::new().base_url(Some(&base))).unwrap();
    assert_eq!(document.text(), "Телефон");
}

#[test]
fn what_is_no_text_is_refused() {
    let zeros = [b"abc".as_slice(), &[0; 100], b"def", &[7; 300]].concat();
    for binary in [
        b"%PDF-1.4 x".as_slice(),
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1A\n",
        b"GIF89a",
        b"\xFF\xD8\xFF\xE0",
        &zeros,
        &[0; 64],
    ] {
        let error = Document::parse(binary, &ParseOptions::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
    }
    assert_eq!(read(b"a\0b", None).text(), "ab", "a stray zero is dropped");
}
