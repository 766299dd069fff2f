from pathlib import Path

from darkroom import call, sample

# A file "mask" would say what is to go, white on black; without it a watermark is looked for.
erased = call("POST", "/api/v1/remove-watermark?engine=classic", {"image": sample("watermarked.jpg")})
Path("clean.png").write_bytes(erased.read())
print(erased.headers["X-Watermark-Found"])
