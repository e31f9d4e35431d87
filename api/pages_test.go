package api

import (
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func TestPagesServesTheConsole(t *testing.T) {
	files := fstest.MapFS{
		"index.html":       {Data: []byte("<html>")},
		"worker.js":        {Data: []byte("worker")},
		"assets/a-1.js":    {Data: []byte("plain")},
		"assets/a-1.js.gz": {Data: []byte("packed")},
		"assets/b-2.css":   {Data: []byte("style")},
	}
	cases := []struct {
		name, path, accepts      string
		status                   int
		body, encoding, mimeType string
	}{
		{"a page of the console's own gets index.html", "/signals/1", "", 200, "<html>", "", "text/html; charset=utf-8"},
		{"a page with a dot in its name too", "/figures/cases.confirmed.new", "", 200, "<html>", "", "text/html; charset=utf-8"},
		{"a file is itself", "/worker.js", "gzip", 200, "worker", "", "text/javascript; charset=utf-8"},
		{"a packed file goes out packed", "/assets/a-1.js", "br, gzip", 200, "packed", "gzip", "text/javascript; charset=utf-8"},
		{"and plain to who cannot unpack", "/assets/a-1.js", "", 200, "plain", "", "text/javascript; charset=utf-8"},
		{"a file without a packed copy goes out plain", "/assets/b-2.css", "gzip", 200, "style", "", "text/css; charset=utf-8"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", c.path, nil)
			r.Header.Set("Accept-Encoding", c.accepts)
			w := httptest.NewRecorder()
			pages(files).ServeHTTP(w, r)
			if w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("got %d %q, want %d %q", w.Code, w.Body.String(), c.status, c.body)
			}
			h := w.Header()
			if h.Get("Content-Encoding") != c.encoding || h.Get("Content-Type") != c.mimeType {
				t.Errorf("got %q %q, want %q %q", h.Get("Content-Encoding"), h.Get("Content-Type"), c.encoding, c.mimeType)
			}
		})
	}
	t.Run("an asset that is gone is not found, and no HTML", func(t *testing.T) {
		w := httptest.NewRecorder()
		pages(files).ServeHTTP(w, httptest.NewRequest("GET", "/assets/old.js", nil))
		if w.Code != 404 || w.Header().Get("Content-Type") != problemType {
			t.Errorf("got %d %s", w.Code, w.Header().Get("Content-Type"))
		}
	})
}
