//! Any bytes: a typed error or rejects, never a panic.

use lead_core::ErrorKind;
use lead_core::source::open_data::{Layout, ReadOptions, read};
use proptest::prelude::*;

use crate::support::made;

/// Reads to the end. A panic on a thread would come back as an internal error.
pub(crate) fn survives(bytes: &[u8]) {
    let file = made(bytes);
    let _ = Layout::detect(&file.path);
    for layout in Layout::ALL {
        match read(&file.path, layout, &ReadOptions::new()) {
            Err(error) => assert_ne!(error.kind(), ErrorKind::Internal, "{error:?}"),
            Ok(reader) => {
                for error in reader.filter_map(Result::err) {
                    assert_ne!(error.kind(), ErrorKind::Internal, "{layout}: {error:?}");
                }
            }
        }
    }
}

/// Text with the marks that the layouts are made of.
fn marked() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{\"type\":\"Feature\",\"id\":".to_owned()),
        Just("\"properties\":{\"names\":{\"primary\":".to_owned()),
        Just("\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,".to_owned()),
        Just("LEI,Entity.LegalName\n".to_owned()),
        Just("siren,siret\n".to_owned()),
        Just("CompanyName, CompanyNumber\n".to_owned()),
        "[\"{}\\[\\],:\n\r\t0-9a-z€]{0,12}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_are_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn no_text_is_a_panic(text in marked()) {
        survives(text.as_bytes());
    }
}
