"""Reads the site map of a site with ultimate-sitemap-parser, from robots.txt on, as crawlers do.

Run by the Python of ``.venv-harvesters``; prints the pages as JSON. Never imported: it is GPL.
"""

from __future__ import annotations

import json
import sys

from usp.tree import sitemap_tree_for_homepage

if __name__ == "__main__":
    tree = sitemap_tree_for_homepage(sys.argv[1])
    pages = [(page.url, str(page.last_modified)) for page in tree.all_pages()]
    json.dump(pages, sys.stdout, ensure_ascii=False)
