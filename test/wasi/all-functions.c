// All functions of preview 1 are there, with the types that wasi-libc's header gives them; proc_raise, which it leaves out,
// ends the program like the signal would.
// RUN: %clang_wasm -O1 -I%inputs %s -o %t.wasm
// RUN: sh -c '%wasmrun %t.wasm > %t.out; test $? -eq 134'
// RUN: FileCheck %s < %t.out
// CHECK: 46 functions
#include <stdio.h>
#include <wasi/api.h>

__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int proc_raise(int signal);

int main(void) {
#define FUNCTION(name) (void *)__wasi_##name
  // Taking an address is enough for an import, and a wrong type of an import does not link.
  void *volatile functions[] = {
      FUNCTION(args_get), FUNCTION(args_sizes_get), FUNCTION(environ_get), FUNCTION(environ_sizes_get),
      FUNCTION(clock_res_get), FUNCTION(clock_time_get), FUNCTION(fd_advise), FUNCTION(fd_allocate),
      FUNCTION(fd_close), FUNCTION(fd_datasync), FUNCTION(fd_fdstat_get), FUNCTION(fd_fdstat_set_flags),
      FUNCTION(fd_fdstat_set_rights), FUNCTION(fd_filestat_get), FUNCTION(fd_filestat_set_size),
      FUNCTION(fd_filestat_set_times), FUNCTION(fd_pread), FUNCTION(fd_prestat_get),
      FUNCTION(fd_prestat_dir_name), FUNCTION(fd_pwrite), FUNCTION(fd_read), FUNCTION(fd_readdir),
      FUNCTION(fd_renumber), FUNCTION(fd_seek), FUNCTION(fd_sync), FUNCTION(fd_tell), FUNCTION(fd_write),
      FUNCTION(path_create_directory), FUNCTION(path_filestat_get), FUNCTION(path_filestat_set_times),
      FUNCTION(path_link), FUNCTION(path_open), FUNCTION(path_readlink), FUNCTION(path_remove_directory),
      FUNCTION(path_rename), FUNCTION(path_symlink), FUNCTION(path_unlink_file), FUNCTION(poll_oneoff),
      FUNCTION(sched_yield), FUNCTION(random_get), FUNCTION(sock_accept), FUNCTION(sock_recv),
      FUNCTION(sock_send), FUNCTION(sock_shutdown),
      (void *)__wasi_proc_exit, (void *)proc_raise};
  printf("%d functions\n", (int)(sizeof(functions) / sizeof(functions[0])));
  fflush(stdout);
  return proc_raise(6);
}
