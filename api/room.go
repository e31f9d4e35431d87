package api

import (
	"net/http"
	"sync"
)

// room bounds the bytes of the bodies that are under way at a door, from before
// they are read until they are answered, so that many large ones at once cannot
// fill the memory.
type room struct {
	most int64

	mu    sync.Mutex
	taken int64
}

// take takes the room of a request's body, the largest that the door takes when
// its length is not told. It gives what has to be called once it is answered, and
// reports whether there was room. A body that comes alone always has it.
func (r *room) take(req *http.Request, largest int64) (leave func(), ok bool) {
	size := req.ContentLength
	if size < 0 || size > largest {
		size = largest
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.taken > 0 && r.taken+size > r.most {
		return nil, false
	}
	r.taken += size
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.taken -= size
	}, true
}
