package main

import (
	"fmt"

	. "example.org/darkroom-examples/darkroom"
)

type face struct {
	Embedding  []float64
	Attributes struct{ Age int }
}

type comparison struct {
	Cosine     float64
	SamePerson *bool `json:"same_person"`
}

func main() {
	one := Read[face](Call("POST", "/embed?include_attributes=true", Sample("file", "face.jpg")))
	fmt.Println(len(one.Embedding), one.Attributes.Age)

	compared := Read[comparison](Call("POST", "/api/v1/faces/compare?false_match_rate=0.001",
		Sample("file1", "face.jpg"), Sample("file2", "portrait.jpg")))
	fmt.Println(compared.Cosine, compared.SamePerson != nil && *compared.SamePerson)
}
