//! Numbers in links and attributes, form by form. The number is of the range Berlin keeps for fiction.
#![allow(clippy::unwrap_used, reason = "a test harness")]

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use lead_core::record::{Method, PhoneRole};

/// Number, role and extension of the one number on a page, when a link is what shows it.
fn linked(html: &str) -> Option<(String, PhoneRole, Option<String>)> {
    let contacts = extract(html, &ExtractOptions::new().region("DE")).unwrap();
    match contacts.findings.phones.as_slice() {
        [phone]
            if phone
                .evidence()
                .iter()
                .any(|trace| trace.method == Method::TelLink) =>
        {
            Some((phone.e164.to_string(), phone.role, phone.extension.clone()))
        }
        _ => None,
    }
}

#[track_caller]
fn check(role: PhoneRole, pages: &[&str]) {
    let wanted = Some(("+493023125100".to_owned(), role, None));
    let wrong: Vec<String> = pages
        .iter()
        .filter(|html| linked(html) != wanted)
        .map(|html| format!("{html}\n  found {:?}", linked(html)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tel_in_any_case_and_form() {
    check(
        PhoneRole::Tel,
        &[
            "<a href='tel:+493023125100'>Call</a>",
            "<a href='TEL:+49-30-23125-100'>Call</a>",
            "<a href='Tel: +49 (0)30 23125100'>Call</a>",
            "<a href='tel://+493023125100'>Call</a>",
            "<a href='tel:%2B49%2030%2023125%20100'>Call</a>",
            "<a href='tel:&#43;49&#51;023125100'>Call</a>",
            "<a href='tel:03023125100'>Call</a>",
            "<a href='tel:0049.30.23125100'>Call</a>",
            "<a href='tel:493023125100'>Call</a>",
            "<a href='tel:03023125100;phone-context=+49'>Call</a>",
            "<area href='tel:+493023125100'>",
            "<a href=' tel:+493023125100\n'>030 23125-100</a>",
            "<a href='tel:+49&nbsp;30&nbsp;23125100'>Call</a>",
            "<a href='tel:+49%c2%a030%c2%a023125100'>Call</a>",
            "<a href='callto:+493023125100'>Call</a>",
            "<a href='CALLTO://03023125100'>Call</a>",
            "<a href='phone:+493023125100'>Call</a>",
            "<a href='skype:+493023125100?call'>Call</a>",
            "<a href='facetime-audio:+493023125100'>Call</a>",
            "<a href='wtai://wp/mc;03023125100'>Call</a>",
        ],
    );
}

#[test]
fn an_extension_is_kept() {
    let (number, _, extension) = linked("<a href='tel:+493023125100;ext=17'>Call</a>").unwrap();
    assert_eq!(
        (number.as_str(), extension.as_deref()),
        ("+493023125100", Some("17"))
    );
}

#[test]
fn messages() {
    check(
        PhoneRole::Sms,
        &[
            "<a href='sms:+493023125100'>Text us</a>",
            "<a href='sms:+493023125100?body=Hello%20there'>Text us</a>",
            "<a href='sms:+493023125100;?&body=Hi'>Text us</a>",
            "<a href='SMSTO:03023125100'>Text us</a>",
            "<a href='mms:+493023125100'>Text us</a>",
        ],
    );
    check(PhoneRole::Fax, &["<a href='fax:+493023125100'>Fax</a>"]);
}

#[test]
fn whatsapp() {
    check(
        PhoneRole::Whatsapp,
        &[
            "<a href='https://wa.me/493023125100'>Chat</a>",
            "<a href='https://wa.me/+493023125100?text=Hello'>Chat</a>",
            "<a href='http://www.wa.me/493023125100/'>Chat</a>",
            "<a href='//wa.me/00493023125100'>Chat</a>",
            "<a href='https://wa.me/?phone=493023125100'>Chat</a>",
            "<a href='https://api.whatsapp.com/send?phone=493023125100'>Chat</a>",
            "<a href='https://api.whatsapp.com/send/?phone=%2B493023125100&amp;text&amp;app_absent=0'>Chat</a>",
            "<a href='https://api.whatsapp.com/send?text=Hi&phone=493023125100'>Chat</a>",
            "<a href='https://web.whatsapp.com/send?phone=493023125100'>Chat</a>",
            "<a href='whatsapp://send?phone=493023125100'>Chat</a>",
            "<a href='WhatsApp://send/?phone=+493023125100&text=a'>Chat</a>",
            "<a href='whatsapp:+493023125100'>Chat</a>",
        ],
    );
}

#[test]
fn other_messengers() {
    check(
        PhoneRole::Mobile,
        &[
            "<a href='viber://chat?number=%2B493023125100'>Chat</a>",
            "<a href='viber://add?number=493023125100'>Chat</a>",
            "<a href='viber://contact?number=+493023125100'>Chat</a>",
            "<a href='https://signal.me/#p/+493023125100'>Chat</a>",
            "<a href='https://t.me/+493023125100'>Chat</a>",
        ],
    );
}

#[test]
fn data_attributes() {
    check(
        PhoneRole::Tel,
        &[
            "<span data-phone='+49 30 23125-100'></span>",
            "<button data-tel=03023125100>Show</button>",
            "<button data-phone-number='030 23125 100'>Show</button>",
            "<a href=# data-number='+493023125100'>Show</a>",
            "<div data-telephone='(030) 23125100'></div>",
            "<a data-href='tel:+493023125100'>Show</a>",
            "<span data-link='TEL:+493023125100'>Show</span>",
            "<b data-contact-phone='0049 30 23125100'>Show</b>",
            "<b data-call=+493023125100>Show</b>",
        ],
    );
    check(
        PhoneRole::Whatsapp,
        &[
            "<b data-whatsapp='+493023125100'></b>",
            "<b data-url='https://wa.me/493023125100'></b>",
        ],
    );
    check(PhoneRole::Fax, &["<b data-fax='+493023125100'></b>"]);
    check(PhoneRole::Mobile, &["<b data-mobile='+493023125100'></b>"]);
}

#[test]
fn event_handlers() {
    check(
        PhoneRole::Tel,
        &[
            "<button onclick=\"window.open('tel:+493023125100')\">Call</button>",
            "<button onclick=\"window.open('tel:+493023125100', '_self')\">Call</button>",
            "<button onclick='location.href=\"tel:+493023125100\"'>Call</button>",
            "<div onclick=\"window.location = 'tel:+49 30 23125100'; return false\">Call</div>",
            "<div onclick='document.location.href=`tel:03023125100`'>Call</div>",
            "<div onClick=\"ga('send','event','call'); location.assign('callto:+493023125100');\">Call</div>",
            "<a href=\"javascript:window.open('tel:+493023125100')\">Call</a>",
            "<a href=\"JavaScript:callPhone('030 23125-100')\">Call</a>",
            "<div onclick=\"makeCall('+49 30 23125-100')\">Call</div>",
        ],
    );
    check(
        PhoneRole::Whatsapp,
        &["<button onclick=\"window.open('https://wa.me/493023125100?text=Hi')\">Chat</button>"],
    );
}

#[test]
fn what_dials_nothing() {
    for html in [
        "<a href='https://wa.me/message/ABCDEFG1234567'>Chat</a>",
        "<a href='https://t.me/+AbCdEf1234567'>Chat</a>",
        "<a href='skype:bakery.rossi?chat'>Chat</a>",
        "<a href='https://shop.example/tel:+493023125100'>Shop</a>",
        "<a href='tel:'>Call</a>",
        "<a href='tel:+49'>Call</a>",
        "<b data-number='3023125100'></b>",
        "<b data-id='03023125100' data-phone-id='x'></b>",
        "<b data-hotel='03023125100'></b>",
        "<b onclick=\"track('03023125100')\"></b>",
        "<b data-phone='Call 030 23125100 or 030 23125101'></b>",
    ] {
        let contacts = extract(html, &ExtractOptions::new().region("DE")).unwrap();
        assert_eq!(contacts.findings.phones, [], "{html}");
    }
}
