#!/bin/sh
set -eu
SERVER=${DARKROOM_SERVER:-http://127.0.0.1:8080}
KEY=${DARKROOM_KEY:-}
SAMPLES=${DARKROOM_SAMPLES:-public/samples}

# The text of a field of a JSON answer: field NAME
field() { { cat; echo; } | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

ID=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F name=page.jpg -F file=@"$SAMPLES/page.jpg" -F model_name=darkroom-copies \
  "$SERVER/api/v1/image" | field id)

STATUS=UPLOADED
while [ "$STATUS" != PROCESSED ]; do
  sleep 0.3
  STATUS=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" "$SERVER/api/v1/image/$ID" | field status)
done

curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F file=@"$SAMPLES/page-photo.jpg" "$SERVER/api/v1/image/search?limit=1" | field verdict
