// Calls on sockets that Swift cannot make: accept4(2) and struct ucred are for _GNU_SOURCE only.
#define _GNU_SOURCE
#include <sys/socket.h>

#include "CLinuxShims.h"

int shim_accept(int listener) {
    return accept4(listener, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int64_t shim_peer_user(int socket) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 ? -1 : (int64_t)peer.uid;
}
