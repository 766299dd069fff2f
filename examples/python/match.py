import json
from pathlib import Path

from darkroom import call, sample, until

sent = call("POST", "/api/v1/match/template", {
    "image": sample("folder.png"),
    "template": sample("folder-part.png"),
    "threshold": 0.9,
})
uid = json.load(sent)["uid"]

task = until(
    lambda task: task["status"] in ("done", "error"),
    lambda: call("GET", f"/api/v1/tasks/{uid}"),
)
if task["error"]:
    raise SystemExit(task["error"])

print(task["result_data"]["matches_found"])
Path("matches.png").write_bytes(call("GET", f"/results/{uid}/matches.png").read())
