// Package darkroom is what the examples share: one call of the API, with the key and the files.
package darkroom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// Part is a field or a file of a form.
type Part func(form *multipart.Writer) error

// Field is a text of a form.
func Field(name, text string) Part {
	return func(form *multipart.Writer) error { return form.WriteField(name, text) }
}

// Sample is a sample picture to send.
func Sample(name, sample string) Part {
	return func(form *multipart.Writer) error {
		content, err := os.ReadFile(filepath.Join(env("DARKROOM_SAMPLES", "../../public/samples"), sample))
		if err != nil {
			return err
		}
		part, err := form.CreateFormFile(name, sample)
		if err != nil {
			return err
		}
		_, err = part.Write(content)
		return err
	}
}

// Call sends a form, where there are parts, and answers the body and the headers.
func Call(method, path string, parts ...Part) ([]byte, http.Header) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, part := range parts {
		must(part(form))
	}
	must(form.Close())
	request, err := http.NewRequest(method, env("DARKROOM_SERVER", "http://127.0.0.1:8080")+path, nil)
	must(err)
	if len(parts) > 0 {
		request.Body = io.NopCloser(&body)
		request.ContentLength = int64(body.Len())
		request.Header.Set("Content-Type", form.FormDataContentType())
	}
	if key := os.Getenv("DARKROOM_KEY"); key != "" {
		request.Header.Set("X-API-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	must(err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	must(err)
	if response.StatusCode >= 400 {
		must(fmt.Errorf("%s: %s", response.Status, content))
	}
	return content, response.Header
}

// Read reads an answer of Call as JSON.
func Read[T any](content []byte, _ http.Header) T {
	var value T
	must(json.Unmarshal(content, &value))
	return value
}

// Until asks again and again until it is done.
func Until[T any](isDone func(T) bool, ask func() T) T {
	for {
		if state := ask(); isDone(state) {
			return state
		}
		time.Sleep(300 * time.Millisecond)
	}
}

// Write writes a file into the current folder.
func Write(name string, content []byte) {
	must(os.WriteFile(name, content, 0o644))
}

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
