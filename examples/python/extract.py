"""The contacts of a page, and telephone numbers in a text."""

import lead

PAGE = """
<h1>Boulangerie Exemple</h1>
<p>12 rue de l'Exemple, 69001 Lyon</p>
<p>Tél. <a href="tel:+33478000001">04 78 00 00 01</a>, Fax 04 78 00 00 02</p>
<p><a href="mailto:bonjour@boulangerie.example">Écrivez-nous</a></p>
"""

contacts = lead.extract(PAGE, region="FR")
for phone in contacts.phones:
    print(f"{phone.e164:<14} {phone.role:<4} {phone.method:<13} {phone.confidence:.2f}  {phone.raw}")
for email in contacts.emails:
    print(f"{email.address}  {email.scheme}  {email.confidence:.2f}")
assert contacts.phones[0].e164 == "+33478000001"

TEXT = "☎ Appelez le 04 78 00 00 01 ou le +1 415-555-2671."
for match in lead.find_phones(TEXT, region="FR"):
    assert TEXT[match.start : match.end] == match.raw
    print(match.start, match.end, match.e164)

try:
    lead.extract(PAGE, region="Atlantis")
except lead.InvalidInputError as error:
    print(error.code, error.retryable, error)
