package staff

import (
	"bytes"
	"testing"
)

func TestADigestReadsAsItWasWritten(t *testing.T) {
	cost := Cost{Time: 3, Memory: 64, Threads: 2}
	salt, sum := bytes.Repeat([]byte{7}, saltSize), bytes.Repeat([]byte{9}, digestSize)
	gotCost, gotSalt, gotSum, err := decode(cost.encode(salt, sum))
	if err != nil || gotCost != cost || !bytes.Equal(gotSalt, salt) || !bytes.Equal(gotSum, sum) {
		t.Errorf("read %v %v %v, %v", gotCost, gotSalt, gotSum, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(UsualCost().encode(make([]byte, saltSize), make([]byte, digestSize)))
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA")
	f.Add("$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, encoded string) {
		cost, salt, sum, err := decode(encoded)
		if err != nil {
			return
		}
		if cost.Memory > 1<<20 || cost.Time > 100 || len(salt) == 0 || len(sum) != digestSize {
			t.Errorf("%q asks for %+v", encoded, cost)
		}
	})
}
