#!/usr/bin/env python3
"""saved-by-others.py NIANBAO FOLDER: does `nianbao import` read out of each workbook of the folder what it
reads out of it once LibreOffice, or openpyxl, has opened and saved it?"""
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl

# LibreOffice ends well and without a word after some 250 workbooks in one run, whatever is left.
BATCH = 100

nianbao, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
workbooks = sorted(folder.glob("*.xlsx"))
if not workbooks:
    sys.exit(f"no workbook in {folder}")


def save_by_libreoffice(room):
    for start in range(0, len(workbooks), BATCH):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{room.parent}/profile"]
            + ["--convert-to", "xlsx", "--outdir", room, *workbooks[start : start + BATCH]],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def save_by_openpyxl(room):
    room.mkdir()
    for workbook in workbooks:
        openpyxl.load_workbook(workbook).save(room / workbook.name)


def said(value, key=""):
    """What a data file says, by key. openpyxl drops the results of formulas, so totals don't count."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in ("total", "outcome_total"):
                yield from said(member, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, member in enumerate(value[:6]):
            yield from said(member, f"{key}[{number}]")
    else:
        yield key, value


def imported(workbook):
    """What `import` reads, by key, or what it finds wrong."""
    target = workbook.with_suffix(".toml")
    done = subprocess.run([nianbao, "import", workbook, "-o", target, "--force"], capture_output=True, text=True)
    if done.returncode:
        return {"error": done.stderr.splitlines()[:1]}
    return dict(said(tomllib.loads(target.read_text(encoding="utf-8"))))


with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
    room, changed = Path(name), 0
    before = list(pool.map(imported, workbooks))
    for program, save in (("LibreOffice", save_by_libreoffice), ("openpyxl", save_by_openpyxl)):
        save(room / program)
        after = pool.map(imported, [room / program / workbook.name for workbook in workbooks])
        for workbook, was, found in zip(workbooks, before, after):
            if was == found and "error" not in was:
                continue
            changed += 1
            if "error" in found:
                print(f"{workbook.name} after {program}: {found['error']}")
                continue
            lost = {key: (was.get(key), found.get(key)) for key in was | found if was.get(key) != found.get(key)}
            print(f"{workbook.name} after {program}: {lost or was}"[:600])
print(f"{len(workbooks)} workbooks, each saved by LibreOffice and by openpyxl; changed: {changed}")
sys.exit(1 if changed else 0)
