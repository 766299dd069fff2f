package main

import (
	"fmt"

	. "example.org/darkroom-examples/darkroom"
)

type image struct {
	ID     int
	Status string
}

type search struct {
	Matches []struct {
		Verdict     string
		Probability float64
	}
}

func main() {
	added := Read[image](Call("POST", "/api/v1/image",
		Field("name", "page.jpg"), Sample("file", "page.jpg"), Field("model_name", "darkroom-copies")))
	id := fmt.Sprint(added.ID)

	Until(
		func(one image) bool { return one.Status == "PROCESSED" },
		func() image { return Read[image](Call("GET", "/api/v1/image/"+id)) })

	found := Read[search](Call("POST", "/api/v1/image/search?limit=1", Sample("file", "page-photo.jpg")))
	for _, match := range found.Matches {
		fmt.Println(match.Verdict, match.Probability)
	}
}
