package api

import (
	"io/fs"
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
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		if !found {
			http.ServeFileFS(w, r, files, "index.html")
			return
		}
		server.ServeHTTP(w, r)
	})
}
