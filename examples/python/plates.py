import json
from pathlib import Path

from darkroom import call, sample, until

sent = call("POST", "/api/v1/process-task", {"files": sample("car.jpg"), "style": "blur", "format": "jpeg"})
task_id = json.load(sent)["task_id"]

task = until(
    lambda task: task["status"] in ("completed", "failed"),
    lambda: call("GET", f"/api/v1/task-status/{task_id}"),
)
if "error" in task:
    raise SystemExit(task["error"])

for result in task["results"]:
    if "error" in result:
        raise SystemExit(f"{result['filename']}: {result['error']}")
    filename = result["filename"]
    Path(filename).write_bytes(call("GET", f"/tasks_storage/{task_id}/output/{filename}").read())
    print(filename)
