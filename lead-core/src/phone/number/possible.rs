//! Whether a number has a length its plan knows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Number;
use super::kind::desc_of;
use crate::phone::numbering::{Calling, Desc, Plan};
use crate::record::PhoneType;

/// What the length of a number says: libphonenumber's `ValidationResult`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Possibility {
    /// A length of the plan.
    Possible,
    /// A length that can be dialled within an area only.
    LocalOnly,
    /// No plan has the country calling code.
    InvalidCountryCode,
    /// Shorter than any.
    TooShort,
    /// Longer than any.
    TooLong,
    /// Between two lengths of the plan; also when it has no numbers of the type asked for.
    InvalidLength,
}

impl Possibility {
    /// Whether the number can be dialled from somewhere.
    pub fn is_possible(self) -> bool {
        matches!(self, Self::Possible | Self::LocalOnly)
    }
}

impl Number {
    /// Whether the length fits the plan, or fits within an area of it: `isPossibleNumber`.
    pub fn is_possible(&self) -> bool {
        self.possibility().is_possible()
    }

    /// What the length says: `isPossibleNumberWithReason`.
    pub fn possibility(&self) -> Possibility {
        self.possibility_as(PhoneType::Unknown)
    }

    /// What the length says of a number of a type: `isPossibleNumberForTypeWithReason`.
    ///
    /// Where plans share a calling code, the main one is asked.
    pub fn possibility_as(&self, kind: PhoneType) -> Possibility {
        match Calling::of(self.calling_code).and_then(Calling::main) {
            None => Possibility::InvalidCountryCode,
            Some(plan) => test_length_as(self.national.len(), plan, kind),
        }
    }
}

/// `testNumberLength`
#[inline]
pub(super) fn test_length(national: &[u8], plan: Plan) -> Possibility {
    test(
        national.len(),
        plan.lengths(Desc::General),
        plan.local_lengths(Desc::General),
    )
}

fn test_length_as(length: usize, plan: Plan, kind: PhoneType) -> Possibility {
    let of = |desc| (plan.lengths(desc), plan.local_lengths(desc));
    let (lengths, local) = match kind {
        PhoneType::FixedOrMobile => {
            let (fixed, mobile) = (of(Desc::FixedLine), of(Desc::Mobile));
            (
                fixed.0 | mobile.0,
                if fixed.0 == 0 {
                    mobile.1
                } else {
                    fixed.1 | mobile.1
                },
            )
        }
        kind => of(desc_of(kind)),
    };
    test(length, lengths, local)
}

#[inline]
fn test(length: usize, lengths: u32, local: u32) -> Possibility {
    let bit = u32::try_from(length)
        .ok()
        .and_then(|length| 1u32.checked_shl(length))
        .unwrap_or(0);
    if lengths == 0 {
        Possibility::InvalidLength
    } else if local & bit != 0 {
        Possibility::LocalOnly
    } else if lengths & bit != 0 {
        Possibility::Possible
    } else if bit == 0 || bit > lengths {
        Possibility::TooLong
    } else if bit < lengths & lengths.wrapping_neg() {
        Possibility::TooShort
    } else {
        Possibility::InvalidLength
    }
}
