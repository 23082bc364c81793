"""pack.py PROGRAM TARGET OUT: a folder to hand out, an archive of it, and a wheel for PyPI.

All three hold the program, its fonts and the licences of all that is in them. The same program makes the same
bytes: no file has a time or an owner of its own.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
LINUX = "manylinux2014_{0} manylinux_2_17_{0} musllinux_1_1_{0}"
# What the system is called in names of archives, and to pip. A program without a C library of the system's
# runs beside any (PEP 599, 600, 656); older pips know the first name only.
SYSTEMS = {
    "x86_64-unknown-linux-musl": ("linux-x86_64", LINUX.format("x86_64").split()),
    "aarch64-unknown-linux-musl": ("linux-aarch64", LINUX.format("aarch64").split()),
    "x86_64-pc-windows-gnu": ("windows-x86_64", ["win_amd64"]),
    # The tests' own: what the machine that builds runs.
    "x86_64-unknown-linux-gnu": ("linux-x86_64-gnu", ["linux_x86_64"]),
}
# Zip knows no earlier one.
TIME = (1980, 1, 1, 0, 0, 0)


def notices(target: str) -> str:
    """The licences of all packages whose code is in the program, each text once."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    said = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in said["packages"]}
    nodes = {node["id"]: node for node in said["resolve"]["nodes"]}
    waiting, within = [said["resolve"]["root"]], set()
    while waiting:
        one = waiting.pop()
        if one in within:
            continue
        within.add(one)
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    within.discard(said["resolve"]["root"])
    texts: dict[str, tuple[str, list[str]]] = {}
    lines = []
    for package in sorted((packages[one] for one in within), key=lambda it: (it["name"], it["version"])):
        # What runs while the program is built isn't in it.
        if any("proc-macro" in made["kind"] for made in package["targets"]):
            continue
        name = f"{package['name']} {package['version']}"
        lines.append(f"{name}  {package['license']}  {package['repository'] or ''}".rstrip())
        folder = Path(package["manifest_path"]).parent
        for file in sorted(folder.iterdir()):
            if file.is_file() and re.match(r"(?i)(licen[cs]e|copying|copyright|notice|unlicense)", file.name):
                text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
                # One text is often set in several ways.
                alike = re.sub(r"\W+", " ", text).lower().strip()
                texts.setdefault(alike, (text, []))[1].append(f"{name} ({file.name})")
    lines += [
        "",
        "The Rust standard library is under MIT or Apache-2.0, as nianbao is (LICENSE-MIT, LICENSE-APACHE).",
    ]
    if "musl" in target:
        lines.append("musl libc is under MIT: Copyright (c) 2005-2020 Rich Felker, et al.")
    if "windows-gnu" in target:
        lines.append("The start-up code of mingw-w64 is in the public domain.")
    for text, names in texts.values():
        lines += ["", "=" * 72, *names, "-" * 72, text]
    return "\n".join(lines) + "\n"


def contents(program: Path, target: str) -> dict[str, tuple[bytes, int]]:
    """What is handed out, by its place in the folder: bytes and mode."""
    windows = "windows" in target
    files = {program.name: (program.read_bytes(), 0o755)}
    for path in sorted((ROOT / "fonts").rglob("*")):
        if path.is_file():
            files[path.relative_to(ROOT).as_posix()] = (path.read_bytes(), 0o644)
    for name in ["LICENSE-MIT", "LICENSE-APACHE"]:
        files[f"licences/{name}"] = ((ROOT / name).read_bytes(), 0o644)
    files["licences/NOTICES.txt"] = (notices(target).encode(), 0o644)
    words = (HERE / ("使用说明-windows.txt" if windows else "使用说明-linux.txt")).read_text(encoding="utf-8")
    if windows:
        # Older Notepads know neither UTF-8 without its mark nor a bare line feed.
        words = "\ufeff" + words.replace("\n", "\r\n")
    files["使用说明.txt"] = (words.encode(), 0o644)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, (data, _) in files.items()]
    files["SHA256SUMS"] = ("".join(sums).encode(), 0o644)
    return files


def zipped(path: Path, files: dict[str, tuple[bytes, int]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, (data, mode) in files.items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, data)


def tarred(path: Path, files: dict[str, tuple[bytes, int]]) -> None:
    with path.open("wb") as file, gzip.GzipFile("", "wb", 6, file, 0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, (data, mode) in files.items():
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = len(data), mode
                archive.addfile(entry, io.BytesIO(data))


def wheel(folder: Path, package: dict, tags: list[str], files: dict[str, tuple[bytes, int]]) -> Path:
    """A wheel: pip puts scripts into bin (Scripts on Windows) and data beside it, where the fonts are found."""
    name, version = package["name"], package["version"]
    about, data = f"{name}-{version}.dist-info", f"{name}-{version}.data"
    placed = {}
    for place, file in files.items():
        if place.startswith("fonts/"):
            placed[f"{data}/data/share/{name}/{place}"] = file
        elif place.startswith("licences/"):
            placed[f"{about}/{place}"] = file
        elif place.split(".")[0] == name:
            placed[f"{data}/scripts/{place}"] = file
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {package['description']}\n"
    head += f"License: {package['license']}\nRequires-Python: >=3.6\nDescription-Content-Type: text/markdown\n\n"
    placed[f"{about}/METADATA"] = ((head + readme).encode(), 0o644)
    all_tags = "".join(f"Tag: py3-none-{tag}\n" for tag in tags)
    said = f"Wheel-Version: 1.0\nGenerator: {name}\nRoot-Is-Purelib: false\n{all_tags}"
    placed[f"{about}/WHEEL"] = (said.encode(), 0o644)
    lines = []
    for place, (content, _) in placed.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{place},sha256={digest},{len(content)}\n")
    lines.append(f"{about}/RECORD,,\n")
    placed[f"{about}/RECORD"] = ("".join(lines).encode(), 0o644)
    path = folder / f"{name}-{version}-py3-none-{'.'.join(tags)}.whl"
    zipped(path, placed)
    return path


def main() -> None:
    program, target, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    system, tags = SYSTEMS[target]
    files = contents(program, target)
    folder = f"{package['name']}-{package['version']}-{system}"
    for name, (data, mode) in files.items():
        place = out / folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.chmod(mode)
    within = {f"{folder}/{name}": file for name, file in files.items()}
    if "windows" in target:
        zipped(out / f"{folder}.zip", within)
    else:
        tarred(out / f"{folder}.tar.gz", within)
    print(wheel(out, package, tags, files).name)


main()
