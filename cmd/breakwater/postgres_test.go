package main

import (
	"testing"

	"github.com/breakwater-eoc/breakwater/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }
