#!/usr/bin/env python3
"""Writes COUNT sound data files that differ in name, text and figures into FOLDER: the report of
samples/qingshi-2024.toml with its figures multiplied, its kinds of applicants exchanged (which leaves
every sum right) and its texts without the numbers that go with the old figures.

    python3 .ci/many-data-files.py COUNT FOLDER
"""

import pathlib
import random
import re
import sys

count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).resolve().parent.parent
sample = (root / "samples/qingshi-2024.toml").read_text(encoding="utf-8")

PLACES = "青石安平永和长宁新河东阳西林南山北川清江白沙红岩金塔龙泉凤台桂园柳湾松溪竹岭梅岗兰亭荷塘莲湖桃源杏村枫桥榆关"
BODIES = [
    "教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "水务局", "林业局", "医疗保障局", "应急管理局",
    "农业农村局", "市场监督管理局", "自然资源局", "交通运输局", "卫生健康局", "人力资源和社会保障局",
    "城关镇人民政府", "退役军人事务局", "文化体育和旅游局", "行政审批服务局",
]
SENTENCES = re.findall(r"[^。\n（）]+。", re.search(r'overview = """(.*?)"""', sample, re.S).group(1))
SENTENCES = [s for s in SENTENCES if not re.search(r"[0-9“”]", s)]


def figures(text, factor, order):
    """The tables with every count multiplied and the columns of table three in another order."""

    def row(match):
        cells = [int(n) * factor for n in match.group(2).split(",")]
        cells = [cells[at] for at in order] + cells[6:]
        return f"{match.group(1)}{cells}"

    text = re.sub(r"(?m)^(\w+ +=) \[([-\d ,]+)\]", row, text)
    single = r"\b(made|repealed|in_force|decisions|upheld|corrected|other|pending|total|value) = (\d+)"
    return re.sub(single, lambda m: f"{m.group(1)} = {int(m.group(2)) * factor}", text)


folder.mkdir(parents=True, exist_ok=True)
for number in range(count):
    chance = random.Random(number)
    place = chance.choice(PLACES) + chance.choice(PLACES) + chance.choice("县区市")
    organ = f"{place}{chance.choice(BODIES)}"
    order = chance.sample(range(6), 6)
    head, tables = sample.split("[disclosure]", 1)
    tables = figures(tables, chance.randint(1, 40), order)
    paragraphs = ["".join(chance.choices(SENTENCES, k=chance.randint(3, 7))) for _ in range(6)]
    head = re.sub(r'overview = """.*?"""', lambda _: 'overview = """\n' + "\n".join(paragraphs) + '\n"""', head, flags=re.S)
    head = re.sub(r'problems = """.*?"""', lambda _: 'problems = """\n' + "".join(chance.choices(SENTENCES, k=5)) + '\n"""', head, flags=re.S)
    head = head.replace("青石县教育局", organ).replace("青石县", place).replace("我局", "本机关")
    (folder / f"{number:06}.toml").write_text(head + "[disclosure]" + tables, encoding="utf-8")
