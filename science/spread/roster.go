package spread

// roster holds the infections under way, in pages, so that it grows without
// being copied and gives no memory back to be fetched again.
type roster struct {
	pages []*[rosterPage]infection
	n     int
}

const rosterPage = 1 << 10

// at is the infection of an index, which holds until the next keep.
func (r *roster) at(i uint32) *infection { return &r.pages[i/rosterPage][i%rosterPage] }

// add makes room for one more infection and returns it, with its index.
func (r *roster) add() (*infection, uint32) {
	if r.n == len(r.pages)*rosterPage {
		r.pages = append(r.pages, new([rosterPage]infection))
	}
	i := uint32(r.n)
	r.n++
	return r.at(i), i
}

// keep drops infections in place, keeping the order of the others.
func (r *roster) keep(wanted func(*infection) bool) {
	n := uint32(0)
	for i := range uint32(r.n) {
		inf := r.at(i)
		if !wanted(inf) {
			continue
		}
		if i != n {
			*r.at(n) = *inf
		}
		n++
	}
	r.n = int(n)
}
