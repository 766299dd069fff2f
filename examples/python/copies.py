import json

from darkroom import call, sample, until

added = call("POST", "/api/v1/image", {
    "name": "page.jpg",
    "file": sample("page.jpg"),
    "model_name": "darkroom-copies",
})
id = json.load(added)["id"]

until(
    lambda image: image["status"] == "PROCESSED",
    lambda: call("GET", f"/api/v1/image/{id}"),
)

found = json.load(call("POST", "/api/v1/image/search?limit=1", {"file": sample("page-photo.jpg")}))
for match in found["matches"]:
    print(match["verdict"], match["probability"])
