// A Cloud Storage server for one machine: fake-gcs-server in memory, which by itself lets pages of every site read what it holds.
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"

	"github.com/fsouza/fake-gcs-server/fakestorage"
)

func main() {
	host := flag.String("host", "127.0.0.1", "address to listen on")
	port := flag.String("port", "4443", "port to listen on")
	flag.Parse()

	address := net.JoinHostPort(*host, *port)
	listener, err := net.Listen("tcp", address)
	if err != nil {
		exit(err)
	}
	server, err := fakestorage.NewServerWithOptions(fakestorage.Options{
		NoListener:  true,
		PublicHost:  address,
		ExternalURL: "http://" + address,
		// With which a browser uploads to a signed URL.
		AllowedCORSHeaders: []string{"x-goog-content-length-range", "x-goog-custom-time", "x-goog-if-generation-match"},
	})
	if err != nil {
		exit(err)
	}
	fmt.Println("Cloud Storage on", address)
	exit(http.Serve(listener, ownPages(server.HTTPHandler())))
}

// Answers programs, which send no Origin, and pages of this machine. Others could read photos here while somebody looks at
// them in a browser; those that lead a name of their own to this address show it in Host.
func ownPages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		origin := request.Header.Get("Origin")
		if !isHere("http://"+request.Host) || (origin != "" && !isHere(origin)) {
			http.Error(response, "only programs and pages of this machine are answered", http.StatusForbidden)
			return
		}
		next.ServeHTTP(response, request)
	})
}

func isHere(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	name := parsed.Hostname()
	return name == "localhost" || net.ParseIP(name).IsLoopback()
}

func exit(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
