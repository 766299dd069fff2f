"""What the examples share: one call of the API, with the key and the files."""

import json
import os
import time
import uuid
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SERVER = os.environ.get("DARKROOM_SERVER", "http://127.0.0.1:8080")
KEY = os.environ.get("DARKROOM_KEY")
SAMPLES = Path(os.environ.get("DARKROOM_SAMPLES", "public/samples"))


def sample(name):
    """A sample picture to send."""
    return SAMPLES / name


def call(method, path, fields=None):
    """Sends a form of texts, numbers and files; answers the open response."""
    request = Request(SERVER + path, method=method)
    if KEY:
        request.add_header("X-API-Key", KEY)
    if fields is not None:
        boundary = uuid.uuid4().hex
        request.data = form_of(fields, boundary)
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    try:
        return urlopen(request)
    except HTTPError as error:
        raise SystemExit(f"{error.code}: {error.read().decode()}") from error


def form_of(fields, boundary):
    parts = []
    for name, value in fields.items():
        is_file = isinstance(value, Path)
        file_name = f'; filename="{value.name}"' if is_file else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'
        parts += [head.encode(), value.read_bytes() if is_file else str(value).encode(), b"\r\n"]
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def until(is_done, ask):
    """Asks again and again until it is done."""
    while not is_done(state := json.load(ask())):
        time.sleep(0.3)
    return state
