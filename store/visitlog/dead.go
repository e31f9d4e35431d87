package visitlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// The dead file of a day says which rows of which runs no longer count, because
// a later record amended or withdrew the visit: a header, a checksum and one
// sealed block of run number, count of pages and pages, for each run.
var deadMagic = [8]byte{'B', 'W', 'V', 'D', 'E', 'A', 'D', '1'}

const (
	pageBytes = pageRows / 8
	mostDead  = 1 << 30
)

// writeDead writes the file, durable when it returns.
func writeDead(d disk.FS, name string, key trust.DayKey, number uint32, random io.Reader, dead map[uint32]rowSet) error {
	var salt trust.Salt
	if _, err := io.ReadFull(random, salt[:]); err != nil {
		return fmt.Errorf("draw salt: %w", err)
	}
	var plain []byte
	for run, set := range dead {
		plain = binary.BigEndian.AppendUint32(plain, run)
		plain = binary.BigEndian.AppendUint32(plain, uint32(len(set.pages)))
		for _, p := range set.pages {
			if p == nil {
				p = new(page)
			}
			for _, word := range p {
				plain = binary.BigEndian.AppendUint64(plain, word)
			}
		}
	}
	b := append(fileHead(deadMagic, key.Day, number, salt), 0, 0, 0, 0)
	b = key.Sealer(salt).Seal(b, 0, plain)
	binary.BigEndian.PutUint32(b[walHeadSize:], checksum(b[walHeadSize+4:]))
	f, err := d.Create(name)
	if err != nil {
		return fmt.Errorf("create list of dead rows: %w", err)
	}
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = d.Remove(name) // as in writeRun
		return fmt.Errorf("write list of dead rows: %w", err)
	}
	return nil
}

// readDead reads the file.
func readDead(d disk.FS, name string, key trust.DayKey, number uint32) (map[uint32]rowSet, error) {
	b, err := disk.ReadFile(d, name, mostDead)
	if err != nil {
		return nil, damaged(name, "it cannot be read: %w", err)
	}
	salt, err := checkHead(b, deadMagic, key.Day, number)
	if err == nil && (len(b) < walHeadSize+4 || checksum(b[walHeadSize+4:]) != binary.BigEndian.Uint32(b[walHeadSize:])) {
		err = fault.New(fault.Internal, "its checksum differs")
	}
	if err != nil {
		return nil, damaged(name, "%w", err)
	}
	plain, err := key.Sealer(salt).Open(nil, 0, b[walHeadSize+4:])
	if err != nil {
		return nil, damaged(name, "%w", err)
	}
	return decodeDead(name, plain)
}

func decodeDead(name string, b []byte) (map[uint32]rowSet, error) {
	dead := map[uint32]rowSet{}
	for len(b) > 0 {
		if len(b) < 8 || uint64(len(b)-8) < uint64(binary.BigEndian.Uint32(b[4:]))*pageBytes {
			return nil, damaged(name, "it is too short")
		}
		run, pages := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
		b = b[8:]
		set := rowSet{pages: make([]*page, pages)}
		for i := range set.pages {
			set.pages[i] = new(page)
			for w := range set.pages[i] {
				set.pages[i][w] = binary.BigEndian.Uint64(b)
				b = b[8:]
			}
		}
		set.count = len(set.without(rowSet{}))
		dead[run] = set
	}
	return dead, nil
}
