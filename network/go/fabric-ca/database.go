// Package database names what patches.json has the CA import, so that go.mod keeps it.
package database

import _ "github.com/ncruces/go-sqlite3/driver"
