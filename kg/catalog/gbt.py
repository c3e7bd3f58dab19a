"""A data set as the catalogues of Chinese governments record it: GB/T 21063.3 core metadata.

GB/T 21063.3 (政务信息资源目录体系 第3部分：核心元数据) names the elements; 共享类型 and 开放属性
are those of the 政务信息资源目录编制指南（试行）. What nobody has stated is null, not made up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.catalog.dataset import KEYWORDS, Dataset, download, page_of
from kg.catalog.publication import Publication
from kg.iri import Minter

FILE = "gbt21063.json"
FOLDER = "gbt21063"
# What a row of the tables says, as the tables' columns are named (kg/queries/table-*.rq).
_ITEMS = (
    ("项目编码", "字符型"),
    ("项目名称", "字符型"),
    ("预算年度", "日期型"),
    ("预算单位", "字符型"),
    ("预算金额（元）", "数值型"),
    ("资金用途", "字符型"),
    ("绩效目标", "字符型"),
    ("绩效指标", "字符型"),
    ("指标值", "字符型"),
    ("功能分类科目", "字符型"),
    ("政府采购", "数值型"),
    ("国有资产", "数值型"),
    ("原文位置", "字符型"),
)


def record(dataset: Dataset, publication: Publication, minter: Minter) -> dict[str, Any]:
    """Return the record of *dataset*; docs/routes.md says what each element is mapped from."""
    return {
        "信息资源名称": dataset.title,
        "信息资源代码": dataset.name,
        "信息资源提供方": dataset.publisher or publication.publisher,
        "信息资源提供方代码": dataset.publisher_code,
        "信息资源摘要": dataset.description,
        "信息资源格式": list(dict.fromkeys(dump.media_type for dump in dataset.dumps)),
        "信息项": [{"名称": name, "数据类型": kind} for name, kind in _ITEMS],
        "共享类型": "无条件共享",
        "开放属性": "向社会开放",
        "更新周期": "每年",
        "发布日期": dataset.issued,
        "更新日期": dataset.modified,
        "版本": dataset.version,
        "关键字": list(KEYWORDS),
        "语种": "中文",
        "时间范围": {"起": f"{dataset.years[0]:04}-01-01", "止": f"{dataset.years[-1]:04}-12-31"},
        "空间范围": [name for _slug, name in dataset.places],
        "使用许可": dataset.licence,
        "联系方式": publication.contact,
        "数据来源": dataset.origin or dataset.file,
        "信息资源标识符": minter.dataset(dataset.name),
        "在线链接地址": page_of(dataset, minter),
        "下载地址": [
            {
                "格式": dump.media_type,
                "地址": download(dataset, dump, minter),
                "字节数": dump.size,
                "SHA-256": dump.sha256,
            }
            for dump in dataset.dumps
        ],
    }


def write_records(
    datasets: Sequence[Dataset], publication: Publication, minter: Minter, folder: Path
) -> None:
    """Write the records of all *datasets* as one file, and each as one, into *folder*."""
    (folder / FOLDER).mkdir()
    with (folder / FILE).open("w", encoding="utf-8") as every:
        every.write('{"标准": "GB/T 21063.3", "信息资源": [')
        for number, dataset in enumerate(datasets):
            text = json.dumps(record(dataset, publication, minter), ensure_ascii=False, indent=1)
            every.write(f"{',' if number else ''}\n{text}")
            path = folder / FOLDER / f"{dataset.name}.json"
            path.write_text(f"{text}\n", encoding="utf-8")
        every.write("\n]}\n")
