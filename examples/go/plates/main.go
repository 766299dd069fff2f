package main

import (
	"fmt"
	"log"

	. "example.org/darkroom-examples/darkroom"
)

type task struct {
	TaskID  string `json:"task_id"`
	Status  string
	Error   string
	Results []struct{ Filename, Error string }
}

func main() {
	sent := Read[task](Call("POST", "/api/v1/process-task",
		Sample("files", "car.jpg"), Field("style", "blur"), Field("format", "jpeg")))
	taskID := sent.TaskID

	done := Until(
		func(t task) bool { return t.Status == "completed" || t.Status == "failed" },
		func() task { return Read[task](Call("GET", "/api/v1/task-status/"+taskID)) })
	if done.Error != "" {
		log.Fatal(done.Error)
	}

	for _, result := range done.Results {
		if result.Error != "" {
			log.Fatal(result.Filename, ": ", result.Error)
		}
		photo, _ := Call("GET", "/tasks_storage/"+taskID+"/output/"+result.Filename)
		Write(result.Filename, photo)
		fmt.Println(result.Filename)
	}
}
