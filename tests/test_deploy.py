"""The files of docs/deploy: units that systemd reads, and nginx as configured in front of a served atlas."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from conftest import free_port
from editing import TOKEN
from serving import serve

DEPLOY = Path(__file__).resolve().parents[1] / "docs" / "deploy"


def test_systemd_reads_the_units(tmp_path):
    tool = shutil.which("systemd-analyze")
    if not tool:
        pytest.skip("there is no systemd here")
    for unit in DEPLOY.glob("qamtu*"):
        # The program is not installed here: a command that is there stands for it.
        text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"))
        text = re.sub(r"(?m)^(User|Group|WorkingDirectory)=.*\n", "", text)
        (tmp_path / unit.name).write_text(text, "utf-8")
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    assert len(units) == 3
    done = subprocess.run([tool, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "qamtu" in line]
    assert told == []
    bad = tmp_path / "qamtu-bad.service"
    bad.write_text("[Service]\nExecStart=/bin/true\nProtectSystm=strict\n", "utf-8")
    done = subprocess.run([tool, "verify", "--man=no", str(bad)], capture_output=True, text=True, check=False)
    assert "ProtectSystm" in done.stderr  # it does look


@pytest.fixture
def front(atlas_folder, tmp_path):
    """(http port, https port) of nginx with nginx.conf in front of a served atlas."""
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if not nginx or not openssl:
        pytest.skip("nginx or openssl is not installed")
    data = tmp_path / "data"
    shutil.copytree(atlas_folder, data)
    plain, secure = free_port(), free_port()
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=atlas.example -keyout key.pem -out cert.pem"
    subprocess.run([openssl, *make.split()], cwd=tmp_path, check=True, capture_output=True)
    options = {"public_url": "https://atlas.example", "trusted_proxies": 1, "editor_token": TOKEN}
    with serve(data, **options) as address:
        text = (DEPLOY / "nginx.conf").read_text("utf-8")
        text = re.sub(r"(?m)^ +listen \[::\].*\n", "", text)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace(
            "listen 443", f"listen 127.0.0.1:{secure}"
        )
        text = text.replace("127.0.0.1:8000", address.removeprefix("http://"))
        text = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(tmp_path / "cert.pem"), text)
        text = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(tmp_path / "key.pem"), text)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""
        (tmp_path / "nginx.conf").write_text(
            f"{user}daemon off;\nerror_log {tmp_path}/error.log;\npid {tmp_path}/nginx.pid;\n"
            f"events {{}}\nhttp {{\n{folders}{text}}}\n"
        )
        with subprocess.Popen(
            [nginx, "-e", str(tmp_path / "error.log"), "-c", str(tmp_path / "nginx.conf")]
        ) as process:
            try:
                until = time.monotonic() + 20
                while time.monotonic() < until and process.poll() is None:
                    try:
                        ask(secure, "/healthz")
                        break
                    except OSError:
                        time.sleep(0.1)
                assert process.poll() is None, (tmp_path / "error.log").read_text()
                yield plain, secure
            finally:
                process.terminate()


def ask(port, path, method="GET", body=None, **headers):
    """The answer of nginx by https."""
    context = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers={"Host": "atlas.example", **named})
    answer = connection.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer


def test_nginx_in_front_of_the_atlas(front):
    plain, secure = front
    connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=30)
    connection.request("GET", "/about?lang=ru", headers={"Host": "atlas.example"})
    moved = connection.getresponse()
    assert (moved.status, moved.headers["Location"]) == (301, "https://atlas.example/about?lang=ru")
    about = ask(secure, "/about")
    assert about.status == 200
    assert about.headers["Strict-Transport-Security"]
    assert "unsafe" not in about.headers["Content-Security-Policy"]
    assert ask(secure, "/readyz").status == 200
    sign_in = ask(secure, "/editor/sign-in")
    (cookie,) = [value for name, value in sign_in.getheaders() if name.lower() == "set-cookie"]
    assert "Secure" in cookie
    assert ask(secure, "/editor/documents", "POST", b"x" * 11_000_000).status == 413
    token = re.search(r'name="form_token" value="(\w+)"', sign_in.text)[1]
    codes = []
    for number in range(8):  # a caller that gives itself another address each time is still one caller
        headers = {
            "Cookie": cookie.split(";")[0],
            "Content_Type": "application/x-www-form-urlencoded",
            "X_Forwarded_For": f"192.0.2.{number}",
            "Origin": "https://atlas.example",
        }
        codes.append(ask(secure, "/editor/sign-in", "POST", f"form_token={token}&token=wrong", **headers).status)
    assert codes[:5] == [403] * 5
    assert set(codes[5:]) == {429}
