#!/bin/sh
set -eu
SERVER=${DARKROOM_SERVER:-http://127.0.0.1:8080}
KEY=${DARKROOM_KEY:-}
SAMPLES=${DARKROOM_SAMPLES:-public/samples}

# The text of a field of a JSON answer: field NAME
field() { { cat; echo; } | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

TASK_UID=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F image=@"$SAMPLES/folder.png" -F template=@"$SAMPLES/folder-part.png" -F threshold=0.9 \
  "$SERVER/api/v1/match/template" | field uid)

STATUS=queued
while [ "$STATUS" != done ] && [ "$STATUS" != error ]; do
  sleep 0.3
  TASK=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" "$SERVER/api/v1/tasks/$TASK_UID")
  STATUS=$(echo "$TASK" | field status)
done

echo "$TASK" | field matches_found
curl -sS --fail-with-body -H "X-API-Key: $KEY" -o matches.png "$SERVER/results/$TASK_UID/matches.png"
