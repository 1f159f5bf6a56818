// A server on a socket that wasmrun listens on, as descriptor 3: it accepts, answers, and ends.
// RUN: %clang_wasm -O1 %s -o %t.wasm
// RUN: %talk %wasmrun %t.wasm | FileCheck %s
// CHECK: you said: hello
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  char text[64], answer[96];
  int connection = accept(3, NULL, NULL);
  if (connection < 0) return perror("accept"), 1;
  ssize_t size = recv(connection, text, sizeof(text), 0);
  int length = snprintf(answer, sizeof(answer), "you said: %.*s", (int)size, text);
  if (send(connection, answer, length, 0) != length) return perror("send"), 1;
  shutdown(connection, SHUT_RDWR);
  close(connection);
  return 0;
}
