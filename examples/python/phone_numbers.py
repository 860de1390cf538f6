"""A telephone number as a value: read, checked, written, compared."""

import lead
from lead import phone

number = phone.parse("030/123456 ext. 7", "DE")
print(number.e164, number.international, number.rfc3966, sep="  ")
print(number.is_valid, number.type, number.region, number.area, *number.time_zones)
print("from the United States:", number.format_from("US"))
assert number == phone.parse("+49 30 123456 ext. 7")

# Numbers written in several ways are one in a set.
written = ["01 23 45 67 89", "+33 1 23 45 67 89", "0033 123456789"]
assert len({phone.parse(text, "FR") for text in written}) == 1

mobile = phone.example_number("FR", "mobile")
assert mobile is not None
print(mobile, mobile.national, mobile.compare("06 12 34 56 78"))
print("emergency:", phone.is_emergency_number("112", "FR"), "short:", phone.parse("112", "FR").short_cost_in("FR"))

for text in ["call me", "+49 1", "030 123456"]:
    try:
        phone.parse(text)
    except lead.InvalidInputError as error:
        print(f"{text!r}: {error.context['reason']}")
