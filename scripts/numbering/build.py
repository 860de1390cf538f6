"""Writes the numbering data of lead-core anew from the installed `phonenumbers`. Run by `update`."""

import pathlib
import sys

import names
import phonenumbers
import plans

OUT = pathlib.Path(__file__).parents[2] / "lead-core/src/phone/numbering"


def main():
    sys.setrecursionlimit(10_000)
    version = phonenumbers.__version__
    blobs = {"plans.bin": plans.build(version), **names.build(version)}
    for name, (blob, facts) in blobs.items():
        (OUT / name).write_bytes(blob)
        print(f"{name}: {len(blob)} bytes from phonenumbers {version}; {facts}")


if __name__ == "__main__":
    main()
