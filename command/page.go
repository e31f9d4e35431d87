package command

// Paging asks for one page of a list. Lists are keyset-paged: the cursor names
// the last row seen, so that a page costs the same however deep it lies.
type Paging struct {
	After string // cursor of the page before; empty for the first page
	Limit int    // rows wanted; the store serves between 1 and 200, and 50 for 0
}

// Page is one page of a list. Next is empty on the last page.
type Page[T any] struct {
	Items []T
	Next  string
}
