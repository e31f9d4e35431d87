package api

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// -update writes the golden document: go test ./api -run OpenAPI -update
var update = flag.Bool("update", false, "write openapi.json anew")

func TestOpenAPIDocumentIsTheGoldenOne(t *testing.T) {
	got, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.json", got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the routes differ from openapi.json (-want +got); if that is meant, run go test ./api -run OpenAPI -update\n%s", diff)
	}
}
