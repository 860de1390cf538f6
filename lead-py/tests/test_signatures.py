"""What services sign (docs/service.md) is what the package http-message-signatures signs and verifies (RFC 9421)."""

import base64
import datetime
from dataclasses import dataclass
from typing import Any

import pytest

signatures = pytest.importorskip(
    "http_message_signatures",
    reason="NOT COMPARED with http-message-signatures: it is not installed (lead-py/requirements-dev.txt)",
)
ed25519 = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")

Case = dict[str, Any]

# RFC 9421 B.1.5 and the seed in B.1.4.
SECRET = base64.b64decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")
SEED = base64.b64decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")


@dataclass
class Message:
    method: str
    url: str
    headers: dict[str, str]


def message(case: Case, *, signed: bool) -> Message:
    headers = dict(case["headers"])
    if signed:
        headers |= {"Signature-Input": case["signature_input"], "Signature": case["signature"]}
    return Message(case["method"], case["url"], headers)


def algorithm(case: Case) -> Any:
    return {"hmac-sha256": signatures.algorithms.HMAC_SHA256, "ed25519": signatures.algorithms.ED25519}[case["algorithm"]]


def keys(case: Case) -> Any:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(SEED)
    pair = {"hmac-sha256": (SECRET, SECRET), "ed25519": (private.public_key(), private)}[case["algorithm"]]
    name = case["algorithm"]
    return signatures.MappingKeyResolver(public_keys={name: pair[0]}, private_keys={name: pair[1]})


def verify(case: Case, body: str) -> Any:
    verifier = signatures.HTTPMessageVerifier(signature_algorithm=algorithm(case), key_resolver=keys(case))
    return verifier.verify(message(case, signed=True), max_age=None, body=body.encode())


@pytest.mark.cases("signatures")
def test_either_side_verifies(case: Case) -> None:
    [result] = verify(case, case["body"])
    assert result.parameters["keyid"] == case["algorithm"]


@pytest.mark.cases("signatures")
def test_another_body_is_refused(case: Case) -> None:
    with pytest.raises(signatures.InvalidSignature):
        verify(case, case["body"] + " ")


@pytest.mark.cases("signatures")
def test_this_side_signs_the_same(case: Case) -> None:
    """Guards the cases: those of this side are what the package makes of them, to the last byte."""
    if case["signer"] != "python":
        return
    signer = signatures.HTTPMessageSigner(signature_algorithm=algorithm(case), key_resolver=keys(case))
    signed = message(case, signed=False)
    signer.sign(
        signed,
        key_id=case["algorithm"],
        created=datetime.datetime.fromtimestamp(case["created"], tz=datetime.timezone.utc),
        nonce=case["nonce"],
        label=case["label"],
        covered_component_ids=case["covered"],
        use_existing_digest="content-digest" in case["covered"],
    )
    assert signed.headers["Signature-Input"] == case["signature_input"]
    assert signed.headers["Signature"] == case["signature"]
