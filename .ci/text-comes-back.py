#!/usr/bin/env python3
"""text-comes-back.py REPORT.pdf REPORT.txt: does pdftotext find every character of the narrative
sections (one, five, six) of the plain-text report in order? White space and page numbers don't
count."""
import re
import subprocess
import sys

pdf, text = sys.argv[1:]
lines = [line.strip().strip("?").strip() for line in open(text, encoding="utf-8")]


def section(start, end):
    first = next(i for i, line in enumerate(lines) if line.startswith(start))
    last = next((i for i, line in enumerate(lines) if i > first and re.match(end, line)), len(lines))
    return "".join(lines[first + 1 : last])


raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
found = re.sub(r"\s", "", re.sub(r"(?m)^— \d+ —$", "", raw))
missing = [
    start
    for start, end in (("一、", "二、主"), ("五、", "六、其"), ("六、", "$^"))
    if re.sub(r"\s", "", section(start, end)) not in found
]
radicals = [c for c in raw if 0x2E80 <= ord(c) <= 0x2FDF or 0xE000 <= ord(c) <= 0xF8FF]
if missing or radicals:
    sys.exit(f"sections that don't come back: {missing}; radicals or private use: {radicals}")
print("all three sections come back, character for character")
