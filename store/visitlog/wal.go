package visitlog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/breakwater-eoc/breakwater/civil"
	"github.com/breakwater-eoc/breakwater/fault"
	"github.com/breakwater-eoc/breakwater/observe/venue"
	"github.com/breakwater-eoc/breakwater/trust"
	"github.com/breakwater-eoc/breakwater/trust/disk"
)

// A write-ahead log is a header and frames. A frame is one group of
// observations, sealed under the day's key, written and synced before the next
// is begun: so only the last frame of a file can be torn.
var (
	walMagic   = [8]byte{'B', 'W', 'V', 'L', 'O', 'G', '0', '1'}
	frameMagic = [4]byte{'B', 'W', 'F', 'R'}
)

const (
	walHeadSize   = 8 + 4 + 4 + 16 + 4 // magic, day, number, salt, checksum
	frameHeadSize = 4 + 4 + 4 + 4      // magic, counter, length, checksum
	// mostFrame bounds a frame's sealed bytes, and so the memory of a reader.
	mostFrame = venue.MostInBatch*correctSize + trust.Overhead
)

// errStopped says that a day takes nothing more until the log is opened again,
// because after a failed sync nobody knows what the disk holds.
var errStopped = errors.New("the day's log stopped at a write that the disk did not confirm")

// walWriter appends frames to one file. It never continues a file of an earlier
// process, so no two frames share a nonce.
type walWriter struct {
	file    disk.File
	salt    trust.Salt
	sealer  trust.FileSealer
	size    int64
	counter uint32
	stopped bool
	buffer  []byte
}

// createWAL makes a log file, durable up to its header.
func createWAL(d disk.FS, name string, key trust.DayKey, number uint32, random io.Reader) (*walWriter, error) {
	var salt trust.Salt
	if _, err := io.ReadFull(random, salt[:]); err != nil {
		return nil, fmt.Errorf("draw salt: %w", err)
	}
	head := fileHead(walMagic, key.Day, number, salt)
	f, err := d.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err = f.Write(head); err == nil {
		err = f.Sync()
	}
	if err != nil {
		err = errors.Join(err, f.Close())
		_ = d.Remove(name) // nothing names it; otherwise it is removed later
		return nil, err
	}
	return &walWriter{file: f, salt: salt, sealer: key.Sealer(salt), size: int64(len(head))}, nil
}

// fileHead is the plain start of every file of a day.
func fileHead(magic [8]byte, day civil.Day, number uint32, salt trust.Salt) []byte {
	b := append(make([]byte, 0, walHeadSize), magic[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(day))
	b = binary.BigEndian.AppendUint32(b, number)
	b = append(b, salt[:]...)
	return binary.BigEndian.AppendUint32(b, checksum(b))
}

// checkHead reads the start of a file and gives its salt.
func checkHead(b []byte, magic [8]byte, day civil.Day, number uint32) (salt trust.Salt, err error) {
	if len(b) < walHeadSize || checksum(b[:walHeadSize-4]) != binary.BigEndian.Uint32(b[walHeadSize-4:]) {
		return salt, fault.New(fault.Internal, "its header is torn or altered")
	}
	copy(salt[:], b[16:32])
	if !bytes.Equal(b[:walHeadSize], fileHead(magic, day, number, salt)) {
		return salt, fault.New(fault.Internal, "its header is that of another file")
	}
	return salt, nil
}

// saltOf gives the salt of a file by its header, or by the manifest where the
// header is damaged; the error names the damage. There is none when neither has it.
func saltOf(name string, head []byte, magic [8]byte, day civil.Day, number uint32, spare trust.Salt) (trust.Salt, error) {
	salt, err := checkHead(head, magic, day, number)
	if err != nil {
		return spare, damaged(name, "%w", err)
	}
	return salt, nil
}

// append writes one frame and returns when it is durable. After an error
// nothing of the frame counts; when the file could not be brought back to its
// last good end, the writer stops.
func (w *walWriter) append(plain []byte) error {
	if w.stopped {
		return errStopped
	}
	frame := w.seal(plain)
	_, err := w.file.Write(frame)
	if err != nil {
		if undo := w.cut(); undo != nil {
			w.stopped = true
			return errors.Join(errStopped, err, undo)
		}
		return fmt.Errorf("write to the day's log: %w", err)
	}
	if err := w.file.Sync(); err != nil {
		w.stopped = true
		return errors.Join(errStopped, err)
	}
	w.size += int64(len(frame))
	return nil
}

// seal builds a frame. Its counter is used up even when writing it fails.
func (w *walWriter) seal(plain []byte) []byte {
	b := append(w.buffer[:0], frameMagic[:]...)
	b = binary.BigEndian.AppendUint32(b, w.counter)
	b = binary.BigEndian.AppendUint32(b, uint32(len(plain)+trust.Overhead))
	b = append(b, 0, 0, 0, 0)
	b = w.sealer.Seal(b, uint64(w.counter), plain)
	binary.BigEndian.PutUint32(b[12:], frameSum(b))
	w.counter++
	w.buffer = b
	return b
}

// cut removes what a failed write left behind.
func (w *walWriter) cut() error {
	if err := w.file.Truncate(w.size); err != nil {
		return err
	}
	return w.file.Sync()
}

// frameSum covers counter, length and sealed bytes of a whole frame.
func frameSum(frame []byte) uint32 { return checksum(frame[4:12]) ^ checksum(frame[frameHeadSize:]) }

// replayWAL calls yield with every observation of a log file, in order. The
// first whole bytes must be there; what is torn behind them was never promised
// and is left out. Damage inside is reported after the frames beyond it have
// been replayed too. It returns the length up to which the file was read.
func replayWAL(d disk.FS, name string, key trust.DayKey, entry logEntry, yield func(venue.Observation) error) (int64, error) {
	f, err := d.Open(name)
	if err != nil {
		return 0, damaged(name, "it cannot be opened: %w", err)
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return 0, err
	}
	head := make([]byte, walHeadSize)
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	salt, damage := saltOf(name, head, walMagic, key.Day, entry.Number, entry.Salt)
	if salt == (trust.Salt{}) {
		return 0, damage
	}
	r := walReader{file: f, sealer: key.Sealer(salt), day: key.Day, size: size}
	at, err := r.replay(name, entry.Size, yield)
	return at, errors.Join(damage, err)
}

type walReader struct {
	file   disk.File
	sealer trust.FileSealer
	day    civil.Day
	size   int64
	next   uint32 // the lowest counter that the next frame may have
	buffer []byte
}

func (r *walReader) replay(name string, whole int64, yield func(venue.Observation) error) (int64, error) {
	at, damage := int64(walHeadSize), error(nil)
	for at < r.size {
		plain, length, err := r.frame(at)
		if err != nil {
			beyond := r.resync(at + 1)
			if beyond == r.size && at >= whole {
				return at, damage // the torn end of a log that was being written
			}
			damage = errors.Join(damage, damaged(name, "frame at byte %d: %w", at, err))
			at = beyond
			continue
		}
		for len(plain) > 0 {
			var o venue.Observation
			if o, plain, err = decodeObservation(plain, r.day); err != nil {
				return at, errors.Join(damage, damaged(name, "frame at byte %d: %w", at, err))
			}
			if err := yield(o); err != nil {
				return at, err
			}
		}
		at += length
	}
	if at < whole {
		damage = errors.Join(damage, damaged(name, "it was cut from %d to %d bytes", whole, at))
	}
	return at, damage
}

// frame reads and opens the frame at an offset. The result is good until the
// next call.
func (r *walReader) frame(at int64) (plain []byte, length int64, err error) {
	var head [frameHeadSize]byte
	if _, err := r.file.ReadAt(head[:], at); err != nil {
		return nil, 0, fmt.Errorf("its header cannot be read: %w", err)
	}
	sealed := int64(binary.BigEndian.Uint32(head[8:]))
	counter := binary.BigEndian.Uint32(head[4:])
	length = frameHeadSize + sealed
	if [4]byte(head[:4]) != frameMagic || sealed > mostFrame || at+length > r.size || counter < r.next {
		return nil, 0, errors.New("its header is torn or altered")
	}
	if int64(cap(r.buffer)) < length {
		r.buffer = make([]byte, length)
	}
	b := r.buffer[:length]
	if _, err := r.file.ReadAt(b, at); err != nil {
		return nil, 0, fmt.Errorf("it cannot be read: %w", err)
	}
	if frameSum(b) != binary.BigEndian.Uint32(b[12:]) {
		return nil, 0, errors.New("its checksum differs")
	}
	plain, err = r.sealer.Open(b[frameHeadSize:frameHeadSize], uint64(counter), b[frameHeadSize:])
	if err != nil {
		return nil, 0, err
	}
	r.next = counter + 1
	return plain, length, nil
}

// resync finds the next whole frame at or after an offset, or the end.
func (r *walReader) resync(at int64) int64 {
	const step = 1 << 16
	window := make([]byte, step+len(frameMagic)-1)
	for ; at < r.size; at += step {
		n, _ := r.file.ReadAt(window, at)
		for from := 0; ; from++ {
			i := bytes.Index(window[from:n], frameMagic[:])
			if i < 0 {
				break
			}
			from += i
			next := r.next
			if _, _, err := r.frame(at + int64(from)); err == nil {
				r.next = next
				return at + int64(from)
			}
		}
	}
	return r.size
}
