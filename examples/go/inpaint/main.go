package main

import (
	"fmt"

	. "example.org/darkroom-examples/darkroom"
)

func main() {
	// A file "mask" would say what is to go, white on black; without it a watermark is looked for.
	picture, headers := Call("POST", "/api/v1/remove-watermark?engine=classic", Sample("image", "watermarked.jpg"))
	Write("clean.png", picture)
	fmt.Println(headers.Get("X-Watermark-Found"))
}
