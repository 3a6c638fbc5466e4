"""The map page's modules and styles in one piece: whole, in order, and nothing that is not understood slips through."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from webapp.assets import HEAVY, Assets
from webapp.bundling import BundleError, bundles, joined_styles, module_groups

STATIC = Path(__file__).resolve().parent.parent / "static"


def folder_of(tmp_path, **modules):
    for name, text in modules.items():
        (tmp_path / f"{name}.js").write_text(text, "utf-8")
    return tmp_path


ADDRESSES = ("/first?v=1", "/live?v=1", "/later?v=1")


def joined(folder):
    return bundles(folder, "app.js", "live.js", ADDRESSES)


def test_our_modules_can_be_joined_and_each_stands_after_what_it_needs():
    groups = module_groups(STATIC / "js", "app.js", "live.js")
    first, live, later = groups
    assert (first[-1], live[-1]) == ("app.js", "live.js")
    assert {"dom.js", "links.js", "deck.js", "still.js"} <= set(first)
    assert {"map.js", "legend.js"} <= set(live)
    assert {"panel.js", "table.js", "share.js", "compare.js"} <= set(later)
    order = [*first, *live, *later]
    assert len(set(order)) == len(order)
    for number, name in enumerate(order):
        needed = re.findall(r'from "\./([\w-]+\.js)"', (STATIC / "js" / name).read_text("utf-8"))
        assert set(needed) <= set(order[:number]), name
    for bundle in joined(STATIC / "js"):
        assert "export function" not in bundle
        assert '"./' not in bundle


def test_what_is_fetched_later_shares_the_first_modules(tmp_path):
    folder = folder_of(
        tmp_path,
        app='import { a as b } from "./dom.js";\nimport("./live.js").then(({ go }) => go(b));\n',
        dom="export const a = 1;\nexport async function run() {}\n",
        live='import { a } from "./dom.js";\nexport function go() { import("./panel.js").then(({ P }) => P(a)); }\n',
        panel='import { a } from "./dom.js";\nimport { c } from "./chart.js";\nexport class P {}\n',
        chart="export function c() {}\n",
    )
    first, live, later = joined(folder)
    assert first.index('modules["dom.js"]') < first.index('modules["app.js"]')
    assert 'const { a: b } = modules["dom.js"];' in first
    assert 'import("/live?v=1").then((rest) => rest.modules["live.js"]).then' in first
    assert 'import("/later?v=1").then((rest) => rest.modules["panel.js"]).then' in live
    assert "return { a, run };" in first
    assert 'modules["dom.js"] ??= (() =>' in first  # a newer version that comes later runs nothing again
    assert 'modules["live.js"] ??= (() =>' in live
    for other in (live, later):
        assert 'import { modules as first } from "/first?v=1";' in other
        assert 'modules["dom.js"] ' not in other
    assert 'import "/live?v=1";' in later
    assert later.index('modules["chart.js"] =') < later.index('modules["panel.js"] =')


@pytest.mark.parametrize("text", ["export default 1;\n", 'import x from "./dom.js";\n', "export let a = 1;\n",
                                  'export * from "./dom.js";\n', "import(address);\n"])  # fmt: skip
def test_a_form_that_is_not_understood_is_named(tmp_path, text):
    folder = folder_of(tmp_path, app=text, dom="export const a = 1;\n")
    with pytest.raises(BundleError, match=r"app\.js"):
        joined(folder)


def test_modules_in_a_circle_are_named(tmp_path):
    folder = folder_of(tmp_path, app='import { b } from "./b.js";\n', b='import { c } from "./app.js";\n')
    with pytest.raises(BundleError, match=r"app\.js → b\.js → app\.js"):
        joined(folder)


def test_styles_stand_in_order_and_find_their_files(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text('/* why */\n@font-face {\n  src: url("../vendor/f.woff2");\n}\n', "utf-8")
    (tmp_path / "css" / "b.css").write_text("b {\n  background: url(data:x), url(#g), url(i.png);\n}\n", "utf-8")
    assert joined_styles(tmp_path, ("css/a.css", "css/b.css")) == (
        '@font-face {\nsrc: url("/static/vendor/f.woff2");\n}\n'
        'b {\nbackground: url(data:x), url(#g), url("/static/css/i.png");\n}\n'
    )


def test_the_page_carries_its_styles_and_the_bundles_can_be_had(client):
    page = client.get("/?lang=ru")
    text = page.get_data(as_text=True)
    assert text.count('<link rel="stylesheet"') == text.count('<noscript><link rel="stylesheet"') == 1
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert "@font-face" in style
    assert ".leaflet-pane" not in style
    sheet = client.get(re.search(r'<link data-later="stylesheet" as="style" href="([^"]+)"', text)[1])
    assert ".leaflet-pane" in sheet.get_data(as_text=True)
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "style-src 'self' 'sha256-" in page.headers["Content-Security-Policy"]
    address = re.search(r'<link data-later="modulepreload" href="(/static/bundle/app\.js\?v=\w{10})"', text)[1]
    named = address
    for fellow in ("live", "later"):
        bundle = client.get(named)
        assert "immutable" in bundle.headers["Cache-Control"]
        named = re.search(rf'import\("(/static/bundle/{fellow}\.js\?v=\w+)"\)', bundle.get_data(as_text=True))[1]
        answer = client.get(named)
        assert "immutable" in answer.headers["Cache-Control"]
        assert f'from "{address}"' in answer.get_data(as_text=True)
    assert f'<link data-live="modulepreload" href="{named.replace("later", "live")}">' in text
    assert "immutable" not in client.get("/static/bundle/app.js?v=old").headers["Cache-Control"]


def test_what_was_packed_beforehand_is_what_is_sent(tmp_path):
    assets = Assets(STATIC, tmp_path)
    usual = {name: assets.get(name).form("br") for name in HEAVY}
    assets.pack_heavy()
    for name in HEAVY:
        packed = Assets(STATIC, tmp_path).get(name)
        assert brotli.decompress(packed.form("br")) == packed.data == gzip.decompress(packed.form("gzip"))
        assert len(packed.form("br")) < len(usual[name])
