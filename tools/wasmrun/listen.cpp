#include "listen.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

namespace wasmc::tool {

namespace {

bool isPort(std::string_view text) {
  unsigned number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && number >= 1 &&
         number <= 65535;
}

}  // namespace

Outcome<int> listenOn(const std::string& address) {
  const size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (colon == std::string::npos || host.empty() || colon + 1 == address.size()) {
    return failure("option '--tcplisten' needs HOST:PORT, as in 127.0.0.1:8080; not '" + address + "'",
                   kExitUsage);
  }
  const std::string port = address.substr(colon + 1);
  if (!isPort(port)) {
    return failure(
        "option '--tcplisten' needs a port from 1 to 65535, as in 127.0.0.1:8080; not '" + port + "'",
        kExitUsage);
  }
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (error != 0) return failure("option '--tcplisten': '" + address + "': " + gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);

  const int fd = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
  const int on = 1;
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
      bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, SOMAXCONN) != 0) {
    const std::string reason = std::strerror(errno);
    if (fd >= 0) close(fd);
    return failure("option '--tcplisten': '" + address + "': " + reason);
  }
  return fd;
}

}  // namespace wasmc::tool
