#!/bin/sh
set -eu
SERVER=${DARKROOM_SERVER:-http://127.0.0.1:8080}
KEY=${DARKROOM_KEY:-}
SAMPLES=${DARKROOM_SAMPLES:-public/samples}

# The text of a field of a JSON answer: field NAME
field() { { cat; echo; } | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

TASK_ID=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" \
  -F files=@"$SAMPLES/car.jpg" -F style=blur -F format=jpeg \
  "$SERVER/api/v1/process-task" | field task_id)

STATUS=pending
while [ "$STATUS" != completed ] && [ "$STATUS" != failed ]; do
  sleep 0.3
  TASK=$(curl -sS --fail-with-body -H "X-API-Key: $KEY" "$SERVER/api/v1/task-status/$TASK_ID")
  STATUS=$(echo "$TASK" | field status)
done

FILE=$(echo "$TASK" | field filename)
curl -sS --fail-with-body -H "X-API-Key: $KEY" -O "$SERVER/tasks_storage/$TASK_ID/output/$FILE"
echo "$FILE"
