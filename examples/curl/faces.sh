#!/bin/sh
set -eu
SERVER=${DARKROOM_SERVER:-http://127.0.0.1:8080}
KEY=${DARKROOM_KEY:-}
SAMPLES=${DARKROOM_SAMPLES:-public/samples}

# The text of a field of a JSON answer: field NAME
field() { { cat; echo; } | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F file=@"$SAMPLES/face.jpg" "$SERVER/embed?include_attributes=true" | field embedding_dim

curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F file1=@"$SAMPLES/face.jpg" -F file2=@"$SAMPLES/portrait.jpg" \
  "$SERVER/api/v1/faces/compare?false_match_rate=0.001" | field same_person
