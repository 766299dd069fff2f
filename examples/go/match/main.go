package main

import (
	"fmt"
	"log"

	. "example.org/darkroom-examples/darkroom"
)

type task struct {
	UID        string
	Status     string
	Error      *string
	ResultData struct {
		MatchesFound int `json:"matches_found"`
	} `json:"result_data"`
}

func main() {
	sent := Read[task](Call("POST", "/api/v1/match/template",
		Sample("image", "folder.png"), Sample("template", "folder-part.png"), Field("threshold", "0.9")))
	uid := sent.UID

	done := Until(
		func(t task) bool { return t.Status == "done" || t.Status == "error" },
		func() task { return Read[task](Call("GET", "/api/v1/tasks/"+uid)) })
	if done.Error != nil {
		log.Fatal(*done.Error)
	}

	fmt.Println(done.ResultData.MatchesFound)
	picture, _ := Call("GET", "/results/"+uid+"/matches.png")
	Write("matches.png", picture)
}
