#!/usr/bin/env python3
"""events.py GYRE: the event file of a training is what TensorBoard's format describes, and says the
same as its table of metrics."""

import csv
import os
import pathlib
import struct
import subprocess
import sys
import tempfile


def crc32c(data):
    """Bit by bit, as the definition goes."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    """Length, its checksum, as many bytes, their checksum."""
    at = 0
    while at < len(data):
        length, check = struct.unpack_from("<QI", data, at)
        assert masked(data[at:at + 8]) == check, at
        record = data[at + 12:at + 12 + length]
        assert len(record) == length, "cut off"
        assert struct.unpack_from("<I", data, at + 12 + length)[0] == masked(record), at
        yield record
        at += 16 + length


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


def fields(message):
    """(number, value) of a protobuf message."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(message, at)
        elif kind == 1:
            value, at = struct.unpack_from("<d", message, at)[0], at + 8
        elif kind == 5:
            value, at = struct.unpack_from("<f", message, at)[0], at + 4
        else:
            assert kind == 2, kind
            length, at = varint(message, at)
            value, at = message[at:at + length], at + length
            assert len(value) == length
        yield key >> 3, value


def read(path):
    """[(wall time, step, {tag: value})], after the version."""
    first, *rest = (dict(fields(record)) for record in records(path.read_bytes()))
    assert first[3] == b"brain.Event:2", first
    events = []
    for event in rest:
        scalars = {}
        for number, value in fields(event[5]):
            assert number == 1
            scalar = dict(fields(value))
            scalars[scalar[1].decode()] = scalar[2]
        events.append((event[1], event[2], scalars))
    return events


def check(folder):
    """Every row of the table is an event, in the same order, once."""
    events = read(folder / "events.out.tfevents.1.gyre")
    with open(folder / "metrics.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(events) > 0, (len(rows), len(events))
    for row, (_, step, scalars) in zip(rows, events):
        assert int(row.pop("step")) == step
        assert list(row) == list(scalars), scalars
        for name, value in row.items():
            single = struct.unpack("<f", struct.pack("<f", float(value)))[0]
            assert single == scalars[name] or single != single, (step, name)
    times = [time for time, _, _ in events]
    assert times == sorted(times) and times[0] > 1.6e9, times
    return events


def main():
    gyre = os.path.abspath(sys.argv[1])
    assert crc32c(b"123456789") == 0xE3069283
    with tempfile.TemporaryDirectory(prefix="gyre-events-") as top:
        words = ["--set", "log=5", "--set", "checkpoint=10", "--quiet"]

        def run(*more):
            subprocess.run([gyre, *more], cwd=top, stdout=subprocess.DEVNULL, check=True)

        run("train", "covariance", "--steps", "20", "--out", "here", *words)
        before = check(pathlib.Path(top, "here"))
        run("resume", "here", "--steps", "40", "--quiet")
        after = check(pathlib.Path(top, "here"))
        assert [step for _, step, _ in after] == list(range(5, 41, 5))
        assert after[:4] == before, "what was written is written again, times and all"
    print(f"{len(after)} events")


if __name__ == "__main__":
    main()
