#!/bin/sh
set -eu
SERVER=${DARKROOM_SERVER:-http://127.0.0.1:8080}
KEY=${DARKROOM_KEY:-}
SAMPLES=${DARKROOM_SAMPLES:-public/samples}

# The text of a field of a JSON answer: field NAME
field() { { cat; echo; } | sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

# -F mask=@mask.png would say what is to go, white on black; without it a watermark is looked for.
curl -sS --fail-with-body -H "X-API-Key: $KEY" -F image=@"$SAMPLES/watermarked.jpg" \
  -o clean.png -D - "$SERVER/api/v1/remove-watermark?engine=classic" | grep -i '^x-watermark-found'
