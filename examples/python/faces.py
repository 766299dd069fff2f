import json

from darkroom import call, sample

face = json.load(call("POST", "/embed?include_attributes=true", {"file": sample("face.jpg")}))
print(len(face["embedding"]), face["attributes"])

compared = json.load(call("POST", "/api/v1/faces/compare?false_match_rate=0.001", {
    "file1": sample("face.jpg"),
    "file2": sample("portrait.jpg"),
}))
print(compared["cosine"], compared["same_person"])
