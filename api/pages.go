package api

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/breakwater-eoc/breakwater/fault"
)

// pages serves the files of the console. A path that is no
// file is a page of the console's own routing and gets index.html, but one
// under assets/ is not found, so that a stale page does not load HTML as a script.
func pages(files fs.FS) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, newProblem(http.StatusMethodNotAllowed, fault.Invalid, "a page can only be read"))
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		info, err := fs.Stat(files, name)
		found := name != "" && err == nil && !info.IsDir()
		if !found && strings.HasPrefix(name, "assets/") {
			writeProblem(w, problemOf(fault.New(fault.NotFound, "there is no such file")))
			return
		}
		if found && strings.HasPrefix(name, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable") // named by their content
			w.Header().Set("Vary", "Accept-Encoding")
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		switch {
		case !found:
			http.ServeFileFS(w, r, files, "index.html")
		case packed(files, name, r):
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
			w.Header().Set("Content-Encoding", "gzip")
			http.ServeFileFS(w, r, files, name+".gz")
		default:
			server.ServeHTTP(w, r)
		}
	})
}

// packed reports whether the build left a gzip copy of a file and the browser takes it.
func packed(files fs.FS, name string, r *http.Request) bool {
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return false
	}
	_, err := fs.Stat(files, name+".gz")
	return err == nil
}
