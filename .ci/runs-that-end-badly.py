#!/usr/bin/env python3
"""Runs of PROGRAM that end badly, more of them than fit into `cargo test`: 200 that are killed at a
moment of chance, and one on a disk of 300 kB (as root only). Every output must be whole or absent,
and a clean run must leave no debris.

    python3 .ci/runs-that-end-badly.py PROGRAM
"""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
HERE = pathlib.Path(__file__).resolve().parent
KILLS = 200
REPORTS = 40


def whole(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    data = path.read_bytes()
    at = data.rfind(b"startxref\n")
    place = int(data[at:].split(b"\n")[1])
    return data.startswith(b"%PDF-") and data.endswith(b"%%EOF") and b"/XRef" in data[place:at]


def outputs(out):
    files = [path for path in out.iterdir() if not path.name.startswith(".")] if out.exists() else []
    for path in files:
        assert whole(path), f"{path} is not whole"
    return {path.name: path.read_bytes() for path in files}


def debris(out):
    return [path.name for path in out.iterdir() if path.name.startswith(".")]


def build(folder, *options):
    return [PROGRAM, "build", str(folder / "in"), "-q", "-o", str(folder / "out"), *options]


def killed(folder):
    out = folder / "out"
    start = time.monotonic()
    subprocess.run(build(folder), check=True)
    whole_run = time.monotonic() - start
    expected = outputs(out)
    assert len(expected) == 2 * REPORTS
    chance = random.Random(1)
    left = 0
    for kill in range(KILLS):
        if kill % 4 == 0:
            for path in out.iterdir():
                path.unlink()
        # Every other run goes on where the last one was killed.
        run = subprocess.Popen(build(folder, *["--resume"] * (kill % 2)))
        time.sleep(chance.uniform(0, 0.9 * whole_run))
        run.send_signal(signal.SIGKILL)
        run.wait()
        left += len(debris(out))
        for name, data in outputs(out).items():
            assert data == expected[name], f"{name} differs after kill {kill}"
    subprocess.run(build(folder, "--resume"), check=True)
    assert outputs(out) == expected, "a run that resumes gives other files"
    assert not debris(out), debris(out)
    print(f"{KILLS} kills: every file whole; {left} half-written files were left and taken away")


def full(folder):
    out = folder / "out"
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(out)], check=True)
    try:
        run = subprocess.run(build(folder), capture_output=True, text=True)
        assert run.returncode == 3, run
        assert "磁盘已满" in run.stderr and str(out) in run.stderr, run.stderr
        assert outputs(out), "nothing fitted"
        assert not debris(out), debris(out)
    finally:
        subprocess.run(["umount", str(out)], check=True)
    print("a full disk: told, every file whole")


with tempfile.TemporaryDirectory() as top:
    for name in ("killed", "full"):
        folder = pathlib.Path(top) / name
        subprocess.run(["python3", str(HERE / "many-data-files.py"), str(REPORTS), str(folder / "in")], check=True)
    killed(pathlib.Path(top) / "killed")
    if os.geteuid() == 0:
        full(pathlib.Path(top) / "full")
