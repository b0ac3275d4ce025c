// A Pub/Sub emulator for one machine: Google's own in-memory server from its Go client, behind the two flags with which
// firebase-tools starts one (PUBSUB_EMULATOR_BINARY_PATH).
package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"

	"cloud.google.com/go/pubsub/v2/pstest"
)

func main() {
	host := flag.String("host", "127.0.0.1", "address to listen on")
	port := flag.String("port", "8085", "port to listen on")
	version := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *version {
		fmt.Println("pstest-server 1")
		return
	}

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)

	server, err := listen(net.JoinHostPort(*host, *port))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("Pub/Sub emulator on", server.Addr)
	<-stop
	_ = server.Close()
}

// pstest panics where a server would return an error, a taken port for one.
func listen(address string) (server *pstest.Server, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("cannot listen on %s: %v", address, reason)
		}
	}()
	return pstest.NewServerWithAddress(address), nil
}
