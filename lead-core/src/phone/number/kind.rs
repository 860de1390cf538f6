//! Whether a plan has a number, which one, and what the number is for.

use super::{Number, Possibility};
use crate::phone::digits::Digits;
use crate::phone::numbering::{Calling, Desc, Matches, Plan};
use crate::phone::region::Region;
use crate::record::PhoneType;

/// The order in which types are asked for.
const TYPES: [(Desc, PhoneType); 8] = [
    (Desc::PremiumRate, PhoneType::PremiumRate),
    (Desc::TollFree, PhoneType::TollFree),
    (Desc::SharedCost, PhoneType::SharedCost),
    (Desc::Voip, PhoneType::Voip),
    (Desc::PersonalNumber, PhoneType::PersonalNumber),
    (Desc::Pager, PhoneType::Pager),
    (Desc::Uan, PhoneType::Uan),
    (Desc::Voicemail, PhoneType::Voicemail),
];

impl Number {
    /// Whether the plan has such a number: `isValidNumber`. Nobody need have it.
    #[inline]
    pub fn is_valid(&self) -> bool {
        self.plan_and_kind()
            .is_some_and(|(_, kind)| kind != PhoneType::Unknown)
    }

    /// The number without the digits too many at its end: `truncateTooLongNumber`. `None` when no start of it is valid.
    pub fn truncated(&self) -> Option<Self> {
        let mut number = *self;
        while !number.is_valid() {
            let (_, shorter) = number.national.as_bytes().split_last()?;
            if shorter.iter().all(|digit| *digit == b'0') {
                return None;
            }
            number.national = Digits::new(shorter)?;
            if number.possibility() == Possibility::TooShort {
                return None;
            }
        }
        Some(number)
    }

    /// Whether it is a number of that very region: `isValidNumberForRegion`.
    pub fn is_valid_for(&self, region: Region) -> bool {
        Plan::of_region(region).is_some_and(|plan| {
            plan.calling_code() == self.calling_code
                && kind_in(plan, self.national.as_bytes()) != PhoneType::Unknown
        })
    }

    /// The region the number belongs to: `getRegionCodeForNumber`. `None` for codes without one (+800) and for numbers
    /// that several regions of one calling code could have but none has.
    pub fn region(&self) -> Option<Region> {
        self.plan().and_then(|plan| plan.region())
    }

    /// What the plan says the number is for: `getNumberType`.
    pub fn kind(&self) -> PhoneType {
        self.plan_and_kind().map_or(PhoneType::Unknown, |(_, kind)| kind)
    }

    /// Whether the number can be dialled from abroad, or nothing is known of it: `canBeInternationallyDialled`.
    pub fn can_be_internationally_dialled(&self) -> bool {
        let national = self.national.as_bytes();
        match self.plan() {
            Some(plan) if plan.region().is_some() => {
                !(plan.matches(national).has(Desc::NoInternationalDialling)
                    && has_length(plan, Desc::NoInternationalDialling, national))
            }
            _ => true,
        }
    }

    /// The plan the number belongs to.
    pub(super) fn plan(&self) -> Option<Plan> {
        let calling = Calling::of(self.calling_code)?;
        if calling.is_shared() {
            self.find_among(calling).map(|(plan, _)| plan)
        } else {
            calling.main()
        }
    }

    #[inline]
    fn plan_and_kind(&self) -> Option<(Plan, PhoneType)> {
        let calling = Calling::of(self.calling_code)?;
        if calling.is_shared() {
            self.find_among(calling)
        } else {
            let plan = calling.main()?;
            Some((plan, kind_in(plan, self.national.as_bytes())))
        }
    }

    /// The first plan that is known by the number's first digits, or has the number.
    #[inline]
    fn find_among(&self, calling: Calling) -> Option<(Plan, PhoneType)> {
        let national = self.national.as_bytes();
        calling.plans().find_map(|plan| {
            let matches = plan.matches(national);
            let kind = kind_of(plan, matches, national);
            let here = if plan.has_leading_digits() {
                matches.begins()
            } else {
                kind != PhoneType::Unknown
            };
            here.then_some((plan, kind))
        })
    }
}

/// `getNumberTypeHelper`
#[inline]
fn kind_in(plan: Plan, national: &[u8]) -> PhoneType {
    kind_of(plan, plan.matches(national), national)
}

#[inline]
fn kind_of(plan: Plan, matches: Matches, national: &[u8]) -> PhoneType {
    let is = |desc| matches.has(desc) && has_length(plan, desc, national);
    if !is(Desc::General) {
        return PhoneType::Unknown;
    }
    if let Some((_, kind)) = TYPES.iter().find(|(desc, _)| is(*desc)) {
        return *kind;
    }
    match (is(Desc::FixedLine), is(Desc::Mobile)) {
        (true, true) => PhoneType::FixedOrMobile,
        (true, false) => PhoneType::Fixed,
        (false, true) => PhoneType::Mobile,
        (false, false) => PhoneType::Unknown,
    }
}

#[inline]
fn has_length(plan: Plan, desc: Desc, national: &[u8]) -> bool {
    u32::try_from(national.len())
        .ok()
        .and_then(|length| plan.lengths(desc).checked_shr(length))
        .is_some_and(|rest| rest & 1 != 0)
}

/// The description of a type; the general one where there is none.
pub(super) fn desc_of(kind: PhoneType) -> Desc {
    match kind {
        PhoneType::Fixed | PhoneType::FixedOrMobile => Desc::FixedLine,
        PhoneType::Mobile => Desc::Mobile,
        PhoneType::TollFree => Desc::TollFree,
        PhoneType::PremiumRate => Desc::PremiumRate,
        PhoneType::SharedCost => Desc::SharedCost,
        PhoneType::Voip => Desc::Voip,
        PhoneType::PersonalNumber => Desc::PersonalNumber,
        PhoneType::Pager => Desc::Pager,
        PhoneType::Uan => Desc::Uan,
        PhoneType::Voicemail => Desc::Voicemail,
        PhoneType::Unknown => Desc::General,
    }
}
