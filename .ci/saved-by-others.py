#!/usr/bin/env python3
"""saved-by-others.py NIANBAO FOLDER: does `nianbao import` read out of each workbook of the folder what it
reads out of it once LibreOffice, or openpyxl, has opened and saved it?"""
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl

nianbao, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
workbooks = sorted(folder.glob("*.xlsx"))
if not workbooks:
    sys.exit(f"no workbook in {folder}")
room = Path(tempfile.mkdtemp())
# One start of LibreOffice for all.
subprocess.run(
    ["soffice", "--headless", f"-env:UserInstallation=file://{room}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    + ["--outdir", room / "libreoffice", *workbooks],
    check=True,
    stdout=subprocess.DEVNULL,
)
(room / "openpyxl").mkdir()
for workbook in workbooks:
    openpyxl.load_workbook(workbook).save(room / "openpyxl" / workbook.name)


def imported(workbook):
    """The data file, or what is wrong."""
    target = room / "imported" / workbook.parent.name / f"{workbook.stem}.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([nianbao, "import", workbook, "-o", target], capture_output=True, text=True)
    return target.read_text() if done.returncode == 0 else done.stderr


wrong = 0
with ThreadPoolExecutor(2) as pool:
    before = list(pool.map(imported, workbooks))
    for program in ("libreoffice", "openpyxl"):
        saved = [room / program / workbook.name for workbook in workbooks]
        for workbook, was, found in zip(workbooks, before, pool.map(imported, saved)):
            if was != found:
                wrong += 1
                pairs = zip(was.splitlines(), found.splitlines())
                first = next(((a, b) for a, b in pairs if a != b), ("", found))
                print(f"{workbook.name} after {program}:\n  - {first[0]}\n  + {first[1]}")
print(f"{len(workbooks)} workbooks saved by two programs, {wrong} of them changed")
sys.exit(1 if wrong else 0)
