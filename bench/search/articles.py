"""A hundred thousand articles as the open interface has them, and a release of them for a portal.

Statutes are real where ZT_STATUTES names a folder of them (one text file each, a line beginning with 第…条 for each article); the rest is
put together from words of government notices, common ones often and rare ones seldom.
"""

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from zhengtong.foundation.files import tree
from zhengtong.portal.pages import folders

HOST = "https://www.yunling.gov.cn"
ARTICLES, ROOMS, YEARS = 100_000, 120, range(2021, 2027)
OPENS = re.compile(r"^\W*第[一二三四五六七八九十百千零]+条", re.MULTILINE)
WORDS = re.compile(r"\S+")
MARKS = re.compile(r"[#*>\-\s]+")
PLACES = WORDS.findall("云城 石桥 青林 河口 南山 龙泉 北坝 东关 双河 大坪 白沙 清水 马街 太平 永安 新店 柳溪 竹园 松岭 高峰")
DOES = WORDS.findall("开展 推进 加强 落实 部署 检查 调研 完善 规范 启动 督办 公示 验收 整治 保障 组织 征集 调整 印发 公布")
THINGS = WORDS.findall(
    "冬修水利 森林防火 安全生产 乡村振兴 义务教育 医疗保障 环境保护 河道清淤 道路养护 农机补贴 人才引进 招标采购 财政预算 住房公积金 "
    "养老服务 食品安全 营商环境 信访接待 档案管理 疫病防控 防汛抗旱 耕地保护 土地流转 饮水安全 危房改造 就业培训 文化惠民 垃圾分类 "
    "电商进村 节假日值班"
)
KINDS = WORDS.findall("通知 公告 方案 意见 办法 通报 简报 解读 公示 总结")
COLUMNS = WORDS.findall("news notices policy plans budget personnel")
SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def statutes() -> list[tuple[str, str]]:
    """Title and text of every article of the real statutes; none where there is no folder of them."""
    folder = os.environ.get("ZT_STATUTES", "")
    found = []
    for file in sorted(Path(folder).glob("*.md")) if folder else ():
        text = file.read_text(encoding="utf-8")
        hits = list(OPENS.finditer(text))
        for hit, after in zip(hits, [*hits[1:], None], strict=False):
            article = MARKS.sub("", text[hit.start() : after.start() if after else len(text)])
            found.append((file.stem.split("(")[0] + MARKS.sub("", hit.group()), article))
    return found


def _sentence(die: random.Random) -> str:
    name = "".join(die.choices(SIGNS, k=die.randint(2, 3)))  # rare ones: names of people and firms
    place, other = die.choice(PLACES), die.choice(PLACES)
    return die.choice(
        (
            f"{place}镇{die.choice(DOES)}{die.choice(THINGS)}工作，{die.choice(DOES)}{die.choice(THINGS)}{die.randint(2, 99)}项。",
            f"由{name}负责{die.choice(THINGS)}的{die.choice(DOES)}，{die.randint(1, 12)}月底前完成。",
            f"{place}、{other}两地要{die.choice(DOES)}{die.choice(THINGS)}，确保{die.choice(THINGS)}取得实效。",
            f"联系人：{name}，地址：{place}路{die.randint(1, 400)}号。",
        )
    )


def articles(count: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """So many articles, statutes first, spread over rooms, columns and months."""
    die, real = random.Random(seed), statutes()[: count // 2]
    for number in range(count):
        if number < len(real):
            title, text = real[number]
        else:
            title = f"{die.choice(PLACES)}镇关于{die.choice(DOES)}{die.choice(THINGS)}的{die.choice(KINDS)}"
            text = "".join(_sentence(die) for _n in range(die.randint(4, 24)))
        room, column, year, month = die.randrange(ROOMS), die.choice(COLUMNS), die.choice(YEARS), die.randint(1, 12)
        path = f"d{room:03}/{column}"
        at = f"{year}-{month:02}-{die.randint(1, 28):02}T{die.randint(8, 18):02}:{die.randint(0, 59):02}:{die.randint(0, 59):02}+08:00"
        row = {
            "url": f"{HOST}/{path}/{year}/{number}/",
            "title": title,
            "published_at": at,
            "source": "县",
            "column": f"/{path}/",
            "text": text,
        }
        if column == "policy":
            row |= {"number": f"云政发〔{year}〕{number % 400}号", "issuer": f"云岭县{die.choice(PLACES)}局", "validity": "valid"}
        yield row


def serve(rows: list[dict[str, str]]) -> None:
    """Let the portal of this process serve a release of them; pages stand in its listings only."""
    pieces: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        pieces.setdefault(f"api/v1/articles{row['column']}{row['published_at'][:7]}.json", []).append(row)
    digests = {row["url"].removeprefix(f"{HOST}/") + "index.html": "0" * 64 for row in rows}
    for path, piece in pieces.items():
        content = json.dumps(piece, ensure_ascii=False).encode()
        digests[path] = tree.sm3(content)
        _keep(digests[path], content)
    root, listings = tree.fold(digests)
    for digest, content in listings.items():
        _keep(digest, content)
    folders.switch(root)


def _keep(digest: str, content: bytes) -> None:
    place = folders.content(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
